"""How a chest rises and falls, at rest and between words; knows no weights.

At rest people breathe 12 to 20 times a minute and draw in air for some 40 % of a cycle; who speaks draws it in quickly,
in a pause, for about 10 %, and lets it go with the words (Hixon 1973; Winkworth et al. 1995: breaths come at the
boundaries of clauses). Waiting for an answer to come to mind, one draws a deep breath.
"""

from __future__ import annotations

import numpy as np

from npcengine.face.eyes import ease
from npcengine.types import Status

PER_MINUTE = 15.0
SPREAD = 0.12
"""Standard deviation of the logarithm of a cycle's length: quiet breath is regular, but no clock."""

INHALE_SHARE = 0.4
QUIET_DEPTH = 0.6

PAUSE_S = 0.3
"""Speech that is silent for so long is a pause in which a speaker draws breath."""
GASP_S = 0.45
"""So quickly."""
SPEECH_S = 5.0
"""Full lungs last for so many seconds of speech."""

SPEECH_DEPTH = 0.9
_ENOUGH = 0.5
_DEEP_S = 1.2  # the breath drawn before an answer


class Breath:
    """Lungs, from empty (0) to full (1).

    Args:
        seed: The same seed gives the same breaths.
    """

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng((seed, 4))
        self._now_s = 0.0
        self._status: Status = "idle"
        self._silent_s = PAUSE_S
        self._inhaling = False
        self._start_s, self._duration_s = 0.0, 0.0
        self._origin = self._target = 0.0
        self._cycle_s = self._next_cycle_s()
        self._start(float(self._random.uniform(-0.5, 0.0)) * self._cycle_s, 0.0, self._cycle_s * (1.0 - INHALE_SHARE))

    def advance(self, dt: float, status: Status, *, sounding: bool) -> float:
        """How full the lungs are after `dt` more seconds; `sounding` while words are heard."""
        self._now_s += dt
        status_before, self._status = self._status, status
        if sounding:
            self._speak(begins=self._silent_s >= PAUSE_S)
            self._silent_s = 0.0
            return self._level()
        was_pause, self._silent_s = self._silent_s >= PAUSE_S, self._silent_s + dt
        if not was_pause and self._silent_s >= PAUSE_S:
            self._start(self._now_s, SPEECH_DEPTH if status == "speaking" else QUIET_DEPTH, GASP_S)
        elif status == "thinking" != status_before:
            self._start(self._now_s, 1.0, _DEEP_S)
        while self._silent_s >= PAUSE_S and self._now_s >= self._start_s + self._duration_s:
            self._turn()
        return self._level()

    def _speak(self, *, begins: bool) -> None:
        """Lets the air go with the words; who must begin on empty lungs catches a breath with the first of them."""
        if begins and self._level() < _ENOUGH:
            self._start(self._now_s, SPEECH_DEPTH, GASP_S)
        elif begins or (self._inhaling and self._now_s >= self._start_s + self._duration_s):
            self._start(self._now_s, 0.0, max(0.5, SPEECH_S * self._level()))

    def _turn(self) -> None:
        """From drawing air to letting it go and back, at rest."""
        if self._inhaling:
            self._start(self._start_s + self._duration_s, 0.0, self._cycle_s * (1.0 - INHALE_SHARE))
            return
        self._cycle_s = self._next_cycle_s()
        self._start(self._start_s + self._duration_s, QUIET_DEPTH, self._cycle_s * INHALE_SHARE)

    def _start(self, at_s: float, target: float, duration_s: float) -> None:
        self._origin = self._level_at(at_s)
        self._inhaling = target > 0.0
        self._start_s, self._duration_s, self._target = at_s, duration_s, target

    def _level(self) -> float:
        return self._level_at(self._now_s)

    def _level_at(self, at_s: float) -> float:
        if self._duration_s <= 0.0:
            return self._target
        return self._origin + (self._target - self._origin) * ease((at_s - self._start_s) / self._duration_s)

    def _next_cycle_s(self) -> float:
        return 60.0 / PER_MINUTE * float(self._random.lognormal(0.0, SPREAD))
