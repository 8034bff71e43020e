"""What all screens share: the game, the player's choices, the window's measures, and which screens lie on which."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pygame

from demo_game.actions import PAD_NAMES, Action
from demo_game.game import Game
from demo_game.inputs import Input, Inputs
from demo_game.layout import Layout, lay_out
from demo_game.settings import Settings
from demo_game.typography import Typography
from demo_game.workbench import Workbench


class Screen(Protocol):
    """Something the player looks at.

    Attributes:
        still: Whether the game stands still below it.
    """

    still: bool

    def take(self, happened: Input) -> None:
        """The player did something."""
        ...

    def update(self, dt: float) -> None:
        """A frame of `dt` seconds passes."""
        ...

    def resize(self) -> None:
        """The shell's layout is another one."""
        ...

    def draw(self, window: pygame.Surface, *, fresh: bool) -> list[pygame.Rect]:
        """Draws what has changed, or everything if something else was drawn since; gives the areas."""
        ...


@dataclass(slots=True)
class Shell:
    """What all screens share.

    Attributes:
        game: The game being played.
        settings: What the player chose.
        inputs: Which key does what, and what is held.
        layout: Where everything stands in the window.
        save_path: Where the game is saved.
        typography: Type for the window's size.
        workbench: Slow paintings.
        screens: What the player looks at, the uppermost last.
    """

    game: Game
    settings: Settings
    inputs: Inputs
    layout: Layout
    save_path: Path
    typography: Typography = field(init=False)
    workbench: Workbench = field(default_factory=Workbench)
    screens: list[Screen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.typography = Typography(self.layout.unit)

    def measure(self, size: tuple[int, int]) -> None:
        """The window has another size."""
        self.layout = lay_out(size)
        self.typography = Typography(self.layout.unit)
        self.workbench.clear()
        for screen in self.screens:
            screen.resize()

    def open(self, screen: Screen) -> None:
        """Lays a screen over the others."""
        self.screens.append(screen)
        self._stand_still()

    def close(self) -> None:
        """Takes the uppermost screen away; without any, the player leaves."""
        self.screens.pop()
        self._stand_still()

    def leave(self) -> None:
        """Ends it all."""
        self.screens.clear()

    def key(self, action: Action) -> str:
        """What hints call the key or the pad's button for something."""
        if self.inputs.by_pad:
            return PAD_NAMES.get(action, "")
        return self.inputs.bindings.name(action)

    def keep_settings(self) -> None:
        """Writes the settings, and says so if that fails."""
        if problem := self.settings.save():
            self.game.notify(problem)

    def _stand_still(self) -> None:
        """The game pauses below a screen that asks for it, and goes on once that is gone."""
        still = any(screen.still for screen in self.screens)
        if still and not self.game.paused:
            self.game.pause()
        elif not still and self.game.paused:
            self.game.resume()
