"""How much of the machine the brain should leave to the game, from how long the game's frames take; pure, no clock."""

from __future__ import annotations

from collections import deque
from statistics import median

MOST = 1
"""The highest level: the brain does as little at a time as it can."""

_LONG = 1.35
"""A frame so many times as long as usual is a late one: at 60 frames a second, 22 ms."""
_LEAST_LATE_S = 0.004
"""Less than this above the usual is the jitter of a clock or a display."""
_USUAL_OVER = 120
_LOOKED_AT = 60
"""Frames in which late ones are counted: a second."""
_TOO_MANY = 3
_CALM = 180
"""Frames without a late one after which the brain may do more again: three seconds."""


class FrameGovernor:
    """Watches one game's frames.

    Attributes:
        level: 0 as fast as possible … `MOST` as gently as possible.
    """

    def __init__(self) -> None:
        self.level = 0
        self._frames: deque[float] = deque(maxlen=_USUAL_OVER)
        self._usual_s = 0.0
        self._counted = 0
        self._late = 0
        self._calm = 0

    def frame(self, length_s: float) -> int:
        """Takes the real length of one frame (seconds); tells the level that holds now."""
        late = self._usual_s > 0.0 and length_s > max(self._usual_s * _LONG, self._usual_s + _LEAST_LATE_S)
        self._frames.append(length_s)
        self._counted += 1
        self._late += late
        self._calm = 0 if late else self._calm + 1
        if self._late >= _TOO_MANY:
            self._set(min(self.level + 1, MOST))
        elif self._calm >= _CALM and self.level:
            self._set(self.level - 1)
        elif self._counted >= _LOOKED_AT:
            self._usual_s = median(self._frames)
            self._counted = self._late = 0
        return self.level

    def _set(self, level: int) -> None:
        self.level = level
        self._counted = self._late = self._calm = 0
