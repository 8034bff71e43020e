"""How far a long command is, on standard error: a bar on a terminal, a few lines elsewhere; knows no command."""

from __future__ import annotations

from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from npcengine.cli.console import note
from npcengine.clock import Clock

NOTES = 10
"""So many notes on progress where there is no terminal to draw a bar on."""

_MINUTES_FROM_S = 180.0


class ProgressLine:
    """How far it is and how long it takes yet."""

    def __init__(self, total: int, clock: Clock, *, doing: str, things: str) -> None:
        """Make a line.

        Args:
            total: How much there is to do.
            clock: Tells how long it took so far.
            doing: What is done, before the bar: ``"asking"``.
            things: What is counted, in notes: ``"questions"``.
        """
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task(doing, total=total)
        self._drawn = console.is_terminal
        self._doing = doing
        self._things = things
        self._total = total
        self._clock = clock
        self._begun_s = clock.now()
        self._before = 0

    def __enter__(self) -> Self:
        if self._drawn:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._bar.stop()

    def begin_at(self, done: int) -> None:
        """So much was done before, and tells nothing of how long the rest takes."""
        self._before = done
        self._begun_s = self._clock.now()
        self._bar.reset(self._task, completed=done, total=self._total)

    def advance(self, done: int, *, standing: str = "") -> None:
        """So much is done, and that is how it stands."""
        self._bar.update(self._task, completed=done, description=f"{self._doing} {standing}".rstrip())
        step = max(1, self._total // NOTES)
        if not self._drawn and done % step == 0 and self._before < done < self._total:
            left_s = (self._clock.now() - self._begun_s) / (done - self._before) * (self._total - done)
            also = f", {standing}" if standing else ""
            note(f"{done} of {self._total} {self._things}{also}, about {_told(left_s)} left")


def _told(left_s: float) -> str:
    return f"{left_s / 60.0:.0f} min" if left_s >= _MINUTES_FROM_S else f"{left_s:.0f} s"
