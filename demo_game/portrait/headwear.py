"""Scarf, band, hood and cap: what is worn over the hair; knows no hair."""

from __future__ import annotations

import numpy as np

from demo_game.looks import Look
from demo_game.portrait import paint
from demo_game.portrait.geometry import both_ends_thin, smooth
from demo_game.portrait.sketch import Sketch

SCARF = [(0.92, 0.05), (1.02, -0.35), (0.94, -0.86), (0.58, -1.24), (0.0, -1.38), (-0.58, -1.24),
         (-0.94, -0.86), (-1.02, -0.35), (-0.92, 0.05), (-0.86, -0.25), (-0.7, -0.58), (-0.4, -0.8),
         (0.0, -0.86), (0.4, -0.8), (0.7, -0.58), (0.86, -0.25)]  # fmt: skip
HOOD = [(1.12, 1.3), (1.26, 0.4), (1.2, -0.5), (0.86, -1.2), (0.3, -1.52), (0.0, -1.58), (-0.3, -1.52),
        (-0.86, -1.2), (-1.2, -0.5), (-1.26, 0.4), (-1.12, 1.3), (-0.98, 0.6), (-0.96, -0.1), (-0.82, -0.66),
        (-0.46, -1.02), (0.0, -1.12), (0.46, -1.02), (0.82, -0.66), (0.96, -0.1), (0.98, 0.6)]  # fmt: skip
CAP = [(1.04, -0.5), (1.14, -0.74), (0.98, -1.2), (0.5, -1.5), (-0.1, -1.52), (-0.66, -1.36), (-1.02, -1.02),
       (-1.08, -0.68), (-0.98, -0.48), (-0.5, -0.7), (0.0, -0.76), (0.5, -0.7)]  # fmt: skip


BAND = [(-0.97, -0.6), (-0.6, -0.86), (0.0, -0.98), (0.6, -0.86), (0.97, -0.6), (0.97, -0.4), (0.62, -0.66),
        (0.0, -0.78), (-0.62, -0.66), (-0.97, -0.4)]  # fmt: skip
BAND_ENDS = [
    (-0.93, -0.5),
    (-1.14, -0.64),
    (-1.22, -0.42),
    (-1.04, -0.42),
    (-1.14, -0.12),
    (-0.98, -0.08),
    (-0.9, -0.4),
]


def draw_headwear(sketch: Sketch, look: Look, scale: float) -> None:
    """What the look wears on its head, if anything."""
    if look.headwear == "none":
        return
    texture = paint.cloth(look.headwear_colour, look.glow, scale)
    edge = paint.hair_shade(look.headwear_colour, depth=0.5)
    wide = [look.width, 1.0]

    def wear(outline: list[tuple[float, float]], above: float, steps: int = 6) -> None:
        points = smooth(np.array(outline), steps=steps) * wide
        sketch.fill_texture(points, texture, middle=paint.MIDDLE, edge=edge, above=above)

    def seam(line: list[tuple[float, float]], drop: float) -> None:
        points = smooth(np.array(line) * wide + [0.0, drop], closed=False)
        sketch.line(points, edge, both_ends_thin(len(points)) * 0.014, above=0.1)

    if look.headwear == "band":
        wear(BAND_ENDS, -0.05, 4)
        wear(BAND, 0.16)
        seam([(-0.7, -0.68), (0.0, -0.87), (0.7, -0.7)], 0.0)
    elif look.headwear == "scarf":
        wear(SCARF, 0.14)
        seam(SCARF[9:], -0.05)
    elif look.headwear == "hood":
        wear(HOOD, 0.1)
    elif look.headwear == "cap":
        wear(CAP, 0.12)
        seam([(-0.96, -0.52), (-0.5, -0.74), (0.0, -0.8), (0.5, -0.74), (1.0, -0.54)], 0.0)
