"""One thing that a character keeps in mind, and text made safe to be kept; knows no character and no model."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

NoteKind: TypeAlias = Literal["told", "event", "name", "home", "errand", "promise", "gift"]
"""What a note is about: told by the game, happened in the world, or learnt about the player."""

KINDS: tuple[NoteKind, ...] = get_args(NoteKind)
LEARNT: frozenset[NoteKind] = frozenset({"name", "home", "errand", "promise", "gift"})
ONE_OF_EACH: frozenset[NoteKind] = frozenset({"name", "home", "errand"})
"""A player has one of these: a new one takes the place of the old."""

WHO: frozenset[NoteKind] = frozenset({"name", "home"})
"""Who the player is: the last things that a full memory lets go."""

LONGEST_NOTE = 240
"""Letters of a note; what is longer is cut at a word."""

_MARKUP = str.maketrans(dict.fromkeys('<>|{}[]()*#`~\\^_"“”«»', " "))
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that a character keeps in mind.

    Attributes:
        text: What is true, in the third person: ``"The player's name is Robin."``
        kind: What it is about.
        say: How the character tells the player: ``"You are Robin."``; empty where nobody has words for it.
    """

    text: str
    kind: NoteKind = "told"
    say: str = ""


def tidy(text: str, most: int = LONGEST_NOTE) -> str:
    """`text` as one line of at most `most` letters, without anything that a prompt's markup is made of.

    Players put words into notes. Without line breaks they can't begin a speaker's line, without brackets they can't
    leave the stage direction they stand in, and without angle brackets they can't write a model's own markers.
    """
    text = text[: 8 * most]
    seen = "".join(" " if unicodedata.category(letter) in _INVISIBLE else letter for letter in text)
    line = " ".join(seen.translate(_MARKUP).split())
    return line if len(line) <= most else (line[:most].rsplit(" ", 1)[0] or line[:most])
