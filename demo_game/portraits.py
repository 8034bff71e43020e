"""The small portraits at the left: whom one can talk to; knows no keys."""

from __future__ import annotations

import numpy as np
import pygame

import npcengine
from demo_game.cast import Villager
from demo_game.face_rig import FaceRig
from demo_game.layout import Layout
from demo_game.looks import Look
from demo_game.portrait.scenery import stage
from demo_game.typography import ACCENT, INK, PANEL, SOFT, Typography

REST = npcengine.Face(np.zeros(len(npcengine.ARKIT_NAMES), dtype=np.float32))


class Portraits:
    """Draws each villager's portrait once per size, and a frame and an arrow at the one being talked to."""

    def __init__(self, villagers: list[Villager], layout: Layout, typography: Typography) -> None:
        self._type = typography
        self._villagers = villagers
        self._areas = layout.portraits
        self._face_scale = layout.face_scale
        self._pictures: list[pygame.Surface] = []

    @property
    def complete(self) -> bool:
        """Whether every portrait has been painted."""
        return len(self._pictures) == len(self._villagers)

    def at(self, position: tuple[int, int]) -> int | None:
        """Which portrait lies at a pixel."""
        return next((index for index, area in enumerate(self._areas) if area.collidepoint(position)), None)

    def draw(self, surface: pygame.Surface, chosen: int) -> None:
        """All portraits; the chosen one is framed, lit and pointed at."""
        self._prepare_one()
        for index, area in enumerate(self._areas):
            face = _face_area(area, self._type)
            if index < len(self._pictures):
                surface.blit(self._pictures[index], face)
            label = pygame.Rect(area.left, face.bottom, area.width, area.bottom - face.bottom)
            pygame.draw.rect(surface, PANEL, label)
            name = f"{index + 1}  {self._villagers[index].first_name}"
            self._type.write(surface, name, label, size=17, colour=INK if index == chosen else SOFT, align="centre")
            thick = max(area.width // 28, 2)
            pygame.draw.rect(
                surface, ACCENT if index == chosen else (70, 64, 66), area, thick if index == chosen else 1
            )
            if index == chosen:
                middle, reach = area.centery, area.width // 9
                arrow = [(area.right, middle - reach), (area.right + reach, middle), (area.right, middle + reach)]
                pygame.draw.polygon(surface, ACCENT, arrow)

    def _prepare_one(self) -> None:
        """Paints one portrait that is still missing: one per frame, so that the window never waits for all."""
        index = len(self._pictures)
        if index < len(self._villagers):
            size = _face_area(self._areas[index], self._type).size
            self._pictures.append(_picture(self._villagers[index].rig.look, size, self._face_scale))


def _face_area(area: pygame.Rect, typography: Typography) -> pygame.Rect:
    return pygame.Rect(area.left, area.top, area.width, area.height - typography.height(17) - 2)


def _picture(look: Look, size: tuple[int, int], scale: float) -> pygame.Surface:
    """A calm face, drawn as large as the one that talks, with the same textures, and scaled down."""
    large = (round(3.1 * scale * size[0] / size[1]), round(3.1 * scale))
    origin = (large[0] / 2, 1.62 * scale)
    picture = stage(look, large, origin=origin, scale=scale)
    FaceRig(look).draw(picture, REST, origin=origin, scale=scale)
    return pygame.transform.smoothscale(picture, size)
