"""Drawn eyes and brows from ARKit weights and a gaze; knows nothing below the nose."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from npcengine.studio.preview.look import Look, light, mix, shade
from npcengine.studio.preview.paper import Paper
from npcengine.studio.preview.shapes import Points, band, ellipse, smooth, stroke

EYE_X, EYE_Y, HALF_WIDTH, IRIS = 0.37, 0.02, 0.21, 0.125
SIDES = ((-1.0, "Right"), (1.0, "Left"))
"""Viewer's side and the name ARKit gives it, which counts from the person's own left."""

_WHITE, _PUPIL, _GLINT = (252, 249, 244), (26, 22, 26), (255, 255, 255)
_T = np.linspace(-1.0, 1.0, 21)
_ARCH = np.maximum(1.0 - np.abs(_T) ** 2.2, 0.0)


def draw_eye(paper: Paper, look: Look, weights: Mapping[str, float], way: float, gaze: tuple[float, float]) -> None:
    """The eye at the viewer's side `way`, looking along `gaze` (right, up)."""
    side = "Left" if way > 0 else "Right"
    blink = min(weights["eyeBlink" + side], 1.0)
    squint = min(weights["eyeSquint" + side] + 0.6 * weights["cheekSquint" + side], 1.0)
    wide = weights["eyeWide" + side]
    middle = np.array([way * EYE_X, EYE_Y])
    x = _T * HALF_WIDTH
    slant = -0.025 * way * _T
    opened = slant - 0.138 * (1.0 + 0.32 * wide - 0.24 * squint + 0.15 * min(gaze[1], 0.6)) * _ARCH
    floor = slant + (0.096 - 0.055 * squint + 0.014 * wide) * _ARCH
    shut = slant + 0.06 * _ARCH
    upper, lower = opened + (shut - opened) * blink, floor + (shut - floor) * blink
    skin_shade = mix(look.skin, shade(look.skin, 0.4), 0.45)

    if blink < 0.98:
        paper.fill(band(x, upper, lower) + middle, _WHITE)
        _draw_iris(paper, look, (x, upper, lower), middle, gaze)
    paper.fill(band(x, opened - 0.012, upper) + middle, mix(look.skin, skin_shade, 0.5))
    crease = np.column_stack([x * 1.02, opened * 1.12 - 0.04])[2:-2] + middle
    paper.fill(stroke(crease, 0.018), skin_shade)
    paper.fill(stroke(np.column_stack([x, lower])[2:-2] + middle, 0.014), skin_shade)
    lash = np.column_stack([x, upper]) + middle
    flick = (lash[-1:] if way > 0 else lash[:1]) + np.array([[0.035 * way, -0.03]])
    line = np.concatenate([lash, flick] if way > 0 else [flick, lash])
    paper.fill(stroke(line, 0.042, taper=0.85), mix(shade(look.hair, 0.6), (30, 22, 24), 0.6))


def _draw_iris(
    paper: Paper, look: Look, opening: tuple[Points, Points, Points], middle: Points, gaze: tuple[float, float]
) -> None:
    """Iris, pupil and glint, as far as the lids let one see them."""
    x, upper, lower = opening
    at = (0.085 * gaze[0], -0.07 * gaze[1] - 0.015)

    def disc(centre: tuple[float, float], radius: float) -> Points:
        points = ellipse(centre, (radius, radius))
        top, bottom = np.interp(points[:, 0], x, upper), np.interp(points[:, 0], x, lower)
        return np.column_stack([points[:, 0], np.clip(points[:, 1], top, bottom)]) + middle

    paper.fill(disc(at, IRIS), shade(look.eyes, 0.45))
    paper.fill(disc(at, IRIS * 0.84), look.eyes)
    paper.fill(disc((at[0], at[1] + 0.035), IRIS * 0.56), light(look.eyes, 0.3))
    paper.fill(disc(at, IRIS * 0.46), _PUPIL)
    shadow = np.minimum(upper + 0.03, lower)
    paper.fill(band(x, upper, shadow)[1:-1] + middle, mix(look.eyes, (60, 50, 56), 0.6))
    paper.fill(disc((at[0] - 0.04, at[1] - 0.045), IRIS * 0.24), _GLINT)


def draw_brow(paper: Paper, look: Look, weights: Mapping[str, float], way: float) -> None:
    """One brow: down draws it in and lower, inner and outer raise their ends."""
    side = "Left" if way > 0 else "Right"
    down, inner, outer = weights["browDown" + side], weights["browInnerUp"], weights["browOuterUp" + side]
    along = np.linspace(0.0, 1.0, 5)
    x = 0.15 + 0.46 * along - 0.05 * down * (1.0 - along)
    y = -0.27 - 0.07 * np.sin(np.pi * along * 0.85) * (1.0 - 0.5 * down)
    y = (
        y
        - 0.17 * inner * (1.0 - along) ** 1.3
        - 0.14 * outer * np.sin(2.2 * along)
        + 0.17 * down * (1.0 - 0.85 * along)
    )
    line = smooth(np.column_stack([way * x, y]), closed=False)
    widths = 0.085 * np.minimum(0.4 + 3.0 * np.linspace(0.0, 1.0, len(line)), 1.0)
    widths *= 1.0 - 0.85 * np.linspace(0.0, 1.0, len(line)) ** 1.8
    half = 0.5 * np.column_stack([np.zeros(len(line)), widths])
    paper.fill(np.concatenate([line - half, (line + half)[::-1]]), mix(look.hair, shade(look.hair, 0.5), 0.5))


def draw_frown(paper: Paper, look: Look, weights: Mapping[str, float]) -> None:
    """The lines that drawn brows make between them, and raised ones above them."""
    tone = shade(look.skin, 0.45)
    for way, side in SIDES:
        down = weights["browDown" + side]
        if down > 0.3:
            line = smooth(np.array([(0.05, -0.15), (0.042, -0.22), (0.055, -0.3)]) * [way, 1.0], closed=False)
            paper.fill(stroke(line, 0.02), mix(look.skin, tone, 0.8 * down))
    raised = weights["browInnerUp"] + 0.4 * (weights["browOuterUpLeft"] + weights["browOuterUpRight"])
    if raised > 0.5:
        for y, half in ((-0.52, 0.34), (-0.61, 0.27)):
            line = smooth([(-half, y + 0.012), (0.0, y - 0.012), (half, y + 0.012)], closed=False)
            paper.fill(stroke(line, 0.018), mix(look.skin, tone, 0.3 * min(raised, 1.4)))
