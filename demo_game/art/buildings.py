"""Houses seen from above and in front: a wall with door and windows, a roof of thatch, tiles or slates over it."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pygame

from demo_game.art.brush import Brush, shaded
from demo_game.looks import Colour

EAVES = 0.22
"""The roof reaches so far beyond the walls (tiles), and the picture beyond the roof's ridge by `OVER`."""
OVER = 1.0

PLASTER: Colour = (226, 210, 178)
STONE: Colour = (158, 152, 146)
BEAM: Colour = (98, 68, 46)
GLASS: Colour = (92, 120, 138)
LIT: Colour = (255, 214, 128)


@dataclass(frozen=True, slots=True)
class Style:
    """How a building is made.

    Attributes:
        wall: Colour of the wall.
        roof: Colour of the roof.
        timbered: Whether beams show in the wall.
        chimney: Where across the roof a chimney stands (0–1); None where there is none.
        tower: Whether a bell tower stands at the left end.
        open_front: Whether half of the front is open, with a fire inside.
        sign: Whether a sign hangs by the door.
    """

    wall: Colour = PLASTER
    roof: Colour = (168, 92, 62)
    timbered: bool = True
    chimney: float | None = 0.78
    tower: bool = False
    open_front: bool = False
    sign: bool = False


STYLES: dict[str, Style] = {
    "forge": Style(wall=STONE, roof=(104, 94, 96), timbered=False, chimney=0.24, open_front=True),
    "inn": Style(roof=(164, 82, 60), chimney=0.82, sign=True),
    "chapel": Style(wall=(188, 182, 176), roof=(92, 106, 132), timbered=False, chimney=None, tower=True),
    "house": Style(roof=(188, 156, 98)),
}


def windows(name: str, width: int) -> list[float]:
    """Where across the wall the windows are (tiles from the wall's left)."""
    if name == "forge":
        return [width - 0.75]
    if name == "inn":
        return [0.8, 1.6, width - 1.6, width - 0.8]
    return [0.75, width - 0.75]


def paint_building(name: str, width: int, height: int, tile: float, *, lit: bool = False) -> pygame.Surface:
    """A building on so many tiles; its picture is `OVER` higher and `EAVES` wider on each side than those.

    Args:
        name: One of `STYLES`.
        width: Of the ground it stands on, in tiles.
        height: Of the ground it stands on, in tiles.
        tile: Pixels of a tile.
        lit: Whether light shines from its windows.
    """
    style = STYLES.get(name, STYLES["house"])
    brush = Brush(width + 2 * EAVES, height + OVER, tile)
    foot = height + OVER - 0.12
    eave = foot - 1.0
    _wall(brush, style, (EAVES, eave - 0.1, width, foot))
    if style.open_front:
        _fire(brush, (EAVES + 0.35, eave + 0.1, width * 0.48, foot))
    for x in windows(name, width):
        _window(brush, EAVES + x, eave + 0.3, lit=lit, arched=name == "chapel")
    door = EAVES + width * (0.5 if not style.open_front else 0.66)
    _door(brush, door, foot, wide=0.34 if name != "inn" else 0.42)
    _roof(brush, style, (width + 2 * EAVES, OVER - 0.62, eave + 0.16))
    if style.chimney is not None:
        _chimney(brush, EAVES + width * style.chimney, OVER - 0.35)
    if style.tower:
        _tower(brush, width + 2 * EAVES, foot)
    if style.sign:
        _sign(brush, door + 0.47, eave + 0.22)
    return brush.picture()


def _wall(brush: Brush, style: Style, area: tuple[float, float, float, float]) -> None:
    left, top, width, foot = area
    brush.block(shaded(style.wall, -0.5), (left - 0.03, top, width + 0.06, foot - top + 0.02))
    brush.block(style.wall, (left, top, width, foot - top))
    brush.block(shaded(style.wall, -0.22), (left, top, width, 0.36))
    if style.timbered:
        brush.block(BEAM, (left, foot - 0.14, width, 0.14))
        for step in range(round(width * 1.3) + 1):
            x = left + step * (width - 0.09) / round(width * 1.3)
            brush.block(BEAM, (x, top, 0.09, foot - top))
        return
    chance = random.Random(round(width * 10))
    for row in range(5):
        x = left + (0.12 if row % 2 else 0.0)
        y = top + 0.2 + row * 0.2
        while x < left + width - 0.2:
            brush.block(shaded(style.wall, chance.uniform(-0.14, 0.06)), (x + 0.015, y, 0.27, 0.17), round_by=0.03)
            x += 0.3


