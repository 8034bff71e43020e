"""What has happened so far, apart from where everybody stands: purse, bag, flags, notebook and the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from demo_game.clues import CLUES
from demo_game.notebook import Entry, Notebook

START_GOLD = 12
START_INVENTORY = ("sword", "shield", "kettle")
MENU = ("ale", "cider", "stew", "bread", "pie")
REMEDIES = ("honey salve", "willow tea", "sage balm")

GOAL = "Find out who burned the mill, and how it can end without a hanging."


@dataclass(slots=True)
class Story:
    """The state of the story.

    Attributes:
        gold: The player's silver.
        inventory: What they carry.
        flags: What is true from now on, as ``met_aldo`` or ``lantern_shown``; characters' conditions read those that
            their files declare.
        counts: How often something happened, as ``courtesy.gerta``.
        notebook: What was learnt.
        ending: Name of the ending that was reached, a key of `endings.ENDINGS`; empty while the story goes on.
    """

    gold: int = START_GOLD
    inventory: list[str] = field(default_factory=lambda: list(START_INVENTORY))
    flags: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    notebook: Notebook = field(default_factory=Notebook)
    ending: str = ""

    def has(self, item: str) -> bool:
        """Whether the player carries it."""
        return item in self.inventory

    def gain(self, item: str) -> None:
        """The player is handed something; nobody carries two of a kind."""
        if not self.has(item):
            self.inventory.append(item)

    def lose(self, item: str) -> None:
        """It leaves the player's hands."""
        if self.has(item):
            self.inventory.remove(item)

    def first_time(self, what: str) -> bool:
        """Counts `what`, and tells whether it happened for the first time."""
        self.counts[what] += 1
        return self.counts[what] == 1

    def find(self, clue: str) -> Entry | None:
        """The player comes upon a piece of the mystery; None if it was known, or there is no such piece."""
        return self.notebook.find(CLUES[clue]) if clue in CLUES else None

    def to_json(self) -> dict[str, Any]:
        """What a save keeps."""
        return {
            "gold": self.gold,
            "inventory": list(self.inventory),
            "flags": sorted(self.flags),
            "counts": dict(self.counts),
            "notebook": self.notebook.to_json(),
            "ending": self.ending,
        }

    def read_json(self, kept: dict[str, Any]) -> None:
        """Goes back to what was kept."""
        self.gold = int(kept["gold"])
        self.inventory = [str(item) for item in kept["inventory"]]
        self.flags = set(kept["flags"])
        self.counts = Counter(kept["counts"])
        self.notebook = Notebook.from_json(kept["notebook"])
        self.ending = str(kept["ending"])
