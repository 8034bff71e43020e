"""``npcengine bench``: what the engine costs and gains on this machine, beside what it would cost without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from npcengine.cli.console import complain
from npcengine.clock import SystemClock
from npcengine.errors import ConfigError
from npcengine.studio.bench.runner import SCENARIOS, Scenario, run_all
from npcengine.studio.bench.scenario import SPEECH_FOLDER, Options, Result
from npcengine.studio.bench.targets import judge


def bench(
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON on standard output.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="A tenth of the samples, in two minutes.")] = False,
    only: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this part; may be given several times.")
    ] = None,
    speech: Annotated[
        Path, typer.Option(metavar="DIR", help="Recorded clips and their transcripts.tsv (columns file, text).")
    ] = SPEECH_FOLDER,
    fakes: Annotated[bool, typer.Option("--fakes", hidden=True)] = False,
) -> None:
    """Measure the engine on this machine, in about ten minutes.

    Everything is measured in one run beside what it is compared with, so that ratios hold on a busy machine. Close
    other programs all the same. Parts: ready, speech, llm, tts, frames, npcs, memory, interrupt, ghosts.
    """
    scenarios = _chosen(only)
    options = Options(quick=quick, speech=speech, fakes=fakes)
    errors = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("starting", total=1.0)
        report = run_all(
            options,
            scenarios,
            clock=SystemClock(),
            on_progress=lambda name, done: progress.update(task, description=name, completed=done),
        )
    if as_json:
        print(json.dumps(report, indent=2))
    else:
        _show(report)


def _chosen(names: list[str] | None) -> tuple[Scenario, ...]:
    known = [scenario.name for scenario in SCENARIOS]
    for name in names or ():
        if name not in known:
            raise ConfigError(f"--only {name}: there is no such part; choose one of {', '.join(known)}")
    return tuple(scenario for scenario in SCENARIOS if not names or scenario.name in names)


def _show(report: Result) -> None:
    machine = report["machine"]
    console = Console(highlight=False)
    console.print(f"{machine['cpu']}, {machine['cores']} cores, load {machine['load_average']['before']}", markup=False)
    table = Table("", "reached", "target", "verdict", box=None, pad_edge=False)
    for verdict in judge(report):
        colour = {"met": "green", "missed": "red", "": "default"}[verdict.word]
        table.add_row(verdict.target.title, verdict.reached, verdict.wanted, f"[{colour}]{verdict.word}[/]")
    console.print(table)
    for note in report["notes"]:
        complain(note)
    console.print(f"{report['seconds']:.0f} s")
