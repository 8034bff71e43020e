"""The one loop: stale work is dropped, failures are reported, and a turn goes on as the stage says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from npcengine.brain.channel import Channel
from npcengine.brain.worker import Job, Worker
from npcengine.types import Turn


class Doubling:
    """Doubles; 13 fails; cancels its own turn after the first result when told to."""

    name = "doubling"

    def __init__(self, *, opens: bool = True) -> None:
        self.opens = opens
        self.closed = False
        self.idled = 0

    def open(self) -> None:
        if not self.opens:
            raise RuntimeError("it can't be opened")

    def run(self, job: Job[int]) -> Iterator[str]:
        if job.work == 13:
            raise ValueError("thirteen")
        yield str(job.work * 2)
        if job.work == 99:
            job.turn.cancelled = True
        yield "more"

    def rescue(self, job: Job[int]) -> Iterator[str]:
        yield f"instead of {job.work}"

    def idle(self) -> bool:
        self.idled += 1
        return self.idled < 3

    def close(self) -> None:
        self.closed = True


def run(stage: Doubling, jobs: list[Job[int]]) -> tuple[list[str], list[str]]:
    """All results and all failures of a worker that is given `jobs`."""
    inbox: Channel[Job[int]] = Channel(10)
    results: list[str] = []
    failures: list[str] = []
    worker = Worker(
        stage,
        inbox,
        deliver=lambda _turn, result: results.append(result),
        opened=lambda name: results.append(f"opened {name}"),
        failed=lambda name, turn, error: failures.append(f"{name} {turn.number if turn else None} {error}"),
    )
    worker.start()
    for job in jobs:
        inbox.put(job)
    inbox.close()
    worker.join()
    return results, failures


def test_results_come_in_order_and_the_stage_is_closed() -> None:
    """Open, run every job, close."""
    stage = Doubling()
    results, failures = run(stage, [Job(Turn(1, 1), 1), Job(Turn(2, 1), 2)])
    assert results == ["opened doubling", "2", "more", "4", "more"]
    assert failures == []
    assert stage.closed


def test_work_of_a_cancelled_turn_is_not_begun() -> None:
    """Stale words are dropped where they are received."""
    results, _ = run(Doubling(), [Job(Turn(1, 1, cancelled=True), 1)])
    assert results == ["opened doubling"]


def test_a_turn_cancelled_in_the_middle_yields_nothing_further() -> None:
    """What comes out of a call that could not be stopped is dropped."""
    results, _ = run(Doubling(), [Job(Turn(1, 1), 99)])
    assert results == ["opened doubling", "198"]


def test_a_failure_is_reported_and_the_turn_goes_on() -> None:
    """The stage's rescue speaks for the failed job, and the next job runs as ever."""
    results, failures = run(Doubling(), [Job(Turn(5, 1), 13), Job(Turn(6, 1), 1)])
    assert results == ["opened doubling", "instead of 13", "2", "more"]
    assert failures == ["doubling 5 thirteen"]


def test_a_stage_that_cannot_be_opened_rescues_every_job() -> None:
    """A dead stage is said once and does not leave a turn hanging."""
    results, failures = run(Doubling(opens=False), [Job(Turn(1, 1), 1)])
    assert results == ["opened doubling", "instead of 1"]
    assert failures == ["doubling None it can't be opened"]


@pytest.mark.parametrize("jobs", [[], [Job(Turn(1, 1), 1)]])
def test_idle_work_is_done_while_nothing_waits(jobs: list[Job[int]]) -> None:
    """Work ahead of time ends by itself and never keeps a job waiting for ever."""
    stage = Doubling()
    run(stage, jobs)
    assert stage.idled <= 3 + len(jobs)
