"""The wheel of things to say, for players who won't speak: choices on a ring around the line that is chosen."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pygame

from demo_game.intents import Intent
from demo_game.typography import ACCENT, FRAME, INK, PANEL, SOFT, Typography
from demo_game.views.subtitle_view import wrap

LABEL = 19


class Wheel:
    """Draws choices clockwise from the top, and finds the one in a direction or at a pixel."""

    def __init__(self, area: pygame.Rect, typography: Typography, intents: Sequence[Intent]) -> None:
        self.intents = list(intents)
        self.chosen = 0
        self._area = area
        self._type = typography
        self._places = [self.place(number) for number in range(len(self.intents))]

    def turn(self, steps: int) -> None:
        """The next choice clockwise, or the one before."""
        self.chosen = (self.chosen + steps) % len(self.intents)

    def lean(self, across: float, down: float) -> None:
        """The choice that lies nearest in a direction."""
        if math.hypot(across, down) < 0.5:
            return
        share = (math.atan2(across, -down) / (2 * math.pi)) % 1.0
        self.chosen = round(share * len(self.intents)) % len(self.intents)

    def at(self, pixel: tuple[int, int]) -> int | None:
        """Which choice lies at a pixel of the window."""
        return next((number for number, place in enumerate(self._places) if place.collidepoint(pixel)), None)

    def draw(self, window: pygame.Surface, keys: str) -> None:
        """Draws the ring; `keys` says how to choose."""
        middle = self.middle()
        pygame.draw.rect(window, PANEL, middle, border_radius=middle.height // 8)
        pygame.draw.rect(window, FRAME, middle, 1, border_radius=middle.height // 8)
        self._draw_line(window, middle, keys)
        for number, (place, intent) in enumerate(zip(self._places, self.intents, strict=True)):
            chosen = number == self.chosen
            pygame.draw.rect(window, (58, 48, 42) if chosen else PANEL, place, border_radius=place.height // 2)
            edge = max(place.height // (12 if chosen else 24), 1)
            pygame.draw.rect(window, ACCENT if chosen else FRAME, place, edge, border_radius=place.height // 2)
            inner = place.inflate(-place.height // 2, 0)
            words = f"{number + 1}  {intent.label}"
            self._type.write(window, words, inner, size=LABEL, colour=INK if chosen else SOFT, align="centre")

    def _draw_line(self, window: pygame.Surface, middle: pygame.Rect, keys: str) -> None:
        """What will be said, and how to say it."""
        inner = middle.inflate(-self._type.height(18), -self._type.height(18) // 2)
        line = f"“{self.intents[self.chosen].line}”"
        lines = wrap(line.split(), inner.width, lambda words: self._type.width(words, 21))[:3]
        step = self._type.height(21)
        y = inner.centery - (len(lines) * step + self._type.height(15)) // 2
        for words in lines:
            row = pygame.Rect(inner.left, y, inner.width, step)
            self._type.write(window, " ".join(words), row, size=21, colour=INK, align="centre")
            y += step
        foot = pygame.Rect(inner.left, y, inner.width, self._type.height(15))
        self._type.write(window, keys, foot, size=15, colour=SOFT, align="centre")

    def middle(self) -> pygame.Rect:
        """Where the line that will be said stands."""
        label = self._places[0]
        room = self._area.width - 2 * label.width - label.height
        middle = pygame.Rect(0, 0, min(round(self._area.width * 0.5), room), round(self._area.height * 0.36))
        middle.center = self._area.center
        return middle

    def place(self, number: int) -> pygame.Rect:
        """Where a choice's label is: on an ellipse, inside the area."""
        turn = 2 * math.pi * number / max(len(self.intents), 1)
        height = round(self._type.height(LABEL) * 1.35)
        longest = max(self._type.width(f"8  {intent.label}", LABEL) for intent in self.intents)
        place = pygame.Rect(0, 0, min(longest + height, round(self._area.width * 0.32)), height)
        place.center = (
            round(self._area.centerx + math.sin(turn) * (self._area.width - place.width) * 0.5),
            round(self._area.centery - math.cos(turn) * (self._area.height - height) * 0.44),
        )
        place.clamp_ip(self._area)
        return place
