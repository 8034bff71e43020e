"""A game of Oakhollow over an engine that only notes what it is asked, and keys to play it with; knows no window."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import numpy as np
import pygame

import npcengine
from demo_game import main
from demo_game.app import App
from demo_game.cast import gather
from demo_game.game import Game
from demo_game.screens.village import VillageScreen
from demo_game.settings import Settings

REST = npcengine.Face(np.zeros(len(npcengine.ARKIT_NAMES), dtype=np.float32))
SMALL = (800, 600)


class NotingNpc:
    """Notes every call with its arguments."""

    def __init__(self, name: str, calls: list[tuple[Any, ...]]) -> None:
        self.name = name
        self.status: npcengine.Status = "idle"
        self.face = REST
        self.subtitle = npcengine.Subtitle()
        self.state: dict[str, Any] = {"gold": 0, "trust": 50}
        self.persona = SimpleNamespace(knowledge=[])
        self._calls = calls

    def place(self, pan: float, volume: float) -> None:
        """Called every frame, so that it is not noted."""
        self.heard_from = pan, volume

    def __getattr__(self, verb: str) -> Any:  # noqa: ANN401 - any method of an Npc
        def note(*args: Any, **_options: Any) -> None:  # noqa: ANN401
            self._calls.append((self.name, verb, *args))

        return note


class NotingEngine:
    """Gives each frame the events it was told to give."""

    def __init__(self, *, ready: bool = True, microphone_problem: str | None = None) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.ready = ready
        self.world: dict[str, Any] = {}
        self.stats: deque[npcengine.TurnStats] = deque()
        self.microphone = SimpleNamespace(
            mode="push_to_talk", level=0.5, problem=microphone_problem, device_name="a microphone"
        )
        self.speaker_problem: str | None = None
        self.npcs: list[NotingNpc] = []
        self.closed = False
        self.coming: list[npcengine.Event] = []

    def spawn(self, path: Path) -> NotingNpc:
        """A character named after its file."""
        self.npcs.append(NotingNpc(path.stem.title(), self.calls))
        return self.npcs[-1]

    def focus(self, npc: NotingNpc | None) -> None:
        """Whose the open microphone is."""
        self.calls.append(("engine", "focus", npc.name if npc else None))

    def earshot(self, _npc: NotingNpc, _others: object) -> None:
        """Nobody overhears here."""

    def pause(self) -> None:
        """Noted."""
        self.calls.append(("engine", "pause"))

    def resume(self) -> None:
        """Noted."""
        self.calls.append(("engine", "resume"))

    def snapshot(self) -> dict[str, Any]:
        """Nothing to keep."""
        return {}

    def restore(self, _saved: object) -> None:
        """Nothing to go back to."""

    def update(self, dt: float) -> list[npcengine.Event]:
        """What was to come."""
        assert dt >= 0.0
        happened, self.coming = self.coming, []
        self.ready = self.ready or any(isinstance(event, npcengine.EngineReady) for event in happened)
        return happened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True


class Playing:
    """A game in a window that is drawn to memory."""

    def __init__(self, folder: Path, engine: NotingEngine, size: tuple[int, int] = SMALL) -> None:
        self.window = main.open_window(size)
        self.engine = engine
        self.app = App(
            engine,  # type: ignore[arg-type]  # a stand-in
            gather(engine, folder),  # type: ignore[arg-type]
            settings=Settings.load(folder / "settings.json"),
            size=size,
            save_path=folder / "save.json",
        )

    @property
    def game(self) -> Game:
        """What is played."""
        return self.app.shell.game

    @property
    def screen(self) -> object:
        """What lies on top."""
        return self.app.shell.screens[-1]

    def do(self, *events: pygame.event.Event) -> None:
        """Has the window told of these, and two frames drawn."""
        for event in events:
            self.app.handle(event)
        self.run(2)

    def run(self, frames: int) -> None:
        """So many frames."""
        for _ in range(frames):
            pygame.display.update(self.app.frame(pygame.display.get_surface(), 1 / 60))

    def strike(self, *keys: int) -> None:
        """Presses keys and lets them go, one after the other."""
        for key in keys:
            self.do(key_event(key))
            self.do(key_event(key, up=True))

    def type(self, text: str) -> None:
        """Opens the field and types."""
        self.strike(pygame.K_RETURN)
        self.do(*(pygame.event.Event(pygame.TEXTINPUT, text=letter) for letter in text))

    def visit(self, stem: str) -> None:
        """Stands beside somebody, who has greeted already."""
        walker = self.game.world.people[stem]
        self.game.world.player.x, self.game.world.player.y = walker.x + 1.0, walker.y + 0.3
        self.game.villagers[stem].greeted = True
        self.run(1)

    def village(self) -> VillageScreen:
        """Leaves the title."""
        self.strike(pygame.K_RETURN)
        assert isinstance(self.screen, VillageScreen)
        assert self.engine.calls == [("engine", "pause"), ("engine", "resume")]  # no evening falls on the title
        self.engine.calls.clear()
        return self.screen


def key_event(key: int, *, up: bool = False) -> pygame.event.Event:
    """A key that goes down, or comes up."""
    return pygame.event.Event(pygame.KEYUP if up else pygame.KEYDOWN, key=key, mod=0, unicode="")
