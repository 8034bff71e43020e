"""The one loop that runs every stage, in a thread of its own; a stage author writes a generator."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Thread
from typing import Generic, Protocol, TypeVar

from npcengine.brain.channel import Channel, ChannelClosed
from npcengine.types import Turn

logger = logging.getLogger(__name__)

Work = TypeVar("Work")
Work_contra = TypeVar("Work_contra", contravariant=True)
Work_co = TypeVar("Work_co", covariant=True)
Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Job(Generic[Work_co]):
    """Something to do on behalf of a turn; it is stale once the turn is cancelled."""

    turn: Turn
    work: Work_co


class Stage(Protocol[Work_contra, Result_co]):
    """What a worker runs; every method is called from the worker's thread alone."""

    name: str

    def open(self) -> None:
        """Loads what the stage needs; may take seconds."""
        ...

    def run(self, job: Job[Work_contra]) -> Iterator[Result_co]:
        """Results of one job as they come; closed early when the turn is cancelled."""
        ...

    def rescue(self, job: Job[Work_contra]) -> Iterator[Result_co]:
        """What lets the turn go on after `run` failed, or when the stage could not be opened."""
        ...

    def idle(self) -> bool:
        """Does a little work that nobody waits for; False when there is none."""
        ...

    def close(self) -> None:
        """Frees what `open` loaded."""
        ...


class Worker(Generic[Work, Result]):
    """Runs `stage` over the jobs of its inbox until the inbox is closed.

    Args:
        stage: What to run.
        inbox: Where its jobs come from.
        deliver: Takes each result, with the turn of the job that it comes of.
        opened: Called once the stage has been opened, or could not be.
        failed: Told of every failure; the turn is None where the stage could not be opened.
    """

    def __init__(
        self,
        stage: Stage[Work, Result],
        inbox: Channel[Job[Work]],
        *,
        deliver: Callable[[Turn, Result], None],
        opened: Callable[[str], None],
        failed: Callable[[str, Turn | None, Exception], None],
    ) -> None:
        self._stage = stage
        self._inbox = inbox
        self._deliver = deliver
        self._opened = opened
        self._failed = failed
        self._usable = False
        self._thread = Thread(target=self._work, name=f"npcengine-{stage.name}", daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def join(self) -> None:
        """Waits for the thread; the inbox must have been closed."""
        self._thread.join()

    def _work(self) -> None:
        self._usable = self._attempt(None, self._stage.open)
        self._opened(self._stage.name)
        while True:
            while not len(self._inbox) and self._usable and self._attempt(None, self._stage.idle):
                pass
            try:
                job = self._inbox.get()
            except ChannelClosed:
                break
            self._do(job)
        self._stage.close()

    def _do(self, job: Job[Work]) -> None:
        if job.turn.cancelled:
            return
        done = self._usable and self._attempt(job.turn, lambda: self._pass_on(job, self._stage.run(job)))
        if not done and not job.turn.cancelled:
            self._attempt(job.turn, lambda: self._pass_on(job, self._stage.rescue(job)))

    def _pass_on(self, job: Job[Work], results: Iterator[Result]) -> bool:
        for result in results:
            if job.turn.cancelled:
                break
            self._deliver(job.turn, result)
        return True

    def _attempt(self, turn: Turn | None, step: Callable[[], bool | None]) -> bool:
        """Whether `step` came to its end and did not answer False; the only place that catches everything."""
        try:
            return step() is not False
        except ChannelClosed:
            return False
        except Exception as error:  # the one place where a stage's failure becomes a report
            logger.debug("stage %s failed", self._stage.name, exc_info=True)
            self._failed(self._stage.name, turn, error)
            return False
