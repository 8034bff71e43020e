"""What a character remembers, as a value: exchanges as they were heard, and notes; knows no model and no storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

from npcengine.types import EMOTIONS, Emotion

_Entry = TypeVar("_Entry")


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
        return replace(self, exchanges=_newest((*self.exchanges, exchange), keep))

    def noting(self, fact: str, *, keep: int) -> Memory:
        """With `fact` added unless it is known, the oldest beyond `keep` forgotten."""
        # A game may hand in a StrEnum member or a number; another process and `from_json` take exact strings.
        plain = str.__str__(fact) if isinstance(fact, str) else str(fact)
        if plain in self.notes:
            return self
        return replace(self, notes=_newest((*self.notes, plain), keep))

    def to_json(self) -> dict[str, Any]:
        """Plain data for a save file."""
        return {"exchanges": [asdict(exchange) for exchange in self.exchanges], "notes": list(self.notes)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Memory:
        """The memory that `to_json` wrote.

        Raises:
            TypeError: A field is missing or has another form.
        """
        notes = _list_in(data, "notes")
        if not all(isinstance(note, str) for note in notes):
            raise TypeError("notes must be strings")
        return cls(exchanges=tuple(_read_exchange(each) for each in _list_in(data, "exchanges")), notes=tuple(notes))


def _newest(entries: tuple[_Entry, ...], keep: int) -> tuple[_Entry, ...]:
    return entries[max(0, len(entries) - keep) :]  # [-keep:] would be all of them for 0


def _list_in(data: Mapping[str, Any], name: str) -> list[Any]:
    entries = data.get(name)
    if not isinstance(entries, list):
        raise TypeError(f"{name} must be a list")
    return entries


def _read_exchange(data: object) -> Exchange:
    """Fields with a default may be missing: they came later than the oldest saves."""
    if not isinstance(data, Mapping):
        raise TypeError(f"an exchange must be a mapping, and one is {data!r}")
    exchange = Exchange(**data)
    sound = (
        isinstance(exchange.player, str)
        and isinstance(exchange.npc, str)
        and isinstance(exchange.interrupted, bool)
        and (exchange.emotion is None or exchange.emotion in EMOTIONS)
    )
    if not sound:
        raise TypeError(f"an exchange has a field of another form: {data!r}")
    return exchange
