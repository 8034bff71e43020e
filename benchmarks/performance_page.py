"""Renews docs/performance.md from a report: ``npcengine bench --json | python -m benchmarks.performance_page``.

Writes the report to benchmarks/report.json, its figures between the page's two marks, and the picture.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import waterfall
from npcengine.studio.bench.targets import judge

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
REPORT = ROOT / "benchmarks" / "report.json"
PICTURE = ROOT / "assets" / "waterfall.png"
BEGIN, END = "<!-- figures: written by benchmarks/performance_page.py -->", "<!-- end of figures -->"


def main() -> None:
    """Reads a report on standard input; without one, takes the last."""
    given = "" if sys.stdin.isatty() else sys.stdin.read()
    report = json.loads(given or REPORT.read_text(encoding="utf-8"))
    page = renewed(PAGE.read_text(encoding="utf-8"), report)
    REPORT.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page, encoding="utf-8")
    if report.get("steps_ms"):
        waterfall.draw(report, PICTURE)
    print(f"{PAGE.relative_to(ROOT)} is renewed; look at it and at {PICTURE.relative_to(ROOT)}")


def renewed(page: str, report: Mapping[str, Any]) -> str:
    """The page with this report's figures between its marks.

    Raises:
        ValueError: The page has lost its marks.
    """
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE} needs the lines {BEGIN!r} and {END!r}, between which the figures go")
    return f"{head}{BEGIN}\n\n{figures(report)}\n\n{END}{tail}"


def figures(report: Mapping[str, Any]) -> str:
    """Where it was measured, a row for each target, and what could not be measured."""
    machine = report["machine"]
    load = machine["load_average"]
    before, after = (each[0] if each else "unknown" for each in (load["before"], load["after"]))
    where = (
        f"Measured in one run of {report['seconds'] / 60:.0f} minutes on {machine['cpu']}, {machine['cores']} cores, "
        f"{machine['memory_mb'] / 1000:.0f} GB, Python {machine['python']}, with {machine['threads']} threads for the "
        f"models ({', '.join(report['models'].values())}); {report.get('turns', 0)} turns in a {report.get('voice')} "
        f"voice. Load average before: {before}, after: {after}."
    )
    rows = [
        f"| {verdict.target.title} | {verdict.reached} | {verdict.wanted} | {verdict.word} |"
        for verdict in judge(dict(report))
    ]
    notes = [f"- {note}" for note in report["notes"]]
    return "\n".join(
        [where, "", "| what | reached | target | |", "|---|---|---|---|", *rows, *([""] if notes else []), *notes]
    )


if __name__ == "__main__":
    main()
