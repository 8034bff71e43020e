"""Puts the player's own words into the third person, and into the second as the one addressed would say them back."""

from __future__ import annotations

import re

from npcengine.mind.ordinary_words import word_set

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_THIRD = {
    "i": "they", "i'm": "they are", "i've": "they have", "i'll": "they will", "i'd": "they would", "me": "them",
    "my": "their", "mine": "theirs", "myself": "themselves",
}  # fmt: skip
_SECOND = {
    "i": "you", "i'm": "you are", "i've": "you have", "i'll": "you will", "i'd": "you would", "me": "you",
    "my": "your", "mine": "yours", "myself": "yourself",
}  # fmt: skip
_OF_LISTENER = {
    "you": "me", "your": "my", "yours": "mine", "yourself": "myself", "you're": "I am", "you've": "I have",
    "you'll": "I will", "you'd": "I would",
}  # fmt: skip
_VERBS_OF_YOU = word_set(
    "are were have had need needed want wanted can could will would asked ask lost lent gave made said told like "
    "liked love miss missed do did know owe sold left wish wished"
)
"""Before one of these, "you" does something; elsewhere something is done to it."""

_VERBS_OF_PLAYER = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "wasn't": "weren't"}
_UNSURE = word_set(
    "he she they him her them his hers their theirs himself herself themselves who whose someone somebody"
)
_NO_VERBS = word_set("always sometimes perhaps besides afterwards nevertheless just also never often")


def third_person(phrase: str, listener: str) -> str:
    """What the player said of themselves to `listener`, as another tells it: "your iron" is "Gerta's iron"."""
    return _exchange(phrase, _named(listener) | _THIRD)


def second_person(phrase: str, listener: str, *, to_me: bool) -> str:
    """The same as it is told to the player: by the listener ("my iron"), or by somebody else ("Gerta's iron")."""
    return (
        _exchange(phrase, _SECOND | _OF_LISTENER, subject="I")
        if to_me
        else _exchange(phrase, _named(listener) | _SECOND)
    )


def addressed(text: str, names: tuple[str, ...]) -> str:
    """A sentence about the player as one of `names` tells it to them; empty when it can't be turned safely.

    ``"The player gave Gerta five silver."`` is ``"You gave me five silver."``
    """
    match = re.match(r"(?i)the player('s)?\s+(.+)", text)
    if match is None or set(_words(text)) & _UNSURE or "the player" in match[2].lower():
        return ""
    possessive, rest = match.groups()
    if possessive:
        return f"Your {_without(rest, names)}"
    verb, _, after = rest.partition(" ")
    verb = _with_you(verb)
    return f"You {verb} {_without(after, names)}".strip() if verb else ""


def _named(listener: str) -> dict[str, str]:
    """The pronouns of one who is spoken to, by name."""
    shortened = {f"you'{end}": f"{listener} {verb}" for end, verb in (("re", "is"), ("ve", "has"), ("ll", "will"))}
    return {"you": listener, "your": f"{listener}'s", "yours": f"{listener}'s", "yourself": listener, **shortened}


def _with_you(verb: str) -> str:
    """A verb of the third person as "you" takes it; empty for what is none."""
    bare = verb.rstrip(".,!").lower()
    if bare in _NO_VERBS:
        return ""
    end = verb[len(bare) :]
    if bare in _VERBS_OF_PLAYER:
        return _VERBS_OF_PLAYER[bare] + end
    if bare.endswith("ies"):
        return bare[:-3] + "y" + end
    if re.search(r"(?:sh|ch|ss|x|zz|go)es$", bare):
        return bare[:-2] + end
    return (bare[:-1] if bare.endswith("s") and not bare.endswith("ss") else bare) + end


def _without(text: str, names: tuple[str, ...]) -> str:
    """`text` with the speaker's names as "me" and "my"."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}(?:'s|’s)", "my", text)
        text = re.sub(rf"\b{re.escape(name)}\b", "me", text)
    return text


def _exchange(phrase: str, table: dict[str, str], *, subject: str = "") -> str:
    """`phrase` with its pronouns exchanged; "you" before a verb of its own becomes `subject`."""
    following = [found[0].lower() for found in _WORD.finditer(phrase)][1:]

    def put(index: int, word: str) -> str:
        plain = word.lower().replace("’", "'")
        if subject and plain == "you" and index < len(following) and following[index] in _VERBS_OF_YOU:
            return subject
        return table.get(plain, word)

    counted = iter(range(len(phrase)))
    return _WORD.sub(lambda found: put(next(counted), found[0]), phrase)


def _words(text: str) -> list[str]:
    return [found[0].lower() for found in _WORD.finditer(text)]
