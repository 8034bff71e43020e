"""A drawn mouth from ARKit weights: lips, teeth and tongue; knows nothing above the nose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from npcengine.studio.preview.look import Look, light, mix, shade
from npcengine.studio.preview.paper import Paper
from npcengine.studio.preview.shapes import Points, band, smooth, stroke

MOUTH_Y = 0.76
HALF_WIDTH = 0.3
JAW_DROP = 0.4
"""How far the lower lip falls at jawOpen 1, in head units."""

_INSIDE, _TEETH, _TONGUE = (84, 32, 38), (250, 246, 238), (206, 104, 104)
_T = np.linspace(-1.0, 1.0, 25)


@dataclass(frozen=True, slots=True)
class Lips:
    """Four curves over the same x, in head units."""

    x: Points
    top: Points
    upper: Points
    lower: Points
    bottom: Points
    drop: float
    rounding: float


def both(weights: Mapping[str, float], name: str) -> float:
    """The mean of a left and a right weight."""
    return 0.5 * (weights[name + "Left"] + weights[name + "Right"])


def jaw_drop(weights: Mapping[str, float]) -> float:
    """How far the jaw hangs, in head units."""
    return JAW_DROP * weights["jawOpen"]


def lips_of(weights: Mapping[str, float]) -> Lips:
    """Where the lips are: corners first, then the opening, then how thick each lip is."""
    pucker, funnel, press = weights["mouthPucker"], weights["mouthFunnel"], both(weights, "mouthPress")
    rounding = min(pucker + 0.6 * funnel, 1.0)
    drop = jaw_drop(weights) * (1.0 - weights["mouthClose"])
    x, corners = _corners(weights, rounding, drop)
    arch = np.maximum(1.0 - np.abs(_T) ** (2.2 + 0.6 * rounding), 0.0) ** (0.8 - 0.25 * rounding)
    raised = 0.08 * both(weights, "mouthUpperUp") + 0.045 * funnel
    lowered = 0.1 * both(weights, "mouthLowerDown") + 0.05 * funnel - 0.05 * weights["mouthShrugLower"]
    base = MOUTH_Y + corners - 0.03 * weights["mouthShrugUpper"]
    upper = base - raised * arch
    lower = np.maximum(base + (drop + lowered) * arch, upper)
    swell = 1.0 + 0.45 * pucker + 0.25 * funnel - 0.4 * press
    body = np.maximum(1.0 - np.abs(_T) ** 2.4, 0.0) ** 0.8
    bow = 1.0 - 0.22 * np.exp(-((_T / 0.17) ** 2)) * (1.0 - 0.6 * rounding)
    top = upper - 0.06 * swell * (1.0 - 0.7 * weights["mouthRollUpper"]) * body * bow
    bottom = lower + 0.085 * swell * (1.0 - 0.6 * weights["mouthRollLower"]) * body
    return Lips(x, top, upper, lower, bottom, drop, rounding)


def _corners(weights: Mapping[str, float], rounding: float, drop: float) -> tuple[Points, Points]:
    """X over the mouth, and how far each point is pulled up or down by its corner."""
    reach, rise = [], []
    for side in ("Right", "Left"):
        smile, stretch = weights["mouthSmile" + side], weights["mouthStretch" + side]
        widen = 0.26 * smile + 0.2 * stretch + 0.12 * weights["mouthDimple" + side]
        reach.append(HALF_WIDTH * (1.0 + widen - 0.42 * rounding - 0.3 * drop - 0.05 * weights["mouthPress" + side]))
        rise.append(-0.035 - 0.12 * smile + 0.11 * weights["mouthFrown" + side] + 0.02 * stretch + 0.38 * drop)
    shift = 0.07 * (weights["mouthLeft"] - weights["mouthRight"] + 0.6 * (weights["jawLeft"] - weights["jawRight"]))
    half = np.where(_T < 0.0, reach[0], reach[1])
    return _T * half + shift, np.where(_T < 0.0, rise[0], rise[1]) * np.abs(_T) ** 1.8


def draw_mouth(paper: Paper, look: Look, weights: Mapping[str, float]) -> None:
    """The whole mouth."""
    lips = lips_of(weights)
    rose = mix(look.skin, (186, 74, 78), 0.55)
    chin = np.column_stack([lips.x * 0.6, lips.bottom + 0.05])[6:-6]
    paper.fill(stroke(chin, 0.03), mix(look.skin, shade(look.skin, 0.4), 0.4))
    if float(np.max(lips.lower - lips.upper)) > 0.01:
        _draw_inside(paper, lips, tongue_out=weights["tongueOut"])
    paper.fill(band(lips.x, lips.top, lips.upper), shade(rose, 0.14))
    paper.fill(band(lips.x, lips.lower, lips.bottom), rose)
    gleam = np.column_stack([lips.x, 0.55 * lips.lower + 0.45 * lips.bottom])[7:-7]
    paper.fill(stroke(gleam, 0.26 * float(np.max(lips.bottom - lips.lower))), light(rose, 0.3))
    line = np.column_stack([lips.x, lips.upper])
    ends = np.array([[0.014, 0.0]])
    line = np.concatenate([line[:1] - ends, line, line[-1:] + ends])
    paper.fill(stroke(line, 0.022, taper=0.7), shade(rose, 0.55))


def _draw_inside(paper: Paper, lips: Lips, *, tongue_out: float) -> None:
    """The dark of the mouth with teeth and tongue, each cut off by the lips."""
    paper.fill(band(lips.x, lips.upper, lips.lower), _INSIDE)
    back = MOUTH_Y + (0.6 - 0.55 * tongue_out) * lips.drop + 0.035 - 0.04 * tongue_out + 0.1 * np.abs(1.25 * _T) ** 2.2
    tongue = np.clip(back, lips.upper, lips.lower)
    edge = np.clip(MOUTH_Y + 0.028 - 0.075 * lips.rounding + 0.01 * _T**2, lips.upper, lips.lower)
    paper.fill(band(lips.x[2:-2], lips.upper[2:-2], edge[2:-2]), _TEETH)
    paper.fill(band(lips.x, tongue, lips.lower), mix(shade(_TONGUE, 0.25), _TONGUE, 0.3 + tongue_out))


def draw_folds(paper: Paper, look: Look, weights: Mapping[str, float]) -> None:
    """The folds from nose to mouth that a smile or a sneer deepens."""
    for way, side in ((-1.0, "Right"), (1.0, "Left")):
        depth = weights["mouthSmile" + side] + 0.7 * weights["noseSneer" + side]
        if depth > 0.12:
            fold = np.array([(0.19, 0.48), (0.28, 0.56), (0.36, 0.66), (0.4 + 0.04 * depth, 0.76)]) * [way, 1.0]
            paper.fill(stroke(smooth(fold, closed=False), 0.02), mix(look.skin, shade(look.skin, 0.5), 0.75 * depth))
