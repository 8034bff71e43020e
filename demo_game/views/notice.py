"""A line over the village for what happened or failed, or for what the player may not know; knows no game."""

from __future__ import annotations

import pygame

from demo_game.typography import ACCENT, INK, PANEL, Typography
from demo_game.views.sprites import Sprite
from demo_game.views.subtitle_view import wrap

SIZE = 19
MOST_LINES = 3


class Notice:
    """Writes one text at a time, wrapped, on a ground of its own at the lower edge of a view of `size`."""

    def __init__(self, size: tuple[int, int], typography: Typography) -> None:
        self._size = size
        self._type = typography
        self._written: tuple[str, Sprite] | None = None

    def sprite(self, text: str) -> Sprite | None:
        """The text as it is to be drawn; None for none."""
        if not text:
            return None
        if self._written is None or self._written[0] != text:
            picture = self._picture(text)
            middle = self._size[0] // 2, self._size[1] - self._type.height(SIZE) // 2
            self._written = text, Sprite(picture, picture.get_rect(midbottom=middle).topleft)
        return self._written[1]

    def _picture(self, text: str) -> pygame.Surface:
        step = self._type.height(SIZE)
        room = self._size[0] - 3 * step
        lines = [" ".join(line) for line in wrap(text.split(), room, lambda line: self._type.width(line, SIZE))]
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]
        width = max(self._type.width(line, SIZE) for line in lines)
        picture = pygame.Surface(
            (min(width + 2 * step, self._size[0] - step), len(lines) * step + step // 2), pygame.SRCALPHA
        )
        ground = picture.get_rect()
        pygame.draw.rect(picture, PANEL, ground, border_radius=step // 2)
        pygame.draw.rect(picture, ACCENT, ground, max(step // 16, 1), border_radius=step // 2)
        for number, line in enumerate(lines):
            row = pygame.Rect(step // 2, step // 4 + number * step, ground.width - step, step)
            self._type.write(picture, line, row, size=SIZE, colour=INK, align="centre")
        return picture
