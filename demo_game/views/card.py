"""The card below the portrait: silver, bag, notebook and trust; knows no keys."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from demo_game.layout import Layout
from demo_game.typography import ACCENT, DIM, FRAME, INK, PANEL, SOFT, Typography
from demo_game.views.subtitle_view import wrap


@dataclass(frozen=True, slots=True)
class CardContent:
    """What the card shows; as long as it is the same, it is not painted again.

    Attributes:
        silver: The player's money.
        bag: What they carry.
        clues: How many pieces of the mystery they know.
        news: How many entries of the notebook they have not looked at.
        notebook_key: What opens the notebook.
        name: Whose trust is shown; empty when nobody is near.
        trust: 0–100.
        moved: How it moved last, and why; empty while it has not.
    """

    silver: int
    bag: tuple[str, ...]
    clues: int
    news: int
    notebook_key: str
    name: str
    trust: int
    moved: str


class Card:
    """Draws the card when what it shows has changed."""

    def __init__(self, layout: Layout, typography: Typography) -> None:
        self._layout = layout
        self._type = typography
        self._drawn: CardContent | None = None

    def draw(self, surface: pygame.Surface, content: CardContent, *, fresh: bool) -> list[pygame.Rect]:
        """Draws everything on the card; gives the area that has changed.

        Args:
            surface: What to draw on.
            content: What to show.
            fresh: Whether something else was drawn here since.
        """
        if content == self._drawn and not fresh:
            return []
        self._drawn = content
        area, unit = self._layout.card, self._layout.unit
        pygame.draw.rect(surface, PANEL, area)
        pygame.draw.rect(surface, FRAME, area, max(round(unit), 1))
        inner = area.inflate(-2 * round(10 * unit), -2 * round(6 * unit))
        previous = surface.get_clip()
        surface.set_clip(inner)
        row = pygame.Rect(inner.left, inner.top, inner.width, self._type.height(17))
        self._type.write(surface, f"Silver {content.silver}", row, size=18, colour=INK)
        found = f"Clues {content.clues}  [{content.notebook_key}]"
        if content.news:
            found = f"{content.news} new!  {found}"
        self._type.write(surface, found, row, size=17, colour=ACCENT if content.news else SOFT, align="right")
        row.top = row.bottom + round(2 * unit)
        row.top = self._lines(
            surface, row, f"Bag: {', '.join(content.bag) or 'nothing'}", colour=SOFT, most=2 if content.name else 4
        )
        row.top += round(4 * unit)
        if content.name:
            self._draw_trust(surface, row, content)
        surface.set_clip(previous)
        return [area]

    def _lines(
        self, surface: pygame.Surface, row: pygame.Rect, text: str, *, colour: tuple[int, int, int], most: int
    ) -> int:
        """Wrapped lines from `row` on, at most so many; the y below them."""
        lines = wrap(text.split(), row.width, lambda line: self._type.width(line, 17))
        for number, line in enumerate(lines[:most]):
            words = " ".join(line) + (" …" if number == most - 1 and len(lines) > most else "")
            place = pygame.Rect(row.left, row.top + number * row.height, row.width, row.height)
            self._type.write(surface, words, place, size=17, colour=colour)
        return row.top + min(len(lines), most) * row.height

    def _draw_trust(self, surface: pygame.Surface, row: pygame.Rect, content: CardContent) -> None:
        end = self._type.write(surface, f"{content.name}'s trust", row, size=17, colour=INK)
        number = self._type.word(str(content.trust), 17, INK)
        bar = pygame.Rect(end + row.height // 2, 0, 0, max(round(8 * self._layout.unit), 4))
        bar.width = row.right - bar.left - number.get_width() - row.height // 2
        bar.centery = row.centery
        pygame.draw.rect(surface, DIM, bar, border_radius=bar.height // 2)
        done = pygame.Rect(bar.left, bar.top, max(round(bar.width * content.trust / 100), bar.height), bar.height)
        pygame.draw.rect(surface, ACCENT, done, border_radius=bar.height // 2)
        surface.blit(number, number.get_rect(midright=(row.right, row.centery)))
        row = row.move(0, row.height)
        self._lines(surface, row, content.moved, colour=SOFT, most=2)
