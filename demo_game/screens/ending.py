"""The last page: how the story ended, and what was found out."""

from __future__ import annotations

import pygame

from demo_game.clues import CLUES
from demo_game.endings import Ending
from demo_game.layout import page_of
from demo_game.screens.menu import MenuPage, Row
from demo_game.shell import Shell
from demo_game.typography import ACCENT, FRAME, INK, PANEL, SOFT
from demo_game.views.subtitle_view import wrap


class EndingPage(MenuPage):
    """Heading, what became of everybody, and the way back into the village or out."""

    def __init__(self, shell: Shell, ending: Ending) -> None:
        rows = [Row("Stay a while", use=self.back), Row("Leave Oakhollow", use=shell.leave)]
        super().__init__(shell, ending.title, rows)
        self._ending = ending

    @property
    def area(self) -> pygame.Rect:
        """Larger than a menu: there is something to read."""
        return page_of(self.shell.layout.window.size, width=600, height=390)

    def row_area(self, number: int) -> pygame.Rect:
        """The rows stand side by side at the foot."""
        area, unit = self.area, self.shell.layout.unit
        width = (area.width - round(90 * unit)) // 2
        left = area.left + round(30 * unit) + number * (width + round(30 * unit))
        return pygame.Rect(left, area.bottom - round(58 * unit), width, round(36 * unit))

    def paint(self, window: pygame.Surface) -> None:
        """Draws all of the page."""
        area, unit, type_ = self.area, self.shell.layout.unit, self.shell.typography
        pygame.draw.rect(window, PANEL, area, border_radius=round(10 * unit))
        pygame.draw.rect(window, FRAME, area, max(round(1.5 * unit), 1), border_radius=round(10 * unit))
        head = pygame.Rect(area.left, area.top + round(26 * unit), area.width, round(44 * unit))
        type_.write(window, self.title, head, size=40, colour=ACCENT, align="centre")
        row = pygame.Rect(
            area.left + round(44 * unit), head.bottom + round(22 * unit), area.width - round(88 * unit), 0
        )
        row.height = type_.height(22)
        for paragraph in self._ending.text:
            for line in wrap(paragraph.split(), row.width, lambda words: type_.width(words, 22)):
                type_.write(window, " ".join(line), row, size=22, colour=INK)
                row.top = row.bottom
            row.top += round(12 * unit)
        found = len(self.shell.game.story.notebook.clues)
        minutes = max(round(self.shell.game.time_s / 60), 1)
        told = f"{found} of {len(CLUES)} clues found in {minutes} minute{'s' if minutes > 1 else ''}"
        row.top += round(6 * unit)
        type_.write(window, told, row, size=18, colour=SOFT)
        self.paint_rows(window)
