"""What a character remembers, as a value: exchanges as they were heard, what is left of older ones, and notes.

Knows no model and no storage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

from npcengine.mind.notes import KINDS, ONE_OF_EACH, WHO, Note, tidy
from npcengine.mind.said import marks
from npcengine.types import EMOTIONS, Emotion

_Entry = TypeVar("_Entry")

MOST_TOLD = 12
"""So many facts of older talks are remembered as told."""

MOST_SAID = 400
"""So many sentences of older talks are known when they are about to be said again."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn as it was heard.

    Attributes:
        player: What the player said; empty where the character spoke unasked.
        npc: The words of the character that were heard, no others.
        interrupted: Whether the player cut it short.
        emotion: How it was said; None where nobody knows.
        told: Ids of the facts that the character told with it.
        speaker: Name of another character who said `npc`, and to whom the player spoke; empty where it was this one.
    """

    player: str
    npc: str
    interrupted: bool = False
    emotion: Emotion | None = None
    told: tuple[str, ...] = ()
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """What is left of exchanges that are no longer remembered word for word; does not grow.

    Attributes:
        exchanges: How many they were.
        told: Ids of facts told in them, the latest last, none twice.
        said: Marks of the character's own sentences in them, the latest last, none twice.
    """

    exchanges: int = 0
    told: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    def folding(self, exchange: Exchange) -> Digest:
        """With one more exchange in it."""
        own = not exchange.speaker
        told = _again_last(self.told, exchange.told if own else ())
        said = _again_last(self.said, marks(exchange.npc) if own else ())
        return Digest(self.exchanges + 1, _newest(told, MOST_TOLD), _newest(said, MOST_SAID))


@dataclass(frozen=True, slots=True)
class Memory:
    """A character's memory; every change gives a new value, so that a copy can be handed on without a lock.

    Attributes:
        exchanges: Oldest first.
        notes: What the game told (`remember`, `notify`) and what was learnt about the player, oldest first.
        past: What is left of older exchanges.
        meetings: How often the player and the character met and talked.
    """

    exchanges: tuple[Exchange, ...] = ()
    notes: tuple[Note, ...] = ()
    past: Digest = field(default_factory=Digest)
    meetings: int = 0

    def after(self, exchange: Exchange, *, keep: int) -> Memory:
        """With `exchange` added.

        Up to twice `keep` exchanges are held; then the oldest are folded into `past` until `keep` are left. Cutting
        seldom and by much spares the model reading the rest again each turn.
        """
        return replace(self, exchanges=(*self.exchanges, exchange)).folded(keep=keep)

    def folded(self, *, keep: int) -> Memory:
        """With no more exchanges than a memory of `keep` holds."""
        if len(self.exchanges) <= 2 * keep:
            return self
        past = self.past
        for old in self.exchanges[: len(self.exchanges) - keep]:
            past = past.folding(old)
        return replace(self, exchanges=_newest(self.exchanges, keep), past=past)

    def noting(self, fact: Note | str, *, keep: int) -> Memory:
        """With `fact` added unless it is known; beyond `keep`, the oldest that does not tell who the player is goes."""
        note = fact if isinstance(fact, Note) else Note(str.__str__(fact) if isinstance(fact, str) else str(fact))
        note = replace(note, text=tidy(note.text), say=tidy(note.say))
        if not note.text or any(note.text == known.text for known in self.notes):
            return self
        others = [each for each in self.notes if each.kind != note.kind or note.kind not in ONE_OF_EACH]
        return replace(self, notes=_worthiest([*others, note], keep))

    def meeting(self) -> Memory:
        """The player and the character meet once more."""
        return replace(self, meetings=self.meetings + 1)

    def has_said(self, text: str) -> bool:
        """Whether the character said every sentence of a text before, as far as it remembers."""
        said = self._marks(self.exchanges).union(self.past.said)
        return said.issuperset(marks(text))

    def just_said(self, text: str) -> bool:
        """Whether that was in the last exchange."""
        return self._marks(self.exchanges[-1:]).issuperset(marks(text))

    @property
    def talks(self) -> int:
        """How many exchanges there have ever been."""
        return self.past.exchanges + len(self.exchanges)

    @staticmethod
    def _marks(exchanges: tuple[Exchange, ...]) -> set[str]:
        return {mark for each in exchanges if not each.speaker for mark in marks(each.npc)}

    def to_json(self) -> dict[str, Any]:
        """Plain data for a save file."""
        return {
            "exchanges": [{**asdict(exchange), "told": list(exchange.told)} for exchange in self.exchanges],
            "notes": [asdict(note) for note in self.notes],
            "past": {**asdict(self.past), "told": list(self.past.told), "said": list(self.past.said)},
            "meetings": self.meetings,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Memory:
        """The memory that `to_json` wrote, in this version or an older one.

        Raises:
            TypeError: A field is missing or has another form.
        """
        return cls(
            exchanges=tuple(_read_exchange(each) for each in _list_in(data, "exchanges")),
            notes=tuple(_read_note(each) for each in _list_in(data, "notes")),
            past=_read_digest(data.get("past", {})),
            meetings=_count(data.get("meetings", 0), "meetings"),
        )


def _newest(entries: tuple[_Entry, ...], keep: int) -> tuple[_Entry, ...]:
    return entries[max(0, len(entries) - keep) :]  # [-keep:] would be all of them for 0


def _again_last(entries: tuple[str, ...], newer: tuple[str, ...]) -> tuple[str, ...]:
    """The newer ones behind the others, none twice."""
    return (*(each for each in entries if each not in newer), *dict.fromkeys(newer))


def _worthiest(notes: list[Note], keep: int) -> tuple[Note, ...]:
    while len(notes) > keep:
        notes.remove(next((each for each in notes if each.kind not in WHO), notes[0]))
    return tuple(notes)


def _list_in(data: Mapping[str, Any], name: str) -> list[Any]:
    entries = data.get(name)
    if not isinstance(entries, list):
        raise TypeError(f"{name} must be a list")
    return entries


def _count(value: object, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"{name} must be a whole number, and it is {value!r}")
    return value


def _names(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise TypeError(f"{name} must be a list of strings")
    return tuple(value)


def _mapping(data: object, what: str) -> dict[str, Any]:
    if not isinstance(data, Mapping) or not all(isinstance(name, str) for name in data):
        raise TypeError(f"{what} must be a mapping, and one is {data!r}")
    return dict(data)


def _read_note(data: object) -> Note:
    """The oldest saves hold bare strings."""
    note = Note(data) if isinstance(data, str) else Note(**_mapping(data, "a note"))
    if not (isinstance(note.text, str) and note.kind in KINDS and isinstance(note.say, str)):
        raise TypeError(f"a note has a field of another form: {data!r}")
    return Note(tidy(note.text), note.kind, tidy(note.say))


def _read_digest(data: object) -> Digest:
    parts = {"exchanges": 0, "told": [], "said": [], **_mapping(data, "the past")}
    return replace(
        Digest(**parts),
        exchanges=_count(parts["exchanges"], "exchanges"),
        told=_names(parts["told"], "told"),
        said=_names(parts["said"], "said"),
    )


def _read_exchange(data: object) -> Exchange:
    """Fields with a default may be missing: they came later than the oldest saves."""
    exchange = Exchange(**_mapping(data, "an exchange"))
    sound = (
        isinstance(exchange.player, str)
        and isinstance(exchange.npc, str)
        and isinstance(exchange.interrupted, bool)
        and isinstance(exchange.speaker, str)
        and (exchange.emotion is None or exchange.emotion in EMOTIONS)
    )
    if not sound:
        raise TypeError(f"an exchange has a field of another form: {data!r}")
    return replace(exchange, told=_names(exchange.told, "told"))
