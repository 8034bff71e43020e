"""Where a character looks and when it blinks, as functions of its own clock; knows no mouth and no emotion.

Everything is scheduled at instants drawn from a seeded generator, so that the same seed gives the same life however the
frames fall.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from npcengine.types import Status

CLOSE_S, HOLD_S, OPEN_S = 0.07, 0.02, 0.13
"""A blink closes faster than it opens (search-coil figures: about 66 ms down; opening takes 40-47 % longer)."""

BLINK_RATE: Mapping[Status, float] = {"idle": 1.0, "listening": 1.0, "thinking": 0.8, "speaking": 1.5}
"""Blinks relative to the resting rate: talking raises it by half (Bentivoglio et al. 1997: 17 to 26 a minute)."""

DOUBLE_SHARE = 0.08
SPREAD = 0.6
SHORTEST_GAP_S = 0.5

GAZE_RANGE_DEG = 30.0
"""What a gaze of 1 stands for."""

LOOKS: Mapping[Status, tuple[float, float]] = {
    "idle": (2.5, 1.6), "listening": (7.9, 0.4), "thinking": (0.5, 1.5), "speaking": (3.1, 0.9),
}  # fmt: skip
"""Mean seconds of looking at the player and away (Lee, Badler & Badler 2002 for talking and listening)."""

_SACCADE_BASE_S, _SACCADE_PER_DEG_S = 0.025, 0.0024
_AMPLITUDE_MEAN_DEG, _AMPLITUDE_MIN_DEG, _AMPLITUDE_MAX_DEG = 6.9, 4.0, 22.0
_FIXATION_DEG = 0.8
"""Eyes wander over a face: each fixation lies about this far from its middle."""

_REFIXATION_S = (0.5, 1.6)
"""How long eyes rest before they move within the face they look at."""


_SHORTEST_REST_S = 0.2
"""Eyes that have just turned rest for so long before they turn again."""


class Blinks:
    """Lids that close now and then.

    Args:
        seed: The same seed gives the same blinks.
        per_minute: Blinks a minute at rest; 0 for a face that never blinks.
    """

    def __init__(self, seed: int, per_minute: float) -> None:
        self._random = np.random.default_rng((seed, 1))
        self._per_minute = per_minute
        self._now_s = 0.0  # a clock that runs faster while the character speaks
        self._blink_age_s = math.inf
        self._next_s = self._gap_s() * float(self._random.uniform(0.2, 1.0))

    def adapt(self, per_minute: float) -> None:
        """Blinks so often from now on."""
        self._per_minute = per_minute
        self._next_s = self._now_s + self._gap_s()

    def advance(self, dt: float, status: Status) -> float:
        """How far the lids are shut after `dt` more seconds, 0-1."""
        rate = BLINK_RATE[status]
        self._now_s += dt * rate
        self._blink_age_s += dt
        while self._now_s >= self._next_s:
            self._blink_age_s = (self._now_s - self._next_s) / rate
            double = self._random.random() < DOUBLE_SHARE
            self._next_s += CLOSE_S + HOLD_S + OPEN_S + 0.05 if double else self._gap_s()
        return lids(self._blink_age_s)

    def hurry(self, within_s: float = 0.6) -> None:
        """Blinks now if a blink is due soon anyway: lids fall with turns of the eyes and ends of sentences."""
        if self._next_s - self._now_s < within_s:
            self._next_s = self._now_s

    def _gap_s(self) -> float:
        """A log-normal gap whose mean, double blinks included, gives the asked rate."""
        if self._per_minute <= 0.0:
            return math.inf
        mean_s = 60.0 / self._per_minute / (1.0 - DOUBLE_SHARE)
        spread = float(self._random.lognormal(-SPREAD * SPREAD / 2.0, SPREAD))
        return max(SHORTEST_GAP_S, mean_s * spread)


def lids(age_s: float) -> float:
    """How far the lids are shut so long after a blink began, 0-1."""
    if age_s < CLOSE_S:
        return ease(age_s / CLOSE_S)
    if age_s < CLOSE_S + HOLD_S:
        return 1.0
    return 1.0 - ease((age_s - CLOSE_S - HOLD_S) / OPEN_S)


@dataclass(frozen=True, slots=True)
class _Saccade:
    start_s: float
    duration_s: float
    origin: tuple[float, float]
    target: tuple[float, float]

    def at(self, now_s: float) -> tuple[float, float]:
        share = ease((now_s - self.start_s) / self.duration_s)
        (x0, y0), (x1, y1) = self.origin, self.target
        return (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)


class Gaze:
    """Eyes that rest on the player and look away, by what the character is doing.

    Args:
        seed: The same seed gives the same looks.
    """

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng((seed, 2))
        self._now_s = 0.0
        self._saccade = _Saccade(0.0, 1.0, (0.0, 0.0), (0.0, 0.0))
        self._away = False
        self._status: Status = "idle"
        self._until_s = self._next_s = float(self._random.uniform(0.5, 2.0))

    def advance(self, dt: float, status: Status) -> tuple[float, float]:
        """Where the eyes point after `dt` more seconds: (right, up), -1 to 1, as the viewer sees it."""
        if status != self._status:
            self._status = status
            # Whoever is spoken to looks at the speaker at once, and away at once when an answer must be found.
            self._look(self._now_s, away=status == "thinking")
        self._now_s += dt
        while self._now_s >= self._next_s:
            if self._next_s < self._until_s:
                self._refixate(self._next_s)
            else:
                self._look(self._next_s, away=not self._away)
        return self._saccade.at(self._now_s)

    def turned_far(self, degrees: float = 10.0) -> bool:
        """Whether a turn of the eyes over more than `degrees` is under way."""
        saccade = self._saccade
        under_way = self._now_s < saccade.start_s + saccade.duration_s
        return under_way and _degrees(saccade.origin, saccade.target) > degrees

    def _look(self, at_s: float, *, away: bool) -> None:
        self._away = away
        arrival_s = self._turn(at_s, self._away_point() if away else self._near_player())
        at_player_s, away_s = LOOKS[self._status]
        stay_s = (away_s if away else at_player_s) * float(self._random.gamma(2.0, 0.5))
        self._until_s = arrival_s + max(_SHORTEST_REST_S, stay_s)
        self._next_s = self._until_s if away else self._refixation_s(arrival_s)

    def _refixate(self, at_s: float) -> None:
        """A small move within the player's face: eyes that rest on one point for seconds look dead."""
        self._next_s = self._refixation_s(self._turn(at_s, self._near_player()))

    def _refixation_s(self, since_s: float) -> float:
        """When the eyes move next: within the face, unless they are about to leave it."""
        due_s = since_s + float(self._random.uniform(*_REFIXATION_S))
        return due_s if due_s < self._until_s - _SHORTEST_REST_S else self._until_s

    def _turn(self, at_s: float, target: tuple[float, float]) -> float:
        """Starts turning the eyes to `target` and tells when they are there."""
        origin = self._saccade.at(at_s)
        duration_s = _SACCADE_BASE_S + _SACCADE_PER_DEG_S * _degrees(origin, target)
        self._saccade = _Saccade(at_s, duration_s, origin, target)
        return at_s + duration_s

    def _near_player(self) -> tuple[float, float]:
        right, up = self._random.normal(0.0, _FIXATION_DEG / GAZE_RANGE_DEG, 2)
        return (float(right), float(up))

    def _away_point(self) -> tuple[float, float]:
        """A point off the player: mostly sideways, and upwards while thinking."""
        draw = float(self._random.exponential(_AMPLITUDE_MEAN_DEG))
        amplitude = min(_AMPLITUDE_MIN_DEG + draw, _AMPLITUDE_MAX_DEG) / GAZE_RANGE_DEG
        side = 1.0 if self._random.random() < 0.5 else -1.0
        if self._status == "thinking":
            angle = float(self._random.uniform(0.25, 0.9))
        else:
            angle = float(self._random.normal(-0.1, 0.35))
        return (side * amplitude * math.cos(angle), amplitude * math.sin(angle))


def ease(share: float) -> float:
    """A smooth step: 0 below 0, 1 above 1."""
    if share <= 0.0:
        return 0.0
    return 1.0 if share >= 1.0 else share * share * (3.0 - 2.0 * share)


def _degrees(origin: tuple[float, float], target: tuple[float, float]) -> float:
    return GAZE_RANGE_DEG * math.hypot(target[0] - origin[0], target[1] - origin[1])
