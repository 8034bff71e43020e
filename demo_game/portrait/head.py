"""The head's large shapes: face, ears, hair, beard and headwear; knows no eyes and no mouth."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pygame

from demo_game.looks import Look
from demo_game.portrait import paint
from demo_game.portrait.canvas import Colour, mix
from demo_game.portrait.geometry import Points, both_ends_thin, mirrored, smooth
from demo_game.portrait.mouth import Lips, jaw_drop
from demo_game.portrait.outlines import BACK, BEARD, EAR, EAR_INSIDE, FRONT, KNOT, TUFT
from demo_game.portrait.sketch import Sketch

FOREHEAD = [(0.0, -1.02), (0.46, -0.95), (0.75, -0.62)]
"""The top of a face under hair; where there is none, the skull's own top shows."""


def _texture(sketch: Sketch, outline: Points, texture: pygame.Surface, *, edge: Colour, above: float) -> None:
    sketch.fill_texture(outline, texture, middle=paint.MIDDLE, edge=edge, above=above)


def draw_hair_behind(sketch: Sketch, look: Look, scale: float) -> None:
    """Hair behind the head, and a bun on top of it."""
    edge = paint.hair_shade(look.hair, depth=0.7)
    if look.hair_style == "bun" and look.headwear != "scarf":
        knot = smooth(np.array(KNOT))
        _texture(sketch, knot, paint.hair(look, scale), edge=edge, above=-0.3)
    outline = smooth(mirrored(np.array(BACK[look.hair_style]))) * [look.width, 1.0]
    _texture(sketch, outline, paint.hair(look, scale, behind=True), edge=edge, above=-0.35)
    if look.hair_style == "receding":
        for side in (-1, 1):
            tuft = smooth(np.array(TUFT)) * [side * look.width, 1.0]
            _texture(sketch, tuft, paint.hair(look, scale), edge=edge, above=-0.2)


def draw_ears(sketch: Sketch, look: Look) -> None:
    """Both ears, unless hair or a scarf hides them."""
    if look.hair_style == "long" or look.headwear in ("scarf", "hood"):
        return
    shade = paint.shade_of(look.skin)
    for side in (-1, 1):
        scale = [side * look.width, 1.0]
        base = mix(look.skin, shade, 0.2 if side < 0 else 0.5)
        sketch.fill(smooth(np.array(EAR)) * scale, base, above=-0.15, plane=True)
        sketch.fill(smooth(np.array(EAR_INSIDE)) * scale, mix(base, shade, 0.7), above=-0.12, plane=True)


def draw_face(sketch: Sketch, look: Look, scale: float, *, weights: Mapping[str, float]) -> None:
    """The face's skin down to a chin that falls with the jaw."""
    square, puff = look.jaw, 0.05 * weights["cheekPuff"]
    crown = [(0.0, -1.24), (0.44, -1.13), (0.74, -0.74)] if look.hair_style == "receding" else FOREHEAD
    half = [*crown, (0.82, -0.15), (0.8 + puff, 0.28),
            (0.71 + 0.05 * square + puff, 0.64), (0.5 + 0.13 * square, 0.99), (0.23 + 0.09 * square, 1.22),
            (0.0, 1.29)]  # fmt: skip
    outline = _with_jaw(smooth(mirrored(np.array(half) * [look.width, 1.0])), weights)
    edge = mix(look.skin, paint.shade_of(look.skin, depth=0.6), 0.8)
    _texture(sketch, outline, paint.skin(look, scale), edge=edge, above=0.0)


def _with_jaw(outline: Points, weights: Mapping[str, float]) -> Points:
    """The lower part of an outline, let down as the jaw falls."""
    share = np.clip((outline[:, 1] - 0.4) / 0.85, 0.0, 1.2)
    fall = 0.62 * jaw_drop(weights) * share
    aside = 0.06 * (weights["jawLeft"] - weights["jawRight"]) * share
    return outline + np.column_stack([aside, fall])


def draw_beard(sketch: Sketch, look: Look, scale: float, *, weights: Mapping[str, float]) -> None:
    """A beard around the jaw; the mouth is painted over it."""
    if look.beard not in BEARD:
        return
    outline = _with_jaw(smooth(np.array(BEARD[look.beard]) * [look.width, 1.0]), weights)
    _texture(sketch, outline, paint.beard(look, scale), edge=paint.hair_shade(look.hair, depth=0.4), above=0.12)


def draw_moustache(sketch: Sketch, look: Look, lips: Lips) -> None:
    """A moustache of two halves that ride on the upper lip."""
    if look.beard not in ("full", "moustache", "short"):
        return
    thick = {"full": 1.0, "moustache": 1.15, "short": 0.6}[look.beard]
    top = float(lips.outer_upper[len(lips.x) // 2])
    for side, corner in ((-1, 0), (1, -1)):
        end_x = max(abs(float(lips.x[corner])) + 0.1, 0.3)
        end_y = float(lips.inner_upper[corner])
        half = [(0.0, top - 0.07 * thick), (0.14, top - 0.12 * thick), (end_x - 0.07, end_y - 0.07),
                (end_x, end_y + 0.1 * thick), (end_x - 0.09, end_y + 0.03), (0.15, top + 0.045),
                (0.01, top + 0.02)]  # fmt: skip
        outline = smooth(np.array(half) * [side, 1.0])
        sketch.fill(
            outline, mix(look.hair, paint.hair_shade(look.hair, depth=0.6), 0.42 if side < 0 else 0.6), above=0.06
        )
        for share in (0.25, 0.5, 0.75):
            strand = [
                (0.03, top - 0.05 * thick + 0.05 * share),
                (0.16, top - 0.1 * thick + 0.11 * share),
                (end_x - 0.03, end_y + 0.02),
            ]
            line = smooth(np.array(strand) * [side, 1.0], closed=False, steps=4)
            sketch.line(
                line, mix(look.hair, paint.light_of(look.hair), 0.05), both_ends_thin(len(line)) * 0.012, above=0.06
            )


def draw_hair_before(sketch: Sketch, look: Look, scale: float) -> None:
    """Hair over forehead and temples."""
    if look.hair_style == "receding":
        return
    texture, edge = paint.hair(look, scale), paint.hair_shade(look.hair, depth=0.5)
    outline = smooth(np.array(FRONT[look.hair_style]) * [look.width, 1.0])
    _texture(sketch, outline, texture, edge=edge, above=0.1)
