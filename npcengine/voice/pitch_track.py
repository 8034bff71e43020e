"""Finds the pitch of a voice over time; pure arithmetic on samples.

The difference function is YIN's (de Cheveigné and Kawahara, "YIN, a fundamental frequency estimator for speech and
music", JASA 111, 2002, equation 8), computed for all frames at once; the path through the frames is the cheapest that
avoids jumps. A low voice with a strong second harmonic needs that: frame by frame it is often taken for an octave
higher.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from npcengine.types import Pcm

_RATE = 5512.5
"""Pitch is sought at this rate (Hz): a quarter of a Piper voice's, enough for periods to a fraction of a sample."""
_LOWEST_HZ, _HIGHEST_HZ = 55.0, 420.0
_HOP_MS = 8
_VOICED = 0.5
"""A normalised difference above this is no periodic sound."""
_JUMP_COST = 3.0
"""Of an octave from one frame to the next, in units of the normalised difference."""
_LOWER_COST = 0.08
"""Of every octave further down: two periods repeat as well as one does."""
_QUIET = 0.004
_CREAK_LOUD, _CREAK_CHANGE = 0.25, 0.5
"""Creak is at least so loud beside the voice's median; the mean square of its steps is below so much of its own (hiss:
1 to 3)."""
_OVERTONE = 2.2
"""A voice does not rise so far above its median; an overtone does."""


@dataclass(frozen=True, slots=True, eq=False)
class PitchTrack:
    """Pitch periods.

    Attributes:
        periods: One a frame, in samples of the sound; 0 where there is no voice.
        hop: Samples from frame to frame.
    """

    periods: NDArray[np.float64]
    hop: float

    def period_at(self, sample: int) -> float:
        """The period around a sample; 0 where there is no voice."""
        return float(self.periods[min(round(sample / self.hop), len(self.periods) - 1)])


def pitch_track(pcm: Pcm, sample_rate: int, *, through_creak: bool = False) -> PitchTrack:
    """Pitch from 55 to 420 Hz, every 8 ms.

    Args:
        pcm: Shape (samples,).
        sample_rate: Of `pcm` (Hz).
        through_creak: Whether creak counts as voice, its pitch the last that was found before it.
    """
    sound = np.asarray(soxr.resample(pcm, sample_rate, _RATE, quality="MQ"), np.float64)
    shortest, longest = int(_RATE / _HIGHEST_HZ), int(_RATE / _LOWEST_HZ)
    hop = round(_RATE * _HOP_MS / 1000)
    frames = _frames(sound, length=2 * longest, hop=hop)
    difference = _normalised_difference(frames, longest)[:, shortest:]
    path = _smoothest_path(difference, np.log2(np.arange(shortest, longest + 1)))
    lags = shortest + path + _between_lags(difference, path)
    depth = np.take_along_axis(difference, path[:, None], axis=1)[:, 0]
    loud = np.sqrt(np.mean(frames**2, axis=1))
    voiced = (depth < _VOICED) & (loud > _QUIET)
    lags = np.where(voiced, lags, 0.0)
    if through_creak:
        lags = _through_creak(lags, _creaky(frames, loud, voiced=voiced))
    return PitchTrack(lags * sample_rate / _RATE, hop * sample_rate / _RATE)


def _frames(sound: NDArray[np.float64], *, length: int, hop: int) -> NDArray[np.float64]:
    """Frames centred on every `hop`-th sample, shape (frames, length)."""
    padded = np.pad(sound, (length // 2, length))
    return np.lib.stride_tricks.sliding_window_view(padded, length)[: len(sound) + 1 : hop]


def _normalised_difference(frames: NDArray[np.float64], longest: int) -> NDArray[np.float64]:
    """YIN's cumulative mean normalised difference, shape (frames, longest + 1)."""
    window = frames.shape[1] - longest
    size = 1 << int(np.ceil(np.log2(frames.shape[1] + window)))
    heads = np.fft.rfft(frames[:, :window], size)
    correlation = np.fft.irfft(np.fft.rfft(frames, size) * heads.conj(), size)[:, : longest + 1]
    squares = np.cumsum(np.pad(frames**2, ((0, 0), (1, 0))), axis=1)
    energy = squares[:, window : window + longest + 1] - squares[:, : longest + 1]
    difference = np.maximum(energy[:, :1] + energy - 2 * correlation, 0.0)
    mean = np.cumsum(difference, axis=1) / np.maximum(np.arange(longest + 1), 1)
    return np.asarray(difference / np.maximum(mean, 1e-9))


def _smoothest_path(costs: NDArray[np.float64], octaves: NDArray[np.float64]) -> NDArray[np.intp]:
    """Viterbi: the column of each row with the least sum of costs and jumps."""
    jumps = _JUMP_COST * np.abs(octaves[:, None] - octaves[None, :])
    # A frame that repeats badly at every lag says little about the next one's pitch: silence nothing, creak less than
    # the frames around it, where its loudest overtone would else draw the whole phrase up to itself.
    says = np.clip(1.0 - np.min(costs, axis=1, keepdims=True) / _VOICED, 0.0, 1.0)
    costs = says * np.minimum(costs + _LOWER_COST * (octaves - octaves[0]), 1.0)
    columns = np.arange(costs.shape[1])
    came = np.zeros(costs.shape, np.intp)
    total = costs[0]
    for row in range(1, len(costs)):
        through = total[:, None] + jumps
        came[row] = np.argmin(through, axis=0)
        total = through[came[row], columns] + costs[row]
    path = np.empty(len(costs), np.intp)
    path[-1] = np.argmin(total)
    for row in range(len(costs) - 1, 0, -1):
        path[row - 1] = came[row, path[row]]
    return path


def _creaky(frames: NDArray[np.float64], loud: NDArray[np.float64], *, voiced: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where a throat sounds, whether or not its pulses come evenly: loud and low, as no hiss is."""
    if not voiced.any():
        return voiced
    change = np.mean(np.diff(frames, axis=1) ** 2, axis=1)
    return np.asarray((loud > _CREAK_LOUD * np.median(loud[voiced])) & (change < _CREAK_CHANGE * loud**2))


def _through_creak(lags: NDArray[np.float64], creaky: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The last pitch goes on where creak hides it: none is found, or one of an overtone, far above the voice's own."""
    found = lags > 0
    if not found.any():
        return lags
    odd = found & (lags < np.median(lags[found]) / _OVERTONE)
    trusted = np.flatnonzero(found & ~odd)
    hidden = np.flatnonzero(creaky & (odd | ~found))
    before = trusted[np.maximum(np.searchsorted(trusted, hidden) - 1, 0)]
    lags = lags.copy()
    lags[hidden] = lags[before]
    return lags


def _between_lags(difference: NDArray[np.float64], path: NDArray[np.intp]) -> NDArray[np.float64]:
    """How far the true minimum lies from each chosen lag, by a parabola through its neighbours (±0.5)."""
    inner = np.clip(path, 1, difference.shape[1] - 2)[:, None]
    left, here, right = (np.take_along_axis(difference, inner + step, axis=1)[:, 0] for step in (-1, 0, 1))
    curve = left - 2 * here + right
    return np.clip(0.5 * (left - right) / np.where(np.abs(curve) < 1e-9, 1.0, curve), -0.5, 0.5)
