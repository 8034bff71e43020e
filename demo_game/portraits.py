"""The small portraits at the left: whom one can talk to; knows no keys."""

from __future__ import annotations

import numpy as np
import pygame

import npcengine
from demo_game.cast import Villager
from demo_game.portrait.scenery import stage
from demo_game.typography import ACCENT, INK, PANEL, SOFT, Typography

REST = npcengine.Face(np.zeros(len(npcengine.ARKIT_NAMES), dtype=np.float32))


class Portraits:
    """Draws each villager's portrait once per size, and a frame and an arrow at the one being talked to."""

    def __init__(self, villagers: list[Villager], areas: tuple[pygame.Rect, ...], typography: Typography) -> None:
        self._type = typography
        self._areas = areas
        self._names = [villager.first_name for villager in villagers]
        self._pictures = [
            _picture(villager, _face_area(area, typography).size)
            for villager, area in zip(villagers, areas, strict=True)
        ]

    def at(self, position: tuple[int, int]) -> int | None:
        """Which portrait lies at a pixel."""
        return next((index for index, area in enumerate(self._areas) if area.collidepoint(position)), None)

    def draw(self, surface: pygame.Surface, chosen: int) -> None:
        """All portraits; the chosen one is framed, lit and pointed at."""
        for index, (area, picture) in enumerate(zip(self._areas, self._pictures, strict=True)):
            face = _face_area(area, self._type)
            surface.blit(picture, face)
            label = pygame.Rect(area.left, face.bottom, area.width, area.bottom - face.bottom)
            pygame.draw.rect(surface, PANEL, label)
            name = f"{index + 1}  {self._names[index]}"
            self._type.write(surface, name, label, size=17, colour=INK if index == chosen else SOFT, align="centre")
            thick = max(area.width // 28, 2)
            pygame.draw.rect(
                surface, ACCENT if index == chosen else (70, 64, 66), area, thick if index == chosen else 1
            )
            if index == chosen:
                middle, reach = area.centery, area.width // 9
                arrow = [(area.right, middle - reach), (area.right + reach, middle), (area.right, middle + reach)]
                pygame.draw.polygon(surface, ACCENT, arrow)


def _face_area(area: pygame.Rect, typography: Typography) -> pygame.Rect:
    return pygame.Rect(area.left, area.top, area.width, area.height - typography.height(17) - 2)


def _picture(villager: Villager, size: tuple[int, int]) -> pygame.Surface:
    """A calm face, drawn large and scaled down for soft edges."""
    large = (size[0] * 3, size[1] * 3)
    scale = large[1] / 3.1
    origin = (large[0] / 2, 1.62 * scale)
    picture = stage(villager.rig.look, large, origin=origin, scale=scale)
    type(villager.rig)(villager.rig.look).draw(picture, REST, origin=origin, scale=scale)
    return pygame.transform.smoothscale(picture, size)
