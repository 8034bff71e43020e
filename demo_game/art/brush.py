"""A small picture with soft edges, painted in tiles instead of pixels; knows nothing of what it shows."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pygame

from demo_game.looks import Colour

FINENESS = 3
"""Everything is painted so many times larger and scaled down: that is what makes edges soft."""

Corner = tuple[float, float]


def shaded(colour: Colour, share: float) -> Colour:
    """`colour` darker for a negative `share` (−1 is black), lighter for a positive one (1 is white)."""
    goal = 0 if share < 0 else 255
    red, green, blue = (round(part + (goal - part) * abs(share)) for part in colour)
    return red, green, blue


class Brush:
    """Paints shapes given in tiles onto a clear picture.

    Args:
        width: Of the picture, in tiles.
        height: Of the picture, in tiles.
        tile: Pixels of a tile.
        clear: What lies below the soft edges; a colour near the picture's own keeps them clean.
    """

    def __init__(self, width: float, height: float, tile: float, *, clear: Colour = (40, 34, 26)) -> None:
        self._size = max(round(width * tile), 1), max(round(height * tile), 1)
        self._tile = tile * FINENESS
        large = self._size[0] * FINENESS, self._size[1] * FINENESS
        self._large = pygame.Surface(large, pygame.SRCALPHA, 32)
        self._large.fill((*clear, 0))

    def picture(self) -> pygame.Surface:
        """What has been painted."""
        return pygame.transform.smoothscale(self._large, self._size)

    def shape(self, colour: Colour, corners: Sequence[Corner]) -> None:
        """A filled outline."""
        pygame.draw.polygon(self._large, colour, [(x * self._tile, y * self._tile) for x, y in corners])

    def block(self, colour: Colour, area: tuple[float, float, float, float], *, round_by: float = 0.0) -> None:
        """A rectangle (left, top, width, height)."""
        x, y, width, height = area
        left, top = round(x * self._tile), round(y * self._tile)
        right, bottom = round((x + width) * self._tile), round((y + height) * self._tile)
        place = pygame.Rect(left, top, max(right - left, 1), max(bottom - top, 1))
        pygame.draw.rect(self._large, colour, place, border_radius=round(round_by * self._tile))

    def oval(self, colour: Colour, middle: Corner, reach: Corner) -> None:
        """An ellipse of half width and half height `reach`."""
        place = pygame.Rect(0, 0, max(round(2 * reach[0] * self._tile), 1), max(round(2 * reach[1] * self._tile), 1))
        place.center = round(middle[0] * self._tile), round(middle[1] * self._tile)
        pygame.draw.ellipse(self._large, colour, place)

    def line(self, colour: Colour, start: Corner, end: Corner, width: float) -> None:
        """A straight stroke with round ends."""
        thick = max(width * self._tile, 1.0)
        first = start[0] * self._tile, start[1] * self._tile
        last = end[0] * self._tile, end[1] * self._tile
        length = math.hypot(last[0] - first[0], last[1] - first[1]) or 1.0
        across = (
            (first[1] - last[1]) / length * thick / 2,
            (last[0] - first[0]) / length * thick / 2,
        )
        corners = [
            (first[0] + across[0], first[1] + across[1]),
            (last[0] + across[0], last[1] + across[1]),
            (last[0] - across[0], last[1] - across[1]),
            (first[0] - across[0], first[1] - across[1]),
        ]
        pygame.draw.polygon(self._large, colour, corners)
        if thick > 3:
            for end_point in (first, last):
                pygame.draw.circle(self._large, colour, end_point, thick / 2)


def shadow(width: float, height: float, tile: float, *, strength: int = 70) -> pygame.Surface:
    """A soft oval of darkness, `width` × `height` tiles."""
    size = max(round(width * tile), 2), max(round(height * tile), 2)
    small = pygame.Surface((24, 24), pygame.SRCALPHA, 32)
    for ring in range(12, 0, -1):
        pygame.draw.circle(small, (16, 22, 20, round(strength * (1 - ring / 13) ** 0.7)), (12, 12), ring)
    return pygame.transform.smoothscale(small, size)


def glow(radius: float, tile: float, colour: Colour) -> pygame.Surface:
    """A round light to be added to what lies below, `radius` tiles."""
    size = max(round(2 * radius * tile), 4)
    small = pygame.Surface((48, 48), 0, 32)
    for ring in range(24, 0, -1):
        share = (1 - ring / 25) ** 1.8
        pygame.draw.circle(small, [round(part * share) for part in colour], (24, 24), ring)
    return pygame.transform.smoothscale(small, (size, size))
