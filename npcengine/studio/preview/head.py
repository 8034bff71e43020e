"""A drawn head that shows a `Face`: jaw, lips, brows, lids, gaze, turn and breath; knows no file and no time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PIL import Image

from npcengine.face import arkit
from npcengine.studio.preview.eyes import EYE_X, SIDES, draw_brow, draw_eye, draw_frown
from npcengine.studio.preview.look import HairStyle, Look, light, mix, shade
from npcengine.studio.preview.mouth import draw_folds, draw_mouth, jaw_drop
from npcengine.studio.preview.paper import Paper, backdrop
from npcengine.studio.preview.shapes import Outline, Points, Pose, ellipse, mirrored, smooth, stroke
from npcengine.types import Face

_FACE: Outline = [(0.0, -1.02), (0.46, -0.94), (0.76, -0.6), (0.84, -0.1), (0.81, 0.3), (0.71, 0.68), (0.5, 1.03),
                  (0.24, 1.22), (0.0, 1.27)]  # fmt: skip
_EAR: Outline = [(0.78, -0.08), (0.9, -0.16), (0.98, -0.06), (0.95, 0.16), (0.87, 0.34), (0.8, 0.34)]
_NECK: Outline = [(0.0, 0.7), (0.42, 0.8), (0.43, 1.3), (0.5, 1.56), (0.8, 1.72), (0.0, 2.0)]
_NECK_SHADOW: Outline = [(0.0, 0.9), (0.43, 0.95), (0.43, 1.28), (0.24, 1.46), (0.0, 1.52)]
_SHOULDERS: Outline = [(0.0, 1.98), (0.3, 1.86), (0.52, 1.58), (0.98, 1.76), (1.46, 2.02), (1.78, 2.6), (1.9, 3.6),
                       (0.0, 3.8)]  # fmt: skip
_BACK: Mapping[HairStyle, Outline] = {
    "short": [(0.0, -1.3), (0.56, -1.2), (0.94, -0.78), (1.0, -0.2), (0.88, 0.42), (0.5, 0.8), (0.0, 0.9)],
    "bun": [(0.0, -1.26), (0.56, -1.16), (0.92, -0.74), (0.98, -0.2), (0.88, 0.36), (0.5, 0.8), (0.0, 0.9)],
    "bob": [(0.0, -1.36), (0.62, -1.26), (1.04, -0.82), (1.16, -0.1), (1.18, 0.6), (1.12, 1.12), (0.8, 1.36),
            (0.4, 1.2), (0.0, 1.1)],
}  # fmt: skip
_FRONT: Mapping[HairStyle, Outline] = {
    "short": [(0.84, 0.12), (0.95, -0.3), (0.9, -0.78), (0.6, -1.16), (0.1, -1.34), (-0.45, -1.26), (-0.86, -0.88),
              (-0.96, -0.36), (-0.84, 0.12), (-0.8, -0.26), (-0.66, -0.6), (-0.36, -0.62), (0.1, -0.78), (0.5, -0.84),
              (0.72, -0.56), (0.8, -0.22)],
    "bun": [(0.85, 0.26), (0.95, -0.3), (0.84, -0.86), (0.44, -1.2), (0.0, -1.28), (-0.44, -1.2), (-0.84, -0.86),
            (-0.95, -0.3), (-0.85, 0.26), (-0.8, -0.2), (-0.62, -0.6), (-0.28, -0.82), (0.06, -0.84), (0.4, -0.76),
            (0.66, -0.56), (0.8, -0.2)],
    "bob": [(0.98, 0.9), (1.12, 0.2), (1.04, -0.6), (0.66, -1.18), (0.0, -1.36), (-0.66, -1.18), (-1.04, -0.6),
            (-1.12, 0.2), (-0.98, 0.9), (-0.88, 0.4), (-0.83, -0.1), (-0.68, -0.44), (-0.3, -0.62), (0.1, -0.84),
            (0.24, -0.92), (0.42, -0.74), (0.72, -0.44), (0.84, -0.1), (0.88, 0.4)],
}  # fmt: skip
_KNOT: Outline = [(0.1, -1.14), (0.36, -1.18), (0.46, -1.36), (0.32, -1.54), (0.06, -1.58), (-0.16, -1.46),
                  (-0.18, -1.24)]  # fmt: skip
_BEHIND, _HAIR_Z = -0.25, 0.12
_BREATH_RISE = 0.035
"""How far shoulders rise with full lungs, in head units; the head goes along by half of it."""


class HeadPainter:
    """Paints one character's head.

    Args:
        look: Its colours and hair.
        size: Width and height of the pictures (pixels).
    """

    def __init__(self, look: Look, size: tuple[int, int] = (320, 360)) -> None:
        self.size = size
        self._look = look
        self._scale = size[1] / 3.7
        self._origin = (size[0] / 2.0, 0.48 * size[1])
        self._wall = backdrop(size, look.backdrop)

    def paint(self, face: Face) -> Image.Image:
        """The head as it shows `face`."""
        weights = dict(zip(arkit.NAMES, face.weights.tolist(), strict=True))
        rise = _BREATH_RISE * self._scale * face.breath
        body = Paper(self._wall, Pose((self._origin[0], self._origin[1] - rise), self._scale))
        origin = (self._origin[0], self._origin[1] - rise / 2.0)
        pose = Pose(origin, self._scale, face.head)
        behind = Paper(body.large(), pose)
        _draw_hair_behind(behind, self._look)
        shoulders = Paper(behind.large(), Pose((self._origin[0], self._origin[1] - rise), self._scale))
        _draw_body(shoulders, self._look)
        paper = Paper(shoulders.large(), pose)
        _draw_skin(paper, self._look, weights)
        _draw_nose(paper, self._look, weights)
        draw_folds(paper, self._look, weights)
        draw_mouth(paper, self._look, weights)
        draw_frown(paper, self._look, weights)
        for way, _ in SIDES:
            draw_eye(paper, self._look, weights, way, face.gaze)
        _draw_hair_before(paper, self._look)
        for way, _ in SIDES:
            draw_brow(paper, self._look, weights, way)
        return paper.finished()


def _draw_body(paper: Paper, look: Look) -> None:
    paper.fill(smooth(mirrored(_NECK)), shade(look.skin, 0.12), above=0.0)
    paper.fill(smooth(mirrored(_NECK_SHADOW)), shade(look.skin, 0.3), above=0.0)
    paper.fill(smooth(mirrored(_SHOULDERS)), look.clothes, above=0.0)
    for way in (-1.0, 1.0):
        seam = smooth(np.array([(0.08, 2.0), (0.34, 1.87), (0.55, 1.62)]) * [way, 1.0], closed=False)
        paper.fill(stroke(seam, 0.09, taper=0.2), light(look.clothes, 0.35), above=0.0)


def _draw_hair_behind(paper: Paper, look: Look) -> None:
    if look.style == "bun":
        paper.fill(smooth(_KNOT), light(look.hair, 0.08), above=_BEHIND)
    paper.fill(smooth(mirrored(_BACK[look.style])), shade(look.hair, 0.35), above=_BEHIND)


def _draw_skin(paper: Paper, look: Look, weights: Mapping[str, float]) -> None:
    """Ears, and the face down to a chin that falls with the jaw."""
    if look.style != "bob":
        for way in (-1.0, 1.0):
            ear = smooth(np.array(_EAR) * [way, 1.0])
            paper.fill(ear, shade(look.skin, 0.1), above=-0.1)
            paper.fill(ear * 0.55 + np.array([way * 0.4, 0.04]), shade(look.skin, 0.28), above=-0.1)
    outline = smooth(mirrored(_FACE))
    outline[:, 0] *= 1.0 + 0.05 * weights["cheekPuff"] * np.exp(-((outline[:, 1] - 0.6) ** 2) / 0.1)
    outline = _with_jaw(outline, weights)
    paper.fill(outline, shade(look.skin, 0.14), above=0.0)
    lit = outline * [0.95, 0.985] + np.array([-0.03, -0.01])
    paper.fill(lit, look.skin, above=0.02)
    blush = mix(look.skin, (226, 96, 88), 0.55)
    lift = 0.06 * (weights["cheekSquintLeft"] + weights["cheekSquintRight"])
    for way in (-1.0, 1.0):
        paper.glow(ellipse((way * 0.5, 0.44 - lift), (0.2, 0.14)), blush, strength=0.5, blur=0.16)
        paper.glow(ellipse((way * EYE_X, -0.06), (0.24, 0.12)), shade(look.skin, 0.35), strength=0.3, blur=0.14)


def _with_jaw(outline: Points, weights: Mapping[str, float]) -> Points:
    """The lower part of an outline, let down as the jaw falls."""
    share = np.clip((outline[:, 1] - 0.4) / 0.85, 0.0, 1.1)
    aside = 0.06 * (weights["jawLeft"] - weights["jawRight"]) * share
    return outline + np.column_stack([aside, 0.6 * jaw_drop(weights) * share])


def _draw_nose(paper: Paper, look: Look, weights: Mapping[str, float]) -> None:
    sneer = 0.5 * (weights["noseSneerLeft"] + weights["noseSneerRight"])
    lift = np.array([0.0, -0.035 * sneer])
    tone = shade(look.skin, 0.3)
    paper.glow(ellipse((0.05, 0.22), (0.05, 0.2)), tone, strength=0.28, blur=0.07)
    base = smooth([(-0.13, 0.39), (-0.07, 0.46), (0.0, 0.48), (0.07, 0.46), (0.13, 0.39)], closed=False)
    paper.fill(stroke(base + lift, 0.04), mix(look.skin, tone, 0.75))
    for way in (-1.0, 1.0):
        wing = smooth(np.array([(0.1, 0.34), (0.14 + 0.015 * sneer, 0.39), (0.11, 0.44)]) * [way, 1.0], closed=False)
        paper.fill(stroke(wing + lift, 0.022), mix(look.skin, tone, 0.85))
        paper.fill(ellipse((way * 0.055, 0.452), (0.03, 0.014), 16) + lift, shade(look.skin, 0.5))
    paper.fill(ellipse((-0.025, 0.36), (0.035, 0.03), 20) + lift, light(look.skin, 0.4))


def _draw_hair_before(paper: Paper, look: Look) -> None:
    outline = smooth(_FRONT[look.style])
    paper.fill(outline, look.hair, above=_HAIR_Z)
    for x, bend in ((-0.5, -0.2), (-0.2, -0.1), (0.16, 0.06), (0.5, 0.18)):
        strand = smooth([(0.35 * x, -1.2), (0.8 * x, -1.06), (x + bend, -0.86)], closed=False)
        paper.fill(stroke(strand, 0.03), light(look.hair, 0.16), above=_HAIR_Z)
