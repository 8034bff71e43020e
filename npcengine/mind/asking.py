"""What kind of answer a question wants, and whether a text could be one: pure grammar; knows no character."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from npcengine.mind.words import FILLER

Wanted: TypeAlias = Literal[
    "", "who", "what", "when", "where", "why", "how", "how_long", "how_many", "how_much", "how_old", "how_far", "yes_no"
]
"""What a line asks for; empty for a line that asks nothing."""

_HELPING = "is|are|was|were|am|do|does|did|can|could|will|would|shall|should|have|has|had|may|might|must"

_TAG = (
    r"\b(?:do|did|are|have|can|will|is|was) (?:not )?(?:you|it|that|they|he|she)(?: not)?$|\bis that (?:right|so|true)$"
)

_FORMS: tuple[tuple[Wanted, str], ...] = (
    ("how_long", r"\bhow (?:long|many (?:days|hours|weeks|months|years))\b|\bfor how long\b"),
    ("how_old", r"\bhow old\b|\bwhat age\b"),
    ("how_far", r"\bhow far\b"),
    ("how_many", r"\bhow many\b"),
    (
        "how_much",
        r"\bhow much\b|\bwhat (?:does|do|would|will|did) .{1,40}\b(?:cost|charge)\b|\bwhat is the (?:price|cost)\b",
    ),
    ("when", rf"\bwhen (?:{_HELPING}|exactly)\b|\bwhat (?:year|day|time)\b"),
    ("where", r"\bwhere\b|\bwhich way\b"),
    ("who", r"\bwho\b|\bwhose\b|\bwhom\b"),
    ("why", r"\bwhy\b|\bwhat for\b"),
    ("how", r"\bhow\b"),
    ("what", r"\bwhat\b(?! an? )|\bwhich\b"),
    ("yes_no", rf"^(?:and |so |but |well )?(?:{_HELPING}|isn t|any|anyone|got|ever)\b|{_TAG}"),
)
_WANTED = tuple((kind, re.compile(pattern)) for kind, pattern in _FORMS)
"""The first that is met decides; written for lines in plain words (`heard.plain`)."""

_UNITS = r"(?:(?:minute|hour|day|night|week|month|year|winter|summer|moon|decade|lifetime)s?|centur(?:y|ies))"
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen"
    " half twice double"
)
NUMBERS = frozenset(_NUMBER_WORDS.split())
"""Words that count."""

SMALL_NUMBERS = frozenset(_NUMBER_WORDS.split()[:10]) | {"half", "twice", "double", "dozen"}
"""Those that are said lightly."""

_COUNTED = "|".join(sorted(NUMBERS - {"one"}))
_NUMBER = rf"(?:\d[\d.,]*|{_COUNTED}|couple of|few|several)"
_COINS = "silver|gold|copper|coin|penny|pound|dollar|credit"
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_ANSWERS: dict[Wanted, re.Pattern[str]] = {
    "how_long": re.compile(
        rf"\b{_NUMBER}\b.{{0,20}}\b{_UNITS}\b|\b(?:a|an|whole|all) {_UNITS}\b|\b{_UNITS} (?:long|ago)\b"
        r"|\b(?:since|until|while|always|never)\b"
    ),
    "how_many": re.compile(rf"\b(?:{_NUMBER}|none|nobody|only|many|all|every)\b"),
    "how_old": re.compile(
        rf"\b{_NUMBER}\b.{{0,12}}\b(?:{_UNITS}|old)\b|\b(?:older|younger|born|since|ages?|\d{{4}})\b|\bcentur"
    ),
    "how_far": re.compile(rf"\b(?:{_NUMBER}|far|near|next|beside|beyond|walk|hours?|days?|miles?)\b"),
    "how_much": re.compile(
        rf"\b(?:{_NUMBER}|free|nothing|costs?|prices?|cheap|dear|money|pays?)\b|\bone (?:{_COINS}|for|an?|each)"
    ),
    "when": re.compile(
        rf"\b{_UNITS}\b|\b\d|\bmid\w+|\b(?:sun|mon|tues|wednes|thurs|fri|satur|yester|to)day|\b(?:{_MONTHS})\b"
        r"|\b(?:ago|since|autumn|spring|dawn|dusk|noon|morning|evening|tomorrow|tonight|after|before|until|never|always"
        rf"|when|last|next|{_COUNTED})\b"
    ),
}
"""What an answer of that kind holds at the least; other kinds may be answered by anything."""


_KIN = (
    ("mother", "parent"), ("father", "parent"), ("parent", "mother", "father"), ("brother", "sibling"),
    ("sister", "sibling"), ("sibling", "brother", "sister"), ("son", "child"), ("daughter", "child"),
    ("child", "son", "daughter"), ("wife", "married", "marry", "wed", "widow"),
    ("husband", "married", "marry", "wed", "widow"), ("uncle",), ("aunt",), ("cousin",), ("grandmother",),
    ("grandfather",), ("heir",),
)  # fmt: skip
"""Relatives that a question may be about, and the other words that an answer may have for them."""

_COLOURS = "red|blue|green|yellow|black|white|brown|grey|gray|orange|purple|pink|gold|golden|silver|colou?rs?"
_SIZES = "big|deep|tall|high|wide|heavy|large|huge|tiny|small|knees?|waist|size"
_ATTRIBUTES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(answered, re.IGNORECASE))
    for asked, answered in (
        (r"\bcolou?r\b", rf"\b(?:{_COLOURS})\b"),
        (
            r"\b(?:married|marry|wedding|spouse)\b",
            r"\b(?:married|marry|wed|wedding|wife|husband|widow\w*|spouse|bride)\b",
        ),
        (r"\b(?:born|birthday|birthplace)\b", r"\b(?:born|birth\w*|native|grew up|raised)\b"),
        (r"\bhow (?:big|deep|tall|high|wide|heavy|large|strong)\b", rf"\b(?:{_NUMBER}|{_SIZES})\b"),
        *((rf"\b{kin[0]}s?(?: s)?\b", rf"\b(?:{'|'.join(kin)})") for kin in _KIN),
    )
)
"""What a question is about by its own word, and a word that an answer must then hold."""

_NAME_ASKED = re.compile(
    r"\b(?:what|which) .{0,40}\b(?:name|called)\b|\bname of\b|\b(?:have|got) a name\b|\bwhat do you call\b"
)
_FULL_NAME = re.compile(r"\b(?:first|last|sur|family|real|full) ?name\b")
_NAME_GIVEN = re.compile(r"\b(?:called?|named?|names)\b", re.IGNORECASE)

_SOME = r"(?:(?:an?|any|some|the|your|no|good|best) )*"
_SOUGHT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:is|are|was|were) there (?:ever |also )?{_SOME}(.+)",
        rf"\b(?:anyone|anybody|someone|somebody|who) (?:here )?(?:selling|sells?|makes?) {_SOME}(.+)",
        rf"\bwhere (?:can|could|do|does|might|would) (?:i|we|one|you) (?:buy|find|get|hunt|hire|see|catch) {_SOME}(.+)",
        r"\b(?:what|which) (?:kind|sort|type|breed)s? of (.+)",
        rf"\b(?:do|does|did) .{{1,30}} have (?:an?|any|some) {_SOME}(.+)",
        rf"\bwho (?:is|was) (?:on )?(?:an?|the|your) {_SOME}(.+)",
    )
)
"""A question whether there is something, where or of what kind: what follows is what it seeks."""

_DONE = re.compile(r"\bwho (\w+)")
_DONE_LIGHTLY = frozenset(
    """
    am are asks brings brought came come comes else gave gives goes has keeps leads lives made makes put runs said says
    sent set stays staying takes took used visits wants was went were would
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
"""Deeds that a text may tell in any words."""

