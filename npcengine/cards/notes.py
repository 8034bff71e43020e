"""What a writer is told about a card: which parts did not map, and why; knows no card and no file."""

from __future__ import annotations

from dataclasses import dataclass

from npcengine.cards.plain_text import one_line

SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Note:
    """Something of the card that the character does not hold, or not as it stood; as text ``field: message``."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


def shown(text: str, most: int = SHOWN_CHARACTERS) -> str:
    """A card's own words as they may be printed: one line, short, without anything that steers a terminal."""
    line = one_line(text[: most * 4])
    return line if len(line) <= most else line[:most].rstrip() + "…"


def counted(count: int, noun: str, plural: str = "") -> str:
    """``1 fact``, ``3 facts``, ``2 entries``, ``no facts``."""
    return f"{count or 'no'} {noun if count == 1 else plural or noun + 's'}"


def word_count(text: str) -> str:
    """A text's length as a writer thinks of it."""
    return counted(len(text.split()), "word")
