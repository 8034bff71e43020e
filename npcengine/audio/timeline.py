"""Where a gap-free queue of sounds has got to, from the clock alone; knows no device."""

from __future__ import annotations


class Timeline:
    """Counts the samples heard of sounds that follow each other.

    A sound that comes while another plays follows it without a gap; one that comes later starts when it comes. The
    count stands still in between.

    Args:
        rate: Samples a second (Hz).
        latency_s: How long a sample is under way before it is heard.
    """

    def __init__(self, rate: int, *, latency_s: float = 0.0) -> None:
        self._rate = rate
        self._latency_s = latency_s
        self._before = 0  # samples of the stretches that ended
        self._start_s = 0.0  # when the present stretch began
        self._length = 0  # samples of the present stretch

    def add(self, samples: int, now_s: float) -> float:
        """A sound of `samples` was queued at `now_s`; when its first sample leaves the device's queue (seconds)."""
        if now_s >= self._end_s():
            self._before += self._length
            self._start_s = now_s
            self._length = 0
        starts_s = self._end_s()
        self._length += samples
        return starts_s

    def position(self, now_s: float) -> int:
        """Samples heard at `now_s`; never more than were added, never fewer than before."""
        heard = int((now_s - self._start_s - self._latency_s) * self._rate)
        return self._before + min(max(heard, 0), self._length)

    def remaining_s(self, now_s: float) -> float:
        """Seconds until the last sample leaves the device's queue; 0 when it has."""
        return max(0.0, self._end_s() - now_s)

    def elapsed_s(self, now_s: float) -> float:
        """Seconds since the present stretch began."""
        return max(0.0, now_s - self._start_s)

    def cut(self, now_s: float) -> None:
        """Nothing further will be heard."""
        self._before = self.position(now_s)
        self._length = 0

    def _end_s(self) -> float:
        return self._start_s + self._length / self._rate
