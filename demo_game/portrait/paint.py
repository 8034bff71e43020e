"""Soft-shaded textures of skin, hair and cloth, computed once per look and size; knows no movement."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pygame
from numpy.typing import NDArray

from demo_game.looks import Look
from demo_game.portrait.canvas import Colour

Field = NDArray[np.floating]
"""One value per texture pixel, indexed [x, y]."""

REACH = (1.7, 2.1)
"""Half width and half height of a texture, in head-space units."""

MIDDLE = np.array([[0.0, 0.25, 0.45]])
"""The head-space point at a texture's middle."""

LIGHT = np.array([-0.45, -0.5, 0.74])
"""Direction to the light: from the viewer's upper left."""


BODY_REACH = (2.9, 1.7)
BODY_MIDDLE = np.array([[0.0, 2.6, -0.3]])
"""The same for the textures of a body."""


FINEST = 80.0
"""Textures are computed at no more than so many pixels per unit and scaled up: they hold no finer detail."""


def _grid(scale: float, *, reach: tuple[float, float] = REACH, middle_y: float = MIDDLE[0, 1]) -> tuple[Field, Field]:
    """Head-space x and y of every pixel that is computed for a texture."""
    scale = min(scale, FINEST)
    x = np.linspace(-reach[0], reach[0], max(round(2 * reach[0] * scale), 8))
    y = np.linspace(-reach[1], reach[1], max(round(2 * reach[1] * scale), 8)) + middle_y
    grid_x, grid_y = np.meshgrid(x.astype(np.float32), y.astype(np.float32), indexing="ij")
    return grid_x, grid_y


def _spot(x: Field, y: Field, at: tuple[float, float], size: tuple[float, float]) -> Field:
    """A soft spot: 1 at `at`, falling off over `size`."""
    spot: Field = np.exp(-(((x - at[0]) / size[0]) ** 2) - ((y - at[1]) / size[1]) ** 2)
    return spot


def _surface(colour: Field, scale: float) -> pygame.Surface:
    """An opaque 32-bit surface of an (x, y, 3) array of 0–255, as large as `scale` asks for."""
    surface = pygame.Surface(colour.shape[:2], 0, 32)
    pygame.surfarray.blit_array(surface, np.clip(colour, 0, 255).astype(np.uint8))
    if scale <= FINEST:
        return surface
    growth = scale / FINEST
    return pygame.transform.smoothscale(
        surface, (round(surface.get_width() * growth), round(surface.get_height() * growth))
    )


def _towards(base: Field, colour: Colour, share: Field) -> Field:
    """Mixes `colour` into `base` by `share` per pixel."""
    blended: Field = base + (np.array(colour, dtype=np.float32) - base) * np.clip(share, 0.0, 1.0)[..., None]
    return blended


def shade_of(colour: Colour, *, depth: float = 0.45) -> Colour:
    """The shadow of a colour: darker, and a little redder, as skin and cloth are."""
    red, green, blue = colour
    return (round(red * (1 - depth * 0.78)), round(green * (1 - depth)), round(blue * (1 - depth * 0.95)))


def hair_shade(colour: Colour, *, depth: float = 0.6) -> Colour:
    """The shadow of hair and cloth, which stays in its own hue and turns a little cool."""
    keep = 1.0 - depth
    return (round(colour[0] * keep), round(colour[1] * keep), round(colour[2] * (keep + 0.06 * depth)))


def light_of(colour: Colour, *, height: float = 0.3) -> Colour:
    """The highlight of a colour, warm."""
    red, green, blue = colour
    return (
        round(red + (255 - red) * height),
        round(green + (246 - green) * height),
        round(blue + (226 - blue) * height),
    )


def _lighting(x: Field, y: Field, *, width: float = 1.0) -> Field:
    """How much a face-shaped solid is turned to the light, −1…1."""
    normal_x = x / (0.95 * width)
    normal_y = (y - 0.1) / 1.5
    normal_z = np.sqrt(np.maximum(1.0 - normal_x**2 - normal_y**2, 0.0))
    length = np.sqrt(normal_x**2 + normal_y**2 + normal_z**2) + 1e-9
    lit: Field = (normal_x * LIGHT[0] + normal_y * LIGHT[1] + normal_z * LIGHT[2]) / length
    return lit


