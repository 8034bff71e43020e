"""What a scripted session leaves behind: a log of steps and events, screenshots, and how long its frames took."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pygame

import npcengine

LATE_MS = 20
"""A frame that takes longer is late: at 60 frames a second one is dropped."""


@dataclass(slots=True)
class Record:
    """Written as it happens, so that a session that hangs can be read too.

    Attributes:
        folder: Where everything goes.
        frames_ms: How long each frame took, from one to the next.
        pictures: Screenshots that are still to be taken.
    """

    folder: Path
    frames_ms: list[int] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "log.jsonl").write_text("", "utf-8")

    def tell(self, kind: str, what: dict[str, Any]) -> None:
        """Adds a line to the log."""
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps({"frame": len(self.frames_ms), kind: what}, ensure_ascii=False, default=str) + "\n")

    def event(self, event: npcengine.Event) -> None:
        """Adds an event of the engine."""
        what = {each.name: getattr(event, each.name) for each in fields(event) if each.name != "prompt"}
        self.tell(type(event).__name__, what)

    def frame(self, took_ms: int, window: pygame.Surface) -> None:
        """A frame has been drawn; takes the screenshots that were asked for."""
        self.frames_ms.append(took_ms)
        while self.pictures:
            pygame.image.save(window, self.folder / f"{self.pictures.pop(0)}.png")

    @property
    def late_share(self) -> float:
        """How many of the frames were late (0–1); the first second, in which everything is painted, is left out."""
        counted = self.frames_ms[60:]
        return sum(took_ms > LATE_MS for took_ms in counted) / len(counted) if counted else 0.0

    def summary(self, failures: list[str]) -> list[str]:
        """A few lines for the terminal; the last two also go into the log."""
        worst = max(self.frames_ms[60:], default=0)
        lines = [
            *failures,
            f"{len(self.frames_ms)} frames, {self.late_share:.2%} of them over {LATE_MS} ms, the longest {worst} ms",
            f"{len(failures)} expectations failed" if failures else "everything was as expected",
        ]
        self.tell("summary", {"frames": lines[-2], "result": lines[-1]})
        return lines
