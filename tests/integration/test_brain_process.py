"""The brain in a process of its own: it dies, and the game goes on; the game dies, and no brain is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from npcengine import CharacterReloaded, Engine, EngineConfig, EngineReady, Event, StageFailed, TurnFinished, patience
from npcengine.audio.capture import PushedSource
from npcengine.audio.speaker import SilentSpeaker
from npcengine.clock import SystemClock
from npcengine.testing import FAKE_RATE
from tests.integration.conftest import FAKES, a_persona

FRAME_S = 1 / 60
PATIENCE_S = 60.0


class Running:
    """An engine with a real brain process and fake models, in real time."""

    def __init__(self, engine: Engine, clock: SystemClock) -> None:
        self.engine = engine
        self.clock = clock
        self.events: list[Event] = []

    @property
    def brain(self) -> psutil.Process:
        """The brain process."""
        [brain] = [child for child in psutil.Process().children() if "npcengine.brain" in " ".join(child.cmdline())]
        return brain

    def run_until(self, happened: Callable[[], bool]) -> None:
        """Frames until `happened` holds."""
        until_s = self.clock.now() + PATIENCE_S
        while not happened():
            assert self.clock.now() < until_s, f"it did not happen; events: {self.events}"
            self.engine.wait(FRAME_S)
            self.events += self.engine.update(FRAME_S)

    def await_event(self, kind: type[Event]) -> Event:
        """The next event of this kind."""
        seen = len(self.events)
        self.run_until(lambda: any(isinstance(event, kind) for event in self.events[seen:]))
        return next(event for event in self.events[seen:] if isinstance(event, kind))


@pytest.fixture
def start() -> Iterator[Callable[..., Running]]:
    """Starts engines; closes them after the test."""
    engines: list[Engine] = []

    def start_engine(*replies: str, **options: object) -> Running:
        clock = SystemClock()
        settings = {"llm": "fake:" + "|".join(replies), **FAKES, **options}
        engine = Engine(
            EngineConfig.model_validate(settings),
            speaker=SilentSpeaker(clock, rate=FAKE_RATE),
            microphone=PushedSource(),
        )
        engines.append(engine)
        return Running(engine, clock)

    yield start_engine
    for engine in engines:
        engine.close()


def test_a_conversation_across_the_pipe(start: Callable[..., Running]) -> None:
    """The same as in a thread: asked, answered, remembered; and the brain yields to everything else."""
    game = start("Hot.")
    gerta = game.engine.spawn(a_persona())
    gerta.tell("How is the iron?")
    finished = game.await_event(TurnFinished)
    assert isinstance(finished, TurnFinished)
    assert finished.text_heard == "Hot."
    if sys.platform != "win32":
        assert game.brain.nice() == 19


def test_a_killed_brain_is_replaced_and_the_talk_goes_on(start: Callable[..., Running]) -> None:
    """Killed while it speaks: told as recovered, memory is whole, the next line is answered."""
    game = start("One two three four five.", "Still hot.")
    gerta = game.engine.spawn(a_persona())
    gerta.tell("Count.")
    game.run_until(lambda: gerta.status == "speaking")
    game.brain.send_signal(signal.SIGKILL)
    failed = game.await_event(StageFailed)
    assert isinstance(failed, StageFailed)
    assert (failed.stage, failed.recovered) == ("brain", True)
    assert "signal 9" in failed.message
    game.run_until(lambda: gerta.status == "idle")
    assert gerta.memory.exchanges[-1].player == "Count."
    assert gerta.memory.exchanges[-1].npc
    gerta.tell("And now?")
    game.await_event(TurnFinished)
    assert len(gerta.memory.exchanges) == 2
    assert gerta.memory.exchanges[-1].npc


def test_a_question_asked_of_a_dead_brain_is_answered_by_the_next(start: Callable[..., Running]) -> None:
    """What was still unanswered when the brain died is asked again."""
    game = start("Hot.")
    gerta = game.engine.spawn(a_persona())
    game.await_event(EngineReady)
    game.brain.send_signal(signal.SIGKILL)
    gerta.tell("How is the iron?")
    finished = game.await_event(TurnFinished)
    assert isinstance(finished, TurnFinished)
    assert finished.text_heard == "Hot."


@pytest.mark.skipif(sys.platform == "win32", reason="a process can't be stopped by a signal there")
def test_a_brain_that_hangs_is_replaced(start: Callable[..., Running], monkeypatch: pytest.MonkeyPatch) -> None:
    """A brain that owes an answer and does nothing is killed, the game is told why, and another one answers."""
    monkeypatch.setattr(patience, "LONGEST_SILENCE_S", 1.0)
    game = start("Hot.")
    gerta = game.engine.spawn(a_persona())
    game.await_event(EngineReady)
    game.brain.suspend()
    gerta.tell("How is the iron?")
    failed = game.await_event(StageFailed)
    assert isinstance(failed, StageFailed)
    assert (failed.stage, failed.recovered) == ("brain", True)
    assert "owed an answer" in failed.message
    finished = game.await_event(TurnFinished)
    assert isinstance(finished, TurnFinished)
    assert finished.text_heard == "Hot."


def test_a_brain_that_cannot_start_is_told_once_and_turns_end(start: Callable[..., Running]) -> None:
    """After three deaths within a minute the game is told, and no turn hangs."""
    game = start("Hot.", brain_command=(sys.executable, "-c", "raise SystemExit('no brain today')"))
    gerta = game.engine.spawn(a_persona())
    gerta.tell("How is the iron?")
    game.run_until(
        lambda: (
            any(isinstance(event, StageFailed) and not event.recovered for event in game.events)
            and gerta.status == "idle"
        )
    )
    lost = [event for event in game.events if isinstance(event, StageFailed) and not event.recovered]
    assert len(lost) == 1
    assert "no brain today" in lost[0].message
    assert gerta.memory.exchanges[-1].player == "How is the iron?"


GAME = """
import sys
from npcengine import CharacterReloaded, Engine, EngineConfig
engine = Engine(EngineConfig(llm="fake:Hot.", stt="fake:x", tts="fake:hum", microphone="none", speaker="none"))
while not engine.ready:
    engine.wait(0.02)
    engine.update(0.02)
