"""What a character learns about the player from their words and from the game's, as notes; knows no memory, no model.

The rules know English, and in doubt they learn nothing: a wrong name is worse than none.
"""

from __future__ import annotations

import operator
import re
from functools import lru_cache

from npcengine.mind.introductions import home_in, name_in
from npcengine.mind.notes import WHO, Note, NoteKind, tidy
from npcengine.mind.pledges import Errand, Promise, errand_in, gifts_in, promises_in
from npcengine.mind.pronouns import addressed, second_person, third_person

LONGEST_LINE = 300
"""Letters of a player's line that are looked at."""

LONGEST_INTRODUCTION = 8
"""In a longer sentence with the player's name there is more than that."""

LONGEST_COURTESY = 2
"""Words of a sentence that says nothing beside an introduction: "Good morning!"."""

_EVENTS: tuple[tuple[NoteKind, re.Pattern[str]], ...] = (
    ("name", re.compile(r"the player(?:'s name is| is (?:called|named)) ([^.!?]+)", re.IGNORECASE)),
    ("home", re.compile(r"the player (?:comes|is|hails) from ([^.!?]+)", re.IGNORECASE)),
    ("promise", re.compile(r"the player (?:has )?(?:promised|swore|vowed)\b", re.IGNORECASE)),
)
_GIVING = r"the player (?:gave|handed|paid|brought|lent|offered) "


@lru_cache(maxsize=64)  # all who stand by hear the same line
def learn(said: str, *, listener: str, to_me: bool = True) -> tuple[Note, ...]:
    """What a line of the player tells about them.

    Args:
        said: The line.
        listener: The name of the character it was said to.
        to_me: Whether that is the character who learns; else it overheard the line.
    """
    text = tidy(said.replace("’", "'"), LONGEST_LINE)
    notes = []
    if name := name_in(text, listener):
        notes.append(Note(f"The player's name is {name}.", "name", f"You are {name}."))
    if home := home_in(text, listener):
        notes.append(Note(f"The player comes from {home}.", "home", f"You come from {home}."))
    if errand := errand_in(text):
        notes.append(_errand(errand, listener, to_me=to_me))
    notes += [_promise(promise, listener, to_me=to_me) for promise in promises_in(text)]
    notes += [_gift(gift, listener, to_me=to_me) for gift in gifts_in(text)]
    return tuple(dict.fromkeys(notes))


def only_tells(said: str, *, listener: str) -> bool:
    """Whether a line tells who the player is or promises something, and does nothing else.

    What the player is after or hands over is not among these: the character may know something about that.
    """
    sentences = re.findall(r"[^.!?]+[.!?]*", said)
    told = [_tells(sentence, listener) for sentence in sentences]
    courtesies = [len(sentence.split()) <= LONGEST_COURTESY for sentence in sentences]
    return any(told) and all(map(operator.or_, told, courtesies))


def _tells(sentence: str, listener: str) -> bool:
    kinds = {note.kind for note in learn(sentence, listener=listener)}
    brief = len(sentence.split()) <= LONGEST_INTRODUCTION or not kinds & WHO
    return bool(kinds) and kinds <= WHO | {"promise"} and brief and not sentence.rstrip().endswith("?")


def note_of(text: str, *, name: str, kind: NoteKind) -> Note:
    """What the game tells the character called `name`, as a note: of `kind`, unless it tells of the player.

    Args:
        text: ``"The player gave Gerta five silver."``
        name: The character's whole name.
        kind: ``"told"`` or ``"event"``.
    """
    plain = tidy(text.replace("’", "'"))
    names = tuple({name, *name.split()[:1]})
    receiver = "|".join([*map(re.escape, names), "her", "him", "them"])
    for each, pattern in _EVENTS:
        if match := pattern.match(plain):
            say = f"You are {match[1].strip()}." if each == "name" else addressed(plain, names)
            return Note(plain, each, say)
    is_gift = re.match(rf"{_GIVING}(?:(?:{receiver})\b|.+ to (?:{receiver})\b)", plain, re.IGNORECASE)
    return Note(plain, "gift" if is_gift else kind, addressed(plain, names))


def _errand(errand: Errand, listener: str, *, to_me: bool) -> Note:
    says = f"You are {errand.doing} {second_person(errand.what, listener, to_me=to_me)}."
    return Note(f"The player is {errand.doing} {third_person(errand.what, listener)}.", "errand", says)


def _promise(promise: Promise, listener: str, *, to_me: bool) -> Note:
    infinitive = "promised not to" if promise.negated else "promised to"
    says = f"You {infinitive} {second_person(promise.what, listener, to_me=to_me)}."
    return Note(f"The player {infinitive} {third_person(promise.what, listener)}.", "promise", says)


def _gift(gift: str, listener: str, *, to_me: bool) -> Note:
    back = " back" * gift.startswith("your ")
    says = f"You gave {'me' if to_me else listener}{back} {second_person(gift, listener, to_me=to_me)}."
    return Note(f"The player gave {listener}{back} {third_person(gift, listener)}.", "gift", says)