@lru_cache(maxsize=8)
def skin(look: Look, scale: float) -> pygame.Surface:
    """Skin over the whole face: light, shadow, blush, eye sockets, and a rim of the light behind."""
    x, y = _grid(scale)
    lit = _lighting(x, y, width=look.width)
    base = np.broadcast_to(np.array(look.skin, dtype=np.float32), (*x.shape, 3))
    colour = _towards(base, shade_of(look.skin), (0.62 - lit) * 0.85)
    colour = _towards(colour, light_of(look.skin), (lit - 0.72) * 1.3)
    blush = (min(look.skin[0] + 22, 255), round(look.skin[1] * 0.68), round(look.skin[2] * 0.66))
    for side in (-1, 1):
        cheek = _spot(x, y, (side * 0.5 * look.width, 0.42), (0.26, 0.2))
        colour = _towards(colour, blush, cheek * look.blush * 0.5)
        socket = _spot(x, y, (side * 0.34, -0.1), (0.25, 0.13))
        colour = _towards(colour, shade_of(look.skin), socket * 0.32)
        bag = _spot(x, y, (side * 0.36, 0.17), (0.2, 0.06))
        colour = _towards(colour, shade_of(look.skin), bag * (0.12 + 0.22 * look.age))
    colour = _towards(colour, blush, _spot(x, y, (0.0, 0.44), (0.15, 0.11)) * look.blush * 0.4)
    colour = _towards(colour, light_of(look.skin), _spot(x, y, (-0.05, 0.12), (0.05, 0.25)) * 0.35)
    colour = _towards(colour, light_of(look.skin), _spot(x, y, (-0.2, -0.55), (0.3, 0.18)) * 0.3)
    colour = _towards(colour, shade_of(look.skin), _spot(x, y, (0.0, 0.99), (0.22, 0.06)) * 0.3)
    for along in (0.12, 0.2, 0.28, 0.35):
        flank = _spot(x, y, (0.06 + 0.2 * along, along), (0.04 + 0.1 * along, 0.08))
        colour = _towards(colour, shade_of(look.skin), flank * 0.22)
    hairline = (
        np.clip((-0.44 - y + 0.22 * (x / 0.8) ** 2) * 1.8, 0, 1) if look.hair_style != "receding" else np.zeros_like(x)
    )
    temples = np.clip((np.abs(x) / look.width - 0.64) * 2.6, 0, 1) * np.clip(0.5 - y, 0, 1)
    colour = _towards(colour, shade_of(look.skin), hairline * 0.55 + temples * 0.4)
    rim = np.clip((x / (0.9 * look.width) - 0.74) * 3.2, 0, 1) * np.clip(1.1 - np.abs(y - 0.2), 0, 1)
    colour = _towards(colour, look.glow, rim * 0.42)
    if look.beard == "stubble":
        lower = np.clip((y - 0.5) * 2.2, 0, 1) * (1 - _spot(x, y, (0, 0.76), (0.24, 0.1)))
        colour = _towards(colour, shade_of(look.hair, depth=0.3), lower * 0.2)
    return _surface(colour, scale)


def _strands(angle: Field, seed: int, *, count: int) -> Field:
    """Hair strands along rays: noise over the angle, −1…1."""
    chance = np.random.default_rng(seed)
    total = np.zeros_like(angle)
    for octave in (1, 2, 4):
        knots = chance.uniform(-1, 1, count * octave + 1)
        knots[-1] = knots[0]
        place = (angle / (2 * np.pi) + 0.5) * count * octave
        total += np.interp(place, np.arange(count * octave + 1), knots) / octave
    strands: Field = total / 1.75
    return strands


@lru_cache(maxsize=16)
def hair(look: Look, scale: float, *, behind: bool = False) -> pygame.Surface:
    """Hair that falls from the crown; `behind` is the darker hair in the shadow of the head."""
    x, y = _grid(scale)
    angle = np.arctan2(x + 0.12, y + 1.6)
    strands = _strands(angle, 7, count=90)
    lit = _lighting(x * 0.85, y * 0.75)
    bright = (lit - 0.45) * 0.75 + strands * 0.44 - (0.75 if behind else 0.0)
    sheen = _spot(x, y, (-0.35, -0.88), (0.55, 0.13)) * (0.5 + 0.5 * strands)
    base = np.broadcast_to(np.array(look.hair, dtype=np.float32), (*x.shape, 3))
    colour = _towards(base, hair_shade(look.hair, depth=0.78), -bright)
    colour = _towards(colour, light_of(look.hair, height=0.4), bright * 0.45 + sheen * 0.5)
    rim = np.clip((x - 0.62) * 2.2, 0, 1) * (0.6 + 0.4 * strands)
    return _surface(_towards(colour, look.glow, rim * (0.25 if behind else 0.4)), scale)


@lru_cache(maxsize=8)
def beard(look: Look, scale: float) -> pygame.Surface:
    """Beard hair that grows down and outwards from the mouth."""
    x, y = _grid(scale)
    angle = np.arctan2(x, y - 0.1)
    strands = _strands(angle, 11, count=110)
    lit = _lighting(x, y * 0.9)
    bright = (lit - 0.5) * 0.8 + strands * 0.5
    base = np.broadcast_to(np.array(look.hair, dtype=np.float32), (*x.shape, 3))
    colour = _towards(base, hair_shade(look.hair, depth=0.72), -bright)
    return _surface(_towards(colour, light_of(look.hair, height=0.35), bright * 0.5), scale)


@lru_cache(maxsize=8)
def cloth(colour: Colour, glow: Colour, scale: float) -> pygame.Surface:
    """Woven cloth worn on the head."""
    x, y = _grid(scale)
    rim = np.clip((x - 0.7) * 1.1, 0, 1)
    lit = _lighting(x * 0.7, y * 0.7)
    return _woven(colour, lit, np.arctan2(x - 0.2, y + 2.4), rim=rim, glow=glow, scale=scale)


def garment(colour: Colour, glow: Colour, scale: float) -> pygame.Surface:
    """Woven cloth worn on the body; used once per picture, so not kept."""
    x, y = _grid(scale, reach=BODY_REACH, middle_y=float(BODY_MIDDLE[0, 1]))
    rim = np.clip((x - 1.2) * 1.1, 0, 1)
    lit = _lighting(x * 0.42, (y - 2.2) * 0.6)
    return _woven(colour, lit, np.arctan2(x - 0.2, y - 0.6), rim=rim, glow=glow, scale=scale)


def _woven(colour: Colour, lit: Field, angle: Field, *, rim: Field, glow: Colour, scale: float) -> pygame.Surface:
    """Cloth with soft folds along rays, lit from the front and rimmed by the light behind."""
    folds = _strands(angle, 3, count=40)
    bright = (lit - 0.5) * 1.1 + folds * 0.24
    base = np.broadcast_to(np.array(colour, dtype=np.float32), (*lit.shape, 3))
    shaded = _towards(base, hair_shade(colour, depth=0.65), -bright)
    shaded = _towards(shaded, light_of(colour, height=0.3), bright * 0.6)
    return _surface(_towards(shaded, glow, rim * 0.25), scale)
