"""Neck, shoulders and clothes, which stand still below a moving head; knows no weights."""

from __future__ import annotations

import numpy as np
import pygame

from demo_game.looks import Look
from demo_game.portrait import paint
from demo_game.portrait.canvas import Colour, finer, mix
from demo_game.portrait.geometry import Points, Projection, both_ends_thin, mirrored, smooth
from demo_game.portrait.outlines import Outline
from demo_game.portrait.sketch import Sketch

NECK: Outline = [(0.0, 0.7), (0.4, 0.75), (0.42, 1.3), (0.48, 1.56), (0.8, 1.78), (0.6, 2.5), (0.0, 2.7)]
SHADOW: Outline = [(0.0, 0.9), (0.42, 0.95), (0.43, 1.3), (0.28, 1.5), (0.0, 1.6)]
SHOULDERS: Outline = [
    (0.0, 1.92),
    (0.34, 1.76),
    (0.5, 1.56),
    (0.86, 1.68),
    (1.4, 1.86),
    (1.82, 2.2),
    (2.05, 2.9),
    (2.2, 4.4),
    (0.0, 4.6),
]
COLLAR: Outline = [
    (0.0, 2.06),
    (0.26, 1.84),
    (0.46, 1.5),
    (0.6, 1.54),
    (0.56, 1.86),
    (0.34, 2.16),
    (0.1, 2.32),
    (0.0, 2.2),
]
APRON: Outline = [(0.0, 2.3), (0.42, 2.26), (0.66, 2.36), (0.84, 2.9), (0.98, 4.4), (0.0, 4.6)]
STRAP: Outline = [(0.5, 2.4), (0.66, 1.64), (0.84, 1.68), (0.68, 2.46)]
LAPEL: Outline = [(0.1, 2.78), (0.34, 2.2), (0.6, 1.62), (0.98, 1.72), (1.3, 2.1), (1.4, 3.0), (1.4, 4.5), (0.06, 4.5)]
KERCHIEF: Outline = [(0.0, 1.5), (0.3, 1.44), (0.52, 1.5), (0.4, 1.74), (0.16, 1.9), (0.12, 2.1), (0.0, 2.16)]
SHAWL: Outline = [
    (0.0, 2.66),
    (0.24, 2.1),
    (0.5, 1.58),
    (0.9, 1.66),
    (1.5, 1.84),
    (1.9, 2.3),
    (1.5, 2.5),
    (0.8, 2.62),
    (0.3, 3.1),
    (0.0, 3.3),
]
COWL: Outline = [
    (0.0, 2.14),
    (0.36, 1.88),
    (0.5, 1.4),
    (0.82, 1.46),
    (1.16, 1.78),
    (0.98, 2.2),
    (0.5, 2.5),
    (0.0, 2.62),
]
FINENESS = 2


def paint_bust(picture: pygame.Surface, look: Look, *, eyes: tuple[float, float], scale: float) -> None:
    """Paints neck and shoulders onto a backdrop, `eyes` being the pixel between the eyes above them."""
    top = round(eyes[1] + 0.5 * scale)
    area = pygame.Rect(round(eyes[0] - 2.3 * scale), top, round(4.6 * scale), picture.get_height() - top)
    with finer(picture, area, FINENESS) as fine:
        _dressed(look, scale * FINENESS).paint(fine, Projection.of_head(eyes, scale))


def _dressed(look: Look, scale: float) -> Sketch:
    """Neck and garment of one look."""
    sketch = Sketch()
    shade = paint.shade_of(look.skin)
    sketch.fill(_half(NECK), mix(look.skin, shade, 0.35), above=-0.3, plane=True)
    sketch.fill(_half(SHADOW), mix(look.skin, paint.shade_of(look.skin, depth=0.6), 0.75), above=-0.3, plane=True)
    _add(sketch, look, look.cloth, outline=_half(SHOULDERS), scale=scale)
    {"apron": _apron, "waistcoat": _waistcoat, "bodice": _bodice, "robe": _robe}[look.garment](sketch, look, scale)
    return sketch


def _half(outline: Outline) -> Points:
    return smooth(mirrored(np.array(outline)))


def _add(sketch: Sketch, look: Look, colour: Colour, *, outline: Points, scale: float) -> None:
    texture = paint.garment(colour, look.glow, scale)
    edge = paint.hair_shade(colour, depth=0.55)
    sketch.fill_texture(outline, texture, middle=paint.BODY_MIDDLE, edge=edge, above=-0.3)


