"""Tells a line that asks for something to be done from all other talk, by its form alone; English, knows no model.

Talk about a deed ("who opened it?"), a deed denied ("don't"), and orders to somebody else are no wishes.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

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
    rf"^(?P<before>.+?),? (?:so |and )?(?P<wish>(?:please )?(?:{_ASK}|may i\b|could i\b|can i\b|i need you to\b|i want you to\b).+)$"
    r"|^(?P<said>(?:i|it|they|he|she|we|my|the|there|this)\b[^,]*), (?:so |and )?(?P<order>(?!(?:and|or|but|who|which|that|i|you|he|she|it|they|we)\b).+)$"
)
_REPORTING = re.compile(r"\b(?:if|whether|that|said|says|asked|told|think|thought|who|what|when|where|why|how|which)\b")

_COURTESY = re.compile(
    r"^(?:(?:please|hey|hi|hello|oi|so|well|then|now|ok|okay|alright|yes|and|but|oh|ah|good|kind|dear|kindly|just|quick|"
    r"quickly|hurry|look|listen|come on|go on|here|excuse me|pardon me|sorry|maybe|perhaps|good (?:morning|day|evening)|"
    r"sir|madam|mister|friend|lad|lass|boy|girl|man|mate|pal|buddy|old man|my (?:friend|lord|lady|dear|good \w+))\b[ ,]*)+"
)
_COURTESY_AFTER = re.compile(
    r"[ ,]*\b(?:please|now|thanks|thank you|will you|would you|could you|can you|won't you|at once|right now|then|for me|"
    r"if you (?:please|would|can|could|don't mind)|sir|madam|friend|mate|immediately|quickly|already|ok|okay|yeah|lol)$"
)
_ADDRESS = re.compile(r"^(?P<who>(?:my |old |good |dear )?[a-z]+(?: [a-z]+)?), +(?=\S)")
_ADDRESS_AFTER = re.compile(r", *(?:you )?[a-z]+(?: [a-z]+)?$")

_ASKING = re.compile(
    rf"^(?:{_ASK}(?: please| kindly| just| maybe| possibly| perhaps| then| now)*(?: be (?:able|willing) to)?"
    r"|(?:would|do) you mind|are you (?:able|willing|ready|free) to|why (?:don't|not) you|why not|be so kind as to"
    r"|(?:is there )?any (?:chance|way) (?:that )?(?:you|i|we) (?:could|can|might)|do me a favou?r and|be a dear and"
    r"|i(?:'d| would| really|'m going to)* (?:like|love|want|need|order|command|beg|ask|urge|expect|require|tell) (?:for )?you to"
    r"|i (?:demand|insist) that you|go ahead and|go and|you (?:must|should|have to|need to|had better|ought to|better)"
    r"|(?:it's )?time (?:for you )?to|it's about time you|i beg(?: of)? you,?(?: to)?|i challenge you to|i dare you to"
    r"|how about(?: you)?|what about|fancy|care for|let's(?: have| go and)?|shall we|(?:do you )?want to|please|make sure to"
    r"|we (?:must|have to|need to|should|ought to|could)|see (?:to it )?that)\b,? *"
)
_WANTING = re.compile(
    r"^(?:(?:can|could|may|might) (?:i|we)(?: please| perhaps| just| possibly| maybe)*"
    r"|(?:i|we)(?:(?:'d| would)(?: really| just| so)* (?:like|love)|(?: really| just| do| so)* (?:want|need|wish|require|demand|must|seek)|"
    r" have(?= to\b))(?: to)?(?= )"
    r"|(?:i|we)'(?:ll)|(?:i|we) will|(?:i|we) (?:could|can) (?:really )?(?:do with|use)|i'm looking for|i'm here (?:for|to)"
    r"|(?:do|would) you (?:want|like) to|let me|let us|permission(?: for)?(?: \w+)? to)\b *"
)
_HAVING_DONE = re.compile(r"^(?:(?:i|we)(?:'d| would)? ?(?:like|want|need)(?: to have| to get)?|have(?! you| they| any)|get(?! me| us)) (?P<thing>(?!to\b).+?) (?P<deed>\w+(?:ed|lt|nt|oken|ut|ade))\b")
_BE_DONE = re.compile(r"^(?:can|could|may|might) (?P<thing>.+?) be (?P<deed>\w+)$")
_MAY_IT = re.compile(r"^(?:can|could|may|might) (?:the |my |this |our )?")
_OFFERING = re.compile(
    r"^(?:(?:i|we)(?:'d| would|'ll)?(?: like| want)?(?: to)? (?:give|offer|bring|brought|hand|gift|present)(?:ing)? (?:this |it )?(?:to )?you"
    r"|(?:i|we) (?:offer|brought|have brought|have got|have) (?:you )?(?=.* for you\b)|you (?:can|may|could) (?:have|take|keep)"
    r"|let me give you|(?:here|this|that)(?:'s| is| are)(?= .*\bfor you\b)"
    r"|(?:here|this|that)(?:'s| is| are)?(?= (?:a|an|my|your|the)\b)|(?:i'd like|i want) you to have)\b *"
)

_DENIED = re.compile(
    r"\b(?:don't|do not|never|not|no longer|cannot|nothing|nobody|can't|won't|shouldn't|wouldn't|isn't|aren't|didn't|haven't|needn't|mustn't|"
    r"refuse to|forbid|stop \w+ing|without|enough|no need to|leave .* alone)\b"
)
_NOT_DENIED = re.compile(
    r"^(?:won't|can't|couldn't|wouldn't) you\b|\bwhy (?:don't|not)\b|\bif you (?:don't|wouldn't) mind\b|\bdon't you (?:want|think)\b"
)
_ABOUT = re.compile(
    r"^(?:who|whom|whose|what|when|where|why|how|which|did|does|do|has|have you|have they|have any\w*|had|was|were|is|are|am|if|since|because|"
    r"though|although|while|unless|they|he|she|it|there|someone|somebody|everyone|nobody|people|i|we|you|my|our|your|his|her|their|its"
    r"|this|that|these|those|the|a|an|some|any|no|many|tell me (?:about|of|who|what|where|when|why|how|if|whether|more)|let me (?:tell|think|know|say|ask|explain|guess|be|finish|introduce|help)"
    r"|(?:can|could|may|might) i (?:ask|tell|trust|help|say|know)|nice|never|enough|thanks|thank)\b"
)
_A_THING = re.compile(r"^(?:the|a|an|some|any|my|your|another|one|two|three)\b(?!.*\b(?:is|are|was|were|has|had)\b)")
_TOLD = re.compile(r"\b(?:was|were|is|are|has|had|told|said|did|does|knows?|likes?|been|says?|frightens?)\b")
_NO_VERB = frozenset(
    "from with in on at by of for to up down out off over and or nor as than too very really yes no not also just".split()
)


def wishes(line: str, *, known_as: Collection[str]) -> tuple[Wish, ...]:
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
        later = _LATER_WISH.match(sentence.strip())
        before = (later["before"] or later["said"]) if later else ""
        if later and not _REPORTING.search(before) and not _COURTESY.fullmatch(before + " "):
            parts += [before, later["wish"] or later["order"]]
        else:
            parts.append(sentence)
    return [part.strip(" ,'\"") for part in parts if part.strip(" ,'\"")]


def _wish(sentence: str, known_as: Collection[str]) -> Wish | None:
    said, pleaded, other = _uncourteous(sentence, known_as)
    if not said or other or _is_denied(said):
        return None
    if having := _HAVING_DONE.match(said):
        return Wish(Form.ASKED, words(f"{having['deed']} {having['thing']}"))
    if being := _BE_DONE.match(said):
        return Wish(Form.ASKED, words(f"{being['deed']} {being['thing']}"))
    if offer := _OFFERING.match(said):
        return _put(Form.OFFERED, said[offer.end() :], keep="")
    if asking := _ASKING.match(said):
        return _put(Form.ASKED, said[asking.end() :])
    if _ABOUT.match(said) and not _WANTING.match(said) and not (pleaded and _A_THING.match(said)):
        return None
    if re.match(r"^(?:can|could|may|might) i (?:ask|tell|trust|help|say|know)|^let me (?:tell|think|know|say|ask|explain|guess|be|finish)\b", said):
        return None
    if wanting := _WANTING.match(said):
        return _put(Form.WANTED, said[wanting.end() :])
    if may := _MAY_IT.match(said):
        return _put(Form.ASKED, said[may.end() :])
    if not pleaded and _TOLD.search(said.split(",")[0]):
        return None
    return _put(Form.ASKED if pleaded else Form.ORDER, said)


def _put(form: Form, rest: str, *, keep: str = "") -> Wish | None:
    said = words(keep + rest)
    return Wish(form, said) if said else None


def _is_denied(said: str) -> bool:
    return bool(_DENIED.search(_NOT_DENIED.sub("", said)))


def _uncourteous(sentence: str, known_as: Collection[str]) -> tuple[str, bool, bool]:
    """A sentence without courtesy and address, whether it pleads, and whether it is addressed to somebody else."""
    said = sentence.strip(" ,")
    pleaded = bool(re.search(r"\bplease\b|\b(?:will|would|could|can|won't) you$", said))
    other = False
    for _ in range(2):
        said = _COURTESY.sub("", said).strip(" ,")
        if address := _ADDRESS.match(said):
            who = address["who"].split()
            if set(who) & set(known_as):
                said = said[address.end() :]
            elif len(who) == 1 and not _ABOUT.match(said) and not _ASKING.match(said[address.end() :]):
                other = True
        before = None
        while before != said:
            before, said = said, _COURTESY_AFTER.sub("", said).strip(" ,")
            tail = _ADDRESS_AFTER.search(said)
            if tail and set(words(tail[0])) & set(known_as):
                said = said[: tail.start()]
        said = re.sub(rf"^(?:{'|'.join(map(re.escape, known_as)) or '(?!)'})\b[ ,]*(?=\w+ )", "", said) if known_as else said
    return said, pleaded, other
