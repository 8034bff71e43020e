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
        trust: Who trusts the player how far (0–100): whom they talk to, or everybody they have met.
        moved: How that moved last, and why; empty while it has not, or for several people.
    """

    silver: int
    bag: tuple[str, ...]
    clues: int
    news: int
    notebook_key: str
    trust: tuple[tuple[str, int], ...]
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
        row.top = self._lines(surface, row, f"Bag: {', '.join(content.bag) or 'nothing'}", colour=SOFT, most=2)
        row.top += round(4 * unit)
        names = max((self._type.width(name, 17) for name, _ in content.trust), default=0)
        for name, trust in content.trust:
            self._draw_trust(surface, row, (name, trust), names=names)
            row.top = row.bottom
        self._lines(surface, row, content.moved, colour=SOFT, most=2)
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

    def _draw_trust(self, surface: pygame.Surface, row: pygame.Rect, who: tuple[str, int], *, names: int) -> None:
        """A name, how far they trust the player as a bar, and the number; `names` is the width of the longest name."""
        name, trust = who
        self._type.write(surface, name, row, size=17, colour=INK)
        number = self._type.word(str(trust), 17, INK)
        bar = pygame.Rect(row.left + names + row.height // 2, 0, 0, max(round(8 * self._layout.unit), 4))
        bar.width = row.right - bar.left - self._type.width("100", 17) - row.height // 2
        bar.centery = row.centery
        pygame.draw.rect(surface, DIM, bar, border_radius=bar.height // 2)
        done = pygame.Rect(bar.left, bar.top, max(round(bar.width * trust / 100), bar.height), bar.height)
        pygame.draw.rect(surface, ACCENT, done, border_radius=bar.height // 2)
        surface.blit(number, number.get_rect(midright=(row.right, row.centery)))
