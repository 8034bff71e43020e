"""Nose, folds and lines of age: what lies between eyes and mouth; knows no hair."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from demo_game.looks import Look
from demo_game.portrait.canvas import mix
from demo_game.portrait.geometry import Points, both_ends_thin, smooth
from demo_game.portrait.mouth import both
from demo_game.portrait.paint import light_of, shade_of
from demo_game.portrait.sketch import Sketch

NOSE_Y = 0.44
BASE = [(-0.115, 0.0), (-0.05, 0.05), (0.0, 0.06), (0.05, 0.05), (0.115, 0.0), (0.05, 0.02), (-0.05, 0.02)]
WING = [(0.1, -0.055), (0.135, -0.01), (0.105, 0.03)]
NOSTRIL = [(0.035, 0.032), (0.062, 0.018), (0.09, 0.024), (0.06, 0.04)]
TIP = [(-0.055, -0.055), (-0.025, -0.075), (0.0, -0.05), (-0.028, -0.03)]


def draw_nose(sketch: Sketch, look: Look, *, weights: Mapping[str, float]) -> None:
    """The nose's underside, wings and nostrils and the light on its tip; the bridge is in the skin's texture."""
    sneer = both(weights, "noseSneer")
    at = np.array([0.0, NOSE_Y - 0.03 * sneer])
    shade = shade_of(look.skin)

    def curve(points: list[tuple[float, float]], way: float = 1.0, *, closed: bool = True) -> Points:
        placed: Points = smooth(np.array(points) * [way * look.nose, look.nose], closed=closed, steps=3) + at
        return placed

    sketch.fill(curve(BASE), mix(look.skin, shade, 0.6), above=0.1)
    for way in (-1.0, 1.0):
        wing = curve(WING, way * (1 + 0.12 * sneer), closed=False)
        sketch.line(wing, mix(look.skin, shade, 0.8), both_ends_thin(len(wing), least=0.3) * 0.02, above=0.06)
        sketch.fill(curve(NOSTRIL, way), shade_of(look.skin, depth=0.66), above=0.1)
    sketch.fill(curve(TIP), mix(look.skin, light_of(look.skin), 0.65), above=0.14)


def draw_lines(sketch: Sketch, look: Look, *, weights: Mapping[str, float]) -> None:
    """Folds beside the mouth, on the forehead and at the eyes: from age, and deeper as the face moves."""
    for side, name in ((-1, "Right"), (1, "Left")):
        smile = weights["mouthSmile" + name] + 0.6 * weights["noseSneer" + name]
        fold = [(0.165, 0.48), (0.245, 0.56), (0.31 + 0.05 * smile, 0.67), (0.335 + 0.06 * smile, 0.76)]
        _crease(sketch, look, line=np.array(fold) * [side, 1], depth=0.24 * look.age + 0.45 * smile, width=0.02)
        squint = weights["cheekSquint" + name] + weights["eyeSquint" + name]
        for rise in (-0.035, 0.03):
            feet = [(0.6, 0.02 + rise * 0.6), (0.64, 0.02 + rise), (0.69, 0.015 + rise * 1.8)]
            depth = (look.age - 0.4) * 0.8 + 0.5 * squint * look.age
            _crease(sketch, look, line=np.array(feet) * [side, 1], depth=depth, width=0.016)
        frown = [(0.055, -0.16), (0.045, -0.24), (0.06, -0.32)]
        depth = 0.9 * weights["browDown" + name] + 0.25 * look.age - 0.15
        _crease(sketch, look, line=np.array(frown) * [side, 1], depth=depth, width=0.018)
    if look.scar:
        cut = smooth(np.array([(0.5, -0.46), (0.46, -0.36), (0.44, -0.24), (0.47, -0.14)]), closed=False, steps=4)
        sketch.line(cut, mix(look.skin, light_of(look.skin, height=0.5), 0.7), both_ends_thin(len(cut)) * 0.026)
    raised = weights["browInnerUp"] + 0.5 * both(weights, "browOuterUp")
    for y, half in ((-0.47, 0.36), (-0.57, 0.3)):
        brow = [(-half, y + 0.01), (-half * 0.4, y - 0.015), (half * 0.4, y - 0.015), (half, y + 0.01)]
        depth = 0.6 * raised * (0.35 + look.age) + 0.6 * (look.age - 0.4)
        _crease(sketch, look, line=np.array(brow), depth=depth, width=0.018)


def _crease(sketch: Sketch, look: Look, *, line: Points, depth: float, width: float) -> None:
    """A tapered stroke in the skin's shadow; shallow ones are left out."""
    if depth < 0.1:
        return
    curve = smooth(line, closed=False, steps=3)
    colour = mix(look.skin, shade_of(look.skin, depth=0.5), min(0.25 + 0.6 * depth, 0.9))
    sketch.line(curve, colour, both_ends_thin(len(curve)) * width * min(0.5 + depth, 1.2))
