"""What a command tells beside its result: progress, notes and complaints, all on standard error."""

from __future__ import annotations

from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from npcengine.events import ModelProgress

_ERRORS = Console(stderr=True, soft_wrap=True, markup=False, highlight=False, emoji=False)


def note(text: str) -> None:
    """Something worth knowing."""
    _ERRORS.print(text)


def complain(text: str) -> None:
    """Something that went wrong, and was survived."""
    _ERRORS.print(f"npcengine: {text}")


class LoadingLine:
    """A bar that fills while the models load, and goes away; nothing where standard error is no terminal."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=_ERRORS, transient=True
        )
        self._task = self._progress.add_task("loading models", total=1.0)
        self._shown = _ERRORS.is_terminal

    def __enter__(self) -> Self:
        if self._shown:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def show(self, progress: ModelProgress) -> None:
        """One step further."""
        self._progress.update(self._task, completed=progress.fraction)

    def close(self) -> None:
        """Clears the line; safe to call twice."""
        if self._shown:
            self._progress.stop()
