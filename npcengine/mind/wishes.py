"""Tells a line that asks for something to be done from all other talk, by its form alone; English, knows no model.

Talk about a deed ("who opened it?"), a deed denied ("don't"), and orders to somebody else are no wishes.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum

from npcengine.mind.deeds import in_one_word
from npcengine.mind.words import words


class Form(Enum):
    """How a wish is put."""

    ORDER = "an order: what it asks for must be plain from its words"
    ASKED = "you are asked to do something"
    WANTED = "the player wants to do or to have something"
    OFFERED = "the player hands something over"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for.

    Attributes:
        form: How it is put.
        words: The words of the deed, its verb first, courtesy gone.
    """

    form: Form
    words: tuple[str, ...]


_SHORT = tuple(
    (re.compile(rf"\b(?:{short})\b"), long)
    for short, long in (
        ("u", "you"), ("ur", "your"), ("pls|plz|pleas|plese", "please"), ("gimme", "give me"), ("lemme", "let me"),
        ("wanna", "want to"), ("gonna", "going to"), ("gotta", "have to"), ("dont", "don't"), ("wont", "won't"),
        ("cant", "can't"), ("wouldnt", "wouldn't"), ("didnt", "didn't"), ("im", "i'm"), ("id like", "i'd like"),
        ("ill (?=have|take)", "i'll "), ("lets", "let's"), ("de|teh", "the"), ("wud", "would"), ("cud", "could"),
    )
)  # fmt: skip
_CORRECTED = re.compile(r"(?:\b(?:the|a|an|my|some|this|that) )?\b\w+,? (?:sorry,? )?i mean,? ")
"""A recogniser's slip that the speaker put right: only what follows counts."""

_SENTENCE = re.compile(r"[.!?;:\u2014\u2026]+|\band then\b|\bbut\b")
_ASK = r"(?:can|could|would|will|won't|can't|couldn't|wouldn't) (?:you|ya|ye|someone|somebody|anyone)\b"
_LATER_WISH = re.compile(
    r"^(?P<before>.+?),? (?:so |and )?"
    rf"(?P<wish>(?:(?:please )?(?:{_ASK}|(?:may|could|can) i\b|i (?:need|want) you to\b)|please\b).+)$"
    r"|^(?P<said>(?:i|it|they|he|she|we|my|the|there|this)\b[^,]*), (?:so |and )?"
    r"(?P<order>(?!(?:and|or|but|who|which|that|i|you|he|she|it|they|we)\b).+)$"
)
_UNDIVIDED_WISH = re.compile(
    r"^(?P<before>(?:i|it|my|the|there|we|you|this)(?:'m| am|'s| is|'re| are| have| has|'ve| got| need|"
    r" \w+ (?:is|are|hurts?|aches|has|broke))\b.{2,60}?"
    r"(?<!\bto)(?<!\band)(?<!\bnot)(?<!\byou)(?<!\bthey)(?<!\bwe)(?<!\bi)(?<!\bwill)(?<!\bwho)(?<!\bcan)(?<!\bcould)) "
    r"(?P<wish>(?:give|take|lend|sell|show|bring|help|let|open|fix|heal|hand|teach|follow)"
    r" (?:me|us|my|the|this|that|it|him|her)\b.+)$"
)
"""A statement and an order that nothing divides, as hasty players type."""

_REPORTING = re.compile(r"\b(?:if|whether|that|said|says|asked|told|think|thought|who|what|when|where|why|how|which)\b")

_COURTESY = re.compile(
    r"^(?:(?:please|hey|hi|hello|oi|so|well|then|now|ok|okay|alright|yes|and|but|oh|ah|good|kind|dear|kindly|just"
    r"|quick|quickly|hurry|look|listen|come on|go on|here(?! is\b| are\b|'s\b)|excuse me|pardon me|sorry|maybe|perhaps"
    r"|good (?:morning|day|evening)|sir|madam|mister|friend|lad|lass|boy|girl|man|mate|pal|buddy|old man"
    r"|my (?:friend|lord|lady|dear|good \w+))\b[ ,]*)+"
)
_COURTESY_AFTER = re.compile(
    r"[ ,]*\b(?:please|now|thanks|thank you|will you|would you|could you|can you|won't you|at once|right now|then"
    r"|for me|if you (?:please|would|can|could|don't mind)|sir|madam|friend|mate|immediately|quickly|already"
    r"|ok|okay|yeah|lol)$"
)
_PLEADING = re.compile(r"\bplease\b|\b(?:will|would|could|can|won't) you$")
_ADDRESS = re.compile(r"^(?P<who>(?:my |old |good |dear )?[a-z]+(?: [a-z]+)?), +(?=\S)")
_ADDRESS_AFTER = re.compile(r", *(?:you )?[a-z]+(?: [a-z]+)?$")
_NAME_AFTER = re.compile(
    r"(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bmy)(?<!\byour)(?<!\bthis)(?<!\bthat)(?<!\bto)(?<!\bof)(?<!\bwith)(?<!\bfor) "
    r"(?P<who>[a-z]+)$"
)

