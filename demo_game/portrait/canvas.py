"""A surface one paints smooth shapes on, at its own size or finer; knows pixels, no faces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pygame
import pygame.gfxdraw

from demo_game.portrait.geometry import Points, inset

Colour: TypeAlias = tuple[int, int, int]

Corners: TypeAlias = list[tuple[float, float]]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour `share` (0–1) of the way from `first` to `second`."""
    share = min(max(share, 0.0), 1.0)
    keep = 1.0 - share
    return (
        int(first[0] * keep + second[0] * share),
        int(first[1] * keep + second[1] * share),
        int(first[2] * keep + second[2] * share),
    )


def as_corners(points: Points) -> Corners:
    """Points as pygame takes them; tuples, since the garbage collector does not have to look into them."""
    return list(zip(points[:, 0].tolist(), points[:, 1].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where shapes given in screen pixels land.

    Attributes:
        surface: An opaque 32-bit surface, not a subsurface: pygame's anti-aliased lines read wrong pixels there.
        corner: Screen pixel that is the surface's top left.
        fineness: Surface pixels per screen pixel.
    """

    surface: pygame.Surface
    corner: tuple[float, float] = (0.0, 0.0)
    fineness: int = 1

    def placed(self, points: Points) -> Points:
        """Screen pixels as this surface's own."""
        placed: Points = (points - np.array(self.corner)) * self.fineness
        return placed

    def fill(self, corners: Corners, edge: Corners, colour: Colour) -> None:
        """Fills an outline given in the surface's own pixels.

        Args:
            corners: The outline half a pixel further right and down, since pygame cuts the filling's fractions off.
            edge: The outline, for the anti-aliased line around it.
            colour: Of both.
        """
        pygame.draw.polygon(self.surface, colour, corners)
        pygame.draw.aalines(self.surface, colour, True, edge)  # noqa: FBT003 - pygame's signature

    def fill_texture(self, placed: Points, texture: pygame.Surface, *, middle: Points, edge: Colour) -> None:
        """Fills an outline with a texture whose middle lies at `middle`, and draws a soft contour in `edge`."""
        if not self._in_view(placed):
            return  # gfxdraw reports an error for a shape that lies wholly outside
        left, top = middle - np.array(texture.get_size()) / 2
        # The filling has hard edges: it stays inside, and the contour covers them.
        inside = inset(placed, 0.8)
        outline = np.rint(inside).astype(int).tolist()
        # gfxdraw counts a texture's y upwards, hence the sign.
        pygame.gfxdraw.textured_polygon(self.surface, outline, texture, round(left), -round(top))
        pygame.draw.aalines(self.surface, edge, True, as_corners(inside))  # noqa: FBT003 - pygame's signature
        pygame.draw.aalines(self.surface, edge, True, as_corners(placed))  # noqa: FBT003 - pygame's signature

    def _in_view(self, placed: Points) -> bool:
        """Whether any of an outline's box may be painted."""
        left, top = placed.min(axis=0)
        right, bottom = placed.max(axis=0)
        clip = self.surface.get_clip()
        return bool(right > clip.left + 2 and left < clip.right - 2 and bottom > clip.top + 2 and top < clip.bottom - 2)


@contextmanager
def finer(surface: pygame.Surface, area: pygame.Rect, fineness: int = 2) -> Iterator[Canvas]:
    """Paints `area` of `surface` at a multiple of its size and scales the result back: shapes get soft edges.

    What is not painted on comes back as it was, since every pixel is the mean of copies of itself.
    """
    area = area.clip(surface.get_rect())
    if area.width == 0 or area.height == 0:
        yield Canvas(surface)
        return
    part = surface.subsurface(area)
    large = pygame.transform.scale(part, (area.width * fineness, area.height * fineness))
    yield Canvas(large, area.topleft, fineness)
    pygame.transform.smoothscale(large, area.size, part)
