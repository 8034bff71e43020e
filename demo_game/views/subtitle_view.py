"""The subtitle: wrapped words that light up as they are heard; knows type, no engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

import npcengine
from demo_game.typography import ACCENT, INK, UNHEARD, Typography

SIZES = (27, 24, 21)
"""Type sizes to try, largest first, until the text fits."""

SCALES: dict[str, float] = {"small": 0.85, "medium": 1.0, "large": 1.3}
"""What the player's choice of size multiplies them by."""


def wrap(words: list[str], width: int, measure: Callable[[str], int]) -> list[list[str]]:
    """Fills lines of at most `width` with words; a word that is wider than that has a line of its own."""
    lines: list[list[str]] = []
    for word in words:
        if lines and measure(" ".join([*lines[-1], word])) <= width:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def heard_words(text: str, spoken: str) -> int:
    """How many of the words of `text` have been heard, given the part that was `spoken`."""
    return min(len(spoken.split()), len(text.split()))


def window_of(lines: list[list[str]], heard: int, room: int) -> tuple[int, int]:
    """First and last + 1 of the lines to show so that the word being heard is among them."""
    if len(lines) <= room:
        return 0, len(lines)
    passed = 0
    current = len(lines) - 1
    for index, line in enumerate(lines):
        passed += len(line)
        if heard < passed:
            current = index
            break
    ahead = 1 if room > 1 else 0  # where there is room, the next line can be read before it is heard
    first = min(max(current + ahead - room + 1, 0), len(lines) - room)
    return first, first + room


@dataclass(slots=True)
class SubtitleView:
    """Draws a subtitle; keeps the wrapped lines until text or width change."""

    type: Typography
    scale: float = 1.0
    _text: str = ""
    _width: int = 0
    _size: int = SIZES[0]
    _lines: list[list[str]] | None = None

    def draw(self, surface: pygame.Surface, area: pygame.Rect, subtitle: npcengine.Subtitle) -> None:
        """Writes what is being said into `area`; the last word heard is underlined, so that no colour is needed."""
        lines = self._wrapped(subtitle.text, area)
        heard = heard_words(subtitle.text, subtitle.spoken)
        first, last = window_of(lines, heard, max(area.height // self.type.height(self._size), 1))
        number = sum(len(line) for line in lines[:first])
        speaking = heard < len(subtitle.text.split())
        y = area.top
        for line in lines[first:last]:
            x = area.left
            for word in line:
                lit = number < heard
                picture = self.type.word(word, self._size, INK if lit else UNHEARD)
                surface.blit(picture, (x, y))
                if speaking and number == heard - 1:
                    thick = max(picture.get_height() // 14, 2)
                    pygame.draw.rect(surface, ACCENT, (x, y + picture.get_height(), picture.get_width(), thick))
                x += picture.get_width() + self.type.width(" ", self._size)
                number += 1
            y += self.type.height(self._size)

    def _wrapped(self, text: str, area: pygame.Rect) -> list[list[str]]:
        if self._lines is None or text != self._text or area.width != self._width:
            self._text, self._width = text, area.width
            for size in (round(step * self.scale) for step in SIZES):
                self._size = size
                self._lines = wrap(text.split(), area.width, lambda line, size=size: self.type.width(line, size))  # type: ignore[misc]
                if len(self._lines) * self.type.height(size) <= area.height:
                    break
        return self._lines or []