import psutil
print(psutil.Process().children()[0].pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_no_brain_outlives_a_killed_game(tmp_path: Path) -> None:
    """A game killed with SIGKILL leaves no process behind."""
    with subprocess.Popen(
        [sys.executable, "-c", GAME], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path
    ) as game:
        assert game.stdout
        brain = psutil.Process(int(game.stdout.readline()))
        os.kill(game.pid, signal.SIGKILL)
        brain.wait(timeout=10)
        assert not brain.is_running()


def test_a_character_that_is_read_again_crosses_the_pipe(start: Callable[..., Running], tmp_path: Path) -> None:
    """The persona crosses whole, with what it knows of its lore, and the next reply is made from it."""
    text = "npcengine: 1\nname: Tom\nvoice: {tts: 'fake:hum'}\n"
    file = tmp_path / "tom.yaml"
    file.write_text(text, encoding="utf-8")
    fact = "{id: mill, text: The mill burned., topics: [mill], say: It burned.}"
    (tmp_path / "lore.yaml").write_text(f"npcengine_lore: 1\nfacts: [{fact}]\n", encoding="utf-8")
    game = start("Well.")
    tom = game.engine.spawn(file)
    answers = []
    for lore in ("", "lore: lore.yaml\n"):
        file.write_text(text + lore, encoding="utf-8")
        tom.reload()
        game.await_event(CharacterReloaded)
        tom.tell("What happened to the mill?")
        finished = game.await_event(TurnFinished)
        assert isinstance(finished, TurnFinished)
        answers.append((finished.text, finished.knowledge_used))
    assert answers == [("I don't know.", ()), ("It burned.", ("mill",))]
