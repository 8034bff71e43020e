"""Finds who the player says they are and where they come from; English rules, in doubt nothing; knows no memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from npcengine.mind.ordinary_words import GIVEN_NAMES, NO_NAMES, NO_PLACES, REGIONS, TITLES, word_set

LONGEST_NAME = 40

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SURE_OF_NAME = re.compile(
    r"\b(?:my name (?:is not|isn['’]t) [\w ]{2,40}[,.;]? (?:but|it['’]s|it is)|my name(?:['’]s| is)"
    r"|(?:the )?name['’]s|i(?:['’]m| am) (?:called|named|known as)|i go by"
    r"|(?:(?:you (?:can|may|could|should)|please|just|now) )*call me"
    r"|(?:they|people|folks?|friends|my friends|everyone|everybody|most|some|others) (?:all |just )?calls? me)\s+",
    re.IGNORECASE,
)
_MAYBE_NAME = re.compile(r"\b(?:i['’]?m|i am)\s+", re.IGNORECASE)
_HOME = re.compile(
    r"\b(?:i(?:['’]m| am) (?:originally |actually |all the way )?from"
    r"|i (?:come|hail) (?:originally |all the way )?from|i (?:was born|grew up|was raised) in"
    r"|my (?:home|hometown|home town|home village) is(?: in| called)?)\s+",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:if|unless|suppose|imagine|pretend|like|think|thinks|thought|said|says|say|told|tells|tell|asked|that|because"
    r"|not|never|don['’]t|doesn['’]t|didn['’]t|why|does|did|do|would|should|when)\s*$",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"\b(?:if|unless|suppose|imagine|pretend|wish|said|says|told|asked)\b", re.IGNORECASE)
_BEFORE_CLAUSE = word_set(
    "hello hi hey greetings morning evening afternoon day and but well oh so no yes yeah aye actually sorry ah um uh "
    "er however please welcome there friend now also"
)
_GREETING = re.compile(
    r"\b(?:hello|hi|hey|greetings|good (?:morning|day|evening)|nice to meet|pleased to meet|well met)\b"
)
_AFTER_NAME = word_set(
    "and but from of by what what's whats who who's nice pleased please i i'm im the a an your you sir madam remember "
    "at how or so it's glad here okay ok yes friend traveller traveler if when where son daughter"
)
_LINKS = word_set("of the von van de der del la le bin ibn al")
_SUSPICIOUS = re.compile(r"(?:ing|ed|ful|less|ous|ish|able|ible|ness|ment|tion|ly|est|n't)$")


def name_in(text: str, listener: str) -> str:
    """The player's name, if they tell it; the last one where they tell several."""
    found = ""
    for match in _leads(_SURE_OF_NAME, text, listener):
        found = _name_after(text, match, sure=True) or found
    for match in _leads(_MAYBE_NAME, text, listener):
        found = _name_after(text, match, sure=False) or found
    return found[:LONGEST_NAME]


def home_in(text: str, listener: str) -> str:
    """Where the player comes from, if they tell it."""
    for match in _leads(_HOME, text, listener):
        if place := _place(text[match.end() :], shouted=_is_shouted(text)):
            return place
    after_name = re.search(r"\bfrom\s+(?=\w)", text, re.IGNORECASE)
    name = name_in(text, listener)
    if name and after_name and text[: after_name.start()].rstrip().casefold().endswith(name.casefold()):
        return _place(text[after_name.end() :], shouted=_is_shouted(text))
    return ""


def _leads(pattern: re.Pattern[str], text: str, listener: str) -> Iterator[re.Match[str]]:
    """Where `pattern` begins a clause of the player's own; not what they report, ask or suppose."""
    for match in pattern.finditer(text):
        before = re.split(r"[.!?;]", text[: match.start()])[-1]
        words = [word.lower() for word in _WORD.findall(before)]
        allowed = _BEFORE_CLAUSE | {word.lower() for word in _WORD.findall(listener)}
        opens = not words or before.rstrip().endswith((",", ":", "-", "–", "—")) or words[-1] in allowed
        if opens and not _REPORTED.search(before) and not _CONDITIONAL.search(before):
            yield match


