"""The demo's window, driven by keys, over an engine that only notes what it is asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import numpy as np
import pygame
import pytest

import npcengine
from demo_game import main
from demo_game.scene import TalkScene

REST = npcengine.Face(np.zeros(len(npcengine.ARKIT_NAMES), dtype=np.float32))


class NotingNpc:
    """Notes every call with its arguments."""

    def __init__(self, name: str, calls: list[tuple[Any, ...]]) -> None:
        self.name = name
        self.status: npcengine.Status = "idle"
        self.face = REST
        self.subtitle = npcengine.Subtitle()
        self.state: dict[str, Any] = {"gold": 0}
        self._calls = calls

    def __getattr__(self, verb: str) -> Any:  # noqa: ANN401 - any method of an Npc
        def note(*args: Any, **_options: Any) -> None:  # noqa: ANN401
            self._calls.append((self.name, verb, *args))

        return note


class ScriptedEngine:
    """Plays a script: a frame's window events and engine events at a time, then closes the window."""

    def __init__(self, frames: list[list[Any]], *, ready: bool = True, microphone_problem: str | None = None) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.ready = ready
        self.world: dict[str, Any] = {}
        self.stats: deque[npcengine.TurnStats] = deque()
        self.microphone = SimpleNamespace(mode="push_to_talk", level=0.5, problem=microphone_problem)
        self.speaker_problem: str | None = None
        self.npcs: list[NotingNpc] = []
        self.closed = False
        self.notices: list[str] = []
        self._frames = iter(frames)

    def spawn(self, path: Path) -> NotingNpc:
        """A character named after its file."""
        self.npcs.append(NotingNpc(path.stem.title(), self.calls))
        return self.npcs[-1]

    def focus(self, npc: NotingNpc | None) -> None:
        """Whose the open microphone is."""
        self.calls.append(("engine", "focus", npc.name if npc else None))

    def update(self, dt: float) -> list[Any]:
        """Posts this frame's window events and returns its engine events; callables are called with the engine."""
        assert dt >= 0.0
        happened = []
        for event in next(self._frames, [pygame.event.Event(pygame.QUIT)]):
            if isinstance(event, pygame.event.EventType):
                pygame.event.post(event)
            else:
                happened.append(event(self) if callable(event) else event)
        self.ready = self.ready or any(isinstance(event, npcengine.EngineReady) for event in happened)
        return happened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def _no_screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SDL draws to memory and plays to nobody."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    yield
    pygame.quit()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four character files, which the scripted engine does not read."""
    for stem in ("aldo", "gerta", "maren", "oswin"):
        (tmp_path / f"{stem}.yaml").touch()
    return tmp_path


def _key(key: int, *, up: bool = False) -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYUP if up else pygame.KEYDOWN, key=key, mod=0, unicode="")


def _text(text: str) -> list[pygame.event.Event]:
    return [pygame.event.Event(pygame.TEXTINPUT, text=letter) for letter in text]


def _play(monkeypatch: pytest.MonkeyPatch, folder: Path, engine: ScriptedEngine) -> list[tuple[Any, ...]]:
    monkeypatch.setattr(npcengine, "Engine", lambda _config: engine)
    assert main.run(characters=folder) == 0
    assert engine.closed
    return engine.calls


def test_holding_space_speaks(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Space down listens, space up ends the player's turn, with whoever is in view."""
    engine = ScriptedEngine([[_key(pygame.K_SPACE)], [], [_key(pygame.K_SPACE, up=True)], []])
    assert _play(monkeypatch, folder, engine) == [("Gerta", "listen"), ("Gerta", "stop_listening")]


