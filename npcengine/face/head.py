"""How a head moves that nobody moves: sway, breath, following the eyes, nods; knows no mouth shapes and no emotion."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from npcengine.face.beats import beat
from npcengine.types import Status

Angles = tuple[float, float, float]
"""(yaw, pitch, roll) in degrees, as `npcengine.types.Face` gives them."""

SWAY_HZ = (0.13, 0.27, 0.41)
"""Frequencies without a common beat, so that the sway doesn't visibly repeat (OpenFaceFX's idle motion)."""

SWAY_DEG = (1.0, 0.7, 0.6)
"""How far the head sways in yaw, pitch and roll."""

_FOLLOW_HZ = 1.2  # how fast the head follows the eyes; slower than they are by a factor of ten and more
_FOLLOW_YAW_DEG, _FOLLOW_PITCH_DEG = 9.0, 6.0
_TILT_DEG = 2.5
_BREATH_DEG = 0.8  # a chest that rises lifts the chin a little

NOD_DEG = 3.5
"""How far the head goes down on the strongest accent."""
_LISTENING_NOD_DEG = 2.5

LISTENING_NOD_GAP_S = 5.0
"""Median seconds between a listener's nods: our own choice, since listeners differ widely (Blomsma et al. 2024)."""
_SHORTEST_NOD_GAP_S = 1.5


@dataclass(frozen=True, slots=True)
class Drive:
    """What moves a head beside its own life.

    Attributes:
        nod: 0–1, how far an accent bends it down.
        breath: 0–1, how full the lungs are.
        pose: Degrees by which a feeling raises and tilts it.
    """

    nod: float = 0.0
    breath: float = 0.0
    pose: tuple[float, float] = (0.0, 0.0)


AT_REST = Drive()


class Head:
    """A head that sways, turns a little with the eyes, tilts while listening, and nods.

    Args:
        seed: The same seed gives the same motion.
        expressiveness: Multiplies every motion; may be changed.
    """

    def __init__(self, seed: int, expressiveness: float) -> None:
        self._random = np.random.default_rng((seed, 3))
        self.expressiveness = expressiveness
        self._now_s = 0.0
        self._phases = self._random.uniform(0.0, 2.0 * math.pi, (3, len(SWAY_HZ))).tolist()
        self._follow = [_Spring(), _Spring(), _Spring()]
        self._tilt_side = 1.0 if self._random.random() < 0.5 else -1.0
        self._nod_start_s = -math.inf
        self._next_nod_s = math.inf
        self._status: Status = "idle"

    def advance(self, dt: float, status: Status, gaze: tuple[float, float], drive: Drive = AT_REST) -> Angles:
        """Where the head is after `dt` more seconds, the eyes looking at `gaze`."""
        if status != self._status:
            self._status = status
            self._next_nod_s = self._now_s + self._nod_gap_s()
        self._now_s += dt
        while self._now_s >= self._next_nod_s:
            self._nod_start_s = self._next_nod_s
            self._next_nod_s += self._nod_gap_s()
        pitch, roll = drive.pose
        tilt = self._tilt_side * _TILT_DEG if status in ("listening", "thinking") else 0.0
        targets = (_FOLLOW_YAW_DEG * gaze[0], _FOLLOW_PITCH_DEG * gaze[1] + pitch, tilt + self._tilt_side * roll)
        yaw, pitch, roll = (
            self._sway(axis) + spring.advance(dt, target)
            for axis, (spring, target) in enumerate(zip(self._follow, targets, strict=True))
        )
        down = NOD_DEG * drive.nod + _LISTENING_NOD_DEG * beat(self._now_s - self._nod_start_s, 1.0).nod
        return (
            self.expressiveness * yaw,
            self.expressiveness * (pitch + _BREATH_DEG * drive.breath - down),
            self.expressiveness * roll,
        )

    def _sway(self, axis: int) -> float:
        turn = 2.0 * math.pi * self._now_s
        waves = 0.0
        for hz, phase in zip(SWAY_HZ, self._phases[axis], strict=True):
            waves += math.sin(turn * hz + phase)
        return SWAY_DEG[axis] * waves / len(SWAY_HZ)

    def _nod_gap_s(self) -> float:
        if self._status != "listening":
            return math.inf
        return max(_SHORTEST_NOD_GAP_S, LISTENING_NOD_GAP_S * float(self._random.lognormal(0.0, 0.5)))


class _Spring:
    """A critically damped follower, solved exactly, so that a step of any length ends in the same place."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._velocity = 0.0
        self._target = 0.0

    def advance(self, dt: float, target: float) -> float:
        """The value after `dt` more seconds of moving towards `target`."""
        omega = 2.0 * math.pi * _FOLLOW_HZ
        offset = self._offset + self._target - target
        slope = self._velocity + omega * offset
        decay = math.exp(-omega * dt)
        self._offset = (offset + slope * dt) * decay
        self._velocity = (self._velocity - omega * slope * dt) * decay
        self._target = target
        return target + self._offset
