"""A list of shapes in head space that is turned and painted in one go; knows no part of a face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pygame

from demo_game.portrait.canvas import Canvas, Colour, as_corners
from demo_game.portrait.geometry import Points, Projection, stroke, surface_depth


@dataclass(frozen=True, slots=True)
class Shape:
    """One filled outline.

    Attributes:
        outline: (n, 2) head-space points.
        colour: What it is filled with, or its contour where there is a texture.
        above: z over the face's surface, or over the plane z = 0 when `plane`.
        plane: Whether the shape is flat; otherwise it lies on the front of the face.
        texture: What it is filled with instead of a colour.
        middle: Where in head space the texture's middle lies, (1, 3).
    """

    outline: Points
    colour: Colour
    above: float = 0.0
    plane: bool = False
    texture: pygame.Surface | None = None
    middle: Points | None = None


@dataclass(slots=True)
class Sketch:
    """Shapes in the order in which they are painted.

    They are projected together: a face has fifty small shapes, and one large product costs less than fifty small.
    """

    shapes: list[Shape] = field(default_factory=list)

    def fill(self, outline: Points, colour: Colour, *, above: float = 0.0, plane: bool = False) -> None:
        """Adds a filled outline."""
        self.shapes.append(Shape(outline, colour, above, plane))

    def line(self, line: Points, colour: Colour, width: Points | float, *, above: float = 0.02) -> None:
        """Adds a brush stroke on the face; `width` in head units, one or one per point."""
        self.shapes.append(Shape(stroke(line, width), colour, above))

    def fill_texture(
        self, outline: Points, texture: pygame.Surface, *, middle: Points, edge: Colour, above: float
    ) -> None:
        """Adds a flat outline filled with a texture."""
        self.shapes.append(Shape(outline, edge, above, plane=True, texture=texture, middle=middle))

    def paint(self, canvas: Canvas, project: Projection) -> None:
        """Turns all shapes as the head is turned, and paints them."""
        if not self.shapes:
            return
        placed = canvas.placed(project(_solid(self.shapes)))
        edges, corners = as_corners(placed), as_corners(placed + 0.5)
        start = 0
        for shape in self.shapes:
            end = start + len(shape.outline)
            if shape.texture is None or shape.middle is None:
                canvas.fill(corners[start:end], edges[start:end], shape.colour)
            else:
                middle = canvas.placed(project(shape.middle))[0]
                canvas.fill_texture(placed[start:end], shape.texture, middle=middle, edge=shape.colour)
            start = end


def _solid(shapes: Sequence[Shape]) -> Points:
    """All outlines, one after the other, as (n, 3) points."""
    flat = np.concatenate([shape.outline for shape in shapes])
    counts = [len(shape.outline) for shape in shapes]
    on_face = np.repeat([0.0 if shape.plane else 1.0 for shape in shapes], counts)
    solid = np.empty((len(flat), 3))
    solid[:, :2] = flat
    solid[:, 2] = surface_depth(flat) * on_face + np.repeat([shape.above for shape in shapes], counts)
    return solid
