"""Curves and points of a head in 3-D head space and their way to the screen; knows no colour and no surface.

Head space: x to the viewer's right, y down, z towards the viewer. The eyes lie at y = 0, the chin near y = 1.26,
the cheekbones near x = ±0.86. One unit is about half a face's width.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.float64]
"""(n, 2) or (n, 3) coordinates."""

NECK = np.array([0.0, 1.05, -0.25])
"""Where the head turns."""

DEPTH = 0.68
"""How far the front of the face lies before its outline."""

PERSPECTIVE = 0.07
"""How much nearer points grow per unit of depth."""


@cache
def _basis(count: int, closed: bool, steps: int) -> Points:
    """Matrix (n, count) that turns control points into points on a uniform Catmull-Rom curve through them."""
    spans = count if closed else count - 1
    rows = []
    for span in range(spans):
        for step in range(steps):
            t = step / steps
            weights = (
                -0.5 * t + t**2 - 0.5 * t**3,
                1.0 - 2.5 * t**2 + 1.5 * t**3,
                0.5 * t + 2.0 * t**2 - 1.5 * t**3,
                -0.5 * t**2 + 0.5 * t**3,
            )
            row = np.zeros(count)
            for offset, weight in zip((-1, 0, 1, 2), weights, strict=True):
                index = span + offset
                row[index % count if closed else min(max(index, 0), count - 1)] += weight
            rows.append(row)
    if not closed:
        last = np.zeros(count)
        last[-1] = 1.0
        rows.append(last)
    return np.array(rows)


def smooth(control: Points, *, closed: bool = True, steps: int = 4) -> Points:
    """A smooth curve through `control` points, `steps` points to a span."""
    return _basis(len(control), closed, steps) @ control


def mirrored(half: Points) -> Points:
    """A closed outline from its right half, listed from the top middle to the bottom middle."""
    left = half[-2:0:-1] * np.array([-1.0, 1.0])
    return np.concatenate([half, left])


def surface_depth(points: Points) -> NDArray[np.float64]:
    """Z of the front of a face-shaped solid at (n, 2) points; 0 outside its outline."""
    rest = 1.0 - points[:, 0] ** 2 - ((points[:, 1] - 0.1) / 1.55) ** 2
    depth: NDArray[np.float64] = np.sqrt(np.maximum(rest, 0.0)) * DEPTH
    return depth


def curve(x: NDArray[np.float64], y: NDArray[np.float64]) -> Points:
    """(n, 2) points from their coordinates."""
    points = np.empty((len(x), 2))
    points[:, 0], points[:, 1] = x, y
    return points


def band(x: NDArray[np.float64], upper: NDArray[np.float64], lower: NDArray[np.float64]) -> Points:
    """The closed outline between two curves over the same x."""
    count = len(x)
    points = np.empty((2 * count, 2))
    points[:count, 0], points[count:, 0] = x, x[::-1]
    points[:count, 1], points[count:, 1] = upper, lower[::-1]
    return points


def normals(line: Points, *, closed: bool = False) -> Points:
    """Unit normals of a line, to the left of its course."""
    course = np.empty_like(line)
    course[1:-1] = line[2:] - line[:-2]
    course[0] = line[1] - line[-1 if closed else 0]
    course[-1] = line[0 if closed else -1] - line[-2]
    length = np.maximum(np.sqrt(course[:, 0] ** 2 + course[:, 1] ** 2), 1e-9)
    turned = np.empty_like(course)
    turned[:, 0], turned[:, 1] = course[:, 1] / length, -course[:, 0] / length
    return turned


def stroke(line: Points, widths: Points | float) -> Points:
    """The outline of a brush stroke along `line`; `widths` are full widths, one or one per point."""
    half = np.asarray(widths).reshape(-1, 1) * 0.5
    offset = normals(line) * half
    return np.concatenate([line + offset, (line - offset)[::-1]])


def inset(outline: Points, distance: float) -> Points:
    """A closed outline moved inwards by `distance`."""
    x, y = outline[:, 0], outline[:, 1]
    area = np.dot(x[:-1], y[1:]) - np.dot(y[:-1], x[1:]) + x[-1] * y[0] - y[-1] * x[0]
    turns_left = float(area) < 0.0
    return outline + normals(outline, closed=True) * (distance if turns_left else -distance)


@cache
def both_ends_thin(count: int, *, power: float = 2.0, least: float = 0.1) -> Points:
    """Relative widths of a stroke that is thin at both ends."""
    return np.maximum(1.0 - np.abs(np.linspace(-1.0, 1.0, count)) ** power, least)


@dataclass(frozen=True, slots=True)
class Projection:
    """The way from head space to pixels.

    Attributes:
        origin: Pixel of the point between the eyes of a head that looks straight ahead.
        scale: Pixels per head-space unit.
        turn: Rotation matrix (3, 3).
    """

    origin: tuple[float, float]
    scale: float
    turn: Points

    @classmethod
    def of_head(
        cls, origin: tuple[float, float], scale: float, *, head: tuple[float, float, float] = (0.0, 0.0, 0.0)
    ) -> Projection:
        """A head at `origin` turned by `head` = (yaw, pitch, roll) in degrees, signs as in `npcengine.Face`."""
        yaw, pitch, roll = np.radians(head)
        about_y = [[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]]
        about_x = [[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]]
        about_z = [[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]]
        return cls(origin, scale, np.array(about_z) @ np.array(about_x) @ np.array(about_y))

    def __call__(self, points: Points) -> Points:
        """Pixels (n, 2) of head-space points (n, 3)."""
        turned = (points - NECK) @ self.turn.T + NECK
        growth = self.scale * (1.0 + PERSPECTIVE * turned[:, 2])
        return curve(self.origin[0] + turned[:, 0] * growth, self.origin[1] + turned[:, 1] * growth)
