"""Small moving signs over the village: smoke, the bell's rings, a glint where there is something to look at."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pygame

from demo_game.art import buildings
from demo_game.art.brush import Brush
from demo_game.art.village_picture import Rows, buildings_of
from demo_game.views.sprites import Sprite

PUFFS = 4
PUFF_S = 3.2
"""So long a puff of smoke is seen."""

RING_S = 1.1
GLINT_S = 2.6
FLASH_S = 0.9
"""So much of it the star shines."""

PER_S = 12
"""Signs move so many times a second: fewer than frames, so that less is drawn."""

GROWTH = 8
"""Pictures of a sign from its smallest to its largest."""

Spot = tuple[float, float]


class Signs:
    """Gives the signs as sprites, at one size of tile."""

    def __init__(self, rows: Rows, tile: int) -> None:
        self._tile = tile
        self._mouths: list[Spot] = []
        self._bells: list[Spot] = []
        for name, left, top, (width, _) in buildings_of(rows):
            style = buildings.STYLES[name]
            if style.chimney is not None and name != "house":
                self._mouths.append((left + width * style.chimney, top - 0.72))
            if style.tower:
                self._bells.append((left + width / 2, top + 0.42))
        self._puffs = [_puff(round(tile * (0.12 + 0.05 * step)), 120 - 13 * step) for step in range(GROWTH)]
        self._rings = [_ring(step / GROWTH, tile) for step in range(GROWTH)]
        self._stars = [_star(step / GROWTH, tile) for step in range(1, GROWTH + 1)]

    def smoke(self, time_s: float) -> Iterator[Sprite]:
        """Puffs that rise from the chimneys of forge and inn; each grows, thins and drifts to the right."""
        for x, y in self._mouths:
            for number in range(PUFFS):
                age = (_stepped(time_s) / PUFF_S + number / PUFFS) % 1.0
                drift = math.sin(age * 4.0 + number) * 0.12 + age * 0.5
                yield self._at(self._puffs[int(age * GROWTH)], (x + drift, y - age * 1.5))

    def bell(self, time_s: float) -> Iterator[Sprite]:
        """Two rings that widen around the bell."""
        for spot in self._bells:
            for shift in (0.0, 0.5):
                age = (_stepped(time_s) / RING_S + shift) % 1.0
                yield self._at(self._rings[int(age * GROWTH)], spot)

    def glint(self, spot: Spot, time_s: float) -> Iterator[Sprite]:
        """A star over a spot that flashes up now and then."""
        age = (_stepped(time_s) + spot[0] * 0.7) % GLINT_S
        size = math.sin(min(age / FLASH_S, 1.0) * math.pi)
        if size > 1 / GROWTH:
            yield self._at(self._stars[min(int(size * GROWTH), GROWTH - 1)], (spot[0], spot[1] - 1.0))

    def _at(self, picture: pygame.Surface, spot: Spot) -> Sprite:
        corner = picture.get_rect(center=(round(spot[0] * self._tile), round(spot[1] * self._tile))).topleft
        return Sprite(picture, corner)


def _stepped(time_s: float) -> float:
    return math.floor(time_s * PER_S) / PER_S


def _puff(radius: int, strength: int) -> pygame.Surface:
    size = max(radius * 2, 4)
    small = pygame.Surface((32, 32), pygame.SRCALPHA, 32)
    small.fill((214, 208, 204, 0))
    for ring in range(16, 0, -1):
        pygame.draw.circle(small, (214, 208, 204, round(max(strength, 8) * (1 - ring / 17))), (16, 16), ring)
    return pygame.transform.smoothscale(small, (size, size))


def _ring(age: float, tile: int) -> pygame.Surface:
    radius = (0.3 + age * 1.3) * tile
    picture = pygame.Surface((round(radius * 2) + 2, round(radius * 2) + 2), pygame.SRCALPHA, 32)
    thick = max(round((1.0 - age) * 0.09 * tile), 1)
    pygame.draw.circle(picture, (255, 232, 160), picture.get_rect().center, radius, thick)
    return picture


def _star(size: float, tile: int) -> pygame.Surface:
    """Four long points."""
    brush = Brush(0.6, 0.6, tile, clear=(255, 255, 240))
    far = 0.28 * size
    for length, thin in ((far, far * 0.2), (far * 0.55, far * 0.16)):
        points = []
        for turn in range(8):
            reach = length if turn % 2 == 0 else thin * 1.4
            angle = turn * math.pi / 4
            points.append((0.3 + math.sin(angle) * reach, 0.3 - math.cos(angle) * reach))
        brush.shape((255, 248, 206) if length == far else (255, 255, 255), points)
    return brush.picture()
