"""A page with a list of things to choose from: what title, pause and settings are made of; knows no game."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from demo_game.actions import Action
from demo_game.inputs import Input, Point, Press
from demo_game.layout import page_of
from demo_game.shell import Shell
from demo_game.typography import ACCENT, FRAME, INK, PANEL, SOFT

CONFIRM = (Action.USE, Action.TYPE, Action.TALK)
BACK = (Action.MENU, Action.HUSH)

ROW = 34
"""Pixels from one row to the next at 800 × 600."""


def nothing() -> str:
    """The value of a row that has none."""
    return ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a menu.

    Attributes:
        label: What it is.
        use: What choosing it does.
        value: What is written at its right, as it is now.
        change: Makes it more (1) or less (−1); None where that means nothing.
        bar: How full a bar at its right is (0–1) instead of a value.
    """

    label: str
    use: Callable[[], None] | None = None
    value: Callable[[], str] = nothing
    change: Callable[[int], None] | None = None
    bar: Callable[[], float] | None = None


class MenuPage:
    """Draws rows in the middle of the window and lets one of them be chosen."""

    still = True

    def __init__(self, shell: Shell, title: str, rows: Sequence[Row], *, row_height: float = ROW) -> None:
        self.shell = shell
        self.title = title
        self.rows = list(rows)
        self.chosen = 0
        self._row_height = row_height
        self._drawn: tuple[object, ...] = ()

    # ------------------------------------------------------------ what the player does

    def take(self, happened: Input) -> None:
        """Moves, chooses, changes or goes back."""
        match happened:
            case Press(action=Action.UP):
                self._move(-1)
            case Press(action=Action.DOWN) | Press(action=Action.NEXT):
                self._move(1)
            case Press(action=Action.LEFT):
                self._change(-1)
            case Press(action=Action.RIGHT):
                self._change(1)
            case Press(action=action) if action in CONFIRM:
                self._use()
            case Press(action=action) if action in BACK:
                self.back()
            case Point(at=at, pressed=pressed):
                self._point(at, pressed=pressed)

    def back(self) -> None:
        """Leaves the page."""
        self.shell.close()

    def _move(self, steps: int) -> None:
        self.chosen = (self.chosen + steps) % len(self.rows)

    def _change(self, steps: int) -> None:
        if change := self.rows[self.chosen].change:
            change(steps)

    def _use(self) -> None:
        row = self.rows[self.chosen]
        if row.use:
            row.use()
        elif row.change:
            row.change(1)

    def _point(self, at: tuple[int, int], *, pressed: bool) -> None:
        for number in range(len(self.rows)):
            if self.row_area(number).collidepoint(at):
                self.chosen = number
                if pressed:
                    self._use()

    # ------------------------------------------------------------ the frame

    def update(self, dt: float) -> None:
        """Nothing moves by itself."""

    def resize(self) -> None:
        """Nothing is kept for a size."""

    @property
    def area(self) -> pygame.Rect:
        """The page: as high as its rows."""
        height = 92 + self._row_height * len(self.rows) + self.foot_height
        return page_of(self.shell.layout.window.size, width=480, height=height)

    foot_height = 24.0
    """Pixels below the rows at 800 × 600, for what a page adds."""

    def row_area(self, number: int) -> pygame.Rect:
        """Where a row is."""
        area, unit = self.area, self.shell.layout.unit
        step = round(self._row_height * unit)
        top = area.top + round(76 * unit) + number * step
        return pygame.Rect(area.left + round(30 * unit), top, area.width - round(60 * unit), step - round(3 * unit))

    def shown(self) -> tuple[object, ...]:
        """What the page's picture depends on."""
        return (
            self.title,
            self.chosen,
            tuple((row.label, row.value(), row.bar and round(row.bar(), 2)) for row in self.rows),
        )

    def draw(self, window: pygame.Surface, *, fresh: bool) -> list[pygame.Rect]:
        """Draws the page when something on it has changed."""
        shown = self.shown()
        if shown == self._drawn and not fresh:
            return []
        self._drawn = shown
        self.paint(window)
        return [self.area]

    def paint(self, window: pygame.Surface) -> None:
        """Draws all of the page."""
        area, unit, type_ = self.area, self.shell.layout.unit, self.shell.typography
        pygame.draw.rect(window, PANEL, area, border_radius=round(10 * unit))
        pygame.draw.rect(window, FRAME, area, max(round(1.5 * unit), 1), border_radius=round(10 * unit))
        head = pygame.Rect(area.left, area.top + round(18 * unit), area.width, round(40 * unit))
        type_.write(window, self.title, head, size=38, colour=INK, align="centre")
        self.paint_rows(window)

    def paint_rows(self, window: pygame.Surface) -> None:
        """Draws the rows alone."""
        unit, type_ = self.shell.layout.unit, self.shell.typography
        for number, row in enumerate(self.rows):
            place = self.row_area(number)
            chosen = number == self.chosen
            if chosen:
                pygame.draw.rect(window, (52, 44, 40), place, border_radius=round(6 * unit))
                pygame.draw.rect(window, ACCENT, place, max(round(1.5 * unit), 1), border_radius=round(6 * unit))
            inner = place.inflate(-2 * round(12 * unit), 0)
            end = type_.write(window, row.label, inner, size=round(min(22, self._row_height * 0.72)),
                              colour=INK if chosen else SOFT)  # fmt: skip
            rest = pygame.Rect(end + round(14 * unit), inner.top, inner.right - end - round(14 * unit), inner.height)
            if row.bar is not None:
                bar = pygame.Rect(0, 0, min(round(150 * unit), rest.width), max(round(10 * unit), 6))
                bar.midright = rest.midright
                pygame.draw.rect(window, (58, 52, 54), bar, border_radius=bar.height // 2)
                full = pygame.Rect(bar.left, bar.top, round(bar.width * min(max(row.bar(), 0.0), 1.0)), bar.height)
                pygame.draw.rect(window, ACCENT, full, border_radius=bar.height // 2)
                rest.width -= bar.width + round(10 * unit)
            words = row.value()
            if row.change and words:
                words = f"‹ {words} ›"
            type_.write(window, words, rest, size=round(min(19, self._row_height * 0.68)),
                        colour=INK if chosen else SOFT, align="right")  # fmt: skip
