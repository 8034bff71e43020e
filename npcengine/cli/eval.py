"""``npcengine eval``: scores characters against suites of questions, and says what to do about what fails."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from npcengine.cli.adapter import ADAPTER_HELP, usable
from npcengine.cli.console import complain, note
from npcengine.cli.suite_run import play_suites, questions
from npcengine.config import EngineConfig
from npcengine.errors import ConfigError
from npcengine.studio.evaluation.page import write_page
from npcengine.studio.evaluation.results import to_json
from npcengine.studio.evaluation.scoring import score
from npcengine.studio.evaluation.selection import Selection, select
from npcengine.studio.evaluation.terminal_report import show

_INTERRUPTED = 130


class _Wording(StrEnum):
    """What a character file's `wording` may be, as typer reads it."""

    author = "author"
    model = "model"


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
    wording: Annotated[
        _Wording | None, typer.Option(help="Who words what is known, instead of what the character files say.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Of all chance: what is told in which words.")] = 0,
) -> None:
    """Score characters with suites of questions, and say what to do about each reply that fails.

    Every wording of every question is put to a fresh character. Ctrl-C ends early and reports what was scored so far.
    """
    if not paths and not suite:
        raise ConfigError("eval needs something to score: name a character, a suite or a folder of them")
    selection = _selected(paths or [], suite or [])
    name = _model_name(model)
    sittings = [each.worded_by(wording.value) if wording else each for each in selection.sittings]
    config = EngineConfig(threads=threads, adapter=usable(adapter), seed=seed)
    turns, complete = play_suites(
        sittings, name, config.model_copy(update={"embedding": embedding or config.embedding})
    )
    if as_json:
        print(json.dumps(to_json(turns, model=name, complete=complete), ensure_ascii=False))
    else:
        show(turns, Console(highlight=False, markup=False, emoji=False), model=name)
    if html:
        _write(html, write_page(turns, model=name))
    if not complete:
        complain(f"interrupted: {len(turns)} of {questions(sittings)} questions were asked")
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


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path} can't be written: {error.strerror}; choose another place with --html") from error