def _window(brush: Brush, x: float, y: float, *, lit: bool, arched: bool) -> None:
    frame = BEAM if not arched else (98, 94, 100)
    pane = LIT if lit else GLASS
    brush.block(frame, (x - 0.19, y - 0.04, 0.38, 0.44), round_by=0.16 if arched else 0.02)
    brush.block(pane, (x - 0.14, y, 0.28, 0.35), round_by=0.12 if arched else 0.01)
    if not lit:
        brush.shape(shaded(pane, 0.35), [(x - 0.14, y + 0.2), (x + 0.06, y), (x + 0.14, y), (x - 0.14, y + 0.3)])
    brush.block(frame, (x - 0.018, y, 0.036, 0.35))
    brush.block(frame, (x - 0.14, y + 0.15, 0.28, 0.036))
    brush.block(shaded(frame, 0.15), (x - 0.22, y + 0.38, 0.44, 0.06))


def _door(brush: Brush, x: float, foot: float, *, wide: float) -> None:
    brush.block(shaded(BEAM, -0.4), (x - wide / 2 - 0.06, foot - 0.74, wide + 0.12, 0.74), round_by=0.08)
    brush.block((128, 84, 52), (x - wide / 2, foot - 0.68, wide, 0.68), round_by=0.06)
    for plank in (0.33, 0.66):
        brush.block((104, 66, 42), (x - wide / 2 + wide * plank, foot - 0.66, 0.02, 0.66))
    brush.oval((214, 182, 110), (x + wide / 2 - 0.08, foot - 0.32), (0.03, 0.03))
    brush.block((150, 142, 132), (x - wide / 2 - 0.1, foot - 0.04, wide + 0.2, 0.08), round_by=0.03)


def _fire(brush: Brush, area: tuple[float, float, float, float]) -> None:
    """The open half of the forge: dark inside, the hearth glows, an anvil stands before it."""
    left, top, width, foot = area
    brush.block((44, 34, 34), (left, top, width, foot - top))
    brush.block((88, 74, 70), (left + 0.08, top + 0.26, 0.74, 0.44))
    brush.oval((226, 96, 34), (left + 0.45, top + 0.44), (0.28, 0.14))
    brush.oval((255, 190, 84), (left + 0.45, top + 0.46), (0.16, 0.08))
    brush.block(BEAM, (left - 0.05, top - 0.06, 0.1, foot - top + 0.06))
    brush.block(BEAM, (left + width - 0.05, top - 0.06, 0.1, foot - top + 0.06))
    anvil = left + width * 0.74
    brush.block((96, 70, 48), (anvil - 0.14, foot - 0.26, 0.28, 0.24), round_by=0.03)
    outline = [(-0.28, 0.42), (0.22, 0.42), (0.16, 0.3), (0.1, 0.24), (-0.1, 0.24), (-0.12, 0.32)]
    brush.shape((86, 90, 98), [(anvil + across, foot - up) for across, up in outline])
    brush.block((130, 136, 146), (anvil - 0.24, foot - 0.43, 0.44, 0.05))


