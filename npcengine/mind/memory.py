"""What a character remembers, as a value: exchanges as they were heard, and notes; knows no model and no storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from npcengine.types import Emotion


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn as it was heard.

    Attributes:
        player: What the player said; empty where the character spoke unasked.
        npc: The words of the character that were heard, no others.
        interrupted: Whether the player cut it short.
        emotion: How it was said; None where nobody knows.
    """

    player: str
    npc: str
    interrupted: bool = False
    emotion: Emotion | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """A character's memory; every change gives a new value, so that a copy can be handed on without a lock.

    Attributes:
        exchanges: Oldest first.
        notes: Facts told by the game (`remember`, `notify`), oldest first.
    """

    exchanges: tuple[Exchange, ...] = ()
    notes: tuple[str, ...] = ()

    def after(self, exchange: Exchange, *, keep: int) -> Memory:
        """With `exchange` added, the oldest beyond `keep` forgotten."""
        return replace(self, exchanges=(*self.exchanges, exchange)[-keep:])

    def noting(self, fact: str, *, keep: int) -> Memory:
        """With `fact` added unless it is known, the oldest beyond `keep` forgotten."""
        if fact in self.notes:
            return self
        return replace(self, notes=(*self.notes, fact)[-keep:])

    def to_json(self) -> dict[str, Any]:
        """Plain data for a save file."""
        return {"exchanges": [asdict(exchange) for exchange in self.exchanges], "notes": list(self.notes)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Memory:
        """The memory that `to_json` wrote.

        Raises:
            KeyError: A field is missing.
            TypeError: A field has another form.
        """
        return cls(
            exchanges=tuple(Exchange(**exchange) for exchange in data["exchanges"]),
            notes=tuple(str(note) for note in data["notes"]),
        )