_ANYTHING = frozenset({"another", "anywhere", "else", "one", "other", "others", "place", "somewhere", "way", "word"})
"""What is sought by one of these is told by the rest of the line."""

_SOUGHT_WORDS = 2


def wanted(line: str) -> Wanted:
    """The kind of answer that a line in plain words wants."""
    for kind, pattern in _WANTED:
        if pattern.search(line):
            return kind
    return "yes_no" if line.endswith("?") else ""


def sought(line: str) -> tuple[str, ...]:
    """The words for the thing that a line in plain words looks for, of which an answer must speak; often none."""
    for pattern in _SOUGHT:
        if met := pattern.search(line):
            return _first_words(met[1])
    return ()


def deed(line: str) -> str:
    """The verb of which a line in plain words asks who did it; empty where there is none, or one that says little."""
    met = _DONE.search(line)
    return "" if not met or met[1] in FILLER or met[1] in _DONE_LIGHTLY else met[1]


def _first_words(text: str) -> tuple[str, ...]:
    """The words at the beginning that say something; none where the first of them may be anything."""
    first: list[str] = []
    for word in text.rstrip("?").split()[:_SOUGHT_WORDS]:
        if word in FILLER:
            break
        first.append(word)
    return () if not first or first[0] in _ANYTHING else tuple(first)


def can_answer(kind: Wanted, text: str) -> bool:
    """Whether `text` holds what an answer of that kind must."""
    pattern = _ANSWERS.get(kind)
    return pattern is None or bool(pattern.search(text.lower()))


def can_tell(line: str, text: str) -> bool:
    """Whether `text` speaks of what a line in plain words asks about: a name, a colour, a birth, a relative."""
    if any(asked.search(line) and not told.search(text) for asked, told in _ATTRIBUTES):
        return False
    if _FULL_NAME.search(line):
        return bool(_FULL_NAME.search(text))
    return not _NAME_ASKED.search(line) or bool(_NAME_GIVEN.search(text)) or _names_it(line, text)


def _names_it(line: str, text: str) -> bool:
    """Whether a word of the line stands before a name in the text: asked for a captain's, "Captain Ruiz" tells it."""
    titled = {noun.lower() for noun in re.findall(r"\b(\w+),? (?=[A-Z][a-z])", text)}
    return bool(titled & {word.removesuffix("s") for word in line.split()} - {"the", "is", "name", "of"})
