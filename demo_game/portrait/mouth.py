"""Lips, teeth and tongue from ARKit weights; knows nothing above the nose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from demo_game.looks import Look
from demo_game.portrait.canvas import Colour, mix
from demo_game.portrait.geometry import Points, band, both_ends_thin, curve
from demo_game.portrait.paint import light_of, shade_of
from demo_game.portrait.sketch import Sketch

MOUTH_Y = 0.76
HALF_WIDTH = 0.275
JAW_DROP = 0.40
"""How far the lower lip falls at jawOpen 1, in head units."""

_ALONG = np.linspace(-1.0, 1.0, 19)

INSIDE = (74, 26, 30)
TEETH = (240, 234, 222)
LOWER_TEETH = (222, 214, 202)
TONGUE = (186, 88, 86)

RAISED = 0.03
"""Lips stand out from the face (head units)."""


@dataclass(frozen=True, slots=True)
class Lips:
    """Four curves of a mouth over the same x, in head units.

    Attributes:
        x: From the viewer's left corner to the right one.
        outer_upper: Upper edge of the upper lip.
        inner_upper: Its lower edge.
        inner_lower: Upper edge of the lower lip.
        outer_lower: Its lower edge.
        teeth: y of the upper teeth's edge.
        jaw: How far the jaw has dropped.
    """

    x: Points
    outer_upper: Points
    inner_upper: Points
    inner_lower: Points
    outer_lower: Points
    teeth: Points
    jaw: float

    def band(self, upper: Points, lower: Points) -> Points:
        """The closed outline between two curves."""
        return band(self.x, upper, lower)

    @property
    def gap(self) -> float:
        """The widest opening between the lips."""
        return float(np.max(self.inner_lower - self.inner_upper))


def jaw_drop(weights: Mapping[str, float]) -> float:
    """How far the jaw hangs, in head units."""
    return JAW_DROP * min(weights["jawOpen"], 1.0)


def both(weights: Mapping[str, float], name: str) -> float:
    """The mean of a left and a right weight."""
    return 0.5 * (weights[name + "Left"] + weights[name + "Right"])


def lips_of(weights: Mapping[str, float], look: Look) -> Lips:
    """Where the lips are. Corners first, then the opening, then how thick each lip is."""
    pucker, funnel = weights["mouthPucker"], weights["mouthFunnel"]
    rounding = min(pucker + 0.6 * funnel, 1.0)
    press = both(weights, "mouthPress")
    x, corner_y = _corners(weights, rounding)
    drop = jaw_drop(weights) * (1.0 - min(weights["mouthClose"], 1.0))
    raised = 0.075 * both(weights, "mouthUpperUp") + 0.045 * funnel
    lowered = 0.1 * both(weights, "mouthLowerDown") + 0.05 * funnel - 0.05 * weights["mouthShrugLower"]
    arch = np.maximum(1.0 - np.abs(_ALONG) ** (2.0 + 0.6 * rounding), 0.0) ** (0.85 - 0.3 * rounding)
    base = MOUTH_Y + corner_y - 0.03 * weights["mouthShrugUpper"]
    inner_upper = base - raised * arch - 0.012 * np.exp(-((_ALONG / 0.3) ** 2)) * (1.0 - rounding)
    inner_lower = np.maximum(base + (drop + lowered) * arch, inner_upper)
    swell = look.lip_fullness * (1.0 + 0.5 * pucker + 0.25 * funnel - 0.4 * press)
    upper_thick = 0.062 * swell * (1.0 - 0.7 * weights["mouthRollUpper"]) * (1.0 - 0.25 * both(weights, "mouthSmile"))
    lower_thick = 0.084 * swell * (1.0 - 0.6 * weights["mouthRollLower"]) * (1.0 - 0.15 * both(weights, "mouthSmile"))
    body = np.maximum(1.0 - np.abs(_ALONG) ** 2.2, 0.0) ** 0.8
    bow = 1.0 - 0.24 * np.exp(-((_ALONG / 0.16) ** 2)) * (1.0 - 0.6 * rounding)
    outer_upper = inner_upper - upper_thick * body * bow
    outer_lower = inner_lower + lower_thick * body
    teeth = np.full(len(x), MOUTH_Y + 0.035 - 0.055 * rounding)
    return Lips(x, outer_upper, inner_upper, inner_lower, outer_lower, teeth, drop)


def _corners(weights: Mapping[str, float], rounding: float) -> tuple[Points, Points]:
    """X over the mouth, and how far each point is pulled up or down by its corner."""
    jaw = jaw_drop(weights)
    reach, rise = {}, {}
    for side, name in ((-1, "Right"), (1, "Left")):
        smile, stretch = weights["mouthSmile" + name], weights["mouthStretch" + name]
        widen = 0.26 * smile + 0.2 * stretch + 0.12 * weights["mouthDimple" + name]
        narrow = 0.42 * rounding + 0.3 * jaw + 0.06 * weights["mouthPress" + name]
        reach[side] = HALF_WIDTH * (1.0 + widen - narrow)
        rise[side] = -0.028 - 0.12 * smile + 0.12 * weights["mouthFrown" + name] + 0.02 * stretch + 0.38 * jaw
    shift = 0.07 * (weights["mouthLeft"] - weights["mouthRight"] + 0.6 * (weights["jawLeft"] - weights["jawRight"]))
    half = np.where(_ALONG < 0, reach[-1], reach[1])
    corner = np.where(_ALONG < 0, rise[-1], rise[1]) * np.abs(_ALONG) ** 1.7
    return _ALONG * half + shift, corner


def draw_mouth(sketch: Sketch, look: Look, *, weights: Mapping[str, float]) -> Lips:
    """The whole mouth; returns where its lips are, for a moustache to follow."""
    lips = lips_of(weights, look)
    if look.beard not in ("full", "short"):
        under = curve(lips.x * 0.8, lips.outer_lower + 0.035)[4:-4]
        sketch.line(under, mix(look.skin, shade_of(look.skin), 0.4), both_ends_thin(len(under)) * 0.034)
    if lips.gap > 0.008:
        _draw_inside(sketch, lips, tongue_out=min(weights["tongueOut"], 1.0))
    _draw_lips(sketch, look, lips)
    return lips


def _draw_inside(sketch: Sketch, lips: Lips, *, tongue_out: float) -> None:
    """The dark of the mouth with teeth and tongue, each cut off by the lips."""
    top, bottom = lips.inner_upper, lips.inner_lower
    sketch.fill(lips.band(top, bottom), INSIDE, above=RAISED)
    upper_teeth = np.clip(lips.teeth + 0.012 * _ALONG**2, top, bottom)
    _fill_band(sketch, lips, (top, upper_teeth), reach=slice(2, -2), colour=TEETH)
    lower_teeth = np.clip(MOUTH_Y + lips.jaw + 0.03 - 0.01 * np.abs(_ALONG), upper_teeth, bottom)
    _fill_band(sketch, lips, (lower_teeth, bottom), reach=slice(4, -4), colour=LOWER_TEETH)
    back = MOUTH_Y + lips.jaw * (0.62 - 0.6 * tongue_out) + 0.03 - 0.03 * tongue_out
    hump = np.clip(back + 0.09 * np.abs(_ALONG * 1.25) ** 2.2, top + 0.012, np.maximum(bottom, top + 0.012))
    colour = mix(mix(TONGUE, INSIDE, 0.35), TONGUE, tongue_out + 0.2)
    _fill_band(sketch, lips, (hump, bottom), reach=slice(3, -3), colour=colour)


def _fill_band(sketch: Sketch, lips: Lips, curves: tuple[Points, Points], *, reach: slice, colour: Colour) -> None:
    """Fills between two curves over a part of the mouth, if there is anything between."""
    upper, lower = curves
    if float(np.max(lower[reach] - upper[reach])) > 0.006:
        sketch.fill(band(lips.x[reach], upper[reach], lower[reach]), colour, above=RAISED)


def _draw_lips(sketch: Sketch, look: Look, lips: Lips) -> None:
    """Both lips, the light on the lower one, the line between them and the corners."""
    dark = mix(look.lips, shade_of(look.lips, depth=0.6), 0.4)
    sketch.fill(lips.band(lips.outer_upper, lips.inner_upper), dark, above=RAISED)
    sketch.fill(lips.band(lips.inner_lower, lips.outer_lower), look.lips, above=RAISED)
    gleam = curve(lips.x, lips.inner_lower * 0.6 + lips.outer_lower * 0.4)[4:-6]
    thick = float(np.max(lips.outer_lower - lips.inner_lower))
    light = mix(look.lips, light_of(look.lips, height=0.6), 0.42)
    sketch.line(gleam, light, both_ends_thin(len(gleam)) * thick * 0.3, above=RAISED)
    ink = mix(shade_of(look.lips, depth=0.8), INSIDE, 0.4)
    line = curve(lips.x, lips.inner_upper)
    line[0, 0] -= 0.014
    line[-1, 0] += 0.014
    sketch.line(line, ink, (0.45 + 0.55 * both_ends_thin(len(line))) * 0.017, above=RAISED)