def _roof(brush: Brush, style: Style, size: tuple[float, float, float]) -> None:
    """A hipped roof: rows of shingles, lighter to the ridge, the right end in shadow."""
    width, ridge, eave = size
    inset = 0.5
    roof = style.roof
    whole = [(0.0, eave), (inset, ridge), (width - inset, ridge), (width, eave)]
    edge = [
        (0.0, eave + 0.05),
        (inset - 0.03, ridge - 0.04),
        (width - inset + 0.03, ridge - 0.04),
        (width, eave + 0.05),
    ]
    brush.shape(shaded(roof, -0.55), edge)
    brush.shape(roof, whole)
    rows = max(round((eave - ridge) / 0.24), 3)
    chance = random.Random(round(width * 7))
    for row in range(rows):
        top = ridge + (eave - ridge) * row / rows
        share = row / rows
        left, right = inset * (1 - share), width - inset * (1 - share)
        tone = shaded(roof, 0.12 - 0.24 * share)
        foot = top + (eave - ridge) / rows
        low_left, low_right = inset * (1 - share - 1 / rows), width - inset * (1 - share - 1 / rows)
        brush.shape(tone, [(left, top), (right, top), (low_right, foot), (low_left, foot)])
        x = left + (0.1 if row % 2 else 0.0)
        while x < right - 0.2:
            spread = chance.uniform(-0.1, 0.08)
            brush.block(shaded(tone, spread), (x + 0.01, top + 0.01, 0.2, foot - top - 0.03), round_by=0.04)
            x += 0.22
        brush.line(shaded(tone, -0.28), (low_left, foot), (low_right, foot), 0.03)
    brush.shape(
        shaded(roof, -0.34),
        [(width - inset, ridge), (width, eave), (width - 0.34, eave)],
    )
    brush.line(shaded(roof, 0.22), (inset, ridge), (width - inset, ridge), 0.09)


def _chimney(brush: Brush, x: float, y: float) -> None:
    brush.block((86, 74, 70), (x - 0.2, y - 0.46, 0.4, 0.66))
    brush.block((150, 128, 116), (x - 0.18, y - 0.44, 0.2, 0.62))
    brush.block((128, 106, 96), (x + 0.0, y - 0.44, 0.18, 0.62))
    brush.block((104, 90, 84), (x - 0.23, y - 0.52, 0.46, 0.13), round_by=0.02)
    brush.oval((46, 40, 40), (x, y - 0.47), (0.12, 0.035))


def _tower(brush: Brush, width: float, foot: float) -> None:
    """A square bell tower before the chapel's middle."""
    x = width / 2
    wall: Colour = (198, 192, 184)
    brush.block(shaded(wall, -0.5), (x - 0.48, 0.9, 0.96, foot - 0.9 + 0.02))
    brush.block(wall, (x - 0.45, 0.9, 0.9, foot - 0.9))
    brush.block(shaded(wall, -0.16), (x + 0.1, 0.9, 0.35, foot - 0.9))
    brush.block((70, 62, 66), (x - 0.24, 1.02, 0.48, 0.5), round_by=0.2)
    brush.oval((206, 168, 84), (x, 1.3), (0.15, 0.15))
    brush.block((206, 168, 84), (x - 0.19, 1.36, 0.38, 0.07), round_by=0.03)
    brush.oval((96, 138, 190), (x, 2.0), (0.19, 0.19))
    brush.oval((230, 196, 110), (x, 2.0), (0.08, 0.08))
    _door(brush, x, foot, wide=0.44)
    brush.shape((58, 66, 86), [(x - 0.62, 0.98), (x, 0.0), (x + 0.62, 0.98)])
    brush.shape((98, 112, 138), [(x - 0.57, 0.95), (x, 0.05), (x + 0.05, 0.95)])
    brush.shape((78, 90, 116), [(x + 0.05, 0.95), (x, 0.05), (x + 0.57, 0.95)])


def _sign(brush: Brush, x: float, y: float) -> None:
    """Three geese on a board."""
    brush.line(BEAM, (x - 0.3, y), (x + 0.24, y), 0.05)
    brush.block(shaded(BEAM, -0.3), (x - 0.24, y + 0.06, 0.46, 0.34), round_by=0.03)
    brush.block((232, 214, 168), (x - 0.21, y + 0.09, 0.4, 0.28), round_by=0.03)
    for goose in (-0.12, 0.0, 0.12):
        brush.oval((250, 250, 246), (x - 0.01 + goose, y + 0.26), (0.05, 0.04))
        brush.line((250, 250, 246), (x + 0.02 + goose, y + 0.25), (x + 0.03 + goose, y + 0.16), 0.03)
