"""The real brain is killed while it speaks: the game's loop goes on, and so does the conversation."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from threading import Event

import numpy as np
import psutil
import pytest

import npcengine
from npcengine.audio.capture import NullSource
from npcengine.audio.speaker import SilentSpeaker
from npcengine.clock import SystemClock

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

FRAME_S = 1 / 60
PATIENCE_S = 120.0


class Loop:
    """A game's loop at 60 frames a second, in real time.

    Attributes:
        events: All that has happened.
        update_ms: What each call of `update` took.
        frame_ms: From the beginning of each frame to that of the next.
    """

    def __init__(self, engine: npcengine.Engine) -> None:
        self.events: list[npcengine.Event] = []
        self.update_ms: list[float] = []
        self.frame_ms: list[float] = []
        self._engine = engine
        self._clock = SystemClock()

    def run_until(self, happened: Callable[[], bool]) -> None:
        """Frames until `happened` holds."""
        until_s = self._clock.now() + PATIENCE_S
        while not happened():
            began_s = self._clock.now()
            assert began_s < until_s, f"it did not happen; events: {self.events}"
            self.events += self._engine.update(FRAME_S)
            took_s = self._clock.now() - began_s
            self.update_ms.append(took_s * 1000.0)
            Event().wait(max(0.0, FRAME_S - took_s))  # as a game's clock waits for the next frame
            self.frame_ms.append((self._clock.now() - began_s) * 1000.0)

    def await_event(self, kind: type[npcengine.Event]) -> npcengine.Event:
        """The next event of this kind."""
        seen = len(self.events)
        self.run_until(lambda: any(isinstance(event, kind) for event in self.events[seen:]))
        return next(event for event in self.events[seen:] if isinstance(event, kind))


def test_a_brain_killed_in_mid_word_is_replaced(characters: Path) -> None:
    """Frames go on in time, the death is told as recovered, the next line is answered, all talk is remembered."""
    with npcengine.Engine(speaker=SilentSpeaker(SystemClock()), microphone=NullSource()) as engine:
        loop = Loop(engine)
        gerta = engine.spawn(characters / "gerta.yaml")
        loop.await_event(npcengine.EngineReady)
        gerta.tell("Who are you?")
        loop.await_event(npcengine.TurnFinished)

        gerta.tell("What happened to the mill?")
        loop.run_until(lambda: gerta.status == "speaking")
        [brain] = [each for each in psutil.Process().children() if "npcengine.brain" in " ".join(each.cmdline())]
        before = len(loop.frame_ms)
        brain.send_signal(signal.SIGKILL)
        failed = loop.await_event(npcengine.StageFailed)
        assert isinstance(failed, npcengine.StageFailed)
        assert (failed.stage, failed.recovered) == ("brain", True)
        loop.run_until(lambda: gerta.status == "idle")

        gerta.tell("Where did Tobias go?")
        finished = loop.await_event(npcengine.TurnFinished)
        assert isinstance(finished, npcengine.TurnFinished)
        assert finished.text_heard
        said = [exchange.player for exchange in gerta.memory.exchanges]
        assert said == ["Who are you?", "What happened to the mill?", "Where did Tobias go?"]
        assert all(exchange.npc for exchange in gerta.memory.exchanges)

    frames = np.percentile(loop.frame_ms[before:], [50, 99])
    update = float(np.percentile(loop.update_ms, 99))
    print(
        f"after the kill: frame median {frames[0]:.1f} ms, 99th percentile {frames[1]:.1f} ms; update {update:.3f} ms"
    )
    assert frames[0] < 20.0
    assert update < 1.0