def test_a_lost_window_stops_listening(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The key's release goes to another window; the microphone does not stay open for it."""
    engine = ScriptedEngine([[_key(pygame.K_SPACE)], [pygame.event.Event(pygame.WINDOWFOCUSLOST)], []])
    assert _play(monkeypatch, folder, engine)[-1] == ("Gerta", "stop_listening")


def test_a_typed_line_is_told(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A letter opens the field, space is text in it, enter sends the line."""
    engine = ScriptedEngine([_text("open the gate"), [_key(pygame.K_SPACE)], [_key(pygame.K_RETURN)], []])
    assert _play(monkeypatch, folder, engine) == [("Gerta", "tell", "open the gate")]


def test_escape_leaves_the_field_and_then_the_game(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The first escape closes the field without sending, the second ends the loop."""
    after = [_key(pygame.K_SPACE)]
    engine = ScriptedEngine([_text("hm"), [_key(pygame.K_ESCAPE)], [_key(pygame.K_ESCAPE)], [], after, []])
    assert _play(monkeypatch, folder, engine) == []


def test_another_villager_greets_and_is_spoken_to(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A number, the tab key and a click on a portrait choose; each greets once."""
    click = pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(50, 50))
    engine = ScriptedEngine(
        [
            [_key(pygame.K_3)],
            [_key(pygame.K_TAB)],
            [click],
            [_key(pygame.K_3)],
            _text("hi"),
            [_key(pygame.K_RETURN)],
            [],
        ]
    )
    calls = _play(monkeypatch, folder, engine)
    assert calls == [("Maren", "greet"), ("Oswin", "greet"), ("Gerta", "greet"), ("Maren", "tell", "hi")]


def test_lines_typed_while_models_load_are_said_when_they_are_ready(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """The game is playable at once: a line waits for the models and is not lost."""
    progress = npcengine.ModelProgress("voice", 0.5)
    engine = ScriptedEngine(
        [[progress], _text("hello"), [_key(pygame.K_RETURN)], [], [npcengine.EngineReady()], []], ready=False
    )
    assert _play(monkeypatch, folder, engine) == [("Gerta", "tell", "hello")]


def test_lines_typed_while_models_load_are_said_one_by_one(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The second line waits until the first was answered, so that neither cuts the other short."""

    def busy(engine: ScriptedEngine) -> npcengine.EngineReady:
        engine.npcs[0].status = "idle"
        return npcengine.EngineReady()

    def answering(engine: ScriptedEngine) -> npcengine.ModelProgress:
        assert engine.calls == [("Gerta", "tell", "one")]
        engine.npcs[0].status = "speaking"
        return npcengine.ModelProgress("voice", 1.0)

    typed = [[*_text("one"), _key(pygame.K_RETURN), *_text("two"), _key(pygame.K_RETURN)], []]
    engine = ScriptedEngine([*typed, [busy], [answering], []], ready=False)
    assert _play(monkeypatch, folder, engine) == [("Gerta", "tell", "one")]


def test_an_action_changes_the_village_and_is_told_back(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The gate opens in the world that all characters share, and the character knows it did."""

    def request(engine: ScriptedEngine) -> npcengine.ActionRequested:
        return npcengine.ActionRequested(engine.npcs[0], "open_gate", {})  # type: ignore[arg-type]

    engine = ScriptedEngine([[request], []])
    calls = _play(monkeypatch, folder, engine)
    assert calls == [("Gerta", "notify", "The village gate stands open now.")]
    assert engine.world["gate_open"] is True


def test_without_a_microphone_space_says_so(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Nothing listens, and nothing breaks."""
    engine = ScriptedEngine(
        [[_key(pygame.K_SPACE)], [_key(pygame.K_SPACE, up=True)], []], microphone_problem="No microphone."
    )
    assert _play(monkeypatch, folder, engine) == []


def test_an_open_microphone_follows_whom_one_looks_at(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """F3 opens it for whoever is in view, another villager takes it over, F3 shuts it."""
    engine = ScriptedEngine([[_key(pygame.K_F3)], [_key(pygame.K_3)], [_key(pygame.K_F3)], []])
    calls = [call for call in _play(monkeypatch, folder, engine) if call[0] == "engine"]
    assert calls == [("engine", "focus", "Gerta"), ("engine", "focus", "Maren"), ("engine", "focus", None)]
    assert engine.microphone.mode == "push_to_talk"


def test_failures_and_timings_are_drawn_at_any_size(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A failed stage, the overlay and a resized window end in a picture, not in an error."""

    def resize(_engine: ScriptedEngine) -> npcengine.StageFailed:
        pygame.display.set_mode((800, 600), pygame.RESIZABLE)
        return npcengine.StageFailed("voice", "The voice could not be loaded: run npcengine setup.", recovered=False)

    settling: list[list[Any]] = [[] for _ in range(30)]
    engine = ScriptedEngine([[_key(pygame.K_F1)], [resize], *settling])
    engine.stats.append(npcengine.TurnStats("Gerta", "hi", "hello", "model", npcengine.Timings(first_audio=640.0)))
    assert _play(monkeypatch, folder, engine) == []


def test_f2_reads_the_characters_again(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """All of them; a mistake is shown, and good news of the others does not hide it."""
    shown: list[str] = []
    notify = TalkScene.notify

    def noting(scene: TalkScene, text: str) -> None:
        shown.append(text)
        notify(scene, text)

    monkeypatch.setattr(TalkScene, "notify", noting)

    def reloaded(name: str, *problems: str) -> Callable[[ScriptedEngine], npcengine.CharacterReloaded]:
        return lambda engine: npcengine.CharacterReloaded(
            next(npc for npc in engine.npcs if npc.name == name),  # type: ignore[arg-type]  # a stand-in
            problems,
        )

    engine = ScriptedEngine(
        [
            [_key(pygame.K_F2)],
            [reloaded("Gerta", "gerta.yaml:3: mod: is not a known key", "more"), reloaded("Aldo")],
            [],
        ]
    )
    calls = _play(monkeypatch, folder, engine)
    assert calls == [(name, "reload") for name in ("Gerta", "Aldo", "Maren", "Oswin")]
    assert shown == ["gerta.yaml:3: mod: is not a known key (and 1 more)"]
