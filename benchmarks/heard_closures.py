"""When lips are heard to shut and to part: two ways to find it, both other than the one the engine corrects by.

`landmarks` is the measure. It follows Liu, "Landmark detection for distinctive feature-based speech recognition" (JASA
100(5), 1996): a closure is where the energies of several bands fall most steeply together, its release where they
rise most steeply. `half_depth` is a second opinion: where the level between 500 and 4000 Hz has fallen and risen by
half. The engine looks at another band, made by another filter, and at a level, not a slope
(npcengine/face/closures.py). Labels only tell between which two vowels to look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from npcengine.face import phones
from npcengine.types import Speech

_BANDS_HZ = ((800, 1500), (1200, 2000), (2000, 3500), (3500, 5000))
_SLOPE_MS = 20
"""A slope is the difference between two moments so far apart."""
_SMALLEST_STEP_DB = 9.0
_LENGTHS_MS = (20, 180)
_SHALLOWEST_DB = 10.0
_FLOOR_DB = 55.0
_SONORANTS = frozenset("lɹwj") | phones.STRESS_MARKS | {"ː", " "}

Levels: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HeardClosure:
    """A p, b or m between two vowels, glides or liquids; milliseconds from the start of the speech."""

    symbol: str
    start_ms: float
    end_ms: float


Listener: TypeAlias = Callable[[Speech], Iterator[HeardClosure]]


def landmarks(speech: Speech) -> Iterator[HeardClosure]:
    """From the steepest fall to the steepest rise after it, both of at least 9 dB in 20 ms."""
    level = np.mean([level_db(speech, low, high, half_ms=5) for low, high in _BANDS_HZ], axis=0)
    level = np.convolve(np.pad(level, 2, mode="edge"), np.full(5, 0.2), "valid")
    half = _SLOPE_MS // 2
    slope = np.zeros_like(level)
    slope[half:-half] = level[2 * half :] - level[: -2 * half]
    for symbol, first, last in _places(speech):
        stretch = slope[first : last + 30]
        falls, rises = np.triu_indices(len(stretch), _LENGTHS_MS[0])
        near = rises - falls < _LENGTHS_MS[1]
        falls, rises = falls[near], rises[near]
        if not len(falls):
            continue
        best = int(np.argmax(stretch[rises] - stretch[falls]))
        if stretch[rises[best]] >= _SMALLEST_STEP_DB and -stretch[falls[best]] >= _SMALLEST_STEP_DB:
            yield HeardClosure(symbol, first + float(falls[best]), first + float(rises[best]))


def half_depth(speech: Speech) -> Iterator[HeardClosure]:
    """Dips of at least 10 dB and 20 ms, from where the level is half-way down to where it is half-way up again."""
    level = level_db(speech, 500, 4000, half_ms=6)
    for symbol, first, last in _places(speech):
        stretch = level[first + 10 : last + 20]
        if not len(stretch):
            continue
        low = int(np.argmin(stretch))
        depth = min(stretch[: low + 1].max(), stretch[low:].max()) - stretch[low]
        outside = np.flatnonzero(stretch >= stretch[low] + depth / 2.0)
        before, after = outside[outside < low], outside[outside > low]
        start = int(before[-1]) + 1 if len(before) else 0
        end = int(after[0]) if len(after) else len(stretch)
        if depth >= _SHALLOWEST_DB and end - start >= _LENGTHS_MS[0]:
            yield HeardClosure(symbol, first + 10.0 + start, first + 10.0 + end)


def level_db(speech: Speech, low_hz: float, high_hz: float, *, half_ms: float) -> Levels:
    """The level of a band, a value a millisecond (dB), over `half_ms` on either side."""
    spectrum = np.fft.rfft(speech.pcm)
    hertz = np.fft.rfftfreq(len(speech.pcm), 1.0 / speech.sample_rate)
    spectrum[(hertz < low_hz) | (hertz > high_hz)] = 0.0
    energy = np.concatenate([[0.0], np.cumsum(np.square(np.fft.irfft(spectrum, len(speech.pcm))))])
    half = int(half_ms * speech.sample_rate / 1000.0)
    centres = np.arange(0, len(speech.pcm), speech.sample_rate / 1000.0).astype(int)
    power = energy[np.minimum(centres + half, len(speech.pcm))] - energy[np.maximum(centres - half, 0)]
    level = 10.0 * np.log10(np.maximum(power, 0.0) / (2 * half) + 1e-12)
    return np.asarray(np.maximum(level, level.max() - _FLOOR_DB), np.float64)


def _places(speech: Speech) -> Iterator[tuple[str, int, int]]:
    """Each p, b and m with the milliseconds at which the labels of the vowels around it begin."""
    for index, label in enumerate(speech.phonemes):
        if label.symbol not in phones.BILABIALS:
            continue
        left, right = _vowel_ms(speech, index, -1), _vowel_ms(speech, index, 1)
        if left is not None and right is not None and right - left >= 30:
            yield label.symbol, left, right


def _vowel_ms(speech: Speech, index: int, step: int) -> int | None:
    """Where the label of the next vowel that way begins, None when an obstruent or a pause lies between."""
    labels = speech.phonemes
    index += step
    while 0 <= index < len(labels) and labels[index].symbol in _SONORANTS:
        index += step
    if not 0 <= index < len(labels) or labels[index].symbol not in phones.VOWELS:
        return None
    while index and labels[index - 1].symbol in phones.VOWELS | phones.STRESS_MARKS:
        index -= 1
    return int(1000 * labels[index].start / speech.sample_rate)
