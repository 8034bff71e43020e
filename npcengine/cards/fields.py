"""Reads values of any type from a card and tells what it passed over; knows no particular field."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from npcengine.cards.notes import Note, counted, shown

MAX_TEXT_CHARACTERS = 50_000
MAX_LISTED = 200
NAMES_TOLD = 8


@dataclass(slots=True)
class Fields:
    """A group of a card's fields; each read marks its key as known, and `rest` tells the others.

    Attributes:
        values: The group, as JSON holds it.
        place: Where it stands in the card, for notes; empty for the card itself.
        notes: Where what was passed over is told.
    """

    values: Mapping[str, object]
    place: str
    notes: list[Note]
    known: set[str] = field(default_factory=set)

    def text(self, key: str) -> str:
        """A text; empty if it is absent or something else."""
        value = self._value(key)
        if isinstance(value, str):
            return self._cut(key, value)
        if value is not None:
            self._tell(key, f"must be text, not {_kind(value)}; ignored")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a text by itself counts as a list of one."""
        value = self._value(key)
        if isinstance(value, str):
            return (self._cut(key, value),)
        if value is not None and not isinstance(value, list):
            self._tell(key, f"must be a list of texts, not {_kind(value)}; ignored")
        listed = value if isinstance(value, list) else []
        texts = [self._cut(key, each) for each in listed[:MAX_LISTED] if isinstance(each, str)]
        if lost := len(listed) - len(texts):
            self._tell(key, f"{counted(lost, 'item')} ignored: no text, or beyond the first {MAX_LISTED}")
        return tuple(texts)

    def truth(self, key: str, *, default: bool) -> bool:
        """A truth; 0 and 1 count."""
        value = self._value(key)
        if isinstance(value, (bool, int)):
            return bool(value)
        if value is not None:
            self._tell(key, f"must be true or false, not {_kind(value)}; read as {str(default).lower()}")
        return default

    def number(self, key: str) -> float:
        """A number within a milliard; 0 if it is absent or something else."""
        value = self._value(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return 0.0 if isinstance(value, float) and math.isnan(value) else float(max(-1e9, min(1e9, value)))
        if value is not None:
            self._tell(key, f"must be a number, not {_kind(value)}; read as 0")
        return 0.0

    def given(self, key: str) -> object:
        """The value as it stands; nothing for what holds nothing."""
        value = self._value(key)
        return value if value not in ("", [], {}, None) else None

    def skip(self, keys: Iterable[str]) -> None:
        """Takes note of fields that need no word."""
        self.known.update(keys)

    def rest(self) -> tuple[str, ...]:
        """The names of the fields that nobody asked for, as they may be printed."""
        names = [shown(key, 30) or "(no name)" for key in self.values if key not in self.known]
        return (*names[:NAMES_TOLD], f"and {len(names) - NAMES_TOLD} more") if len(names) > NAMES_TOLD else tuple(names)

    def _value(self, key: str) -> object:
        self.known.add(key)
        return self.values.get(key)

    def _cut(self, key: str, text: str) -> str:
        if len(text) > MAX_TEXT_CHARACTERS:
            self._tell(key, f"only its first {MAX_TEXT_CHARACTERS} characters are read")
        return text[:MAX_TEXT_CHARACTERS]

    def _tell(self, key: str, message: str) -> None:
        self.notes.append(Note(f"{self.place}.{key}".removeprefix("."), message))


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a group"
