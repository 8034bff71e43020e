"""A clock moved by hand and a game's loop on it, for tests of a whole engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from npcengine.engine import Engine
from npcengine.events import Event

E = TypeVar("E", bound=Event)

FRAME_S = 1 / 60
_BRAIN_TIME_S = 0.002
_PATIENCE_FRAMES = 20_000


class ManualClock:
    """Stands still until it is moved."""

    def __init__(self, now_s: float = 0.0) -> None:
        self._now_s = now_s

    def now(self) -> float:
        """Seconds since the start."""
        return self._now_s

    def advance(self, seconds: float) -> None:
        """Lets `seconds` pass."""
        self._now_s += seconds


class GameLoop:
    """A game's loop at 60 frames a second over a clock moved by hand.

    Attributes:
        events: All that has happened so far.
    """

    def __init__(self, engine: Engine, clock: ManualClock) -> None:
        self.events: list[Event] = []
        self._engine = engine
        self._clock = clock

    def frame(self) -> list[Event]:
        """One frame; lets the brain's threads get on with their work."""
        self._engine.wait(_BRAIN_TIME_S)
        self._clock.advance(FRAME_S)
        happened = self._engine.update(FRAME_S)
        self.events += happened
        return happened

    def run(self, seconds: float) -> None:
        """So many seconds of the game's time."""
        for _ in range(round(seconds / FRAME_S)):
            self.frame()

    def run_until(self, happened: Callable[[], bool], *, within_frames: int = _PATIENCE_FRAMES) -> None:
        """Frames until `happened` holds.

        Raises:
            AssertionError: It does not happen.
        """
        for _ in range(within_frames):
            if happened():
                return
            self.frame()
        raise AssertionError(f"it did not happen within {within_frames} frames; events: {self.events}")

    def await_event(self, kind: type[E]) -> E:
        """The first event of this kind from now on."""
        for _ in range(_PATIENCE_FRAMES):
            for event in self.frame():
                if isinstance(event, kind):
                    return event
        raise AssertionError(f"no {kind.__name__} came; events: {self.events}")
