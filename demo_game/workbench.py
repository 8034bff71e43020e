"""Slow paintings, done a little with each frame, so that none comes late for them; knows nothing of what is painted."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator


class Workbench:
    """Does one step of the oldest job with each frame."""

    def __init__(self) -> None:
        self._jobs: deque[Iterator[None]] = deque()

    def add(self, job: Iterator[None]) -> None:
        """Queues a job; each step of its iterator should take a few milliseconds."""
        self._jobs.append(job)

    def clear(self) -> None:
        """Drops what has not been done yet."""
        self._jobs.clear()

    @property
    def busy(self) -> bool:
        """Whether there is anything left to do."""
        return bool(self._jobs)

    def step(self) -> None:
        """Does a little."""
        while self._jobs:
            try:
                next(self._jobs[0])
            except StopIteration:
                self._jobs.popleft()
            else:
                return
