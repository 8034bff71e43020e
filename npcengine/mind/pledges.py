"""Finds what the player is after, promises and gives away; English rules, in doubt nothing; knows no memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from npcengine.mind.ordinary_words import word_set

LONGEST_PHRASE = 14
"""Words of what is promised or looked for."""
LONGEST_GIFT = 5

_APOSTROPHE = r"['’]"
_I_AM = rf"i(?:{_APOSTROPHE}m| am)"
_I_HAVE = rf"i(?:{_APOSTROPHE}ve| have)?"
_I_WILL = rf"i(?:{_APOSTROPHE}ll| will| shall|{_APOSTROPHE}m going to| am going to)"

_ERRANDS = (
    (rf"{_I_AM} (?:still |also |just )?(?P<verb>looking|searching|hunting) for (?P<what>.+)", "{verb} for"),
    (
        rf"{_I_AM} (?:still |also |just )?trying to (?P<verb>find|reach|rescue|free|save) (?P<what>.+)",
        "trying to {verb}",
    ),
    (rf"{_I_AM} on my way to (?P<what>.+)", "on the way to"),
    (rf"{_I_AM} here (?:only |just )?to (?P<what>.+)", "here to"),
    (rf"{_I_HAVE} (?:come|came|travelled|traveled)(?: here| all this way| a long way)? to (?P<what>.+)", "here to"),
    (r"i (?:seek|need to find) (?P<what>.+)", "looking for"),
)
"""What the player says, and how it stands after "the player is"."""

_I_VOW = (
    r"i (?:do |really |solemnly )?(?:promise|swear|vow)"
    r"(?: you| it| to (?:you|god|the gods)| (?:on|by)(?: [\w'’]+){1,4}?)?"
)
_NOT = r"(?:(?P<no>not|never) )?"
_NAMED = r"(?!back\b|you\b|it\b|them\b|him\b|her\b|this\b|that\b|me\b|my|down\b|to\b)"
_MY_WORD = r"(?:you have my word|i give you my word|my word on it|on my honou?r)"
_PROMISES = (
    rf"{_I_VOW},? (?:that )?{_I_WILL} {_NOT}(?P<what>.+)",
    rf"{_I_VOW},? (?:that )?i (?P<no>won{_APOSTROPHE}t) (?P<what>.+)",
    rf"{_I_VOW} {_NOT}to (?!(?:god|you)\b)(?P<what>.+)",
    rf"{_MY_WORD},? (?:that )?{_I_WILL} {_NOT}(?P<what>.+)",
    rf"{_I_WILL} (?P<what>(?:bring|fetch|deliver|repay|rescue|avenge|return) (?:you )?(?:back )?{_NAMED}.+)",
    rf"{_I_WILL} (?P<what>(?:find|get|give|pay|buy|make|send|lend) (?:you|your) (?!for\b|at\b|in\b).+)",
    rf"{_I_WILL} (?P<what>(?:help|protect|save|guard|free|pay|keep|look after|take care of) (?:you|your)\b.*)",
    rf"{_I_WILL} (?P<what>(?:come|be) back (?:with|for you)\b.*)",
)
"""Vows of any kind; and of bare intentions, those that do something for the one addressed."""

_GIFTS = (
    r"(?:here,? )?(?:please )?(?:take|have|accept) (?P<what>(?:this|these) .+)",
    r"here(?: you (?:go|are))?,? (?:please )?(?:take|have|accept) (?P<what>.+)",
    rf"here(?:{_APOSTROPHE}s| is| are) (?P<what>.+?) for you",
    rf"here(?:{_APOSTROPHE}s| is| are) (?P<what>your .+)",
    rf"{_I_HAVE} (?:brought|bought|got|made|found) you (?P<what>.+)",
    rf"{_I_HAVE} (?:brought |bought |got |made |found )?(?P<what>.+?) for you",
    rf"(?:i (?:give|offer|hand)|{_I_AM} giving|let me give|i want to give) you (?P<what>.+)",
    r"i want you to have (?P<what>.+)",
    r"(?P<what>(?:this|these) .+?) (?:is|are) (?:a (?:gift|present) )?for you",
)

_CLAUSE_END = re.compile(
    r"[,.!?;:]| (?:but|because|so|and (?:i|you|then|we|that|now|my)\b|okay|please|i (?:promise|swear))\b.*"
)
_CONDITIONAL = re.compile(r"\b(?:if|unless|maybe|perhaps|might|would|could|said|says|told|suppose|imagine|pretend)\b")
_OPENERS = word_set(
    "and but well oh so no yes yeah aye okay ok sure fine then look listen please now there hello hi hey "
    "greetings all right good thanks thank you alright first actually sorry don't worry course"
)
_NO_ERRAND = re.compile(
    r"(?:it|him|her|them|that|this|you|something|anything|someone|trouble|forward|in|on|at|a|the|be|believe|like|love"
    r"|hate|think|know|understand|realise|realize|say|sleep|life|terms)$"
    r"|(?:in|on|believe|like|love|hate|think|know|understand|realise|realize|terms) "
)
_NO_PROMISE = re.compile(
    r"(?:bring|fetch|get|find) (?:you|your (?:head|life))$|(?:bring|take) you (?:down|before|in|to)\b"
    r"|(?:keep|save|guard|help|protect) (?:my|myself|yourself)|help yourself|keep your (?:mouth|voice|hands|eyes)"
    r"|(?:fetch|bring) (?:the )?(?:guards?|watch)|.*\bfor this$|(?:give|pay|lend|send|buy) you .+ for\b"
    r"|get your\b|find your (?:own|way)"
)
_NO_GIFT = word_set(
    "advice answer back blame bow care chance choice clue company compliment day deal evening eye favour favor "
    "feeling hand heart help hint hour idea information instruction interest job joke kiss lead life look matter "
    "message mind minute minutes moment morning name news nothing offer one opinion option order orders path "
    "permission personally plan point problem proof proposal proposition question questions quest reason rest "
    "riddle road route seat seriously sign smile something song stand story suggestion task thanks thing things "
    "thought time times tip trouble turn verse walk warning way week while wish word words work year"
)
_DETERMINERS = word_set(
    "a an the some this these my your another one two three four five six seven eight nine ten eleven twelve "
    "fifteen twenty thirty forty fifty hundred all half"
)
_GIFT_END = re.compile(
    r" (?:as|for|from|because|in exchange|in return|that|which|who|to|with my|if|until|away|off|back|its|it's)\b.*"
)
_MACHINES = re.compile(
    r"\b(?:instructions?|prompts?|systems?|assistant|ai|chatbot|chatgpt|language model|openai|jailbreak)\b"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What the player promises: ``"bring you iron"``, or not to do it."""

    what: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Errand:
    """What the player is after: how it stands after "is" (``"looking for"``), and the rest of their words."""

    doing: str
    what: str


