"""A card's texts put into a character file's words, and notes on what that cost; knows no card and no file."""

from __future__ import annotations

from dataclasses import dataclass, field

from npcengine.cards.macros import resolve
from npcengine.cards.notes import Note, shown
from npcengine.cards.plain_text import one_line, shorten, without_orders
from npcengine.cards.speech import fitting, spoken, told

MACROS_TOLD = 8


@dataclass(slots=True)
class Wording:
    """Resolves macros and leaves out orders to a model.

    Attributes:
        name: What `{{char}}` becomes.
        notes: Where it is told what was left out.
        unknown_macros: Names of the macros that nobody here knows.
    """

    name: str
    notes: list[Note]
    unknown_macros: set[str] = field(default_factory=set)

    def told(self, text: str, place: str, *, most_characters: int) -> str:
        """Text about the character or its world, paragraphs kept."""
        whole = self._without_orders(told(self._resolved(text)), place)
        kept = shorten(whole, most_characters)
        if kept != whole:
            self.note(place, f"cut to its first {len(kept.split())} of {len(whole.split())} words")
        return kept

    def spoken(self, text: str, place: str) -> str:
        """Words to say aloud, on one line and however long."""
        return one_line(self._without_orders(spoken(self._resolved(text)), place))

    def short(self, text: str, place: str) -> str:
        """As `spoken`, as long as a player listens."""
        whole = self.spoken(text, place)
        kept = fitting(whole)
        if len(kept.split()) < len(whole.split()):
            self.note(place, f"cut to its first {len(kept.split())} of {len(whole.split())} spoken words")
        return kept

    def note(self, place: str, message: str) -> None:
        """Tells the writer something."""
        self.notes.append(Note(place, message))

    def note_macros(self) -> None:
        """Tells which macros were dropped."""
        names = sorted({shown(each, 20) for each in self.unknown_macros} - {""})
        if names:
            more = ", …" if len(names) > MACROS_TOLD else ""
            self.note("macros", f"dropped, made for other programs: {', '.join(names[:MACROS_TOLD])}{more}")

    def _resolved(self, text: str) -> str:
        resolved = resolve(text, self.name)
        self.unknown_macros |= resolved.unknown
        return resolved.text

    def _without_orders(self, text: str, place: str) -> str:
        kept, orders = without_orders(text)
        if orders:
            more = f", and {len(orders) - 1} more" if len(orders) > 1 else ""
            self.note(place, f'left out, since it speaks to a model: "{shown(orders[0])}"{more}')
        return kept
