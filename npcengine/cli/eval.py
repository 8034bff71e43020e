"""``npcengine eval``: scores characters against suites of questions, and says what to do about what fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Self

import psutil
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from npcengine.brain.embedding import open_meaning
from npcengine.brain.registry import open_llm
from npcengine.cli.adapter import ADAPTER_HELP, usable
from npcengine.cli.console import complain, note
from npcengine.clock import Clock, SystemClock
from npcengine.config import EngineConfig
from npcengine.errors import BackendMissing, ConfigError
from npcengine.studio.evaluation.page import write_page
from npcengine.studio.evaluation.results import to_json
from npcengine.studio.evaluation.scoring import score
from npcengine.studio.evaluation.selection import Selection, select
from npcengine.studio.evaluation.sitting import Sitting, Turn
from npcengine.studio.evaluation.terminal_report import show
from npcengine.types import LoadOptions

_INTERRUPTED = 130
_NOTES = 10
"""So many notes on progress where there is no terminal to draw a bar on."""


def evaluate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Character files, suite files, or folders of them.", show_default=False),
    ] = None,
    suite: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A suite; without, suites that name the character.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the report as a web page.")] = None,
    min_score: Annotated[
        float | None, typer.Option(metavar="SHARE", min=0.0, max=1.0, help="End with code 1 below this score (0-1).")
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Another language model: a catalogue name or a GGUF file.")
    ] = None,
    embedding: Annotated[
        str | None,
        typer.Option(metavar="NAME", help='Another sentence embedder ("bert:NAME"), or "none": words alone.'),
    ] = None,
    threads: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="CPU threads; 1 is fastest on a machine that is busy.")
    ] = None,
    adapter: Annotated[str | None, typer.Option(metavar="NAME", help=ADAPTER_HELP)] = None,
) -> None:
    """Score characters with suites of questions, and say what to do about each reply that fails.

    Every wording of every question is put to a fresh character. Ctrl-C ends early and reports what was scored so far.
    """
    if not paths and not suite:
        raise ConfigError("eval needs something to score: name a character, a suite or a folder of them")
    selection = _selected(paths or [], suite or [])
    name = _model_name(model)
    turns, complete = _play(selection.sittings, name, _config(embedding, threads, usable(adapter)))
    if as_json:
        print(json.dumps(to_json(turns, model=name, complete=complete), ensure_ascii=False))
    else:
        show(turns, Console(highlight=False, markup=False, emoji=False), model=name)
    if html:
        _write(html, write_page(turns, model=name))
    if not complete:
        complain(f"interrupted: {len(turns)} of {sum(each.turns for each in selection.sittings)} questions were asked")
        raise typer.Exit(_INTERRUPTED)
    reached = score(turns).score
    if min_score is not None and reached < min_score:
        complain(f"the score {reached:.3f} is below {min_score:g}")
        raise typer.Exit(1)


def _selected(paths: list[Path], suites: list[Path]) -> Selection:
    """What to score; ends the command where a file has a mistake."""
    selection = select(paths, suites)
    for each in selection.notes:
        note(each)
    for problem in selection.problems:
        note(str(problem))
    if selection.problems:
        raise typer.Exit(1)
    return selection


def _model_name(model: str | None) -> str:
    if model is None:
        return EngineConfig().llm
    return model if model.partition(":")[0] in ("llama", "fake") else f"llama:{model}"


def _config(embedding: str | None, threads: int | None, adapter: str) -> EngineConfig:
    config = EngineConfig(threads=threads, adapter=adapter)
    return config if embedding is None else config.model_copy(update={"embedding": embedding})


def _play(sittings: list[Sitting], name: str, config: EngineConfig) -> tuple[list[Turn], bool]:
    """The turns that were played, and whether these are all."""
    try:
        from npcengine.studio.evaluation.asking import play  # noqa: PLC0415 - the other commands need no mind
    except ModuleNotFoundError as error:
        raise BackendMissing(
            f"eval needs the package {error.name!r}, which is not installed: run  pip install 'npcengine[mind]'"
        ) from error
    clock = SystemClock()
    turns: list[Turn] = []
    language_model = open_llm(name, _load_options(config))
    embedder = open_meaning(config.embedding, _load_options(config))
    try:
        with _ProgressLine(sum(each.turns for each in sittings), clock) as line:
            for turn in play(sittings, language_model, clock, embedder=embedder, seed=config.seed):
                turns.append(turn)
                line.advance(len(turns))
    except KeyboardInterrupt:
        return turns, False
    finally:
        language_model.close()
        if embedder:
            embedder.close()
    return turns, True


def _load_options(config: EngineConfig) -> LoadOptions:
    """The language model has the machine to itself here."""
    threads = config.threads or psutil.cpu_count(logical=False) or 1
    return LoadOptions(threads=threads, seed=config.seed, context_tokens=config.context_tokens, adapter=config.adapter)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path} can't be written: {error.strerror}; choose another place with --html") from error


class _ProgressLine:
    """How far it is and how long it takes yet, on standard error: a bar on a terminal, a few lines elsewhere."""

    def __init__(self, total: int, clock: Clock) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("asking"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("asking", total=total)
        self._drawn = console.is_terminal
        self._total = total
        self._clock = clock
        self._begun_s = clock.now()

    def __enter__(self) -> Self:
        if self._drawn:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._bar.stop()

    def advance(self, done: int) -> None:
        """So many questions are answered."""
        self._bar.update(self._task, completed=done)
        step = max(1, self._total // _NOTES)
        if not self._drawn and done % step == 0 and done < self._total:
            left_s = (self._clock.now() - self._begun_s) / done * (self._total - done)
            note(f"{done} of {self._total} questions, about {left_s:.0f} s left")
