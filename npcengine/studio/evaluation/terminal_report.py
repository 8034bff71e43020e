"""An evaluation as a terminal shows it; knows no model."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from npcengine.studio.evaluation.advice import HEADINGS
from npcengine.studio.evaluation.grouping import Failure, grouped
from npcengine.studio.evaluation.results import place, why
from npcengine.studio.evaluation.scoring import Score, by_suite, score
from npcengine.studio.evaluation.sitting import Turn
from npcengine.studio.evaluation.suite import KINDS


def show(turns: Sequence[Turn], console: Console, *, model: str) -> None:
    """Prints what failed by what to do, then the scores, which so stand where the eye is: at the end."""
    for to_do, failures in grouped(turns).items():
        console.print(Text(f"{HEADINGS[to_do]} ({len(failures)})", style="bold"))
        console.print()
        for failure in failures:
            _show_failure(failure, console)
    console.print(_table(turns))
    whole = score(turns)
    console.print(Text(summary(whole, model)))


def summary(whole: Score, model: str) -> str:
    """The figures in a sentence."""
    return (
        f"{whole.passed} of {whole.turns} replies pass ({whole.score:.0%}), {whole.cases} cases; "
        f"wordings of one question disagree in {whole.paraphrase_spread:.0%}; "
        f"{whole.seconds_per_turn:.2f} s a reply with {model}"
    )


def _show_failure(failure: Failure, console: Console) -> None:
    turn, reply = failure.turn, failure.turn.reply
    facts = ", ".join(reply.knowledge_used) or "none"
    done = "".join(f", asks for {call.name} {dict(call.args) or ''}".rstrip() for call in reply.actions)
    lines = (
        ("  player  ", turn.ask, ""),
        ("  reply   ", reply.text or "(nothing)", ""),
        ("  why     ", why(turn), "red"),
        ("  from    ", f"{reply.source}, facts found: {facts}, {reply.emotion}{done}", "dim"),
        ("  do      ", failure.advice.hint, "green"),
        ("  case    ", place(turn), "dim"),
    )
    for label, text, style in lines:
        console.print(Text.assemble((label, "dim"), (text, style)), soft_wrap=True)
    console.print()


def _table(turns: Sequence[Turn]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("suite")
    for heading in ("score", *KINDS):
        table.add_column(heading.replace("_", " "), justify="right")
    suites = by_suite(turns)
    for sitting in suites:
        table.add_row(Text(sitting[0].sitting.file.suite.suite), *row(score(sitting)))
    if len(suites) > 1:
        table.add_row(Text("all"), *row(score(turns)), style="bold")
    return table


def row(scored: Score) -> list[str]:
    """The score and the share of each kind, as text."""
    return [f"{scored.score:.0%}", *("–" if share is None else f"{share:.0%}" for share in scored.by_kind.values())]
