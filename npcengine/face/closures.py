"""Lip closures where the sound itself is closed: moves the p, b and m of a stretch to its dips; knows no labels.

Offsets put a closure right on average. The sound of this very sentence is known before it is played, though, so what an
average can't know is read from it: lips that shut take the higher part of the sound away, and lips that part bring it
back. Where nothing dips (between an s and a t, behind a pause, in a long hum) the closure stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from npcengine.face import phones
from npcengine.face.timing import Sound
from npcengine.types import Pcm

ROWS_PER_SECOND = 1000

_NULL_HZ = 4000.0
"""A sound minus itself, delayed by this frequency's period, loses the voice's hum (−39 dB at 200 Hz when done twice)
and keeps what lips take away; the gain is greatest at half the frequency."""

_WINDOW_MS = 5
"""Energy is counted over so much on either side: two glottal pulses of a low voice."""

_FLOOR_DB = 50.0
"""What lies further below the loudest moment is silence."""

_EARLIER_MS, _LATER_MS = 70.0, 50.0
"""How far a closure may begin before and end after where it was thought to be (milliseconds)."""

_SHALLOWEST_DB = 6.0
_DEPTH = 0.6
"""The lips meet, and part, where the sound has this share of the dip's depth still to go. At half of it they have been
shut for some milliseconds."""

_SHORTEST_MS = 20


@dataclass(frozen=True, slots=True)
class Dip:
    """A dip in a level, over rows `start` ≤ i < `end`, `depth_db` below the lower of its two brims."""

    start: int
    end: int
    depth_db: float


def snap_closures(sounds: Sequence[Sound], pcm: Pcm, sample_rate: int) -> tuple[Sound, ...]:
    """Moves each p, b and m to the dip of the sound's level that it is near to; its neighbours make room.

    Args:
        sounds: Cover `pcm` in order, as `npcengine.face.timing.correct` gives them.
        pcm: Mono sound, shape (samples,).
        sample_rate: Of `pcm` (Hz).

    Returns:
        The same sounds; they cover `pcm` as before, and none is empty.
    """
    if not any(sound.symbol in phones.BILABIALS for sound in sounds):
        return tuple(sounds)
    level_db = closure_level_db(pcm, sample_rate)
    per_row = sample_rate / ROWS_PER_SECOND
    snapped = list(sounds)
    for index in range(1, len(sounds) - 1):
        before, sound, after = snapped[index - 1 : index + 2]
        if sound.symbol not in phones.BILABIALS:
            continue
        middle_before, middle_after = (before.start + before.end) // 2, (after.start + after.end) // 2
        first = max(sound.start - _EARLIER_MS * sample_rate / 1000.0, middle_before) / per_row
        last = min(sound.end + _LATER_MS * sample_rate / 1000.0, middle_after) / per_row
        dip = find_dip(level_db, int(np.ceil(first)), int(last))
        if dip is None:
            continue
        start, end = round(dip.start * per_row), round(dip.end * per_row)
        if before.start < start < end < after.end:
            snapped[index - 1 : index + 2] = (
                replace(before, end=start),
                replace(sound, start=start, end=end),
                replace(after, start=end),
            )
    return tuple(snapped)


def closure_level_db(pcm: Pcm, sample_rate: int) -> NDArray[np.float32]:
    """float32 (rows,): the level of what lips take away when they shut, a value a millisecond (dB)."""
    lag = max(1, round(sample_rate / _NULL_HZ))
    if len(pcm) <= 2 * lag:
        return np.zeros(1, dtype=np.float32)
    band = np.zeros_like(pcm)
    band[lag:-lag] = pcm[2 * lag :] - 2.0 * pcm[lag:-lag] + pcm[: -2 * lag]
    rows = int(len(pcm) * ROWS_PER_SECOND / sample_rate) + 1
    edges = np.minimum((np.arange(rows) * sample_rate / ROWS_PER_SECOND).astype(np.intp), len(pcm) - 1)
    running = np.concatenate([[0.0], np.cumsum(np.add.reduceat(np.square(band), edges), dtype=np.float64)])
    index = np.arange(rows)
    energy = running[np.minimum(index + _WINDOW_MS + 1, rows)] - running[np.maximum(index - _WINDOW_MS, 0)]
    level = 10.0 * np.log10(np.maximum(energy, 0.0) + 1e-9)
    return np.asarray(np.maximum(level, level.max() - _FLOOR_DB), dtype=np.float32)


def find_dip(
    level_db: NDArray[np.float32], first: int, last: int, *, shallowest_db: float = _SHALLOWEST_DB
) -> Dip | None:
    """The deepest dip in rows `first` ≤ i < `last`; None where it is shallow, or shorter than 20 rows."""
    first, last = max(first, 0), min(last, len(level_db))
    if last - first < _SHORTEST_MS:
        return None
    level = level_db[first:last]
    low = int(np.argmin(level))
    lowest = float(level[low])
    left, right = float(level[: low + 1].max()), float(level[low:].max())
    depth = min(left, right) - lowest
    if depth < shallowest_db:
        return None
    outside_left = np.flatnonzero(level[:low] >= lowest + _DEPTH * (left - lowest))
    outside_right = np.flatnonzero(level[low:] >= lowest + _DEPTH * (right - lowest))
    start = int(outside_left[-1]) + 1 if len(outside_left) else 0
    end = low + int(outside_right[0]) if len(outside_right) else len(level)
    return Dip(first + start, first + end, depth) if end - start >= _SHORTEST_MS else None
