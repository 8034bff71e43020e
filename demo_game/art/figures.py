"""People as little figures that face where they walk; knows looks, no map."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

import pygame

from demo_game.art.brush import Brush, shaded
from demo_game.looks import Colour, Look

Facing = Literal["up", "down", "left", "right"]

STEPS = 4
"""Pictures of one stride."""

FIGURE_TILES = (1.1, 1.6)
"""Width and height of a figure's picture; the feet stand in the middle, 0.12 tiles above the lower edge."""

STRIDE_TILES = 1.1
"""So far one gets with a stride, which is two steps."""

SCARF = ((-0.315, 0.05), (-0.29, -0.16), (-0.14, -0.31), (0.14, -0.31), (0.29, -0.16), (0.315, 0.05), (0.22, -0.08),
         (0.0, -0.13), (-0.22, -0.08))  # fmt: skip
"""The outline of a headscarf around the middle of a head."""

EYE: Colour = (38, 28, 26)
BOOT: Colour = (72, 52, 40)


def step_of(stride: float, *, moving: bool) -> int:
    """Which picture of a stride shows somebody who has walked `stride` tiles; 0 is standing."""
    return 1 + int(stride / STRIDE_TILES * STEPS) % STEPS if moving else 0


@dataclass(slots=True)
class Figures:
    """The figures of one person at one size, each painted when it is first needed.

    Attributes:
        look: How the person looks.
        tile: Pixels of a tile.
    """

    look: Look
    tile: float
    _pictures: dict[tuple[Facing, int], pygame.Surface] = field(default_factory=dict)
    _shadow: pygame.Surface | None = None

    def stand_on(self, shadow: pygame.Surface) -> None:
        """Lays a shadow below the feet."""
        self._shadow = shadow

    def picture(self, facing: Facing, step: int) -> pygame.Surface:
        """The person facing that way; `step` 0 stands, 1 … 4 walk."""
        key = facing, step
        if key not in self._pictures:
            figure = paint(self.look, "right" if facing == "left" else facing, step, self.tile)
            if facing == "left":
                figure = pygame.transform.flip(figure, flip_x=True, flip_y=False)
            self._pictures[key] = self._on_ground(figure)
        return self._pictures[key]

    def _on_ground(self, figure: pygame.Surface) -> pygame.Surface:
        if self._shadow is None:
            return figure
        ground = pygame.Surface(figure.get_size(), pygame.SRCALPHA, 32)
        foot = figure.get_width() // 2, figure.get_height() - round(0.14 * self.tile)
        ground.blit(self._shadow, self._shadow.get_rect(center=foot))
        ground.blit(figure, (0, 0))
        return ground


def paint(look: Look, facing: Facing, step: int, tile: float) -> pygame.Surface:
    """One figure; walking swings arms and legs, and lifts the body twice in a stride."""
    swing = 0.0 if step == 0 else math.sin((step - 0.5) / STEPS * 2 * math.pi)
    lift = 0.0 if step == 0 else 0.035 * abs(swing)
    brush = Brush(*FIGURE_TILES, tile, clear=shaded(look.cloth_trim, -0.6))
    _legs(brush, look, facing, swing)
    back = facing == "up"
    if facing == "right":
        _arm(brush, look, (0.55, 0.86 - lift), swing=-swing * 0.17, far=True)
    _body(brush, look, facing, lift)
    if facing == "right":
        _arm(brush, look, (0.54, 0.86 - lift), swing=swing * 0.17, far=False)
    else:
        _arm(brush, look, (0.27, 0.86 - lift), swing=0.0, far=back, reach=0.36 + 0.07 * swing)
        _arm(brush, look, (0.83, 0.86 - lift), swing=0.0, far=back, reach=0.36 - 0.07 * swing)
    _head(brush, look, facing, 0.5 - lift)
    return brush.picture()


def _legs(brush: Brush, look: Look, facing: Facing, swing: float) -> None:
    robe = look.garment == "robe"
    for side in (-1, 1):
        if facing == "right":
            x, foot = 0.55 + side * swing * 0.16, 1.46 - max(side * swing, 0.0) * 0.03
            brush.line(shaded(BOOT, -0.15 if side > 0 else 0.0), (0.55, 1.16), (x, foot - 0.04), 0.14)
            brush.oval(shaded(BOOT, -0.2), (x + 0.03, foot), (0.1, 0.055))
        else:
            x, foot = 0.55 + side * 0.12, 1.46 - max(side * swing, 0.0) * 0.1
            brush.line(BOOT, (x, 1.14), (x, foot - 0.04), 0.15)
            brush.oval(shaded(BOOT, -0.2), (x, foot), (0.09, 0.06))
    if robe:
        brush.shape(shaded(look.cloth, -0.22), [(0.36, 1.0), (0.74, 1.0), (0.82, 1.42), (0.28, 1.42)])


