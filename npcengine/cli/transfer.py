"""Draws a fetch: bars on a terminal, plain lines elsewhere; decides nothing."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from npcengine.errors import BackendMissing
from npcengine.models.catalogue import Model
from npcengine.models.progress import Report, Step, megabytes

_WORDS = {"asking": "finding", "downloading": "downloading", "retrying": "downloading", "unpacking": "unpacking"}


def resolve(name: str) -> Model:
    """What a name stands for; asks the hub for those that start with ``hf:``."""
    try:
        from npcengine.models import fetch  # noqa: PLC0415 - a shipped game may leave out what it needs
    except ModuleNotFoundError as error:
        raise _no_fetching(error) from error
    return fetch.resolve(name)


def fetch_with_progress(console: Console, model: Model) -> Path:
    """Fetch a model and show how far it is; returns its folder."""
    try:
        from npcengine.models import fetch  # noqa: PLC0415 - a shipped game may leave out what it needs
    except ModuleNotFoundError as error:
        raise _no_fetching(error) from error
    if not console.is_terminal:
        return fetch.fetch(model, plain_lines(console))
    columns = (TextColumn("  {task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        return fetch.fetch(model, _bars(console, progress, model))


def plain_lines(console: Console) -> Report:
    """A report for logs and pipes: a line when something begins and when it is done, none in between."""
    begun: set[tuple[str, str]] = set()

    def report(step: Step) -> None:
        if step.doing == "retrying":
            console.print(f"  {_retrying(step)}")
        elif (step.doing, step.label) not in begun:
            begun.add((step.doing, step.label))
            console.print(f"  {_waiting(step)}" if step.doing == "waiting" else f"  {_beginning(step)}")

    return report


def _bars(console: Console, progress: Progress, model: Model) -> Report:
    """A report that keeps one bar for each download and each unpacked file."""
    tasks: dict[tuple[str, str], TaskID] = {}
    numbers = {source.file: f"{i} of {len(model.sources)}" for i, source in enumerate(model.sources, 1)}

    def report(step: Step) -> None:
        if step.doing == "waiting":
            console.print(f"  {_waiting(step)}")
            return
        if step.doing == "retrying":
            console.print(f"  {_retrying(step)}")
        key = ("unpacking" if step.doing == "unpacking" else "fetching", step.label)
        # Packages have long names, and four of them differ in the last letter: a number says more.
        what = step.label if step.doing == "unpacking" else numbers.get(step.label, step.label)
        words = f"{_WORDS[step.doing]} {what}"
        if key not in tasks:
            tasks[key] = progress.add_task(words, total=step.total or None)
        progress.update(tasks[key], description=words, completed=step.done)

    return report


def _beginning(step: Step) -> str:
    already = f", {megabytes(step.done)} of it here already" if step.done and step.doing == "downloading" else ""
    return f"{_WORDS[step.doing]} {step.label} ({megabytes(step.total)}{already})"


def _waiting(step: Step) -> str:
    return f"another process is fetching {step.label}; waiting for it"


def _retrying(step: Step) -> str:
    return f"the connection broke at {megabytes(step.done)} of {megabytes(step.total)}; trying again"


def _no_fetching(error: ModuleNotFoundError) -> BackendMissing:
    return BackendMissing(
        f"Fetching models needs a package that is not installed ({error.name}): pip install 'npcengine[fetch]'"
    )
