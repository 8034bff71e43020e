"""A game without a window: an engine and its frames, 60 a second by the clock; measures nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import Self

import npcengine
from npcengine.audio.capture import CaptureSource
from npcengine.audio.playback import Speaker
from npcengine.clock import Clock, SystemClock, elapsed_ms
from npcengine.errors import BrainError

FRAME_S = 1.0 / 60.0


class HeadlessGame:
    """One engine and its frames; use it as a context manager.

    Attributes:
        engine: The engine.
        clock: Its clock.
        began_s: When the engine was made, on that clock.
        update_ms: How long the last `Engine.update` took.
    """

    def __init__(
        self,
        config: npcengine.EngineConfig,
        *,
        speaker: Speaker | None = None,
        microphone: CaptureSource | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self.began_s = self.clock.now()
        self.engine = npcengine.Engine(config, speaker=speaker, microphone=microphone, clock=self.clock)
        self.update_ms = 0.0
        self._never = Event()
        self._due_s = self.clock.now()
        self._last_s = self._due_s

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.close()

    def frame(self) -> list[npcengine.Event]:
        """Waits for the next frame and runs it.

        Raises:
            BrainError: The brain died; there is nothing to measure any more.
        """
        now_s = self.clock.now()
        self._due_s = max(self._due_s + FRAME_S, now_s)
        self._never.wait(self._due_s - now_s)
        now_s, before_s = self.clock.now(), self._last_s
        self._last_s = now_s
        happened = self.engine.update(now_s - before_s)
        self.update_ms = elapsed_ms(self.clock, now_s)
        for event in happened:
            if isinstance(event, npcengine.StageFailed) and not event.recovered:
                raise BrainError(f"{event.stage}: {event.message}")
        return happened

    def events(self) -> Iterator[npcengine.Event]:
        """What happens, frame after frame, without end."""
        while True:
            yield from self.frame()

    def run(self, seconds: float) -> None:
        """Frames for so long."""
        until_s = self.clock.now() + seconds
        while self.clock.now() < until_s:
            self.frame()

    def wait_until_ready(self) -> None:
        """Lets the models load."""
        self.await_event(lambda event: isinstance(event, npcengine.EngineReady))

    def await_event(self, wanted: Callable[[npcengine.Event], bool]) -> npcengine.Event:
        """Frames until something `wanted` happens."""
        return next(event for event in self.events() if wanted(event))

    def await_reply(self, npc: npcengine.Npc) -> npcengine.TurnFinished | None:
        """Frames until `npc` has fallen silent; None where it heard nobody speak."""
        for event in self.events():
            match event:
                case npcengine.TurnFinished(npc=who) if who is npc:
                    return event
                case npcengine.PlayerHeard(npc=who, text="", final=True) if who is npc:
                    return None
                case _:
                    pass
        return None
