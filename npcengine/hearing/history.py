"""The last seconds of a stream of sound, addressed by sample position; knows nothing of what it holds."""

from __future__ import annotations

import numpy as np

from npcengine.types import Pcm


class History:
    """A ring of samples: what no longer fits is forgotten, oldest first."""

    def __init__(self, capacity_samples: int) -> None:
        self._ring = np.zeros(capacity_samples, dtype=np.float32)
        self._end = 0

    @property
    def end(self) -> int:
        """Position after the last sample heard; counts from 0 at the start of the stream."""
        return self._end

    @property
    def begin(self) -> int:
        """Position of the oldest sample still held."""
        return max(0, self._end - len(self._ring))

    def append(self, pcm: Pcm) -> None:
        """Takes the next samples, shape (samples,)."""
        kept = pcm[-len(self._ring) :]
        at = (self._end + len(pcm) - len(kept)) % len(self._ring)
        first = kept[: len(self._ring) - at]
        self._ring[at : at + len(first)] = first
        self._ring[: len(kept) - len(first)] = kept[len(first) :]
        self._end += len(pcm)

    def between(self, start: int, end: int) -> Pcm:
        """A copy of the samples at positions `start` ≤ i < `end`, as far as they are held."""
        start, end = max(start, self.begin), min(end, self._end)
        if start >= end:
            return np.zeros(0, dtype=np.float32)
        at = start % len(self._ring)
        first = self._ring[at : at + end - start]
        return np.concatenate((first, self._ring[: end - start - len(first)]))