_ASKING = re.compile(
    rf"^(?:{_ASK}(?: please| kindly| just| maybe| possibly| perhaps| then| now)*(?: be (?:able|willing) to)?"
    r"|(?:would|do) you mind|are you (?:able|willing|ready|free) to|why (?:don't|not) you|why not|be so kind as to"
    r"|(?:is there )?any (?:chance|way) (?:that )?(?:you|i|we) (?:could|can|might)|do me a favou?r and|be a dear and"
    r"|i(?:'d| would| really|'m going to)* (?:like|love|want|need|order|command|beg|ask|urge|expect|require|tell)"
    r" (?:for )?you to|i (?:demand|insist) that you|go ahead and|go and"
    r"|you (?:must|should|have to|need to|had better|ought to|better)"
    r"|(?:it's )?time (?:for you )?to|it's about time you|i beg(?: of)? you,?(?: to)?|i (?:challenge|dare) you to"
    r"|how about(?: you)?|what about|fancy|care for|let's(?: have| go and)?|shall we|(?:do you )?want to|please"
    r"|make sure to|we (?:must|have to|need to|should|ought to|could)|see (?:to it )?that)\b,? *"
)
_WANTING = re.compile(
    r"^(?:(?:can|could|may|might) (?:i|we)(?: please| perhaps| just| possibly| maybe)*"
    r"|(?:i|we)(?:(?:'d| would)(?: really| just| so)* (?:like|love)"
    r"|(?: really| just| do| so)* (?:want|need|wish|require|demand|must|seek)| have(?= to\b))(?: to)?(?= )"
    r"|(?:i|we)(?:'ll| will)|(?:i|we) (?:could|can) (?:really )?(?:do with|use)|i'm looking for|i'm here (?:for|to)"
    r"|(?:do|would) you (?:want|like) to|let me|let us|permission(?: for)?(?: \w+)? to)\b *"
)
_HAVING_DONE = re.compile(
    r"^(?:(?:i|we)(?:'d| would)? ?(?:like|want|need)(?: to have| to get)?|have(?! you| they| any)|get(?! me| us)) "
    r"(?P<thing>(?!to\b)(?:\w+ )*?(?!(?:the|my|this|that|a|an|our|your|some)\b)\w+) "
    r"(?P<deed>\w+(?:ed|lt|nt|oken|ut|ade))\b"
)
_BE_DONE = re.compile(r"^(?:can|could|may|might) (?P<thing>.+?) be (?P<deed>\w+)$")
_LETTING = re.compile(r"^(?:can|could|may|might) (?:the |my |this |our )?")
_OFFERING = re.compile(
    r"^(?:(?:i|we)(?:'d| would|'ll)?(?: like| want)?(?: to)? (?:give|offer|bring|brought|hand|gift|present)(?:ing)?"
    r" (?:this |it )?(?:to )?you|(?:i|we)(?:'ve| have)? (?:offer|brought|got|have) (?:you )?(?=.* for you\b)"
    r"|you (?:can|may|could) (?:have|take|keep)|let me give you|(?:here|this|that)(?:'s| is| are)(?= .*\bfor you\b)"
    r"|(?:here|this|that)(?:'s| is| are)?(?= (?:a|an|my|your|the)\b)|(?:i'd like|i want) you to have)\b *"
)
_THING = re.compile(r"^(?:the|a|an|some|any|my|your|another|one|two|three)\b(?!.*\b(?:is|are|was|were|has|had)\b)")

_DENIED = re.compile(
    r"\b(?:don't|do not|never|not|no longer|cannot|nothing|nobody|can't|won't|shouldn't|wouldn't|isn't|aren't|didn't"
    r"|haven't|needn't|mustn't|refuse to|forbid|stop \w+ing|without|enough|no need to|leave .* alone)\b"
)
_NOT_DENIED = re.compile(
    r"^(?:won't|can't|couldn't|wouldn't) you\b|\bwhy (?:don't|not)\b|\bif you (?:don't|wouldn't) mind\b"
    r"|\bdon't you (?:want|think)\b"
)
_ABLE = re.compile(r"^(?:can|could) you \w+ (?:anything|everything|at all|well|yet)$")
_TALK = re.compile(
    r"^(?:(?:can|could|may|might) i (?:ask|tell|trust|help|say|know)"
    r"|let me (?:tell|think|know|say|ask|explain|guess|be|finish|introduce|help))\b"
)
_ABOUT = re.compile(
    r"^(?:who|whom|whose|what|when|where|why|how|which|did|does|do|has|have you|have they|have any\w*|had|was|were|is"
    r"|are|am|if|since|because|though|although|while|unless|they|he|she|it|there|someone|somebody|everyone|nobody"
    r"|people|i|we|you|my|our|your|his|her|their|its|this|that|these|those|the|a|an|some|any|no|many|nice"
    r"|never|enough|thanks|thank|ever|heard|seen|got|anybody|anyone"
    r"|tell me (?:about|of|who|what|where|when|why|how|if|whether|more))\b"
)
_FORMS = (
    (_OFFERING, Form.OFFERED),
    (_ASKING, Form.ASKED),
    (_TALK, None),
    (_WANTING, Form.WANTED),
    (_ABOUT, None),
    (_LETTING, Form.ASKED),
)
"""How wishes begin, and what begins like them and is none; the first that fits counts."""

