"""Nods and brow raises that go along with accents; knows no speech but when an accent comes, and no weights.

Brows begin to rise before the accented word and are highest within it; the head starts down with it and is lowest
after it (Kim, Cvejic & Davis 2014: six talkers, thirty sentences). Both grow with the accent.
"""

from __future__ import annotations

import math
from typing import NamedTuple, TypeAlias

from npcengine.face.eyes import ease

ComingAccent: TypeAlias = tuple[float, float]
"""Seconds since an accent began (negative: until it begins) and how strong it is, 0–1."""

SHORTEST_GAP_S = 0.8
"""No nod comes sooner after another, whatever the accents of two stretches of speech ask for."""

BROW_LEAD_S, BROW_ATTACK_S, BROW_HOLD_S, BROW_RELEASE_S = 0.08, 0.12, 0.08, 0.22
NOD_ATTACK_S, NOD_RELEASE_S = 0.15, 0.25

_LATE_S = 0.1
"""An accent first heard of so long after its beginning is let pass: head and brows would have to jump."""


class Beat(NamedTuple):
    """How far brows are up and the head is down, 0–1."""

    brow: float
    nod: float


STILL = Beat(0.0, 0.0)


class Beats:
    """One beat at a time, on the face's own clock: it is finished whatever becomes of the words."""

    def __init__(self) -> None:
        self._now_s = 0.0
        self._accent_s = -math.inf
        self._strength = 0.0

    def advance(self, dt: float, accent: ComingAccent | None) -> Beat:
        """The beat after `dt` more seconds; `accent` is the one that is near, if any."""
        self._now_s += dt
        if accent and accent[0] < _LATE_S:
            at_s = self._now_s - accent[0]
            if at_s - self._accent_s >= SHORTEST_GAP_S:
                self._accent_s, self._strength = at_s, accent[1]
        age_s = self._now_s - self._accent_s
        return beat(age_s, self._strength) if age_s < NOD_ATTACK_S + NOD_RELEASE_S else STILL


def beat(age_s: float, strength: float) -> Beat:
    """The beat of an accent so long after it began."""
    brow = _rise_and_fall(age_s + BROW_LEAD_S, BROW_ATTACK_S, BROW_HOLD_S, BROW_RELEASE_S)
    nod = _rise_and_fall(age_s, NOD_ATTACK_S, 0.0, NOD_RELEASE_S)
    return Beat(strength * brow, strength * nod)


def _rise_and_fall(age_s: float, attack_s: float, hold_s: float, release_s: float) -> float:
    return ease(age_s / attack_s) * (1.0 - ease((age_s - attack_s - hold_s) / release_s))