def _both_sides(sketch: Sketch, look: Look, colour: Colour, *, outline: Outline, scale: float) -> None:
    for side in (-1, 1):
        _add(sketch, look, colour, outline=smooth(np.array(outline)) * [side, 1.0], scale=scale)


def _seam(sketch: Sketch, colour: Colour, line: Outline, *, width: float = 0.02) -> None:
    for side in (-1, 1):
        points = smooth(np.array(line), closed=False) * [side, 1.0]
        sketch.line(points, colour, both_ends_thin(len(points), least=0.5) * width, above=-0.3)


def _apron(sketch: Sketch, look: Look, scale: float) -> None:
    """A shirt with a collar under a smith's leather apron."""
    _both_sides(sketch, look, paint.light_of(look.cloth, height=0.2), outline=COLLAR, scale=scale)
    _both_sides(sketch, look, look.cloth_trim, outline=STRAP, scale=scale)
    _add(sketch, look, look.cloth_trim, outline=_half(APRON), scale=scale)
    stitch = paint.light_of(look.cloth_trim, height=0.25)
    _seam(sketch, stitch, [(0.04, 2.37), (0.4, 2.34), (0.6, 2.43), (0.77, 2.95), (0.9, 4.2)], width=0.014)
    for side in (-1, 1):
        ring = np.array([(np.cos(t), np.sin(t)) for t in np.linspace(0, 6.3, 20)]) * 0.06 + [side * 0.57, 2.42]
        sketch.fill(ring, mix((214, 184, 122), (90, 60, 30), 0.15 if side < 0 else 0.35), above=-0.3, plane=True)


def _waistcoat(sketch: Sketch, look: Look, scale: float) -> None:
    """An open waistcoat over a shirt, and a neckerchief."""
    _both_sides(sketch, look, paint.light_of(look.cloth, height=0.25), outline=COLLAR, scale=scale)
    _both_sides(sketch, look, look.cloth_trim, outline=LAPEL, scale=scale)
    _seam(sketch, paint.hair_shade(look.cloth_trim, depth=0.5), [(0.2, 2.76), (0.44, 2.24), (0.7, 1.72)])
    _add(sketch, look, look.headwear_colour, outline=_half(KERCHIEF), scale=scale)
    _seam(sketch, paint.hair_shade(look.headwear_colour, depth=0.5), [(0.06, 1.96), (0.2, 1.72), (0.42, 1.6)])


def _bodice(sketch: Sketch, look: Look, scale: float) -> None:
    """A shawl crossed over a blouse."""
    _both_sides(sketch, look, paint.light_of(look.cloth, height=0.3), outline=COLLAR, scale=scale)
    for side in (1, -1):
        outline = smooth(np.array(SHAWL)) * [side, 1.0]
        _add(sketch, look, look.cloth_trim, outline=outline, scale=scale)
    hem = paint.light_of(look.cloth_trim, height=0.35)
    _seam(sketch, hem, [(0.06, 2.56), (0.3, 2.14), (0.56, 1.68)], width=0.022)
    brooch = np.array([(np.cos(t), np.sin(t)) for t in np.linspace(0, 6.3, 24)])
    sketch.fill(brooch * 0.13 + [0.0, 2.68], (150, 112, 52), above=-0.3, plane=True)
    sketch.fill(brooch * 0.09 + [-0.012, 2.665], (226, 186, 104), above=-0.3, plane=True)


def _robe(sketch: Sketch, look: Look, scale: float) -> None:
    """A monk's robe: a cowl lies around the neck, a cord and a lantern sign hang from it."""
    _add(sketch, look, mix(look.cloth, (0, 0, 0), 0.12), outline=_half(COWL), scale=scale)
    fold = paint.hair_shade(look.cloth, depth=0.6)
    _seam(sketch, fold, [(0.0, 2.4), (0.4, 2.22), (0.76, 1.86), (0.8, 1.56)])
    _seam(sketch, look.cloth_trim, [(0.02, 2.98), (0.2, 2.72), (0.4, 2.44)], width=0.03)
    sign: Outline = [(0.0, 2.92), (0.12, 3.02), (0.12, 3.22), (0.0, 3.3)]
    sketch.fill(_half(sign), look.cloth_trim, above=-0.28, plane=True)
    sketch.fill(
        np.array([(-0.05, 3.04), (0.05, 3.04), (0.05, 3.2), (-0.05, 3.2)]), (255, 232, 170), above=-0.28, plane=True
    )
