"""Where everything stands in a window of any size; pure arithmetic on rectangles."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

SMALLEST = (640, 480)
"""The window is not made smaller than this."""

TILE_PIXELS = 32
"""A tile of the village in a window of 800 × 600."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The regions of the village's screen; none overlaps another but `window`, which lies behind them all.

    Attributes:
        unit: Pixels of what is one pixel at 800 × 600; sizes of type and lines follow it.
        window: All of it.
        tile: Pixels of a tile of the village.
        village: The village from above.
        portrait: The face of whom one talks to, at the right.
        card: What one has and wants, below it.
        dialogue: The panel at the bottom that holds the next five.
        header: Who speaks and what they are doing.
        meter: The microphone's level.
        heard: What the player said.
        subtitle: What the character says.
        prompt: The line one types into, or what the keys do.
        eyes: Pixel of the portrait between the character's eyes, from the portrait's corner.
        face_scale: Pixels per head-space unit.
    """

    unit: float
    window: Rect
    tile: int
    village: Rect
    portrait: Rect
    card: Rect
    dialogue: Rect
    header: Rect
    meter: Rect
    heard: Rect
    subtitle: Rect
    prompt: Rect
    eyes: tuple[float, float]
    face_scale: float


def unit_of(size: tuple[int, int]) -> float:
    """Pixels of what is one pixel at 800 × 600."""
    return min(max(min(size[0] / 800, size[1] / 600), 0.75), 2.4)


def lay_out(size: tuple[int, int]) -> Layout:
    """The layout of a window of `size`."""
    width, height = size
    unit = unit_of(size)

    def scaled(pixels: float) -> int:
        return round(pixels * unit)

    margin, gap = scaled(10), scaled(8)
    dialogue = Rect(margin, height - margin - scaled(176), width - 2 * margin, scaled(176))
    upper = Rect(margin, margin, width - 2 * margin, dialogue.top - gap - margin)
    side = min(max(round(upper.width * 0.31), scaled(200)), round(upper.height * 0.78))
    village = Rect(upper.left, upper.top, upper.width - side - gap, upper.height)
    portrait = Rect(village.right + gap, upper.top, side, min(side, upper.height - gap - scaled(128)))
    card = Rect(portrait.left, portrait.bottom + gap, side, upper.bottom - portrait.bottom - gap)
    inner = dialogue.inflate(-2 * scaled(16), -2 * scaled(10))
    header = Rect(inner.left, inner.top, inner.width - scaled(196), scaled(26))
    meter = Rect(inner.right - scaled(186), inner.top + scaled(8), scaled(186), scaled(10))
    heard = Rect(inner.left, header.bottom + scaled(1), inner.width, scaled(20))
    prompt = Rect(inner.left, inner.bottom - scaled(26), inner.width, scaled(26))
    subtitle = Rect(inner.left, heard.bottom + scaled(3), inner.width, prompt.top - heard.bottom - scaled(6))
    face_scale = min(portrait.height / 3.55, portrait.width / 2.9)
    eyes = (portrait.width / 2, portrait.height - 1.82 * face_scale)
    return Layout(
        unit, Rect(0, 0, width, height), scaled(TILE_PIXELS), village, portrait, card, dialogue,
        header, meter, heard, subtitle, prompt, eyes, face_scale,
    )  # fmt: skip


def page_of(size: tuple[int, int], *, width: float = 560, height: float = 470) -> Rect:
    """The middle of a window, for a page of so many pixels at 800 × 600, as large as fits."""
    unit = unit_of(size)
    page = Rect(0, 0, min(round(width * unit), size[0] - 16), min(round(height * unit), size[1] - 16))
    page.center = size[0] // 2, size[1] // 2
    return page
