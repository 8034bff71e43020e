"""Small moving signs over the village: smoke, the bell's rings, a glint where there is something to look at."""

from __future__ import annotations

import math

import pygame

from demo_game.art import buildings
from demo_game.art.village_picture import Rows, buildings_of

PUFFS = 4
PUFF_S = 3.2
"""So long a puff of smoke is seen."""

RING_S = 1.1
GLINT_S = 2.6


class Smoke:
    """Puffs that rise from every chimney of forge and inn."""

    def __init__(self, rows: Rows, tile: int) -> None:
        self._tile = tile
        self._mouths: list[tuple[float, float]] = []
        for name, left, top, (width, _) in buildings_of(rows):
            chimney = buildings.STYLES[name].chimney
            if chimney is not None and name != "house":
                self._mouths.append(((left + width * chimney) * tile, (top - 0.72) * tile))
        self._puffs = [_puff(round(tile * (0.12 + 0.05 * step)), 120 - 13 * step) for step in range(8)]

    def draw(self, window: pygame.Surface, camera: tuple[int, int], time_s: float) -> None:
        """All puffs; each grows, thins and drifts to the right."""
        for x, y in self._mouths:
            for number in range(PUFFS):
                age = (time_s / PUFF_S + number / PUFFS) % 1.0
                drift = math.sin(age * 4.0 + number) * 0.12 + age * 0.5
                puff = self._puffs[int(age * len(self._puffs))]
                at = x + drift * self._tile - camera[0], y - age * 1.5 * self._tile - camera[1]
                window.blit(puff, puff.get_rect(center=at))


class BellRings:
    """Rings of sound around the chapel's bell."""

    def __init__(self, rows: Rows, tile: int) -> None:
        self._tile = tile
        self._bells = [
            ((left + size[0] / 2) * tile, (top + 0.42) * tile)
            for name, left, top, size in buildings_of(rows)
            if buildings.STYLES[name].tower
        ]

    def draw(self, window: pygame.Surface, camera: tuple[int, int], time_s: float) -> None:
        """Two rings that widen."""
        for x, y in self._bells:
            for shift in (0.0, 0.5):
                age = (time_s / RING_S + shift) % 1.0
                radius = round((0.3 + age * 1.3) * self._tile)
                thick = max(round((1.0 - age) * 0.09 * self._tile), 1)
                pygame.draw.circle(window, (255, 232, 160), (x - camera[0], y - camera[1]), radius, thick)


class Glint:
    """A four-pointed star that flashes up now and then."""

    def __init__(self, tile: int) -> None:
        self._tile = tile

    def draw(self, window: pygame.Surface, camera: tuple[int, int], spot: tuple[float, float], time_s: float) -> None:
        """The star over a spot given in tiles."""
        age = (time_s + spot[0] * 0.7) % GLINT_S
        size = math.sin(min(age / 0.9, 1.0) * math.pi) * 0.26 * self._tile
        if size < 1.5:
            return
        x, y = spot[0] * self._tile - camera[0], (spot[1] - 1.0) * self._tile - camera[1]
        thin = size * 0.2
        for far, near in ((size, thin), (size * 0.55, thin * 0.8)):
            pygame.draw.polygon(
                window,
                (255, 248, 206) if far == size else (255, 255, 255),
                [(x, y - far), (x + near, y - near), (x + far, y), (x + near, y + near), (x, y + far),
                 (x - near, y + near), (x - far, y), (x - near, y - near)],
            )  # fmt: skip


def _puff(radius: int, strength: int) -> pygame.Surface:
    size = max(radius * 2, 4)
    small = pygame.Surface((32, 32), pygame.SRCALPHA, 32)
    small.fill((214, 208, 204, 0))
    for ring in range(16, 0, -1):
        pygame.draw.circle(small, (214, 208, 204, round(max(strength, 8) * (1 - ring / 17))), (16, 16), ring)
    return pygame.transform.smoothscale(small, (size, size))
