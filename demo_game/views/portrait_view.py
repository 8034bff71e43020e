"""The face of whom one talks to, before the place they live in; knows looks and faces, no game."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pygame

import npcengine
from demo_game.cast import Villager
from demo_game.face_rig import STEPS
from demo_game.layout import Layout
from demo_game.looks import Look
from demo_game.portrait.body import paint_bust
from demo_game.portrait.scenery import backdrop, stage
from demo_game.typography import ACCENT, FRAME
from demo_game.workbench import Workbench

REST = npcengine.Face(np.zeros(len(npcengine.ARKIT_NAMES), dtype=np.float32))

LEANS: dict[npcengine.Status, float] = {"listening": 0.035, "thinking": -0.015}
"""How far (head units) the head comes nearer, below, or draws back while it listens or thinks."""


class PortraitView:
    """Draws one villager's head at one size; the stages behind are painted ahead of time."""

    def __init__(self, layout: Layout, villagers: Iterable[Villager], workbench: Workbench) -> None:
        self._layout = layout
        self._stages: dict[Look, pygame.Surface] = {}
        self._canvas = pygame.Surface(layout.portrait.size, 0, 32)
        self._drawn: tuple[object, ...] = ()
        workbench.add(self._paint_ahead(list(villagers)))

    def draw(self, window: pygame.Surface, villager: Villager, *, fresh: bool) -> list[pygame.Rect]:
        """Draws the head as it is now; gives the area that has changed.

        Args:
            window: What to draw on.
            villager: Whose head.
            fresh: Whether something else was drawn here since.
        """
        face, status = villager.npc.face, villager.npc.status
        shown = villager.stem, status, _seen(face)
        if shown == self._drawn and not fresh:
            return []
        self._drawn = shown
        layout = self._layout
        self._canvas.blit(self._stage(villager.rig.look), (0, 0))
        x, y = layout.eyes
        origin = x, y + LEANS.get(status, 0.0) * layout.face_scale
        villager.rig.draw(self._canvas, face, origin=origin, scale=layout.face_scale)
        window.blit(self._canvas, layout.portrait)
        frame(window, layout.portrait, layout.unit, chosen=status != "idle")
        return [layout.portrait]

    def _paint_ahead(self, villagers: list[Villager]) -> Iterator[None]:
        """Every stage, and every head once: that paints its skin and hair."""
        for villager in villagers:
            look, layout = villager.rig.look, self._layout
            picture = backdrop(look, layout.portrait.size)
            yield
            paint_bust(picture, look, eyes=layout.eyes, scale=layout.face_scale)
            self._stages.setdefault(look, picture)
            yield
            villager.rig.draw(self._canvas, REST, origin=self._layout.eyes, scale=self._layout.face_scale)
            yield

    def _stage(self, look: Look) -> pygame.Surface:
        if look not in self._stages:
            layout = self._layout
            picture = stage(look, layout.portrait.size, origin=layout.eyes, scale=layout.face_scale)
            self._stages[look] = picture
        return self._stages[look]


def frame(window: pygame.Surface, area: pygame.Rect, unit: float, *, chosen: bool = False) -> None:
    """A thin frame; a thicker, brighter one where something goes on."""
    thick = frame_width(unit) + (round(1.5 * unit) if chosen else 0)
    pygame.draw.rect(window, ACCENT if chosen else FRAME, area, thick)


def frame_width(unit: float) -> int:
    """Pixels of a thin frame."""
    return max(round(unit), 1)


def _seen(face: npcengine.Face) -> tuple[bytes, tuple[int, ...]]:
    """A face in steps too small to be seen, to tell whether it has moved."""
    weights = (face.weights * STEPS).astype(np.int16).tobytes()
    return weights, tuple(round(part * 20) for part in (*face.gaze, *face.head))
