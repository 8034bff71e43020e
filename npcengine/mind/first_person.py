"""Puts a fact about a character into its own mouth: from the third person to the first; English grammar only.

A fact is written about the character ("Gerta lost a finger when she was sixteen."). Without the author's own words for
it, it is said as "I lost a finger when I was sixteen."; where the grammar is not certain, it is not said at all.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from npcengine.mind.words import words

_VERBS = MappingProxyType({"is": "am", "has": "have", "does": "do", "was": "was", "goes": "go"})
_KEPT = frozenset({"always", "never", "often", "still", "once", "only", "also", "now", "just", "will", "can"})
_PAST = ("ed", "ught", "ade", "ost", "old", "ound", "aw", "ang", "ent", "eft", "an", "ook", "ew", "ell")
"""Ends of verbs that do not change with who acts."""
_PRONOUNS = MappingProxyType(
    {"she": "I", "he": "I", "him": "me", "his": "my", "hers": "mine", "herself": "myself", "himself": "myself"}
)
_HER = re.compile(r"\bher\b(?=\s+[a-z])")
_OTHER_NAME = re.compile(r"(?<![.!?…]\s)(?<!^)\b[A-Z][a-z]+")


def in_own_words(text: str, name: str) -> str | None:
    """A fact as the character would say it.

    Args:
        text: The fact, in the third person.
        name: The character's full name.

    Returns:
        None where that is not certain: a pronoun may stand for somebody else, or a verb is not understood.
    """
    said = " ".join(text.split())
    own = [name, *(part for part in name.split() if len(part) > 2 and part[0].isupper())]
    speaks_of_self = any(re.search(rf"\b{re.escape(each)}\b", said) for each in own)
    if not speaks_of_self:
        return _of_others(said)
    for each in own:
        said = re.sub(rf"\b{re.escape(each)}'s\b", "my", said)
    subject = "|".join(re.escape(each) for each in own)
    said, certain = _subjects(said, subject)
    if not certain:
        return None
    pronouns = set(words(said)) & {*_PRONOUNS, "her"}
    if pronouns and _OTHER_NAME.search(said):
        return None
    said = re.sub(
        r"\b(?:she|he) (?=is\b|has\b|does\b)(\w+)", lambda met: f"I {_VERBS[met[1]]}", said, flags=re.IGNORECASE
    )
    said = _HER.sub("my", said)
    said = re.sub(r"\bher\b", "me", said)
    for pronoun, own_one in _PRONOUNS.items():
        said = re.sub(rf"\b{pronoun}\b", own_one, said, flags=re.IGNORECASE)
    if re.search(r"\bI (?!am\b|was\b)\w+s\b(?! been)", said) and pronouns:
        return None  # "when I sleeps": a verb after a pronoun that would have to change
    return _capitalised(said)


def _of_others(said: str) -> str | None:
    """A fact about something else stands as it is; one that begins with a pronoun is the character's own."""
    begun = re.match(r"(?:Her|His) (?=[a-z])", said)
    if begun:
        return f"My {said[begun.end() :]}"
    return None if re.match(r"(?:She|He|They|It)\b", said) else said


def _subjects(said: str, names: str) -> tuple[str, bool]:
    """Own names made "I" with the verb that follows, or "me"; whether all were understood."""
    certain = True

    def turn(met: re.Match[str]) -> str:
        nonlocal certain
        verb = _after_i(met["verb"])
        certain = certain and verb is not None
        return f"I {verb}"

    said = re.sub(rf"\b(?:{names})\b (?P<verb>[a-z]+)\b", turn, said)
    return re.sub(rf"\b(?:{names})\b", "me", said), certain


def _after_i(verb: str) -> str | None:
    """A verb of the third person as it stands after "I"; None for one that is not understood."""
    if verb in _VERBS:
        return _VERBS[verb]
    if verb in _KEPT or verb.endswith(_PAST):
        return verb
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    if verb.endswith(("sses", "shes", "ches", "xes")):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else None


def _capitalised(said: str) -> str:
    return re.sub(r"(^|[.!?…]\s+)([a-z])", lambda met: met[1] + met[2].upper(), said)