def _body(brush: Brush, look: Look, facing: Facing, lift: float) -> None:
    top, foot = 0.74 - lift, 1.24 - lift
    wide = 0.2 if facing == "right" else 0.26
    skirt = 0.1 if look.garment in ("bodice", "robe") else 0.03
    foot += 0.1 if look.garment in ("bodice", "robe") else 0.0
    edge = shaded(look.cloth, -0.45)
    outline = [(0.55 - wide * 0.8, top), (0.55 + wide * 0.8, top), (0.55 + wide, top + 0.14),
               (0.55 + wide + skirt, foot), (0.55 - wide - skirt, foot), (0.55 - wide, top + 0.14)]  # fmt: skip
    brush.shape(edge, [(x + (x - 0.55) * 0.1, y + (0.02 if y > 1.0 else -0.015)) for x, y in outline])
    brush.shape(look.cloth, outline)
    brush.shape(shaded(look.cloth, -0.16), [(0.6, top), (0.55 + wide * 0.8, top), outline[2], outline[3], (0.6, foot)])
    _dress(brush, look, facing, (top, foot, wide + skirt * 0.6))


def _dress(brush: Brush, look: Look, facing: Facing, size: tuple[float, float, float]) -> None:
    """What is worn over the cloth: apron, waistcoat, shawl or cord."""
    top, foot, wide = size
    trim = look.cloth_trim
    front = facing != "up"
    if look.garment == "apron":
        if front:
            shift = 0.07 if facing == "right" else 0.0
            brush.block(trim, (0.55 - wide * 0.62 + shift, top + 0.12, wide * 1.24, foot - top - 0.1), round_by=0.04)
        brush.line(shaded(trim, -0.25), (0.55 - wide * 0.9, top + 0.32), (0.55 + wide * 0.9, top + 0.32), 0.05)
    elif look.garment == "waistcoat":
        brush.shape(
            trim, [(0.55 - wide, top), (0.55 - 0.07, top), (0.55 - 0.03, foot - 0.1), (0.55 - wide, foot - 0.1)]
        )
        brush.shape(
            shaded(trim, -0.15),
            [(0.55 + wide, top), (0.55 + 0.07, top), (0.55 + 0.03, foot - 0.1), (0.55 + wide, foot - 0.1)],
        )
        if not front:
            brush.block(trim, (0.55 - wide, top, wide * 2, foot - top - 0.1))
    elif look.garment == "bodice":
        brush.shape(trim, [(0.55 - wide, top), (0.55 + wide, top), (0.55 + wide * 0.8, top + 0.2), (0.55, top + 0.34),
                           (0.55 - wide * 0.8, top + 0.2)])  # fmt: skip
        brush.line(shaded(look.cloth, -0.3), (0.55 - wide, top + 0.36), (0.55 + wide, top + 0.36), 0.05)
    else:
        brush.line(trim, (0.55 - wide, top + 0.34), (0.55 + wide, top + 0.34), 0.05)
        brush.line(trim, (0.6, top + 0.34), (0.62, foot - 0.1), 0.035)


def _arm(
    brush: Brush, look: Look, shoulder: tuple[float, float], *, swing: float, far: bool, reach: float = 0.36
) -> None:
    x, y = shoulder
    hand = x + swing, y + reach - abs(swing) * 0.25
    brush.line(shaded(look.cloth, -0.5), shoulder, hand, 0.17)
    brush.line(shaded(look.cloth, -0.22 if far else 0.04), shoulder, hand, 0.13)
    brush.oval(shaded(look.skin, -0.12 if far else 0.0), hand, (0.07, 0.07))


