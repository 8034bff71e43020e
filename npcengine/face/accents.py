"""Which syllables head and brows go along with: the stressed ones that stand out; knows no face and no clock.

Speakers nod and raise their brows on accented syllables (Krahmer & Swerts 2007; Flecha-García 2010), the more, the more
an accent stands out; viewers like a brow on another word less than none at all. espeak marks a main stress on
content words and on next to no others, so its mark is where to look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from npcengine.face import phones
from npcengine.face.timing import Sound
from npcengine.types import Accent

SHORTEST_GAP_S = 0.9
"""Two accents that are answered lie at least so far apart: a head that nods with every foot looks like a toy."""

_LOUDER_DB = 6.0
"""So much more loudness counts as much as twice the length."""
_USUAL, _LEAST = 0.65, 0.4
_WEAKEST = -0.25
"""Syllables that stand out by less, one being an octave of length or 6 dB above average, are let pass."""
_LOUD_ENOUGH_DB = 9.0
"""Without labels: a peak of loudness is a syllable's if it lies no further below the loudest."""


@dataclass(frozen=True, slots=True)
class _Syllable:
    start_s: float
    length_s: float
    level_db: float


def from_sounds(
    sounds: Sequence[Sound], sample_rate: int, *, level_db: NDArray[np.float32], rows_per_second: int
) -> tuple[Accent, ...]:
    """The accents of speech whose sounds are known.

    Args:
        sounds: As they are heard.
        sample_rate: Of their spans (Hz).
        level_db: Loudness (dB), one value a row.
        rows_per_second: Of `level_db`.
    """
    stressed = [
        _syllable(sound, sample_rate, level_db, rows_per_second)
        for sound in sounds
        if sound.stressed and phones.is_vowel(sound.symbol)
    ]
    return _standing_out(stressed, sample_rate)


def from_loudness(level_db: NDArray[np.float32], sample_rate: int, *, rows_per_second: int) -> tuple[Accent, ...]:
    """The accents of speech of which only the loudness is known: its highest peaks."""
    height = level_db[1:-1]
    is_peak = (height >= level_db[:-2]) & (height > level_db[2:]) & (height > level_db.max() - _LOUD_ENOUGH_DB)
    rows = np.flatnonzero(is_peak) + 1
    peaks = [_Syllable(row / rows_per_second, 1.0, float(level_db[row])) for row in rows.tolist()]
    return _standing_out(peaks, sample_rate)


def _syllable(sound: Sound, sample_rate: int, level_db: NDArray[np.float32], rows_per_second: int) -> _Syllable:
    start_s, end_s = sound.start / sample_rate, sound.end / sample_rate
    first = min(int(start_s * rows_per_second), len(level_db) - 1)
    rows = level_db[first : max(first + 1, int(end_s * rows_per_second))]
    return _Syllable(start_s, end_s - start_s, float(rows.max()))


def _standing_out(syllables: Sequence[_Syllable], sample_rate: int) -> tuple[Accent, ...]:
    """The strongest syllables first, each unless a stronger one lies too near; the weak are left alone."""
    if not syllables:
        return ()
    level_db = np.array([syllable.level_db for syllable in syllables])
    octaves = np.log2([max(syllable.length_s, 0.02) for syllable in syllables])
    stands_out = (level_db - level_db.mean()) / _LOUDER_DB + octaves - octaves.mean()
    strengths = np.clip(_USUAL + 0.3 * stands_out, _LEAST, 1.0)
    chosen: list[int] = []
    for index in np.argsort(-stands_out, kind="stable").tolist():
        start_s = syllables[index].start_s
        near = any(abs(start_s - syllables[other].start_s) < SHORTEST_GAP_S for other in chosen)
        if not near and (stands_out[index] >= _WEAKEST or not chosen):
            chosen.append(index)
    return tuple(
        Accent(round(syllables[index].start_s * sample_rate), float(strengths[index])) for index in sorted(chosen)
    )
