"""The place behind a character, out of focus, and the still picture that a head is drawn onto; knows no weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pygame
from numpy.typing import NDArray

from demo_game.looks import Look
from demo_game.portrait.body import paint_bust
from demo_game.portrait.canvas import Colour, mix

COARSE = (360, 240)
SOFT = (60, 40)
"""Places are painted coarsely and scaled down and up again: that is what puts them out of focus."""

Pixels: TypeAlias = NDArray[np.float64]
"""Colours, (x, y, 3), 0–255."""

Light: TypeAlias = tuple[float, float, float, float]
"""x, y and radius as shares of the picture's width (y of its height), and brightness."""


def stage(look: Look, size: tuple[int, int], *, origin: tuple[float, float], scale: float) -> pygame.Surface:
    """Backdrop and bust as one opaque surface of `size`; the head goes with its eyes at `origin`."""
    picture = backdrop(look, size)
    paint_bust(picture, look, eyes=origin, scale=scale)
    return picture


def backdrop(look: Look, size: tuple[int, int]) -> pygame.Surface:
    """The look's place in its air and light."""
    coarse = pygame.Surface(COARSE, 0, 32)
    coarse.fill(look.tint)
    lights = PLACES[look.place](coarse, look)
    soft = coarse
    for step in (SOFT, (SOFT[0] * 2, SOFT[1] * 2), SOFT, (SOFT[0] * 2, SOFT[1] * 2), COARSE):
        soft = pygame.transform.smoothscale(soft, step)
    pixels = pygame.surfarray.array3d(soft).astype(np.float64)
    lit = pygame.Surface(COARSE, 0, 32)
    pygame.surfarray.blit_array(lit, np.clip(_lit(pixels, look, lights), 0, 255).astype(np.uint8))
    picture = pygame.Surface(size, 0, 32)
    pygame.transform.smoothscale(lit, size, picture)
    return picture