def _head(brush: Brush, look: Look, facing: Facing, y: float) -> None:
    x = 0.55
    hair, skin = look.hair, look.skin
    bald = look.hair_style == "receding"
    edge = shaded(hair, -0.5)
    if look.hair_style == "long":
        brush.oval(edge, (x, y + 0.1), (0.33, 0.36))
        brush.oval(hair, (x, y + 0.1), (0.3, 0.34))
    if look.hair_style == "bun" and look.headwear != "scarf":
        brush.oval(edge, (x - (0.2 if facing == "right" else 0.0), y - 0.34), (0.14, 0.13))
        brush.oval(hair, (x - (0.2 if facing == "right" else 0.0), y - 0.34), (0.115, 0.105))
    brush.oval(edge, (x, y), (0.315, 0.325))
    brush.oval(shaded(skin, -0.1) if bald else hair, (x, y), (0.29, 0.3))
    if facing != "up" and look.hair_style in ("short", "curly") and look.headwear != "hood":
        shift = 0.08 if facing == "right" else 0.0
        brush.oval(shaded(skin, -0.08), (x + shift, y + 0.1), (0.29 - shift, 0.2))
        for lock in range(5) if look.hair_style == "curly" else ():
            brush.oval(hair, (x - 0.24 + lock * 0.12, y - 0.2 - (0.06 if lock in (1, 2, 3) else 0.0)), (0.1, 0.1))
    if facing == "up":
        if bald:
            brush.oval(hair, (x, y + 0.12), (0.27, 0.16))
        brush.oval(shaded(skin if bald else hair, 0.14), (x - 0.08, y - 0.12), (0.12, 0.08))
    else:
        _face(brush, look, facing, y)
    _headwear(brush, look, facing, y)


def _face(brush: Brush, look: Look, facing: Facing, y: float) -> None:
    x = 0.55 + (0.08 if facing == "right" else 0.0)
    skin = look.skin
    brush.oval(skin, (x, y + 0.06), (0.23, 0.23))
    if look.hair_style == "receding":
        brush.oval(skin, (0.55, y - 0.08), (0.25, 0.2))
        brush.oval(shaded(skin, 0.2), (0.48, y - 0.16), (0.08, 0.05))
    if look.beard in ("full", "short"):
        long = 0.17 if look.beard == "full" else 0.1
        brush.oval(shaded(look.hair, -0.18), (x, y + 0.2), (0.2, long))
        brush.oval(skin, (x, y + 0.06), (0.17, 0.11))
    eyes = (0.06, 0.2) if facing == "right" else (-0.095, 0.095)
    for shift in eyes:
        middle = 0.55 + shift + (0.02 if facing == "right" else 0.0)
        brush.oval(EYE, (middle, y + 0.05), (0.036, 0.05))
        brush.oval((250, 246, 240), (middle - 0.012, y + 0.032), (0.013, 0.015))
    cheek = shaded((222, 120, 100), 0.1)
    if look.blush > 0.3:
        brush.oval(cheek, (x - 0.14, y + 0.13), (0.04, 0.022))
        brush.oval(cheek, (x + 0.14, y + 0.13), (0.04, 0.022))
    brush.line(shaded(skin, -0.4), (x - 0.04, y + 0.17), (x + 0.04, y + 0.17), 0.022)


def _headwear(brush: Brush, look: Look, facing: Facing, y: float) -> None:
    colour = look.headwear_colour
    edge = shaded(colour, -0.4)
    x = 0.55
    if look.headwear == "scarf":
        if facing == "up":
            brush.oval(colour, (x, y), (0.315, 0.325))
            brush.shape(edge, [(x - 0.1, y + 0.26), (x + 0.1, y + 0.26), (x, y + 0.44)])
        else:
            brush.shape(colour, [(x + across, y + down) for across, down in SCARF])
    elif look.headwear == "band":
        brush.line(edge, (x - 0.28, y - 0.11), (x + 0.28, y - 0.11), 0.11)
        brush.line(colour, (x - 0.28, y - 0.12), (x + 0.28, y - 0.12), 0.08)
    elif look.headwear == "hood":
        brush.oval(edge, (x, y - 0.02), (0.35, 0.36))
        brush.oval(colour, (x, y - 0.02), (0.32, 0.33))
        if facing != "up":
            shift = 0.08 if facing == "right" else 0.0
            brush.oval(edge, (x + shift, y + 0.05), (0.235, 0.24))
            _face(brush, look, facing, y)
    elif look.headwear == "cap":
        brush.oval(edge, (x, y - 0.16), (0.34, 0.16))
        brush.oval(colour, (x, y - 0.19), (0.3, 0.17))
