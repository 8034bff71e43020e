"""Pictures on a still ground, of which only those that changed are drawn again; knows nothing of what they show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pygame


@dataclass(frozen=True, slots=True)
class Sprite:
    """A picture and where its upper left corner goes, in the view's pixels; the same sprite looks the same.

    Attributes:
        picture: Never painted on again.
        corner: Its place.
        adds: Whether it is light, which is added to what lies below.
    """

    picture: pygame.Surface
    corner: tuple[int, int]
    adds: bool = False

    @property
    def area(self) -> pygame.Rect:
        """What it covers."""
        return self.picture.get_rect(topleft=self.corner)


class SpriteLayer:
    """Draws sprites over a ground, and only where something has changed since the last frame."""

    def __init__(self) -> None:
        self._drawn: list[Sprite] = []

    def draw(
        self,
        view: pygame.Surface,
        ground: pygame.Surface,
        camera: tuple[int, int],
        sprites: Sequence[Sprite],
        *,
        fresh: bool,
    ) -> list[pygame.Rect]:
        """Draws what has changed; gives those areas of the view.

        Args:
            view: What to draw on.
            ground: The still picture.
            camera: Which of the ground's pixels is at the view's upper left.
            sprites: From back to front.
            fresh: Whether everything has to be drawn: the ground has changed, or something else was drawn here since.
        """
        inside = view.get_rect()
        sprites = [sprite for sprite in sprites if inside.colliderect(sprite.area)]
        changed = [inside] if fresh else changed_areas(self._drawn, sprites, inside)
        self._drawn = sprites
        for area in changed:
            view.set_clip(area)
            view.blit(ground, area, area.move(camera))
            for sprite in sprites:
                if area.colliderect(sprite.area):
                    view.blit(sprite.picture, sprite.corner, special_flags=pygame.BLEND_ADD if sprite.adds else 0)
        view.set_clip(None)
        return changed


def changed_areas(before: Iterable[Sprite], now: Iterable[Sprite], inside: pygame.Rect) -> list[pygame.Rect]:
    """Where sprites came, went or changed: areas that do not overlap."""
    areas: list[pygame.Rect] = []
    for sprite in set(before) ^ set(now):
        area = sprite.area.clip(inside)
        while (other := area.collidelist(areas)) >= 0:
            area = area.union(areas.pop(other))
        if area.width and area.height:
            areas.append(area)
    return areas
