"""One line over the village for what happened or failed; knows no game."""

from __future__ import annotations

import pygame

from demo_game.typography import ACCENT, INK, PANEL, Typography
from demo_game.views.subtitle_view import wrap

SIZE = 19
MOST_LINES = 3


def draw_notice(surface: pygame.Surface, area: pygame.Rect, text: str, typography: Typography) -> None:
    """Writes `text` at the lower edge of `area`, wrapped, on a ground of its own."""
    step = typography.height(SIZE)
    lines = [
        " ".join(line) for line in wrap(text.split(), area.width - 3 * step, lambda line: typography.width(line, SIZE))
    ]
    lines = [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])] if len(lines) > MOST_LINES else lines
    width = max(typography.width(line, SIZE) for line in lines)
    ground = pygame.Rect(0, 0, min(width + 2 * step, area.width - step), len(lines) * step + step // 2)
    ground.midbottom = area.centerx, area.bottom - step // 2
    pygame.draw.rect(surface, PANEL, ground, border_radius=step // 2)
    pygame.draw.rect(surface, ACCENT, ground, max(step // 16, 1), border_radius=step // 2)
    for number, line in enumerate(lines):
        row = pygame.Rect(ground.left + step // 2, ground.top + step // 4 + number * step, ground.width - step, step)
        typography.write(surface, line, row, size=SIZE, colour=INK, align="centre")
