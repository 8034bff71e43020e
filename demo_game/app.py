"""From window events to screens and back to changed areas of the window: the frame, without the loop around it."""

from __future__ import annotations

from pathlib import Path

import pygame

import npcengine
from demo_game.cast import Villager
from demo_game.game import Game
from demo_game.inputs import Inputs, Leave, LoseFocus
from demo_game.layout import lay_out
from demo_game.screens.title import TitlePage
from demo_game.screens.village import VillageScreen
from demo_game.settings import Settings
from demo_game.shell import Screen, Shell

STEADY_S = 0.15
"""Everything is laid out anew once a window that is being dragged has kept its size for so long."""

DIMMED = 110
"""How bright (of 255) what lies below a page stays."""


class App:
    """One run of the demo: title first, the village below it."""

    def __init__(
        self,
        engine: npcengine.Engine,
        villagers: list[Villager],
        *,
        settings: Settings,
        size: tuple[int, int],
        save_path: Path,
    ) -> None:
        game = Game(engine, villagers)
        self.shell = Shell(game, settings, Inputs(settings.bindings), lay_out(size), save_path)
        self.village = VillageScreen(self.shell)
        self.shell.open(self.village)
        self.shell.open(TitlePage(self.shell))
        self._drawn: list[Screen] = []
        self._size, self._steady_s = size, 0.0
        game.talk.volume = settings.volume
        if settings.open_microphone and not engine.microphone.problem:
            game.talk.open_microphone(opened=True)

    @property
    def running(self) -> bool:
        """Whether there is still something to look at."""
        return bool(self.shell.screens)

    def handle(self, event: pygame.event.Event) -> bool:
        """Hands a window event on to the uppermost screen; False once the player leaves."""
        for happened in self.shell.inputs.read(event):
            if isinstance(happened, Leave):
                self.shell.leave()
            elif isinstance(happened, LoseFocus):
                self.shell.game.talk.stop_listening()
            elif self.running:
                self.shell.screens[-1].take(happened)
        return self.running

    def frame(self, window: pygame.Surface, dt: float) -> list[pygame.Rect]:
        """Moves everything on by a frame and draws what has changed; gives those areas."""
        self.shell.game.update(dt)
        self.shell.workbench.step()
        if not self.running:
            return []
        self.shell.screens[-1].update(dt)
        fresh = self._follow_size(window.get_size(), dt) or self._drawn != self.shell.screens
        self._drawn = list(self.shell.screens)
        top = self._drawn[-1]
        if not fresh:
            return top.draw(window, fresh=False)
        if top is not self.village:
            self.village.draw(window, fresh=True)
            window.fill((DIMMED, DIMMED, DIMMED), special_flags=pygame.BLEND_MULT)
        top.draw(window, fresh=True)
        return [window.get_rect()]

    def _follow_size(self, size: tuple[int, int], dt: float) -> bool:
        """Lays everything out anew for a window that was resized and is steady again; whether it did."""
        self._steady_s = self._steady_s + dt if size == self._size else 0.0
        self._size = size
        if size == self.shell.layout.window.size or self._steady_s < STEADY_S:
            return False
        self.shell.measure(size)
        return True
