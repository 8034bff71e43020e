"""Expressions that come, blend and go: an emotion over a resting mood, cross-faded; knows no speech and no clock."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from npcengine.face import expressions
from npcengine.face.eyes import ease
from npcengine.types import Emotion

CROSS_FADE_S = 0.4
"""From one expression to another; expressions that appear faster look like a mask."""

Row = NDArray[np.float32]
"""float32 (52,) in ARKit order."""


class CrossFade:
    """A row of weights that glides to whatever target it is given."""

    def __init__(self, row: Row) -> None:
        self._origin = self._target = row
        self._age_s = CROSS_FADE_S

    def advance(self, dt: float, target: Row) -> Row:
        """The row after `dt` more seconds; a new target starts a new fade from where the row is."""
        if target is not self._target:
            self._origin, self._target, self._age_s = self.row(), target, 0.0
        self._age_s += dt
        return self.row()

    def shift(self, target: Row) -> None:
        """Moves the target, which the fade then ends at, without starting anew."""
        self._target = target

    def row(self) -> Row:
        """The row now."""
        if self._age_s >= CROSS_FADE_S:
            return self._target
        return self._origin + (self._target - self._origin) * np.float32(ease(self._age_s / CROSS_FADE_S))


class Feelings:
    """An emotion of some strength over a resting mood.

    A new emotion or mood is faded in over `CROSS_FADE_S`; a strength that changes is followed at the same pace, so that
    a feeling that dies away sinks into the mood without a step.
    """

    def __init__(self) -> None:
        self._felt: tuple[Emotion, Emotion] = ("neutral", "neutral")
        self._strength = 1.0
        self._target = expressions.ROWS["neutral"]
        self._fade = CrossFade(self._target)

    def advance(self, dt: float, emotion: Emotion, strength: float, resting: Emotion) -> Row:
        """The expression after `dt` more seconds; not the caller's to change.

        Args:
            dt: Seconds.
            emotion: What is felt.
            strength: 0–1, how much of it shows; what is missing is made up by the mood.
            resting: The mood.
        """
        target = self._target
        if (emotion, resting) != self._felt:
            self._felt, self._strength = (emotion, resting), strength
            target = self._composed()
        elif strength != self._strength:
            step = dt / CROSS_FADE_S
            lower, upper = self._strength - step, self._strength + step
            self._strength = min(max(strength, lower), upper)
            target = self._composed()
            self._fade.shift(target)
        self._target = target
        return self._fade.advance(dt, target)

    def pose(self) -> tuple[float, float]:
        """Degrees by which the head is raised and tilted."""
        (pitch, roll), (rest_pitch, rest_roll) = (expressions.HEAD.get(each, (0.0, 0.0)) for each in self._felt)
        share = self._strength
        return (rest_pitch + (pitch - rest_pitch) * share, rest_roll + (roll - rest_roll) * share)

    def _composed(self) -> Row:
        emotion, resting = (expressions.ROWS[each] for each in self._felt)
        return emotion if self._strength >= 1.0 else resting + (emotion - resting) * np.float32(self._strength)
