"""Draws where the time of one spoken turn goes, the engine's beside the naive chain's, from a benchmark's report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

_ENGINE = (
    ("key", "lets go of the key"),
    ("stt", "what was said is known"),
    ("first_token", "first words are safe"),
    ("first_audio", "first clause is speech"),
)
_NAIVE = (
    ("key", "lets go of the key"),
    ("stt", "transcribes all"),
    ("reply", "generates all"),
    ("first_audio", "synthesises all"),
)
_COLOURS = ("#b8b8c0", "#4c8bbf", "#d58a3a", "#5aa469")
_INK = "#2b2d33"


@dataclass(frozen=True, slots=True)
class Bar:
    """One step, in milliseconds since the player's last word."""

    label: str
    begin_ms: float
    end_ms: float
    colour: str


def bars(ends_ms: Mapping[str, float | None], steps: Sequence[tuple[str, str]]) -> list[Bar]:
    """Steps that follow one another, each from the end of the one before; what was not measured is left out."""
    drawn: list[Bar] = []
    begin_ms = 0.0
    for (key, label), colour in zip(steps, _COLOURS, strict=True):
        end_ms = ends_ms.get(key)
        if end_ms is None:
            continue
        drawn.append(Bar(label, begin_ms, max(begin_ms, end_ms), colour))
        begin_ms = max(begin_ms, end_ms)
    return drawn


def draw(report: Mapping[str, Any], path: Path) -> None:
    """Writes the picture.

    Args:
        report: Of ``npcengine bench --json``, with spoken turns in it.
        path: A PNG or SVG file.
    """
    mpl.use("Agg")
    steps = report["steps_ms"]
    rows = [("npcengine", bars(steps["engine"], _ENGINE)), ("one after\nthe other", bars(steps["naive"], _NAIVE))]
    rows = [(name, drawn) for name, drawn in rows if drawn]
    figure = Figure(figsize=(9.6, 1.2 + 1.35 * len(rows)), dpi=150, layout="constrained")
    axes = figure.subplots()
    longest_ms = max(bar.end_ms for _, drawn in rows for bar in drawn)
    for row, (_, drawn) in enumerate(rows):
        _draw_row(axes, row, drawn, longest_ms)
    _dress(axes, [name for name, _ in rows], longest_ms)
    machine = report["machine"]
    axes.set_title(
        f"From the player's last word to the first sound: medians of {report['turns']} spoken turns "
        f"on {machine['cpu']}, {machine['cores']} cores",
        fontsize=9.5,
        color=_INK,
        loc="left",
    )
    figure.savefig(path, metadata={"Software": None} if path.suffix == ".png" else None)


def _draw_row(axes: Axes, row: int, drawn: Sequence[Bar], longest_ms: float) -> None:
    """A cascade: each step a little lower than the one before."""
    height = 0.8 / len(drawn)
    for index, bar in enumerate(drawn):
        at = row - 0.4 + (index + 0.5) * height
        axes.barh(at, bar.end_ms - bar.begin_ms, left=bar.begin_ms, height=height * 0.86, color=bar.colour)
        text = f"{bar.label}, {bar.end_ms - bar.begin_ms:.0f} ms"
        right = bar.end_ms < longest_ms * 0.62
        axes.text(
            bar.end_ms + longest_ms * 0.008 if right else bar.begin_ms - longest_ms * 0.008,
            at,
            text,
            ha="left" if right else "right",
            va="center",
            fontsize=8,
            color=_INK,
        )
    end_ms = drawn[-1].end_ms
    axes.plot([end_ms, end_ms], [row + 0.38 - height, row + 0.42], color=_INK, linewidth=1.4)
    axes.text(end_ms, row + 0.43, f"sound after {end_ms:.0f} ms", ha="center", va="top", fontsize=8.5, weight="bold")


def _dress(axes: Axes, names: Sequence[str], longest_ms: float) -> None:
    axes.set_yticks(range(len(names)), names, fontsize=9, color=_INK)
    axes.set_ylim(len(names) - 0.35, -0.5)
    axes.set_xlim(0, longest_ms * 1.1)
    axes.set_xlabel("milliseconds since the player's last word", fontsize=8.5, color=_INK)
    axes.tick_params(axis="x", labelsize=8, colors=_INK)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#e4e4e8")
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
