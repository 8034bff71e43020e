"""A face drawn by code from ARKit weights, gaze and head angles; knows looks and pixels, no engine."""

from __future__ import annotations

from collections.abc import Mapping

import npcengine
import numpy as np
import pygame

from demo_game.looks import Look
from demo_game.portrait import head
from demo_game.portrait.canvas import Canvas, finer
from demo_game.portrait.eyes import SIDES, draw_brow, draw_eye
from demo_game.portrait.features import draw_lines, draw_nose
from demo_game.portrait.geometry import Projection
from demo_game.portrait.headwear import draw_headwear
from demo_game.portrait.mouth import draw_mouth
from demo_game.portrait.sketch import Sketch

FEATURES = np.array([[-0.72, -0.5, 0.4], [0.72, -0.5, 0.4], [0.72, 1.28, 0.4], [-0.72, 1.28, 0.4]])
"""The part of the face that is drawn finer: brows to lower lip."""


class FaceRig:
    """One character's head. Every shape is a curve in 3-D head space that weights bend and head angles turn."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._scale = 0.0
        self._behind = Sketch()
        self._before = Sketch()

    def draw(self, surface: pygame.Surface, face: npcengine.Face, *, origin: tuple[float, float], scale: float) -> None:
        """Paints the head onto an opaque 32-bit surface.

        Args:
            surface: What to paint on; shoulders and backdrop are already there.
            face: The face of this instant.
            origin: Pixel between the eyes when the head looks straight ahead.
            scale: Pixels per head-space unit; a head is about 2.5 units high.
        """
        weights = dict(zip(npcengine.ARKIT_NAMES, face.weights.tolist(), strict=True))
        project = Projection.of_head(origin, scale, head=face.head)
        self._prepare(scale)
        canvas = Canvas(surface)
        self._behind.paint(canvas, project)
        self._skin(weights).paint(canvas, project)
        with finer(surface, self._feature_area(project)) as fine:
            self._features(weights, face.gaze).paint(fine, project)
        self._before.paint(canvas, project)

    def _prepare(self, scale: float) -> None:
        """Sketches what no weight moves, once per size."""
        if scale == self._scale:
            return
        self._scale = scale
        self._behind, self._before = Sketch(), Sketch()
        head.draw_hair_behind(self._behind, self.look, scale)
        head.draw_ears(self._behind, self.look)
        head.draw_hair_before(self._before, self.look, scale)
        draw_headwear(self._before, self.look, scale)

    def _skin(self, weights: Mapping[str, float]) -> Sketch:
        sketch = Sketch()
        head.draw_face(sketch, self.look, self._scale, weights=weights)
        head.draw_beard(sketch, self.look, self._scale, weights=weights)
        return sketch

    def _features(self, weights: Mapping[str, float], gaze: tuple[float, float]) -> Sketch:
        sketch, look = Sketch(), self.look
        draw_lines(sketch, look, weights=weights)
        draw_nose(sketch, look, weights=weights)
        for side, _ in SIDES:
            draw_eye(sketch, look, weights=weights, side=side, gaze=gaze)
            draw_brow(sketch, look, weights=weights, side=side)
        lips = draw_mouth(sketch, look, weights=weights)
        head.draw_moustache(sketch, look, lips)
        return sketch

    def _feature_area(self, project: Projection) -> pygame.Rect:
        corners = project(FEATURES * [self.look.width, 1.0, 1.0])
        left, top = corners.min(axis=0)
        right, bottom = corners.max(axis=0)
        return pygame.Rect(round(left), round(top), round(right - left), round(bottom - top))
