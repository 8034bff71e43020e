"""Eyes, lids and brows, from weights and gaze; knows nothing below the nose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from demo_game.looks import Look
from demo_game.portrait.canvas import Colour, mix
from demo_game.portrait.geometry import Points, band, both_ends_thin, curve, smooth
from demo_game.portrait.paint import hair_shade, shade_of
from demo_game.portrait.sketch import Sketch

EYE_X = 0.36
EYE_HALF_WIDTH = 0.2
IRIS_RADIUS = 0.118
WHITE = (238, 232, 224)
SIDES = ((-1, "Right"), (1, "Left"))
"""Viewer's side and the name ARKit gives it, which counts from the person's own left."""

_ALONG = np.linspace(-1.0, 1.0, 13)
_ARCH = np.maximum(1.0 - np.abs(_ALONG) ** 2.3, 0.0)
_TURN = np.linspace(0, 2 * np.pi, 18, endpoint=False)
_CIRCLE = np.column_stack([np.cos(_TURN), np.sin(_TURN)])
_BROW = np.array([0.0, 0.3, 0.65, 1.0])


@dataclass(frozen=True, slots=True)
class Lids:
    """The opening of an eye: curves over `x`, in head units from the eye's middle, y down."""

    x: Points
    upper: Points
    lower: Points
    open_upper: Points

    def clamp(self, points: Points) -> Points:
        """Points pulled inside the opening: the part of an iris that the lids let one see."""
        top = np.interp(points[:, 0], self.x, self.upper)
        bottom = np.interp(points[:, 0], self.x, self.lower)
        return curve(points[:, 0], np.minimum(np.maximum(points[:, 1], top), bottom))

    def between(self, upper: Points, lower: Points) -> Points:
        """The closed outline between two curves."""
        return band(self.x, upper, lower)


def lids_of(weights: Mapping[str, float], side: int, *, size: float, look_up: float) -> Lids:
    """The opening of one eye: blink closes it, squint raises the lower lid, wide lifts the upper one."""
    name = "Right" if side < 0 else "Left"
    blink = min(weights["eyeBlink" + name], 1.0)
    squint = min(weights["eyeSquint" + name] + 0.6 * weights["cheekSquint" + name], 1.0)
    wide = weights["eyeWide" + name]
    tilt = -0.02 * side * _ALONG
    opening = 0.124 * (1.0 + 0.36 * wide - 0.22 * squint + 0.2 * min(look_up, 0.6))
    # The highest point of an upper lid lies a little towards the nose.
    open_upper = -opening * _ARCH * (1.0 - 0.1 * side * _ALONG) + tilt
    lower = (0.088 - 0.05 * squint + 0.012 * wide) * _ARCH * (1.0 + 0.08 * side * _ALONG) + tilt
    shut = 0.055 * _ARCH + tilt
    upper = open_upper + (shut - open_upper) * blink
    lower = lower + (shut - lower) * blink * 0.85
    return Lids(_ALONG * EYE_HALF_WIDTH * size, upper * size, np.maximum(lower, upper) * size, open_upper * size)


