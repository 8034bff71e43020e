"""Type: sizes, colours, cached words; knows no scene."""

from __future__ import annotations

from collections import OrderedDict

import pygame

Colour = tuple[int, int, int]

INK: Colour = (255, 246, 228)
"""Words that have been heard, names, what matters."""

SOFT: Colour = (190, 182, 170)
"""Hints, and what the player said."""

UNHEARD: Colour = (150, 143, 136)
"""Words that are still to come; darker, so that the difference needs no colour."""

ACCENT: Colour = (255, 190, 92)
"""What is chosen or alive; never the only sign of it."""

PANEL: Colour = (18, 15, 18)
"""The ground behind text."""

FRAME: Colour = (92, 80, 68)
"""Thin lines around regions."""

BACKGROUND: Colour = (27, 23, 24)
"""What lies between the regions."""

DIM: Colour = (58, 52, 54)
"""The empty part of a bar."""

_KEPT = 900


class Typography:
    """Words as surfaces, each drawn once; sizes are in pixels at 800 × 600 and grow with the window."""

    def __init__(self, unit: float) -> None:
        self._unit = unit
        self._fonts: dict[int, pygame.font.Font] = {}
        self._words: OrderedDict[tuple[str, int, Colour], pygame.Surface] = OrderedDict()

    def font(self, size: int) -> pygame.font.Font:
        """The font that comes with pygame, so that the demo looks alike everywhere."""
        if size not in self._fonts:
            self._fonts[size] = pygame.font.Font(None, max(round(size * self._unit), 8))
        return self._fonts[size]

    def width(self, text: str, size: int) -> int:
        """Pixels that `text` takes."""
        return self.font(size).size(text)[0]

    def height(self, size: int) -> int:
        """Pixels from one line to the next."""
        return round(self.font(size).get_linesize() * 1.12)

    def word(self, text: str, size: int, colour: Colour) -> pygame.Surface:
        """`text` on a clear ground."""
        key = (text, size, colour)
        if key not in self._words:
            self._words[key] = self.font(size).render(text, True, colour)  # noqa: FBT003 - pygame's signature
            if len(self._words) > _KEPT:
                self._words.popitem(last=False)
        self._words.move_to_end(key)
        return self._words[key]

    def fitted(self, text: str, size: int, width: int) -> str:
        """`text`, cut with an ellipsis where it would be wider than `width` pixels."""
        if self.width(text, size) <= width:
            return text
        shortest, longest = 0, len(text)
        while shortest < longest:
            middle = (shortest + longest + 1) // 2
            if self.width(text[:middle].rstrip() + "…", size) <= width:
                shortest = middle
            else:
                longest = middle - 1
        return text[:shortest].rstrip() + "…"

    def write(
        self, surface: pygame.Surface, text: str, area: pygame.Rect, *, size: int, colour: Colour, align: str = "left"
    ) -> int:
        """Writes one line into `area`, centred in height; returns the x after it."""
        if not text:
            return area.left
        word = self.word(self.fitted(text, size, area.width), size, colour)
        place = word.get_rect(centery=area.centery)
        place.left = {"left": area.left, "right": area.right - place.width, "centre": area.centerx - place.width // 2}[
            align
        ]
        surface.blit(word, place)
        return place.right
