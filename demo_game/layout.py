"""Where everything stands in a window of any size; pure arithmetic on rectangles."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

SMALLEST = (640, 480)
"""The window is not made smaller than this."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The regions of the talking scene; none overlaps another but `stage`, which lies behind them all.

    Attributes:
        unit: Pixels of what is one pixel at 800 × 600; sizes of type and lines follow it.
        stage: The whole window, painted with the place and the character.
        portraits: One small portrait per character, top to bottom at the left.
        village: What the village is like now, at the top right.
        overlay: Timings, below it.
        notice: One line for what happened or failed, above the dialogue.
        dialogue: The panel that holds the next five.
        header: Who speaks and what they are doing.
        meter: The microphone's level.
        heard: What the player said.
        subtitle: What the character says.
        prompt: The line one types into, or what the keys do.
        eyes: Pixel between the character's eyes.
        face_scale: Pixels per head-space unit.
    """

    unit: float
    stage: Rect
    portraits: tuple[Rect, ...]
    village: Rect
    overlay: Rect
    notice: Rect
    dialogue: Rect
    header: Rect
    meter: Rect
    heard: Rect
    subtitle: Rect
    prompt: Rect
    eyes: tuple[float, float]
    face_scale: float


def lay_out(size: tuple[int, int], characters: int) -> Layout:
    """The layout of a window of `size` with so many characters to choose from."""
    width, height = size
    unit = min(max(min(width / 800, height / 600), 0.75), 2.4)

    def scaled(pixels: float) -> int:
        return round(pixels * unit)

    margin, gap = scaled(12), scaled(8)
    dialogue = _dialogue(size, unit)
    column = scaled(84)
    room = dialogue.top - 2 * margin - scaled(24)
    slot = min(scaled(98), room // max(characters, 1))
    portraits = tuple(Rect(margin, margin + index * slot, column, slot - gap) for index in range(characters))
    side = scaled(168)
    village = Rect(width - margin - side, margin, side, scaled(112))
    overlay = Rect(village.left, village.bottom + gap, side, dialogue.top - margin - scaled(24) - village.bottom - gap)
    notice = Rect(dialogue.left, dialogue.top - scaled(24), dialogue.width, scaled(22))
    inner = dialogue.inflate(-2 * scaled(16), -2 * scaled(10))
    header = Rect(inner.left, inner.top, inner.width - scaled(150), scaled(24))
    meter = Rect(inner.right - scaled(140), inner.top + scaled(7), scaled(140), scaled(10))
    heard = Rect(inner.left, header.bottom + scaled(2), inner.width, scaled(18))
    prompt = Rect(inner.left, inner.bottom - scaled(26), inner.width, scaled(26))
    subtitle = Rect(inner.left, heard.bottom + scaled(4), inner.width, prompt.top - heard.bottom - scaled(8))
    free_width = width - 2 * (margin + max(column, side) + gap)
    face_scale = min((dialogue.top - margin) / 3.5, free_width / 2.5)
    eyes = (width / 2, dialogue.top - 1.84 * face_scale)
    return Layout(
        unit, Rect(0, 0, width, height), portraits, village, overlay, notice, dialogue,
        header, meter, heard, subtitle, prompt, eyes, face_scale,
    )  # fmt: skip


def _dialogue(size: tuple[int, int], unit: float) -> Rect:
    """The panel at the bottom: as wide as lines of text stay easy to read."""
    width, height = size
    margin = round(12 * unit)
    panel = Rect(0, 0, min(width - 2 * margin, round(980 * unit)), round(164 * unit))
    panel.midbottom = (width // 2, height - margin)
    return panel
