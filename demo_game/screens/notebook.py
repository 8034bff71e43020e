"""The notebook: what the player has learnt, by thread, with what turned out untrue struck through."""

from __future__ import annotations

from collections.abc import Iterator

import pygame

from demo_game.actions import Action
from demo_game.clues import THREADS
from demo_game.inputs import Input, Point, Press
from demo_game.layout import page_of
from demo_game.notebook import Entry
from demo_game.screens.menu import BACK
from demo_game.shell import Shell
from demo_game.typography import Colour
from demo_game.views.subtitle_view import wrap

PAPER: Colour = (236, 222, 188)
PAPER_EDGE: Colour = (176, 150, 106)
PENCIL: Colour = (62, 48, 38)
FAINT: Colour = (122, 102, 80)
RED: Colour = (150, 52, 40)

Line = tuple[str, int, Colour, bool]
"""Words, size, colour, and whether they are struck through."""


class NotebookPage:
    """Two columns on paper: the mystery's threads at the left, what people said at the right."""

    still = True

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._new = {entry.key for entry in shell.game.chronicle.new_entries}
        shell.game.chronicle.new_entries.clear()
        self._scroll = 0
        self._changed = True

    def take(self, happened: Input) -> None:
        """Scrolls, or closes the notebook."""
        match happened:
            case Press(action=Action.UP):
                self._scroll = max(self._scroll - 1, 0)
            case Press(action=Action.DOWN):
                self._scroll = min(self._scroll + 1, self._furthest())
            case Press(action=action) if action in (*BACK, Action.NOTEBOOK, Action.USE, Action.TYPE):
                self._shell.close()
            case Point(pressed=True):
                self._shell.close()
        self._changed = True

    def update(self, dt: float) -> None:
        """Nothing moves by itself."""

    def resize(self) -> None:
        """Paper of another size."""
        self._scroll = 0

    @property
    def area(self) -> pygame.Rect:
        """The paper."""
        return page_of(self._shell.layout.window.size, width=740, height=540)

    def draw(self, window: pygame.Surface, *, fresh: bool) -> list[pygame.Rect]:
        """Draws both columns when something has changed."""
        if not (fresh or self._changed):
            return []
        self._changed = False
        area, unit, type_ = self.area, self._shell.layout.unit, self._shell.typography
        self._draw_paper(window, area, unit)
        head = pygame.Rect(area.left, area.top + round(14 * unit), area.width, round(40 * unit))
        type_.write(window, "Notebook", head, size=36, colour=PENCIL, align="centre")
        for column, lines in zip(self._columns(), self._contents(), strict=True):
            self._draw_lines(window, column, lines[self._scroll :])
        foot = pygame.Rect(area.left, area.bottom - round(28 * unit), area.width, round(20 * unit))
        more = "up and down turn the pages   ·   " if self._furthest() else ""
        closes = f"{more}{self._shell.key(Action.NOTEBOOK)} closes the notebook"
        type_.write(window, closes, foot, size=16, colour=FAINT, align="centre")
        return [area]

    def _draw_paper(self, window: pygame.Surface, area: pygame.Rect, unit: float) -> None:
        pygame.draw.rect(window, PAPER_EDGE, area, border_radius=round(8 * unit))
        pygame.draw.rect(window, PAPER, area.inflate(-round(6 * unit), -round(6 * unit)), border_radius=round(6 * unit))
        fold = round(2 * unit)
        pygame.draw.line(
            window, (214, 196, 156), (area.centerx, area.top + 30 * fold), (area.centerx, area.bottom - 18 * fold), fold
        )

    def _columns(self) -> tuple[pygame.Rect, pygame.Rect]:
        area, unit = self.area, self._shell.layout.unit
        top, height = area.top + round(62 * unit), area.height - round(100 * unit)
        width = area.width // 2 - round(44 * unit)
        left = pygame.Rect(area.left + round(26 * unit), top, width, height)
        return left, pygame.Rect(area.centerx + round(18 * unit), top, width, height)

    def _contents(self) -> tuple[list[Line], list[Line]]:
        width = self._columns()[0].width
        return list(self._threads(width)), list(self._remarks(width))

    def _threads(self, width: int) -> Iterator[Line]:
        clues = self._shell.game.story.notebook.clues
        for thread in THREADS:
            found = [entry for entry in clues if entry.thread == thread]
            yield thread, 21, RED if found else FAINT, False
            if not found:
                yield "nothing yet", 18, FAINT, False
            for entry in found:
                yield from self._entry(entry, entry.text, width)
            yield "", 10, PENCIL, False

    def _remarks(self, width: int) -> Iterator[Line]:
        game = self._shell.game
        yield "What people said", 21, RED, False
        remarks = game.story.notebook.remarks
        if not remarks:
            yield "nothing yet: talk to them", 18, FAINT, False
        for entry in reversed(remarks):
            villager = game.villagers.get(entry.speaker)
            said = f"{villager.first_name}: {entry.text}" if villager else entry.text
            yield from self._entry(entry, said, width)

    def _entry(self, entry: Entry, text: str, width: int) -> Iterator[Line]:
        """An entry's lines; a new one has a dot before it."""
        struck = self._shell.game.story.notebook.disproved(entry)
        colour = FAINT if struck else PENCIL
        mark = "• " if entry.key in self._new else "– "
        for number, line in enumerate(wrap(text.split(), width, lambda words: self._width(f"– {words}"))):
            yield (mark if number == 0 else "   ") + " ".join(line), 18, colour, struck

    def _width(self, words: str) -> int:
        return self._shell.typography.width(words, 18)

    def _furthest(self) -> int:
        """How many lines can be scrolled until the last one shows."""
        step = self._shell.typography.height(18)
        room = self._columns()[0].height // step
        return max(max(len(lines) for lines in self._contents()) - room + 2, 0)

    def _draw_lines(self, window: pygame.Surface, column: pygame.Rect, lines: list[Line]) -> None:
        type_ = self._shell.typography
        y = column.top
        for words, size, colour, struck in lines:
            row = pygame.Rect(column.left, y, column.width, type_.height(size))
            if row.bottom > column.bottom:
                break
            end = type_.write(window, words, row, size=size, colour=colour)
            if struck:
                thick = max(row.height // 12, 1)
                pygame.draw.line(window, RED, (row.left + row.height // 2, row.centery), (end, row.centery), thick)
            y = row.bottom
