"""The characters one can meet: each a voice from the engine, a face and a short story of what was last said."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import npcengine
from demo_game.face_rig import FaceRig
from demo_game.looks import look_for
from demo_game.trust import Change

FIRST = "gerta"
"""Whom one meets first."""


@dataclass(slots=True)
class Villager:
    """One character of the game.

    Attributes:
        npc: The engine's handle.
        stem: Name of the character file.
        rig: Its face.
        heard: What the player last said to it.
        last: The last thing it said, to be read after it fell silent.
        greeted: Whether it has greeted the player.
        felt: What came over it in this turn; None if nothing did.
        moved: How its trust moved last, and why.
    """

    npc: npcengine.Npc
    stem: str
    rig: FaceRig
    heard: str = ""
    last: npcengine.Subtitle = field(default_factory=npcengine.Subtitle)
    greeted: bool = False
    felt: npcengine.Emotion | None = None
    moved: Change | None = None

    @property
    def first_name(self) -> str:
        """What there is room for below a small portrait."""
        words = self.npc.name.split()
        return words[-1] if words[0] in ("Brother", "Sister", "Father", "Mother") else words[0]

    @property
    def subtitle(self) -> npcengine.Subtitle:
        """What it is saying, or what it said last."""
        now = self.npc.subtitle
        return now if now.speaker == self.npc.name else self.last


def gather(engine: npcengine.Engine, folder: Path) -> list[Villager]:
    """Spawns every character file of `folder`, the blacksmith first.

    Raises:
        npcengine.ConfigError: There is none.
        npcengine.PersonaError: A character file has mistakes.
    """
    files = sorted(folder.glob("*.yaml"), key=lambda path: (path.stem != FIRST, path.stem))
    if not files:
        raise npcengine.ConfigError(f"{folder}: there are no character files (*.yaml) here")
    return [Villager(engine.spawn(path), path.stem, FaceRig(look_for(path.stem))) for path in files]
