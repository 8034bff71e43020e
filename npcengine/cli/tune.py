"""`npcengine tune`: teaches a language model to speak for characters, and tells how it goes and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import psutil
import typer
from rich.console import Console
from rich.table import Table

from npcengine.cli.console import complain, note
from npcengine.cli.progress_line import ProgressLine
from npcengine.cli.suite_run import play_suites
from npcengine.clock import SystemClock
from npcengine.config import EngineConfig
from npcengine.errors import BackendMissing, ConfigError
from npcengine.models.adapters import NONE, check, chosen
from npcengine.models.catalogue import default_name
from npcengine.studio.evaluation.scoring import score
from npcengine.studio.evaluation.selection import select
from npcengine.studio.evaluation.sitting import Sitting
from npcengine.studio.tune.recipe import RANK, RATE, STEPS, Recipe

if TYPE_CHECKING:
    from npcengine.studio.tune.tuning import Tuning

_INTERRUPTED = 130
_SMOOTHED = 20
"""Steps that the loss on the progress line is the mean of."""


class _Precision(StrEnum):
    """What `Precision` may be, as typer reads it."""

    auto = "auto"
    bfloat16 = "bfloat16"
    float32 = "float32"


def tune(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="Character, exchange or world files, or folders of them."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The adapter, a GGUF file.")],
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="The base: a catalogue name or a GGUF file.")
    ] = None,
    steps: Annotated[int, typer.Option(metavar="N", min=1, help="Rows that are learnt from.")] = STEPS,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Of all chance.")] = 0,
    rank: Annotated[int, typer.Option(metavar="N", min=1, help="Of the corrections: size against detail.")] = RANK,
    rate: Annotated[float, typer.Option(metavar="RATE", min=0.0, help="The highest learning rate.")] = RATE,
    attention_only: Annotated[
        bool, typer.Option("--attention-only", help="Correct attention alone: a third of the size, and less is learnt.")
    ] = False,
    threads: Annotated[int | None, typer.Option(metavar="N", min=1, help="CPU threads; all cores without.")] = None,
    precision: Annotated[_Precision, typer.Option(help="Of the base while it learns.")] = _Precision.auto,
    begin_with: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help='An adapter to teach further; "default" is the shipped one.'),
    ] = None,
    hold_out: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A file, by its name without .yaml, that is measured with and never taught."),
    ] = None,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw the losses as a picture.")] = None,
    suites: Annotated[
        list[Path] | None,
        typer.Option("--eval", metavar="SUITE", help="Score a suite without the adapter and with it; may be repeated."),
    ] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Begin anew where learning was broken off.")] = False,
) -> None:
    """Teach a language model to speak for characters; the result is an adapter that it is loaded with.

    Learning that is broken off with Ctrl-C goes on where it was last kept when the command is repeated.
    """
    _check_places(out, plot)
    base = (model or default_name("llm")).removeprefix("llama:")
    recipe = Recipe(
        paths=tuple(paths),
        out=out,
        model=base,
        threads=threads or psutil.cpu_count(logical=False) or 1,
        steps=steps,
        rate=rate,
        seed=seed,
        rank=rank,
        attention_only=attention_only,
        precision=precision.value,
        hold_out=tuple(hold_out or ()),
        begin_with=_adapter(begin_with or NONE, base),
    )
    sittings = _sittings(suites or [])
    if anew:
        recipe.unfinished.unlink(missing_ok=True)
    _run(recipe, plot)
    if sittings:
        _evaluate(sittings, recipe)


def _run(recipe: Recipe, plot: Path | None) -> None:
    note("reading the files and the base model")
    tuning = _tuning(recipe)
    try:
        note(f"{tuning.moments} moments to teach, in {tuning.rows} rows; the base is held in {tuning.precision}")
        before = tuning.losses()
        losses = _learn(tuning, recipe)
        after = tuning.losses()
        tuning.write()
        print(f"{recipe.out}: {recipe.out.stat().st_size / 1e6:.1f} MB, for {recipe.model}")
        _show_losses(before, after)
        if plot:
            _plot(plot, losses, before, after)
        _show_proof(tuning)
    finally:
        tuning.close()


def _sittings(suites: list[Path]) -> list[Sitting]:
    """The suites with their characters; ends the command where a file has a mistake."""
    if not suites:
        return []
    selection = select([], suites)
    for problem in selection.problems:
        note(str(problem))
    if selection.problems:
        raise typer.Exit(1)
    return selection.sittings


def _evaluate(sittings: list[Sitting], recipe: Recipe) -> None:
    """How well suites are answered without the adapter and with it."""
    for name, adapter in (("the base alone", NONE), ("with the adapter", str(recipe.out))):
        config = EngineConfig(threads=recipe.threads, adapter=adapter)
        turns, complete = play_suites(sittings, f"llama:{recipe.model}", config)
        if not complete:
            complain("interrupted while suites were asked; the adapter is written")
            raise typer.Exit(_INTERRUPTED)
        found = score(turns)
        print(f"{name}: {found.passed} of {found.turns} questions passed ({found.score:.1%})")


def _tuning(recipe: Recipe) -> Tuning:
    """The parts put together, which takes the libraries that only teaching needs."""
    try:
        return import_module("npcengine.studio.tune.tuning").Tuning(recipe)  # type: ignore[no-any-return]
    except ModuleNotFoundError as error:
        raise BackendMissing(
            f"tune needs the package {error.name!r}, which is not installed: run  pip install 'npcengine[tune]'"
        ) from error


def _learn(tuning: Tuning, recipe: Recipe) -> list[float]:
    """The loss of every step; ends the command where it is interrupted."""
    losses: list[float] = []
    try:
        with ProgressLine(recipe.steps, SystemClock(), doing="learning", things="steps") as line:
            for progress in tuning.learn():
                losses.append(progress.loss)
                if not progress.tokens:
                    line.begin_at(progress.step)
                lately = losses[-_SMOOTHED:]
                line.advance(progress.step, standing=f"loss {sum(lately) / len(lately):.2f}")
    except KeyboardInterrupt:
        kept = "what was learnt is kept" if recipe.unfinished.is_file() else "nothing was kept yet"
        complain(f"interrupted after {len(losses)} steps; {kept}. Repeat the command to go on; --anew begins anew")
        raise typer.Exit(_INTERRUPTED) from None
    return losses


def _show_losses(before: Mapping[str, float], after: Mapping[str, float]) -> None:
    print("Loss of what was kept back (nats a token):")
    table = Table("skill", "before", "after")
    for skill, loss in before.items():
        table.add_row(skill, f"{loss:.2f}", f"{after[skill]:.2f}")
    Console(highlight=False, emoji=False).print(table)


def _show_proof(tuning: Tuning) -> None:
    proof = tuning.prove()
    print(f"llama.cpp against PyTorch, {proof.places} tokens of {proof.moments} replies:")
    for name, found in (("the base alone", proof.base), ("with the adapter", proof.adapter)):
        print(f"  {name}: likeliest token the same {found.same_first:.1%}, {found.apart_nats:.3f} nats apart")
    if not proof.holds:
        complain("the adapter does not do in llama.cpp what it learnt: its loss may be lower than its replies are good")


def _adapter(name: str, base: str) -> Path | None:
    """The file of an adapter to begin with; None is the base alone."""
    if name == NONE:
        return None
    found = chosen(name, base)
    if found is None:
        raise ConfigError(f"--from {name}: no adapter is shipped for {base}; name a file, or leave it out")
    if found.scale != 1.0:
        raise ConfigError(f"--from {name}: an adapter is taught further as it is; leave @ and what follows out")
    check(found.path)
    return found.path


def _plot(path: Path, losses: list[float], before: Mapping[str, float], after: Mapping[str, float]) -> None:
    drawing = import_module("npcengine.studio.tune.loss_plot")
    drawing.write_loss_plot(path, drawing.Learnt(losses, before, after))
    note(f"{path}: the losses")


def _check_places(out: Path, plot: Path | None) -> None:
    """Nobody shall wait for an hour to learn that the result can't be written."""
    if out.suffix != ".gguf":
        raise ConfigError(f"an adapter is a .gguf file, not {out.name}")
    for path in filter(None, (out, plot)):
        if not path.parent.is_dir():
            raise ConfigError(f"there is no folder {path.parent} for {path.name}: make it first")
    if plot:
        try:
            import_module("matplotlib")
        except ModuleNotFoundError as error:
            raise BackendMissing("--plot needs matplotlib: run  pip install 'npcengine[tune]'") from error
