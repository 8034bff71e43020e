"""An evaluation as one HTML page that needs no other file; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from npcengine.studio.evaluation.advice import HEADINGS
from npcengine.studio.evaluation.grouping import Failure, grouped
from npcengine.studio.evaluation.results import place, why
from npcengine.studio.evaluation.scoring import by_suite, score
from npcengine.studio.evaluation.sitting import Turn
from npcengine.studio.evaluation.suite import KINDS
from npcengine.studio.evaluation.terminal_report import row, summary

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --bad: #c0392b; --do: #1e8449; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child { text-align: left; }
details { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; margin: .5rem 0; }
summary { cursor: pointer; }
dl { display: grid; grid-template-columns: 5rem 1fr; gap: .15rem .75rem; margin: .5rem 0; }
dt { opacity: .65; } dd { margin: 0; } .bad { color: var(--bad); } .do { color: var(--do); }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a7a; --do: #7bd88f; } }
"""


def write_page(turns: Sequence[Turn], *, model: str) -> str:
    """The whole page; everything that stands in a file or comes from the model is escaped."""
    whole = score(turns)
    groups = "".join(_group(HEADINGS[to_do], failures) for to_do, failures in grouped(turns).items())
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Evaluation: {whole.score:.0%}</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>Evaluation: {whole.score:.0%}</h1>\n<p>{escape(summary(whole, model))}</p>\n"
        f"{_table(turns)}{groups or '<p>Nothing failed.</p>'}</body></html>\n"
    )


def _table(turns: Sequence[Turn]) -> str:
    suites = by_suite(turns)
    rows = [_row("td", (each[0].sitting.file.suite.suite, *row(score(each)))) for each in suites]
    if len(suites) > 1:
        rows.append(_row("th", ("all", *row(score(turns)))))
    head = _row("th", ("suite", "score", *(kind.replace("_", " ") for kind in KINDS)))
    return f"<table>{head}{''.join(rows)}</table>\n"


def _row(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>\n"


def _group(heading: str, failures: Sequence[Failure]) -> str:
    return f"<h2>{escape(heading)} ({len(failures)})</h2>\n" + "".join(_card(each) for each in failures)


def _card(failure: Failure) -> str:
    turn, reply = failure.turn, failure.turn.reply
    actions = ", ".join(f"{call.name} {dict(call.args) or ''}".rstrip() for call in reply.actions) or "none"
    entries = (
        ("reply", reply.text or "(nothing)", ""),
        ("why", why(turn), "bad"),
        ("do", failure.advice.hint, "do"),
        ("facts", ", ".join(reply.knowledge_used) or "none", ""),
        ("from", f"{reply.source}, {reply.emotion}, actions: {actions}", ""),
        ("kind", turn.case.kind, ""),
        ("case", place(turn), ""),
    )
    listed = "".join(f'<dt>{name}</dt><dd class="{kind}">{escape(text)}</dd>' for name, text, kind in entries)
    title = f"<b>{escape(turn.sitting.persona.name)}</b>: {escape(turn.ask)}"
    return f"<details open><summary>{title}</summary><dl>{listed}</dl></details>\n"