def errand_in(text: str) -> Errand | None:
    """What the player is after, if they tell it."""
    for clause in _clauses(text):
        for pattern, doing in _ERRANDS:
            if match := re.match(pattern, clause, re.IGNORECASE):
                what = _phrase(match["what"])
                if what and not _NO_ERRAND.match(what.lower()):
                    return Errand(doing.format(**match.groupdict()).lower(), what)
    return None


def promises_in(text: str) -> list[Promise]:
    """All that the player promises."""
    found = []
    for clause in _clauses(text):
        match = next(filter(None, (re.match(pattern, clause, re.IGNORECASE) for pattern in _PROMISES)), None)
        what = _phrase(match["what"]) if match else ""
        if match and what and not _NO_PROMISE.match(what.lower()):
            found.append(Promise(what, negated=bool(match.groupdict().get("no"))))
    return found


def gifts_in(text: str) -> list[str]:
    """What the player hands over, as ``"a ring"`` or ``"my ring"``."""
    found = []
    for clause in _clauses(text):
        match = next(filter(None, (re.match(pattern, clause, re.IGNORECASE) for pattern in _GIFTS)), None)
        if match and (gift := _gift(match["what"])):
            found.append(gift)
    return found


def _clauses(text: str) -> Iterator[str]:
    """Every place where a clause of the player's own may begin, with all that follows in its sentence."""
    for sentence, sign in re.findall(r"([^.!?;…]+)([.!?;…]*)", text):
        plain = " ".join(sentence.split())
        if _CONDITIONAL.search(plain.lower()) or _MACHINES.search(plain.lower()):
            continue
        for start in re.finditer(r"(?:^|, |,|: | )(?=\w)", plain):
            before = plain[: start.end()].rstrip()
            opens = not before or before.endswith((",", ":")) or before.rsplit(" ", 1)[-1].lower() in _OPENERS
            if opens and not ("?" in sign and "," not in plain[start.end() :]):
                yield plain[start.end() :]


def _phrase(words: str) -> str:
    """The rest of a clause, if it is short enough to be one."""
    end = _CLAUSE_END.search(words.lower())
    phrase = words[: end.start()].strip() if end else words.strip()
    return phrase if 0 < len(phrase.split()) <= LONGEST_PHRASE else ""


def _gift(words: str) -> str:
    phrase = _phrase(words)
    end = _GIFT_END.search(phrase.lower())
    named = (phrase[: end.start()] if end else phrase).split()
    if not 2 <= len(named) <= LONGEST_GIFT or named[0].lower() not in _DETERMINERS or (end and end[0].endswith("back")):
        return ""
    if set(map(str.lower, named)) & _NO_GIFT or named[-1].lower().endswith("ly"):
        return ""
    article = {"this": "an" if named[1][0].lower() in "aeiou" else "a", "these": "some"}.get(
        named[0].lower(), named[0].lower()
    )
    return " ".join([article, *named[1:]])
