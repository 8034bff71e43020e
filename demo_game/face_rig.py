"""A face drawn by code from ARKit weights, gaze and head angles; knows looks and pixels, no engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import numpy as np
import pygame

import npcengine
from demo_game.looks import Look
from demo_game.portrait import head
from demo_game.portrait.canvas import Canvas, finer
from demo_game.portrait.eyes import SIDES, draw_brow, draw_eye
from demo_game.portrait.features import draw_lines, draw_nose
from demo_game.portrait.geometry import Projection
from demo_game.portrait.headwear import draw_headwear
from demo_game.portrait.mouth import draw_mouth, jaw_drop
from demo_game.portrait.sketch import Sketch

FEATURES = np.array([[-0.7, -0.5, 0.4], [0.7, -0.5, 0.4], [0.7, 1.0, 0.4], [-0.7, 1.0, 0.4]])
"""The part of the face that is drawn finer: brows to lower lip, with the mouth shut."""

FINE_BELOW = 100.0
"""Smaller heads (pixels per unit) have their features drawn at twice the size; larger ones look no better for it."""

BREATH_RISE = 0.025
"""How far full lungs lift the head (head units)."""

STEPS = 250
"""A weight that changes by less than one of so many steps moves nothing by a visible amount."""

EYE_READS = ("eyeBlink", "eyeSquint", "eyeWide", "cheekSquint")
NOSE_READS = ("noseSneerLeft", "noseSneerRight")
LINES_READ = tuple(
    name for name in npcengine.ARKIT_NAMES if name.startswith(("brow", "eyeSquint", "cheekSq", "nose", "mouthSmile"))
)
MOUTH_READS = tuple(name for name in npcengine.ARKIT_NAMES if name.startswith(("jaw", "mouth", "tongue")))
"""The weights each part of the face depends on."""


class FaceRig:
    """One character's head. Every shape is a curve in 3-D head space that weights bend and head angles turn."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._scale = 0.0
        self._behind = Sketch()
        self._before = Sketch()
        self._kept: dict[str, tuple[tuple[int, ...], Sketch]] = {}

    def draw(self, surface: pygame.Surface, face: npcengine.Face, *, origin: tuple[float, float], scale: float) -> None:
        """Paints the head onto an opaque 32-bit surface.

        Args:
            surface: What to paint on; shoulders and backdrop are already there.
            face: The face of this instant.
            origin: Pixel between the eyes when the head looks straight ahead.
            scale: Pixels per head-space unit; a head is about 2.5 units high.
        """
        weights = dict(zip(npcengine.ARKIT_NAMES, face.weights.tolist(), strict=True))
        lifted = (origin[0], origin[1] - BREATH_RISE * scale * face.breath)
        project = Projection.of_head(lifted, scale, head=face.head)
        self._prepare(scale)
        canvas = Canvas(surface)
        self._behind.paint(canvas, project)
        self._skin(weights).paint(canvas, project)
        features = self._features(weights, face.gaze)
        if scale < FINE_BELOW:
            with finer(surface, self._feature_area(project, jaw_drop(weights))) as fine:
                features.paint(fine, project)
        else:
            features.paint(canvas, project)
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
        """Everything between brows and chin; what has not moved since the last frame is not sketched again."""
        look, keep = self.look, self._keep
        whole = Sketch()
        keep(whole, "lines", _moved(weights, LINES_READ), lambda part: draw_lines(part, look, weights=weights))
        keep(whole, "nose", _moved(weights, NOSE_READS), lambda part: draw_nose(part, look, weights=weights))
        for side, name in SIDES:
            eye = (
                *_moved(weights, [shape + name for shape in EYE_READS]),
                round(gaze[0] * STEPS),
                round(gaze[1] * STEPS),
            )
            brow = _moved(weights, ["browInnerUp", "browDown" + name, "browOuterUp" + name])
            keep(whole, "eye" + name, eye, partial(draw_eye, look=look, weights=weights, side=side, gaze=gaze))
            keep(whole, "brow" + name, brow, partial(draw_brow, look=look, weights=weights, side=side))
        mouth = _moved(weights, MOUTH_READS)
        keep(
            whole, "mouth", mouth, lambda part: head.draw_moustache(part, look, draw_mouth(part, look, weights=weights))
        )
        return whole

    def _keep(self, whole: Sketch, part: str, moved: tuple[int, ...], draw: Callable[[Sketch], None]) -> None:
        """Adds a part to the sketch, as it was drawn for the same weights in the frame before if there was one."""
        known = self._kept.get(part)
        if known is None or known[0] != moved:
            sketch = Sketch()
            draw(sketch)
            known = self._kept[part] = (moved, sketch)
        whole.shapes += known[1].shapes

    def _feature_area(self, project: Projection, drop: float) -> pygame.Rect:
        area = FEATURES * [self.look.width, 1.0, 1.0]
        area[2:, 1] += drop
        corners = project(area)
        left, top = corners.min(axis=0)
        right, bottom = corners.max(axis=0)
        return pygame.Rect(round(left), round(top), round(right - left), round(bottom - top))


def _moved(weights: Mapping[str, float], names: Iterable[str]) -> tuple[int, ...]:
    """Weights in steps too small to be seen, to tell whether a part has moved."""
    return tuple(round(weights[name] * STEPS) for name in names)