@dataclass(frozen=True, slots=True)
class EyePainter:
    """Adds one eye to a sketch; `middle` is where in the face it lies, `side` −1 is the viewer's left."""

    sketch: Sketch
    look: Look
    lids: Lids
    middle: Points
    side: int

    def ball(self, gaze: tuple[float, float]) -> None:
        """White, iris, pupil, the lid's shadow on them and two catchlights."""
        lids, size, iris = self.lids, self.look.eye_size, self.look.iris
        self.sketch.fill(lids.between(lids.upper, lids.lower) + self.middle, WHITE)
        if float(np.max(lids.lower - lids.upper)) < 0.02:
            return
        centre = np.array([gaze[0] * 0.085, -gaze[1] * 0.06 - 0.012]) * size
        self._disc(centre, IRIS_RADIUS, mix(iris, (12, 10, 14), 0.62))
        self._disc(centre, IRIS_RADIUS * 0.84, iris)
        self._disc(centre + np.array([0.012, 0.034]) * size, IRIS_RADIUS * 0.58, mix(iris, (255, 236, 196), 0.32))
        self._disc(centre, IRIS_RADIUS * 0.45, (18, 14, 16))
        shadow = lids.between(lids.upper, np.minimum(lids.upper + 0.03 * size, lids.lower))[1:-1]
        self.sketch.fill(shadow + self.middle, mix(mix(iris, WHITE, 0.35), (50, 38, 42), 0.62))
        self._disc(centre + np.array([-0.038, -0.042]) * size, IRIS_RADIUS * 0.22, (255, 252, 246))
        self._disc(centre + np.array([0.044, 0.046]) * size, IRIS_RADIUS * 0.11, mix(iris, (255, 255, 255), 0.6))

    def _disc(self, centre: Points, radius: float, colour: Colour) -> None:
        self.sketch.fill(self.lids.clamp(_CIRCLE * (radius * self.look.eye_size) + centre) + self.middle, colour)

    def lid(self) -> None:
        """The upper lid's skin, its crease and lashes, and the lower lid's line."""
        lids, look, side = self.lids, self.look, self.side
        shade = shade_of(look.skin)
        if float(np.max(lids.upper - lids.open_upper)) > 0.015:
            self.sketch.fill(lids.between(lids.open_upper, lids.upper) + self.middle, mix(look.skin, shade, 0.3))
        crease = curve(lids.x * 1.03, lids.open_upper * 1.1 - 0.042)[1:-1] + self.middle
        self.sketch.line(crease, mix(look.skin, shade, 0.7), both_ends_thin(len(crease)) * 0.016)
        lower = curve(lids.x, lids.lower)[1:-1] + self.middle
        self.sketch.line(
            lower, mix(look.skin, shade_of(look.skin, depth=0.55), 0.8), both_ends_thin(len(lower)) * 0.014
        )
        upper = curve(lids.x, lids.upper)
        outer = upper[-1:] if side > 0 else upper[:1]
        flick = outer + np.array([[side * 0.03, -0.008 - 0.02 * look.lashes]])
        line = np.concatenate([upper, flick] if side > 0 else [flick, upper]) + self.middle
        ink = mix(shade_of(look.hair, depth=0.7), (22, 15, 15), 0.65)
        self.sketch.line(line, ink, (0.2 + 0.8 * both_ends_thin(len(line), power=4)) * (0.024 + 0.022 * look.lashes))


def draw_eye(sketch: Sketch, look: Look, *, weights: Mapping[str, float], side: int, gaze: tuple[float, float]) -> None:
    """One eye at viewer's `side` (−1 left, 1 right), looking along `gaze` (right, up)."""
    lids = lids_of(weights, side, size=look.eye_size, look_up=gaze[1])
    middle = np.array([side * EYE_X * (0.4 + 0.6 * look.width), 0.02])
    painter = EyePainter(sketch, look, lids, middle, side)
    painter.ball(gaze)
    painter.lid()


def draw_brow(sketch: Sketch, look: Look, *, weights: Mapping[str, float], side: int) -> None:
    """One brow: down draws it in and lower, inner and outer raise their ends."""
    name = "Right" if side < 0 else "Left"
    down, inner, outer = weights["browDown" + name], weights["browInnerUp"], weights["browOuterUp" + name]
    x = 0.14 + 0.44 * _BROW - 0.045 * down * (1 - _BROW)
    rise = np.array([0.0, 0.045, 0.06, 0.0]) * (1 - 0.5 * down)
    y = -0.265 - rise - 0.18 * inner * (1 - _BROW) ** 1.3 - 0.14 * outer * np.sin(_BROW * 2.2)
    y += 0.15 * down * (1.05 - 0.9 * _BROW)
    line = smooth(curve(x * side * (0.4 + 0.6 * look.width), y), closed=False)
    along = np.linspace(0.0, 1.0, len(line))
    widths = 0.08 * look.brow_weight * np.minimum(0.22 + 4.0 * along, 1.0) ** 0.7 * (1.0 - 0.85 * along**1.7)
    sketch.line(line, brow_colour(look), widths)


def brow_colour(look: Look) -> Colour:
    """Brows are a little darker than the hair."""
    return mix(look.hair, hair_shade(look.hair, depth=0.7), 0.5)