def _lit(pixels: Pixels, look: Look, lights: list[Light]) -> Pixels:
    """Adds each light's glow, a haze behind the head and darkness at the edges."""
    width, height = COARSE
    x, y = np.meshgrid((np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height, indexing="ij")
    aspect = height / width
    glow = np.array(look.glow, dtype=np.float64)
    for at_x, at_y, radius, bright in lights:
        distance = np.hypot(x - at_x, (y - at_y) * aspect) / radius
        pixels += glow * (bright * np.exp(-(distance**2)))[..., None]
    haze = np.exp(-((np.hypot(x - 0.5, (y - 0.4) * aspect) / 0.3) ** 2))
    pixels += (np.array(mix(look.tint, look.glow, 0.35)) * 0.5)[None, None] * haze[..., None]
    vignette = 1.0 - 0.62 * np.clip(np.hypot((x - 0.5) * 1.1, (y - 0.45) * 0.9) * 1.25 - 0.2, 0, 1) ** 1.3
    return pixels * vignette[..., None]


def _rect(surface: pygame.Surface, colour: Colour, area: tuple[float, float, float, float]) -> None:
    """A rectangle given in shares of the picture."""
    width, height = COARSE
    x, y, wide, high = area
    pygame.draw.rect(surface, colour, (x * width, y * height, max(wide * width, 1), max(high * height, 1)))


def _forge(surface: pygame.Surface, look: Look) -> list[Light]:
    """Stone, a glowing hearth at the right, tools on the wall at the left."""
    stone = mix(look.tint, (20, 16, 20), 0.35)
    for row in range(9):
        for column in range(9):
            shade = mix(stone, look.tint, ((row * 7 + column * 5) % 6) / 6)
            _rect(surface, shade, (column / 8 - 0.06 * (row % 2), row / 9, 0.115, 0.1))
    _rect(surface, mix(look.tint, (8, 6, 8), 0.7), (0.72, 0.26, 0.26, 0.6))
    _rect(surface, (214, 92, 30), (0.75, 0.56, 0.2, 0.16))
    _rect(surface, (236, 150, 64), (0.79, 0.62, 0.12, 0.08))
    for number, length in enumerate((0.22, 0.3, 0.18, 0.26)):
        _rect(surface, (30, 24, 26), (0.07 + number * 0.055, 0.22, 0.012, length))
        _rect(surface, (58, 54, 58), (0.06 + number * 0.055, 0.22 + length, 0.034, 0.05))
    return [(0.85, 0.64, 0.14, 0.5), (0.85, 0.55, 0.4, 0.38), (0.15, 0.2, 0.3, 0.06)]


def _river(surface: pygame.Surface, look: Look) -> list[Light]:
    """Dusk over the water, far hills, a lantern on a pole."""
    width, height = COARSE
    for line in range(height):
        share = line / height
        sky = (
            mix((54, 84, 122), (236, 168, 122), min(share / 0.5, 1.0))
            if share < 0.5
            else mix((96, 104, 124), (22, 40, 60), (share - 0.5) * 2)
        )
        pygame.draw.line(surface, mix(sky, look.tint, 0.35), (0, line), (width, line))
    hills = [(0, 130), (42, 102), (90, 114), (144, 93), (210, 112), (276, 90), (360, 116), (360, 132), (0, 132)]
    pygame.draw.polygon(surface, (46, 62, 84), hills)
    for line, start, length in ((148, 24, 90), (160, 180, 130), (176, 60, 80), (190, 234, 100), (210, 18, 120)):
        pygame.draw.line(surface, (196, 156, 128), (start, line), (start + length, line), 3)
    _rect(surface, (26, 30, 38), (0.13, 0.2, 0.012, 0.8))
    _rect(surface, (255, 224, 150), (0.115, 0.24, 0.042, 0.09))
    return [(0.136, 0.28, 0.1, 0.7), (0.136, 0.75, 0.07, 0.22), (0.62, 0.46, 0.4, 0.22)]


def _inn(surface: pygame.Surface, look: Look) -> list[Light]:
    """Beams, shelves with jugs and bottles, candles."""
    _rect(surface, mix(look.tint, (120, 84, 50), 0.4), (0, 0, 1, 1))
    for x in (0.02, 0.3, 0.68, 0.95):
        _rect(surface, (40, 26, 18), (x, 0, 0.035, 1))
    _rect(surface, (46, 30, 20), (0, 0.06, 1, 0.06))
    jugs: list[Colour] = [(122, 74, 48), (70, 92, 70), (158, 116, 66), (96, 48, 44), (84, 98, 110)]
    for shelf in (0.36, 0.6):
        _rect(surface, (58, 38, 24), (0.05, shelf, 0.25, 0.025))
        _rect(surface, (58, 38, 24), (0.71, shelf, 0.24, 0.025))
        for number in range(4):
            high = 0.08 + 0.04 * ((number * 3 + round(shelf * 10)) % 3)
            for left in (0.07, 0.73):
                _rect(
                    surface, jugs[(number + round(shelf * 5)) % 5], (left + number * 0.055, shelf - high, 0.034, high)
                )
    return [(0.2, 0.3, 0.13, 0.5), (0.84, 0.52, 0.12, 0.45), (0.5, 0.05, 0.3, 0.22), (0.93, 0.2, 0.1, 0.3)]


def _chapel(surface: pygame.Surface, look: Look) -> list[Light]:
    """Stone arches, coloured windows, candles below."""
    _rect(surface, mix(look.tint, (96, 92, 112), 0.35), (0, 0, 1, 1))
    panes: list[Colour] = [(92, 138, 190), (208, 162, 84), (168, 84, 92), (96, 156, 134)]
    width, height = COARSE
    for number, x in enumerate((0.06, 0.78)):
        pygame.draw.ellipse(surface, (58, 54, 76), ((x - 0.025) * width, 0.06 * height, 0.21 * width, 0.4 * height))
        _rect(surface, (58, 54, 76), (x - 0.025, 0.25, 0.21, 0.42))
        for row in range(6):
            for column in range(3):
                pane = panes[(row * 2 + column + number) % 4]
                _rect(
                    surface,
                    mix(pane, (255, 240, 210), 0.2),
                    (x + 0.008 + column * 0.05, 0.14 + row * 0.082, 0.04, 0.068),
                )
    for x in (0.32, 0.66):
        _rect(surface, (70, 66, 88), (x, 0, 0.03, 1))
    return [(0.14, 0.36, 0.16, 0.3), (0.86, 0.36, 0.16, 0.3), (0.28, 0.82, 0.07, 0.6), (0.72, 0.84, 0.07, 0.6)]


PLACES: dict[str, Callable[[pygame.Surface, Look], list[Light]]] = {
    "forge": _forge,
    "river": _river,
    "inn": _inn,
    "chapel": _chapel,
}
