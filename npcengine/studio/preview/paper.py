"""What a head is painted on: a Pillow image at several times its size, so that edges come out soft; knows no face."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from npcengine.studio.preview.look import Colour
from npcengine.studio.preview.shapes import Points, Pose, face_depth

FINENESS = 3
"""Pixels painted per pixel shown, each way."""


class Paper:
    """An image under one pose of a head.

    Args:
        picture: What is already painted, `FINENESS` times as large as it will be shown; it is left as it is.
        pose: Where the head is, in shown pixels.
    """

    def __init__(self, picture: Image.Image, pose: Pose) -> None:
        self._picture = picture.copy()
        self._draw = ImageDraw.Draw(self._picture)
        origin = (pose.origin[0] * FINENESS, pose.origin[1] * FINENESS)
        self._pose = Pose(origin, pose.scale * FINENESS, pose.head)

    def fill(self, outline: Points, colour: Colour, *, above: float | None = None) -> None:
        """Fills an outline that lies on the front of the face, or flat so far before the plane of the ears."""
        self._draw.polygon(self._pixels(outline, above), fill=colour)

    def glow(self, outline: Points, colour: Colour, *, strength: float, blur: float) -> None:
        """Tints the face softly within an outline; `blur` is in units of head space."""
        pixels = np.array(self._pixels(outline, None))
        reach = blur * self._pose.scale
        left, top = (pixels.min(axis=0) - 2.0 * reach).astype(int)
        right, bottom = (pixels.max(axis=0) + 2.0 * reach).astype(int)
        mask = Image.new("L", (int(right - left) // FINENESS, int(bottom - top) // FINENESS))
        inside = [((x - left) / FINENESS, (y - top) / FINENESS) for x, y in pixels.tolist()]
        ImageDraw.Draw(mask).polygon(inside, fill=round(255 * strength))
        soft = mask.filter(ImageFilter.GaussianBlur(reach / FINENESS / 2.0))
        self._picture.paste(colour, (int(left), int(top)), soft.resize((int(right - left), int(bottom - top))))

    def finished(self) -> Image.Image:
        """The picture at the size it is shown at."""
        return self._picture.reduce(FINENESS)

    def large(self) -> Image.Image:
        """The picture as it is painted, for another paper to start from."""
        return self._picture

    def _pixels(self, outline: Points, above: float | None) -> list[tuple[float, float]]:
        depth: NDArray[np.float64] = face_depth(outline) if above is None else np.full(len(outline), above)
        placed = self._pose.place(outline, depth)
        return [(x, y) for x, y in placed.tolist()]


def backdrop(size: tuple[int, int], colour: Colour) -> Image.Image:
    """A wall with light on its middle, `FINENESS` times as large as `size`."""
    width, height = size
    x, y = np.meshgrid(np.linspace(-1.0, 1.0, width), np.linspace(-1.0, 1.0, height))
    lit = 1.06 - 0.2 * np.minimum(x**2 + (y + 0.1) ** 2, 2.0)
    pixels = np.clip(np.array(colour, dtype=np.float64) * lit[..., None], 0.0, 255.0).astype(np.uint8)
    return Image.fromarray(pixels).resize((width * FINENESS, height * FINENESS))