_TOLD = re.compile(r"\b(?:was|were|is|are|has|had|told|said|did|does|knows?|likes?|been|says?|frightens?)\b")


def wishes(line: str, *, known_as: AbstractSet[str]) -> tuple[Wish, ...]:
    """All wishes in a line, in order.

    Args:
        line: What the player says.
        known_as: Words by which the one who hears it may be addressed, in lower case.
    """
    return tuple(wish for part in _sentences(line) if (wish := _wish(part, known_as)))


def plain(line: str) -> str:
    """A line in lower case, hasty spellings written out and slips that were put right left out."""
    said = " ".join(line.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    for short, long in _SHORT:
        said = short.sub(long, said)
    return _CORRECTED.sub("", said)


def _sentences(line: str) -> list[str]:
    parts = []
    for sentence in _SENTENCE.split(plain(line)):
        before, wish = _divided(sentence.strip())
        if wish and not (_REPORTING.search(before) or any(_COURTESY.fullmatch(f"{part} ") for part in (before, wish))):
            parts += [before, wish]
        else:
            parts.append(sentence)
    return [part.strip(" ,'\"") for part in parts if part.strip(" ,'\"")]


def _divided(sentence: str) -> tuple[str, str]:
    """A statement, and the wish that follows in the same sentence; empty without one."""
    if later := _LATER_WISH.match(sentence):
        return later["before"] or later["said"], later["wish"] or later["order"]
    later = _UNDIVIDED_WISH.match(sentence)
    return (later["before"], later["wish"]) if later else ("", "")


def _wish(sentence: str, known_as: AbstractSet[str]) -> Wish | None:
    said, to_another = _without_address(sentence, known_as)
    if not said or to_another or _is_denied(said):
        return None
    if done := _HAVING_DONE.match(said) or _BE_DONE.match(said):
        return Wish(Form.ASKED, words(f"{done['deed']} {done['thing']}"))
    form, rest = _form(said, pleaded=bool(_PLEADING.search(sentence)))
    deed = words(in_one_word(rest))
    return Wish(form, deed) if form and not set(deed) <= known_as else None


def _form(said: str, *, pleaded: bool) -> tuple[Form | None, str]:
    """How a sentence is put, None for no wish, and what of it tells the deed."""
    if pleaded and _THING.match(said):
        return Form.ASKED, said
    for pattern, form in _FORMS:
        if begun := pattern.match(said):
            return form, said[begun.end() :]
    if pleaded:
        return Form.ASKED, said
    return (None if _TOLD.search(said.split(",", maxsplit=1)[0]) else Form.ORDER), said


def _is_denied(said: str) -> bool:
    return bool(_DENIED.search(_NOT_DENIED.sub("", said)) or _ABLE.match(said))


def _without_address(sentence: str, known_as: AbstractSet[str]) -> tuple[str, bool]:
    """A sentence without courtesy and the name of the one who hears it, and whether it is for somebody else."""
    said = sentence
    for _ in range(2):  # "please, Gerta, could you …" as well as "Gerta, please …"
        said = _COURTESY.sub("", said).strip(" ,")
        if address := _ADDRESS.match(said):
            if not known_as.isdisjoint(address["who"].split()):
                said = said[address.end() :]
            elif _is_order_to(address["who"], said[address.end() :]):
                return said, True
        said = _without_end(said, known_as)
        first, _, rest = said.partition(" ")
        if first in known_as and rest:
            said = rest.strip(" ,")
    return said, False


def _is_order_to(who: str, rest: str) -> bool:
    """Whether one word before a comma is a name: no beginning of a question, and no question to it follows."""
    return " " not in who and not _ABOUT.match(who) and not _ASKING.match(rest)


def _without_end(said: str, known_as: AbstractSet[str]) -> str:
    before = ""
    while before != said:
        before, said = said, _COURTESY_AFTER.sub("", said).strip(" ,")
        address = _ADDRESS_AFTER.search(said)
        if address and not known_as.isdisjoint(words(address[0])):
            said = said[: address.start()]
        named = _NAME_AFTER.search(said)
        if named and named["who"] in known_as:
            said = said[: named.start()]
    return said
