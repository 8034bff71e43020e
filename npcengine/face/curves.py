"""Gestures to curves: how mouth shapes run into each other, and what must not be blurred; knows no phoneme labels.

Targets blend by dominance (Cohen & Massaro 1993: each gesture pulls with a weight that falls off before and after
it), are smoothed, and then the hard constraints of JALI (Edwards et al. 2016) are imposed on the result: bilabials
shut the lips, labiodentals put lip to teeth, sibilants keep the jaw nearly shut. Smoothing after the constraints
would reopen the lips.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from npcengine.face import arkit, expressions, visemes
from npcengine.face.envelope import smooth_rows
from npcengine.face.gestures import Gesture
from npcengine.face.visemes import Lips
from npcengine.types import Emotion

ROWS_PER_SECOND = 100

Weights = NDArray[np.float32]
"""float32 (rows, 52) in ARKit order."""

_TONGUE = arkit.indices(["tongueOut"])
_JAW = arkit.indices(["jawOpen"])
_LIPS = np.setdiff1d(np.flatnonzero(visemes.VISEME_ROWS.max(axis=0)), np.concatenate([_TONGUE, _JAW]))

_DOMINANCE: Mapping[Lips, tuple[float, float, float]] = {
    "shut": (1.2, 0.8, 0.3),
    "teeth": (1.2, 0.9, 0.3),
    "sibilant": (0.8, 1.0, 1.0),
    "round": (1.0, 0.8, 0.5),
    "glide": (0.5, 0.5, 1.0),
    "tongue": (0.15, 0.4, 1.0),
    "open": (0.9, 1.0, 0.5),
    "rest": (1.0, 1.0, 1.0),
}
"""How strongly a sound pulls lips, jaw and tongue: tongue sounds leave the lips to their neighbours (JALI's habits)."""

_REACH_S: tuple[tuple[float, float], ...] = ((0.045, 0.05), (0.045, 0.05), (0.025, 0.03))
"""Seconds in which the pull on lips, jaw and tongue falls to 1/e, before and after the gesture's hold."""

HOLD = 0.75
"""A gesture holds for this share of its sound and then lets go (JALI)."""

_JAW_MOVES_FROM_S, _BRIEF_JAW_SHARE = 0.1, 0.5
"""Stops and nasals of the tongue that are shorter than the first figure (seconds) move the jaw by this share of what
long ones do; in JALI they don't at all."""

_PAUSES_S = ((0.12, 0.05), (0.35, 0.5))
"""A pause shorter than the first figure (seconds) pulls only by the second: the mouth stays as it is, or relaxes."""

_SHUT_ROW = visemes.VISEME_ROWS[visemes.INDEX["PP"]]
_TEETH_ROW = visemes.VISEME_ROWS[visemes.INDEX["FF"]]
_PARTING = np.flatnonzero((visemes.VISEME_ROWS.max(axis=0) > 0) & (_SHUT_ROW == 0))
_UNROLLING = arkit.indices(["jawOpen", "mouthLowerDown", "mouthFunnel", "mouthPucker"])
"""Shapes that would part the lips during a closure, and those that would take the lower lip off the teeth."""

_CONSTRAINED = ("shut", "teeth")

_PRESSING_S = 0.008
"""With it lips have come nine tenths of their way 4 ms before the sound closes, and rest on each other 8 ms after."""

SIBILANT_JAW = 0.15
OPENING_S, CLOSING_S = 0.06, 0.12
"""In the first and last part of a stretch the mouth comes from and goes to rest, whatever is said."""


def blend(gestures: Sequence[Gesture], row_count: int) -> Weights:
    """The dominance-weighted mean of all targets at each row."""
    times = np.arange(row_count, dtype=np.float32) / ROWS_PER_SECOND
    targets = np.stack([_target(gesture) for gesture in gestures])
    start = np.array([gesture.start_s for gesture in gestures], dtype=np.float32)[:, None]
    hold_end = start + HOLD * np.array([g.duration_s for g in gestures], dtype=np.float32)[:, None]
    lead = np.array([gesture.lead_s for gesture in gestures], dtype=np.float32)[:, None]
    lag = np.array([gesture.lag_s for gesture in gestures], dtype=np.float32)[:, None]
    strength = np.array([_strength(gesture) for gesture in gestures], dtype=np.float32)
    weights = np.zeros((row_count, arkit.COUNT), dtype=np.float32)
    for group, channels in enumerate((_LIPS, _JAW, _TONGUE)):
        reach_before, reach_after = _REACH_S[group]
        before = np.maximum((start - lead if channels is _LIPS else start) - times, 0.0)
        after = np.maximum(times - (hold_end + lag if channels is _LIPS else hold_end), 0.0)
        pull = strength[:, group, None] * np.exp(-before / reach_before - after / reach_after)
        # Not a matrix product: BLAS would start threads, and those wait for the cores that the models hold.
        pulled = np.einsum("gr,gc->rc", pull, targets[:, channels])
        weights[:, channels] = pulled / (pull.sum(axis=0)[:, None] + 1e-9)
    return weights


def smooth(weights: Weights, sigma_s: float = 0.018) -> Weights:
    """Rounds the corners of the curves; lips bear no more than about 20 ms."""
    return smooth_rows(weights, sigma_s * ROWS_PER_SECOND)


def open_with_loudness(weights: Weights, level_db: NDArray[np.float32]) -> Weights:
    """Opens the jaw further in loud syllables, less in soft ones (after JALI's jaw from vowel intensity).

    Args:
        weights: float32 (rows, 52).
        level_db: Loudness at each row (dB).
    """
    level = smooth_rows(level_db, 0.05 * ROWS_PER_SECOND)
    voiced = level > level.max() - 25.0
    spread = max(float(level[voiced].std()), 1.5)
    gain = np.clip(1.0 + 0.3 * (level - level[voiced].mean()) / spread, 0.4, 1.4)
    result = weights.copy()
    result[:, arkit.JAW_OPEN] *= gain
    return result


def tint(weights: Weights, emotion: Emotion, amount: float) -> Weights:
    """Lets an emotion show through speech: the jaw swings wider or less, the expression's mouth appears by `amount`."""
    result = weights.copy()
    mouth = amount * expressions.ROWS[emotion][arkit.MOUTH]
    result[:, arkit.MOUTH] = np.maximum(result[:, arkit.MOUTH], mouth)
    result[:, arkit.JAW_OPEN] *= expressions.JAW_SCALE.get(emotion, 1.0)
    return result


def narrow_jaw_for_sibilants(weights: Weights, gestures: Sequence[Gesture]) -> Weights:
    """Keeps the teeth together in s, z, sh and their kin."""
    presence = _presence(gestures, "sibilant", len(weights), close_s=0.05, open_s=0.05)
    result = weights.copy()
    jaw = result[:, arkit.JAW_OPEN]
    result[:, arkit.JAW_OPEN] = np.minimum(jaw, SIBILANT_JAW * presence + jaw * (1.0 - presence))
    return result


def touch_teeth_for_labiodentals(weights: Weights, gestures: Sequence[Gesture]) -> Weights:
    """Puts the lower lip to the upper teeth throughout every f and v."""
    presence = _presence(gestures, "teeth", len(weights), close_s=0.06, open_s=0.05)[:, None]
    result = weights.copy()
    result[:, _UNROLLING] *= 1.0 - presence
    held: Weights = np.maximum(result, presence * _TEETH_ROW)
    return held


def close_lips_for_bilabials(weights: Weights, gestures: Sequence[Gesture]) -> Weights:
    """Shuts and presses the lips throughout every p, b and m."""
    presence = _presence(gestures, "shut", len(weights), close_s=0.06, open_s=0.05)[:, None]
    result = weights.copy()
    result[:, _PARTING] *= 1.0 - presence
    held: Weights = np.maximum(result, presence * _SHUT_ROW)
    return held


def close_ends(weights: Weights) -> Weights:
    """Brings the mouth from rest at the first row and to rest at the last."""
    rows = len(weights)
    ahead = np.arange(rows, dtype=np.float32)
    opening = _ramp(ahead / (OPENING_S * ROWS_PER_SECOND))
    closing = _ramp(ahead[::-1] / (CLOSING_S * ROWS_PER_SECOND))
    shut = np.clip(weights, 0.0, 1.0) * np.minimum(opening, closing)[:, None]
    return shut.astype(np.float32)


def _target(gesture: Gesture) -> Weights:
    """float32 (52,): where the gesture pulls; pressed and rolled lips are left to the constraints, or they'd linger."""
    if gesture.mouth.lips in _CONSTRAINED:
        return np.zeros(arkit.COUNT, dtype=np.float32)
    return gesture.scale * visemes.weights_of(gesture.mouth)


def _strength(gesture: Gesture) -> tuple[float, float, float]:
    lips, jaw, tongue = _DOMINANCE[gesture.mouth.lips]
    if gesture.mouth.lips == "tongue" and gesture.duration_s < _JAW_MOVES_FROM_S:
        jaw *= _BRIEF_JAW_SHARE
    own = gesture.dominance * gesture.mouth.dominance
    if gesture.mouth.lips == "rest":
        own *= next((pull for limit_s, pull in _PAUSES_S if gesture.duration_s < limit_s), 1.0)
    return (own * lips, own * jaw, own * tongue)


def _presence(
    gestures: Sequence[Gesture], lips: Lips, row_count: int, *, close_s: float, open_s: float
) -> NDArray[np.float32]:
    """float32 (rows,): 1 within gestures of that kind, rising to it over `close_s`, falling over `open_s`.

    A movement has nearly arrived well before it ends, so that it goes on for `_PRESSING_S` into the gesture: lips that
    have met press on.
    """
    own = [gesture for gesture in gestures if gesture.mouth.lips == lips]
    if not own:
        return np.zeros(row_count, dtype=np.float32)
    times = np.arange(row_count, dtype=np.float32) / ROWS_PER_SECOND
    start = np.array([gesture.start_s for gesture in own], dtype=np.float32)[:, None]
    end = np.array([gesture.end_s for gesture in own], dtype=np.float32)[:, None]
    rising = 1.0 - np.maximum(start + _PRESSING_S - times, 0.0) / close_s
    falling = 1.0 - np.maximum(times - end + _PRESSING_S, 0.0) / open_s
    presence: NDArray[np.float32] = _ramp(np.minimum(rising, falling)).max(axis=0)
    return presence


def _ramp(share: NDArray[np.float32]) -> NDArray[np.float32]:
    """A smooth step: 0 below 0, 1 above 1."""
    clipped = np.clip(share, 0.0, 1.0)
    return np.asarray(clipped * clipped * (3.0 - 2.0 * clipped), dtype=np.float32)
