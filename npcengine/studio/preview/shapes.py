"""Curves in head space and their way to pixels; knows no face, no colour and no image.

Head space: x to the viewer's right, y down, z towards the viewer. The eyes lie at y = 0, the chin near y = 1.25, the
cheekbones near x = ±0.85.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.float64]
"""(n, 2) coordinates."""

Outline: TypeAlias = Sequence[tuple[float, float]]

NECK_Y = 1.1
"""Heads turn about a point below the chin."""
DEPTH = 0.62
"""How far the front of a face lies before its outline."""


def smooth(control: Outline | Points, *, closed: bool = True, steps: int = 6) -> Points:
    """A uniform Catmull-Rom curve through `control`, `steps` points to a span."""
    points = np.asarray(control, dtype=np.float64)
    around = np.concatenate([points[-1:], points, points[:2]] if closed else [points[:1], points, points[-1:]])
    t = (np.arange(steps) / steps)[:, None]
    before, start, end, after = around[:-3, None], around[1:-2, None], around[2:-1, None], around[3:, None]
    line = 2.0 * start + (end - before) * t
    line = line + (2.0 * before - 5.0 * start + 4.0 * end - after) * t**2
    line = line + (3.0 * (start - end) + after - before) * t**3
    curve = line.reshape(-1, 2) / 2.0
    return curve if closed else np.concatenate([curve, points[-1:]])


def mirrored(half: Outline) -> list[tuple[float, float]]:
    """A closed outline from its right half, listed from the top middle to the bottom middle."""
    return [*half, *((-x, y) for x, y in half[-2:0:-1])]


def band(x: Points, upper: Points, lower: Points) -> Points:
    """The closed outline between two curves over the same x."""
    return np.concatenate([np.column_stack([x, upper]), np.column_stack([x, lower])[::-1]])


def stroke(line: Points, width: float, *, taper: float = 1.0) -> Points:
    """The outline of a brush stroke that is `width` wide in the middle; `taper` 1 thins its ends to nothing."""
    along = np.linspace(-1.0, 1.0, len(line))
    half = 0.5 * width * (1.0 - taper * along**2)[:, None]
    course = np.gradient(line, axis=0)
    length = np.maximum(np.hypot(course[:, 0], course[:, 1]), 1e-9)[:, None]
    side = np.column_stack([course[:, 1], -course[:, 0]]) / length * half
    return np.concatenate([line + side, (line - side)[::-1]])


def ellipse(middle: tuple[float, float], radii: tuple[float, float], count: int = 40) -> Points:
    """An ellipse's outline."""
    turn = np.linspace(0.0, 2.0 * np.pi, count, endpoint=False)
    return np.column_stack([middle[0] + radii[0] * np.cos(turn), middle[1] + radii[1] * np.sin(turn)])


def face_depth(points: Points) -> NDArray[np.float64]:
    """Z of the front of a face-shaped solid; 0 outside its outline."""
    rest = 1.0 - points[:, 0] ** 2 - ((points[:, 1] - 0.1) / 1.5) ** 2
    depth: NDArray[np.float64] = DEPTH * np.sqrt(np.maximum(rest, 0.0))
    return depth


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a head is and how it is turned.

    Attributes:
        origin: Pixel between the eyes of a head that looks straight ahead.
        scale: Pixels per unit of head space.
        head: (yaw, pitch, roll) in degrees, signs as in `npcengine.Face`.
    """

    origin: tuple[float, float]
    scale: float
    head: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def place(self, points: Points, depth: NDArray[np.float64]) -> Points:
        """Pixels of points that lie so deep, (n, 2)."""
        yaw, pitch, roll = np.radians(self.head)
        x, y, z = points[:, 0], points[:, 1] - NECK_Y, depth
        x, z = x * np.cos(yaw) + z * np.sin(yaw), z * np.cos(yaw) - x * np.sin(yaw)
        y = y * np.cos(pitch) - z * np.sin(pitch)
        x, y = x * np.cos(roll) - y * np.sin(roll), x * np.sin(roll) + y * np.cos(roll)
        return np.column_stack([self.origin[0] + x * self.scale, self.origin[1] + (y + NECK_Y) * self.scale])
