"""What the player has learnt, in the order in which they learnt it; knows no engine and no page."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from demo_game.clues import CLUES, Clue, clues_of

TOLD_SHARE = 0.5
"""A fact has been told when so much of its wording was heard."""

_WORD = re.compile(r"[a-z']{4,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was learnt.

    Attributes:
        key: ``stem.fact`` for what somebody told, ``clue.name`` for a piece of the mystery.
        speaker: Stem of whoever told it; empty for what the player found.
        text: The words that were heard, or the clue's.
        thread: The heading it stands under; empty for remarks that belong to no thread.
    """

    key: str
    speaker: str
    text: str
    thread: str = ""


@dataclass(slots=True)
class Notebook:
    """All entries."""

    entries: list[Entry] = field(default_factory=list)

    def knows(self, clue: str) -> bool:
        """Whether a piece of the mystery is known."""
        return any(entry.key == f"clue.{clue}" for entry in self.entries)

    @property
    def clues(self) -> list[Entry]:
        """The pieces of the mystery that are known."""
        return [entry for entry in self.entries if entry.thread]

    @property
    def remarks(self) -> list[Entry]:
        """What people said besides."""
        return [entry for entry in self.entries if not entry.thread]

    def disproved(self, entry: Entry) -> bool:
        """Whether what was told turned out to be untrue."""
        return any(entry.key in clue.disproves for clue in CLUES.values() if self.knows(clue.name))

    def tell(self, stem: str, fact: str, heard: str) -> list[Entry]:
        """Somebody told a fact; gives what is new, clues first."""
        key = f"{stem}.{fact}"
        new = [entry for clue in clues_of(key) if (entry := self.find(clue, stem))]
        if all(entry.key != key for entry in self.entries):
            self.entries.append(Entry(key, stem, heard))
            new.append(self.entries[-1])
        return new

    def find(self, clue: Clue, speaker: str = "") -> Entry | None:
        """The player comes upon a piece of the mystery; None if it was known."""
        if self.knows(clue.name):
            return None
        self.entries.append(Entry(f"clue.{clue.name}", speaker, clue.text, clue.thread))
        return self.entries[-1]

    def to_json(self) -> list[dict[str, Any]]:
        """What a save keeps."""
        return [asdict(entry) for entry in self.entries]

    @classmethod
    def from_json(cls, kept: list[dict[str, Any]]) -> Notebook:
        """What was kept."""
        return cls([Entry(**entry) for entry in kept])


def was_told(heard: str, *wordings: str) -> bool:
    """Whether enough of one of a fact's wordings is among the words that were heard."""
    words = set(_WORD.findall(heard.lower()))
    for wording in wordings:
        wanted = set(_WORD.findall(wording.lower()))
        if wanted and len(wanted & words) >= TOLD_SHARE * len(wanted):
            return True
    return False
