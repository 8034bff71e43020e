"""The page of figures and its picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from benchmarks.performance_page import BEGIN, END, PAGE, renewed
from benchmarks.waterfall import bars, draw

REPORT: dict[str, Any] = {
    "machine": {
        "cpu": "A processor",
        "cores": 2,
        "threads": 2,
        "memory_mb": 8000,
        "python": "3.11",
        "load_average": {"before": None, "after": [1.0, 1.0, 1.0]},
    },
    "models": {"stt": "whisper:a", "llm": "llama:b", "tts": "piper:c"},
    "turns": 24,
    "voice": "human",
    "seconds": 600.0,
    "notes": ["llm: was not there"],
    "interrupt": {"stop_ms": 12.5},
    "steps_ms": {
        "engine": {"key": 150.0, "stt": 140.0, "first_token": 400.0, "first_audio": 600.0},
        "naive": {"key": 150.0, "stt": None, "reply": 1200.0, "first_audio": 2000.0},
    },
}


def test_figures_go_between_the_marks_and_nothing_else_changes() -> None:
    """The words around them are a person's; renewing twice is renewing once."""
    page = f"Before.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n"
    once = renewed(page, REPORT)
    assert once.startswith("Before.\n\n")
    assert once.endswith("\n\nAfter.\n")
    assert "| interrupt() to silence | 12.5 ms | ≤ 60 ms | met |" in once
    assert "- llm: was not there" in once
    assert "old" not in once
    assert renewed(once, REPORT) == once


def test_the_page_has_its_marks() -> None:
    """So that one command renews it; a page without them is refused."""
    assert renewed(PAGE.read_text(encoding="utf-8"), REPORT)
    with pytest.raises(ValueError, match="needs the lines"):
        renewed("no marks", REPORT)


def test_bars_follow_one_another() -> None:
    """Each from the end of the one before; a step that was done sooner takes no time, one not measured has no bar."""
    engine = bars(
        REPORT["steps_ms"]["engine"], (("key", "a"), ("stt", "b"), ("first_token", "c"), ("first_audio", "d"))
    )
    assert [(bar.begin_ms, bar.end_ms) for bar in engine] == [(0, 150), (150, 150), (150, 400), (400, 600)]
    naive = bars(REPORT["steps_ms"]["naive"], (("key", "a"), ("stt", "b"), ("reply", "c"), ("first_audio", "d")))
    assert [bar.label for bar in naive] == ["a", "c", "d"]


def test_the_picture_is_drawn(tmp_path: Path) -> None:
    """A PNG that holds the colours of all four steps."""
    path = tmp_path / "waterfall.png"
    draw(REPORT, path)
    with Image.open(path) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or []}
    assert {(0xB8, 0xB8, 0xC0), (0xD5, 0x8A, 0x3A), (0x5A, 0xA4, 0x69)} <= colours