def _name_after(text: str, lead: re.Match[str], *, sure: bool) -> str:
    rest = text[lead.end() :]
    clause, sign = _first_clause(rest)
    words = _WORD.findall(clause)
    if not words or clause.split()[0].strip(" ,") != words[0] or (sign == "?" and len(words) < 3):
        return ""
    titles = [word for word in words[:1] if word.lower() in TITLES]
    named = words[len(titles) :]
    if not named or named[0].lower() in NO_NAMES:
        return ""
    written = named[0][0].isupper() and not _is_shouted(text)
    name = _written_name(named) if written else _spoken_name(text, lead, named, sure=sure)
    return " ".join([*(title.capitalize() for title in titles), *name]) if name else ""


def _written_name(words: Sequence[str]) -> list[str]:
    """A name as far as capitals go; somebody's friend or smith is none."""
    name = [words[0]]
    for index, word in enumerate(words[1:5], 1):
        linked = word.lower() in _LINKS and len(words) > index + 1 and words[index + 1][0].isupper()
        if not (linked or (word[0].isupper() and word not in {"I", "I'm", "I’m"})):
            break
        name.append(word)
    return [] if any(re.search(r"['’]s$", word) for word in (*name, *words[len(name) : len(name) + 1])) else name


def _spoken_name(text: str, lead: re.Match[str], words: Sequence[str], *, sure: bool) -> list[str]:
    """A name in lower case, as recognisers write it: one that is known as such, or that comes with an introduction."""
    first, following = words[0].lower(), words[1].lower() if len(words) > 1 else ""
    known = first in GIVEN_NAMES
    if re.search(r"['’]s$", first) or (not known and (_SUSPICIOUS.search(first) or len(first) < 3)):
        return []
    around = f"{text[: lead.start()]} {text[lead.end() + len(words[0]) :]}".lower()
    if not (known or sure or _GREETING.search(around)):
        return []
    if not following or following in _AFTER_NAME:
        return [_capital(words[0])]
    surname = len(words) == 2 and sure and following not in NO_NAMES and not _SUSPICIOUS.search(following)
    return [_capital(words[0]), _capital(words[1])] if surname else []


def _place(rest: str, *, shouted: bool) -> str:
    clause, _ = _first_clause(rest)
    words = _WORD.findall(clause)
    if not words:
        return ""
    if words[0][0].isupper() and not shouted and words[0].lower() not in NO_PLACES | {"the", "a"}:
        place = _written_name(words)
        return " ".join(place) if place else ""
    return _region(words) or _spoken_place(words)


def _region(words: Sequence[str]) -> str:
    """What "I come from the …" names: the north, the far hills, the city of Varn."""
    if words[0].lower() != "the":
        return ""
    for length in (2, 3):
        if len(words) >= length and words[length - 1].lower() in REGIONS:
            place = " ".join(word.lower() for word in words[:length])
            named = _WORD.findall(" ".join(words[length + 1 :])) if words[length : length + 1] == ["of"] else []
            return f"{place} of {_capital(named[0])}" if named else place
    named = [word for word in words[1:3] if word[0].isupper()]
    return f"the {' '.join(named)}" if named and words[1][0].isupper() else ""


def _spoken_place(words: Sequence[str]) -> str:
    first, following = words[0].lower(), words[1].lower() if len(words) > 1 else ""
    unlikely = first in NO_PLACES | NO_NAMES or first.endswith(("s", "ing", "ly")) or len(first) < 3
    return "" if unlikely or (following and following not in _AFTER_NAME) else _capital(words[0])


def _first_clause(rest: str) -> tuple[str, str]:
    """Up to the first sign that ends a clause, and that sign."""
    match = re.match(r"[^.,!?;:—–]*", rest)
    clause = match[0] if match else ""
    return clause, rest[len(clause) : len(clause) + 1]


def _is_shouted(text: str) -> bool:
    """Whether capitals say nothing: every word has one."""
    words = [word for word in _WORD.findall(text) if word not in {"I", "I'm", "I’m"}]
    return len(words) > 2 and all(word[0].isupper() for word in words)


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
