"""What the player has chosen, kept in a file of their own; knows no screen and no engine."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import platformdirs
import pygame

from demo_game.actions import Action, Bindings

SubtitleSize = Literal["small", "medium", "large"]
SUBTITLE_SIZES: tuple[SubtitleSize, ...] = get_args(SubtitleSize)

VOLUME_STEP = 0.1


@dataclass(slots=True)
class Settings:
    """The choices.

    Attributes:
        open_microphone: Whether one talks without holding a key.
        volume: Of all voices, 0–1.
        subtitle_size: How large what is said is written.
        bindings: Which key does what.
        hints_seen: Hints that need not be shown again.
        path: The file; None keeps nothing.
    """

    open_microphone: bool = False
    volume: float = 1.0
    subtitle_size: SubtitleSize = "medium"
    bindings: Bindings = field(default_factory=Bindings)
    hints_seen: set[str] = field(default_factory=set)
    path: Path | None = None

    @classmethod
    def load(cls, path: Path | None) -> Settings:
        """What the file says; what it does not say, or says in a way that makes no sense, is as at first."""
        settings = cls(path=path)
        try:
            kept = json.loads(path.read_text("utf-8")) if path else {}
        except (OSError, ValueError):
            return settings
        if isinstance(kept, dict):
            settings._take(kept)
        return settings

    def save(self) -> str | None:
        """Writes the file; gives what went wrong."""
        if self.path is None:
            return None
        kept = {
            "open_microphone": self.open_microphone,
            "volume": round(self.volume, 2),
            "subtitle_size": self.subtitle_size,
            "keys": {action.name.lower(): pygame.key.name(key) for action, key in self.bindings.keys.items()},
            "hints_seen": sorted(self.hints_seen),
        }
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
        except OSError as error:
            return f"Your settings could not be kept: {error.strerror or error}."
        return None

    def louder(self, steps: int) -> None:
        """Turns the volume up, or down for negative `steps`."""
        self.volume = min(max(round(self.volume + steps * VOLUME_STEP, 2), 0.0), 1.0)

    def larger(self, steps: int) -> None:
        """The next larger size of subtitles, or smaller for negative `steps`."""
        place = SUBTITLE_SIZES.index(self.subtitle_size) + steps
        self.subtitle_size = SUBTITLE_SIZES[min(max(place, 0), len(SUBTITLE_SIZES) - 1)]

    def _take(self, kept: dict[str, Any]) -> None:
        self.open_microphone = kept.get("open_microphone") is True
        if isinstance(volume := kept.get("volume"), int | float) and 0.0 <= volume <= 1.0:
            self.volume = float(volume)
        if (size := kept.get("subtitle_size")) in SUBTITLE_SIZES:
            self.subtitle_size = size
        if isinstance(seen := kept.get("hints_seen"), list):
            self.hints_seen = {hint for hint in seen if isinstance(hint, str)}
        if isinstance(keys := kept.get("keys"), dict):
            for name, key_name in keys.items():
                self._bind(name, key_name)

    def _bind(self, name: str, key_name: object) -> None:
        try:
            self.bindings.bind(Action[name.upper()], pygame.key.key_code(str(key_name)))
        except (KeyError, ValueError):
            return


def settings_file() -> Path:
    """Where this player's settings are kept."""
    return platformdirs.user_config_path("npcengine-demo") / "settings.json"


def save_file() -> Path:
    """Where this player's game is saved."""
    return platformdirs.user_data_path("npcengine-demo") / "oakhollow.json"
