"""Losses over steps and by skill, drawn by matplotlib; knows no model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from npcengine.errors import ConfigError

SMOOTHED = 25
"""Steps of which the thick line is the mean."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """How it went.

    Attributes:
        losses: Of every step's row, in nats a token; at least one.
        before: Of each skill on what was kept back, before anything was learnt.
        after: And after all was.
    """

    losses: Sequence[float]
    before: Mapping[str, float]
    after: Mapping[str, float]


def write_loss_plot(path: Path, learnt: Learnt) -> None:
    """The loss of every step, and what each skill cost before and after.

    Raises:
        ConfigError: The file can't be written, or its ending names no kind of picture.
    """
    figure = Figure(figsize=(11.0, 4.6), layout="constrained")
    over_steps, by_skill = figure.subplots(1, 2, width_ratios=(1.2, 1.0))
    _draw_steps(over_steps, learnt.losses)
    _draw_skills(by_skill, learnt)
    try:
        figure.savefig(path, dpi=100)
    except OSError as error:
        raise ConfigError(f"Can't write the plot to {path}: {error.strerror}.") from error
    except ValueError as error:  # an ending that names no format
        raise ConfigError(f"{path}: {error}") from error


def _draw_steps(axes: Axes, losses: Sequence[float]) -> None:
    steps = np.arange(1, len(losses) + 1)
    axes.plot(steps, losses, color="#8fa9bf", linewidth=0.7, label="each step")
    width = min(SMOOTHED, len(losses))
    smooth = np.convolve(losses, np.full(width, 1.0 / width), mode="valid")
    axes.plot(steps[width - 1 :], smooth, color="#c0392b", linewidth=1.8, label=f"mean of {width}")
    axes.set_xlabel("step")
    axes.set_ylabel("loss of what is taught (nats a token)")
    axes.legend()


def _draw_skills(axes: Axes, learnt: Learnt) -> None:
    skills = list(learnt.before)[::-1]
    places = np.arange(len(skills))
    for label, costs, offset, colour in (
        ("before", learnt.before, 0.2, "#8fa9bf"),
        ("after", learnt.after, -0.2, "#c0392b"),
    ):
        axes.barh(places + offset, [costs.get(skill, 0.0) for skill in skills], 0.38, label=label, color=colour)
    axes.set_yticks(places, skills, fontsize=8)
    axes.set_xlabel("loss of what was kept back (nats a token)")
    axes.legend()
