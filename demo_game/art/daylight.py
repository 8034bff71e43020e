"""The hour of the day over the still village, and what burns in it; knows pictures, no people."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import pygame

from demo_game.art import buildings
from demo_game.art.brush import Brush, glow
from demo_game.art.village_picture import Rows, buildings_of
from demo_game.looks import Colour

NIGHT: Colour = (96, 104, 164)
"""What white turns to in the dark."""

LEVELS = 40
"""The evening falls in so many steps, each too small to be seen."""

BAND_TILES = 2
"""So many rows of tiles are darkened with each frame."""

CANDLELIGHT: Colour = (120, 84, 34)
FIRELIGHT: Colour = (150, 74, 22)

HOUSES_LIT_FROM = 0.3
"""So dark it is when people at home light a candle."""

_FALLEN = object()


def tint(level: int) -> tuple[int, int, int, int]:
    """What all colours are multiplied by."""
    share = level / LEVELS
    red, green, blue = (round(255 + (part - 255) * share) for part in NIGHT)
    return red, green, blue, 255


@dataclass(slots=True)
class Daylight:
    """The village's picture as the hour lets one see it.

    Attributes:
        shown: What to draw.
        level: How dark it is there, 0 … `LEVELS`.
    """

    picture: pygame.Surface
    tile: int
    shown: pygame.Surface = field(init=False)
    level: int = 0
    _falling: Iterator[object] | None = None

    def __post_init__(self) -> None:
        self.shown = self.picture.convert() if pygame.display.get_surface() else self.picture.copy()

    def follow(self, dusk: float) -> bool:
        """Lets the evening fall a little further, or the morning come after a save was loaded; whether it did."""
        wanted = round(min(max(dusk, 0.0), 1.0) * LEVELS)
        if self._falling is None and wanted != self.level:
            self.level = wanted
            self._falling = self._darken()
        if self._falling is None:
            return False
        if next(self._falling, _FALLEN) is _FALLEN:
            self._falling = None
        return True

    def _darken(self) -> Iterator[None]:
        step = BAND_TILES * self.tile
        for top in range(0, self.picture.get_height(), step):
            band = pygame.Rect(0, top, self.picture.get_width(), step)
            self.shown.blit(self.picture, band, band)
            self.shown.fill(tint(self.level), band, pygame.BLEND_MULT)
            yield


@dataclass(frozen=True, slots=True)
class Light:
    """One that shines.

    Attributes:
        name: As the world calls it; ``house`` for those that burn by themselves in the evening.
        at: Its middle in tiles.
        radius: How far it shines, in tiles.
        colour: What it adds at its middle.
        flickers: Whether it is a fire.
        pane: Whether a window is drawn below the glow.
    """

    name: str
    at: tuple[float, float]
    radius: float
    colour: Colour
    flickers: bool = False
    pane: bool = False


def lights_of(rows: Rows) -> list[Light]:
    """Everything on the map that can shine."""
    found: list[Light] = []
    for name, left, top, size in buildings_of(rows):
        foot = top + size[1]
        panes = buildings.windows(name, size[0])
        found += [Light(name, (left + x, foot - 0.52), 1.3, CANDLELIGHT, pane=True) for x in panes]
        if name == "forge":
            found.append(Light(name, (left + 0.8, foot - 0.5), 2.4, FIRELIGHT, flickers=True))
        if name == "chapel":
            found.append(Light("candle", (left + size[0] / 2, foot - 0.3), 1.5, CANDLELIGHT, flickers=True))
    shrines = [(x, y) for y, row in enumerate(rows) for x, name in enumerate(row) if name == "shrine"]
    return found + [Light("shrine", (x + 0.5, y + 0.3), 0.9, CANDLELIGHT, flickers=True) for x, y in shrines]


class LightPictures:
    """The glow of each light and the bright pane of a window, at one size of tile."""

    def __init__(self, tile: int) -> None:
        self._tile = tile
        self._glows: dict[tuple[float, Colour, int], pygame.Surface] = {}
        self.pane = _pane(tile)

    def glow(self, light: Light, time_s: float, level: int) -> pygame.Surface:
        """What the light adds now: the more, the darker it is; fires flicker in eight steps a second."""
        strength = 0.45 + 0.55 * level / LEVELS
        if light.flickers:
            strength *= 1.0 + 0.14 * math.sin(math.floor(time_s * 8) * 2.4 + light.at[0])
        step = round(strength * 16)
        key = light.radius, light.colour, step
        if key not in self._glows:
            red, green, blue = (min(round(part * step / 16), 255) for part in light.colour)
            self._glows[key] = glow(light.radius, self._tile, (red, green, blue))
        return self._glows[key]


def _pane(tile: int) -> pygame.Surface:
    brush = Brush(0.3, 0.36, tile)
    brush.block(buildings.LIT, (0.01, 0.005, 0.28, 0.35), round_by=0.01)
    brush.block(buildings.BEAM, (0.132, 0.0, 0.036, 0.36))
    brush.block(buildings.BEAM, (0.0, 0.155, 0.3, 0.036))
    return brush.picture()
