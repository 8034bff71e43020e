"""Time, as everything else in the engine sees it; the only module that imports `time`."""

from __future__ import annotations

import time  # noqa: TID251 - the one place
from typing import Protocol


class Clock(Protocol):
    """A source of monotonic time in seconds; tests pass one that they move by hand."""

    def now(self) -> float:
        """Seconds since an arbitrary, fixed point; never goes back."""
        ...


class SystemClock:
    """The machine's monotonic clock, at the best resolution it has."""

    def now(self) -> float:
        """Seconds since an arbitrary, fixed point."""
        return time.perf_counter()


def elapsed_ms(clock: Clock, since_s: float) -> float:
    """Milliseconds between `since_s` (seconds on the same clock) and now."""
    return (clock.now() - since_s) * 1000.0
