"""The title: dusk over the village, a menu, and how far the models have been loaded; one may begin before they are."""

from __future__ import annotations

import random

import numpy as np
import pygame

from demo_game.art.brush import glow
from demo_game.looks import Colour
from demo_game.save import SaveError
from demo_game.screens.menu import MenuPage, Row
from demo_game.screens.settings_page import SettingsPage
from demo_game.shell import Shell
from demo_game.typography import INK, SOFT, UNHEARD
from demo_game.views.dialogue_panel import draw_progress

SKY: tuple[Colour, ...] = ((22, 28, 62), (52, 52, 104), (136, 84, 122), (236, 150, 104), (255, 204, 132))
"""From the top of the picture to the horizon."""

HORIZON = 0.66
"""How far down it is (0–1)."""


ROOFS = ((0.06, 9, 4.5), (0.17, 7, 4.0), (0.38, 10, 5.5), (0.62, 12, 6.0), (0.76, 7, 4.2), (0.92, 9, 4.8))
"""Each house: where across the picture its middle is (0–1), its width and height in sixtieths of the height."""


class TitlePage(MenuPage):
    """Begin, go on, settings, leave."""

    def __init__(self, shell: Shell) -> None:
        rows = [Row("Begin", use=self._begin), Row("Settings", use=lambda: shell.open(SettingsPage(shell))),
                Row("Leave", use=shell.leave)]  # fmt: skip
        if shell.save_path.exists():
            rows.insert(0, Row("Go on where you were", use=self._go_on))
        super().__init__(shell, "Oakhollow", rows)
        self._picture: pygame.Surface | None = None

    def back(self) -> None:
        """Escape on the title leaves the game."""
        self.shell.leave()

    def resize(self) -> None:
        """A picture of another size."""
        self._picture = None

    def _begin(self) -> None:
        self.shell.close()

    def _go_on(self) -> None:
        try:
            self.shell.game.load(self.shell.save_path)
        except SaveError as error:
            self.shell.game.notify(str(error))
        self.shell.close()

    # ------------------------------------------------------------ the frame

    def row_area(self, number: int) -> pygame.Rect:
        """The rows stand in the lower half."""
        window, unit = self.shell.layout.window, self.shell.layout.unit
        place = pygame.Rect(0, 0, round(300 * unit), round(34 * unit))
        place.midtop = window.centerx, round(window.height * 0.5) + number * round(38 * unit)
        return place

    @property
    def area(self) -> pygame.Rect:
        """The whole window."""
        return self.shell.layout.window

    def shown(self) -> tuple[object, ...]:
        """The menu, and what is being loaded."""
        loading = self.shell.game.loading
        return (*super().shown(), loading and (loading[0], round(loading[1] * 200)))

    def paint(self, window: pygame.Surface) -> None:
        """Draws all of the page."""
        area, unit, type_ = self.area, self.shell.layout.unit, self.shell.typography
        if self._picture is None or self._picture.get_size() != area.size:
            self._picture = paint_dusk(area.size)
        window.blit(self._picture, (0, 0))
        head = pygame.Rect(0, round(area.height * 0.16), area.width, round(96 * unit))
        shade = head.move(round(3 * unit), round(4 * unit))
        type_.write(window, "Oakhollow", shade, size=104, colour=(30, 22, 40), align="centre")
        type_.write(window, "Oakhollow", head, size=104, colour=INK, align="centre")
        line = pygame.Rect(0, head.bottom, area.width, round(30 * unit))
        type_.write(window, "Somebody burned the mill. Talk to them.", line, size=24, colour=INK, align="centre")
        self.paint_rows(window)
        self._paint_loading(window)

    def paint_rows(self, window: pygame.Surface) -> None:
        """The menu on a ground of its own."""
        unit = self.shell.layout.unit
        first, last = self.row_area(0), self.row_area(len(self.rows) - 1)
        ground = pygame.Surface(first.union(last).inflate(round(28 * unit), round(24 * unit)).size, pygame.SRCALPHA, 32)
        pygame.draw.rect(ground, (18, 15, 22, 200), ground.get_rect(), border_radius=round(12 * unit))
        window.blit(ground, ground.get_rect(center=first.union(last).center))
        super().paint_rows(window)

    def _paint_loading(self, window: pygame.Surface) -> None:
        """What is being loaded, and that nobody needs to wait for it."""
        area, unit, type_ = self.area, self.shell.layout.unit, self.shell.typography
        loading = self.shell.game.loading
        row = pygame.Rect(0, area.height - round(44 * unit), area.width, round(22 * unit))
        if loading is None:
            type_.write(window, "Everybody is awake.", row, size=18, colour=SOFT, align="centre")
            return
        what, share = loading
        bar = pygame.Rect(0, 0, round(340 * unit), max(round(10 * unit), 6))
        bar.midbottom = area.centerx, row.top - round(3 * unit)
        draw_progress(window, bar, share)
        type_.write(window, f"waking the villagers: {what}, {share:.0%}", row, size=18, colour=INK, align="centre")
        row.top = row.bottom
        type_.write(window, "You can begin already, and walk about and type.", row, size=16, colour=UNHEARD,
                    align="centre")  # fmt: skip


def paint_dusk(size: tuple[int, int]) -> pygame.Surface:
    """Evening sky, stars, hills, the chapel and roofs with lit windows before them."""
    width, height = size
    picture = pygame.Surface(size, 0, 32)
    horizon = round(height * HORIZON)
    stops = np.linspace(0, horizon, len(SKY))
    rows = np.arange(height)
    sky = np.stack([np.interp(rows, stops, [colour[part] for colour in SKY]) for part in range(3)], axis=1)
    pygame.surfarray.blit_array(picture, np.broadcast_to(sky[None], (width, height, 3)).astype(np.uint8))
    chance = random.Random(5)
    for _ in range(90):
        x, y = chance.random() * width, chance.random() ** 1.6 * horizon * 0.6
        shine = chance.randint(90, 220)
        pygame.draw.circle(
            picture, (shine, shine, min(shine + 20, 255)), (x, y), max(height / 900, 1) * chance.choice((1, 1, 1.6))
        )
    sun = glow(1.0, height * 0.42, (120, 62, 20))
    picture.blit(sun, sun.get_rect(center=(width * 0.68, horizon)), special_flags=pygame.BLEND_ADD)
    for depth, colour in enumerate(((96, 66, 104), (66, 50, 86), (40, 34, 62))):
        _hills(picture, chance, colour, level=horizon - height * (0.06 - depth * 0.05))
    _roofs(picture, height)
    return picture


def _hills(picture: pygame.Surface, chance: random.Random, colour: Colour, *, level: float) -> None:
    width, height = picture.get_size()
    shift, bow = chance.random() * 6.0, chance.uniform(1.2, 2.2)
    crest = [(x, level - height * 0.05 * np.sin(x / width * 3.1 * bow + shift)
              - height * 0.012 * np.sin(x / width * 23 + shift * 3)) for x in range(0, width + 12, 12)]  # fmt: skip
    pygame.draw.polygon(picture, colour, [(0, height), *crest, (width, height)])


def _roofs(picture: pygame.Surface, height: int) -> None:
    """The village as a dark outline at the lower edge."""
    width = picture.get_width()
    dark: Colour = (20, 17, 32)
    unit = height / 60
    ground = height * 0.885
    pygame.draw.rect(picture, dark, (0, ground, width, height - ground))
    for x, wide, high in ROOFS:
        left, right, top = x * width - wide * unit / 2, x * width + wide * unit / 2, ground - high * unit
        eaves = ground - high * unit * 0.45
        roof = [(left - unit, eaves), (left + unit, top), (right - unit, top), (right + unit, eaves)]
        pygame.draw.polygon(picture, dark, roof)
        pygame.draw.rect(picture, dark, (left, ground - high * unit * 0.5, right - left, high * unit * 0.5))
        pygame.draw.rect(picture, dark, (right - 2.4 * unit, top - unit, 1.1 * unit, 2 * unit))
        for window in (0.28, 0.62):
            place = pygame.Rect(0, 0, max(round(0.7 * unit), 2), max(round(0.9 * unit), 2))
            place.center = round(left + (right - left) * window), round(ground - high * unit * 0.24)
            pygame.draw.rect(picture, (255, 206, 120), place)
            light = glow(1.6, unit, (90, 60, 20))
            picture.blit(light, light.get_rect(center=place.center), special_flags=pygame.BLEND_ADD)
    tower = width * 0.27
    pygame.draw.rect(picture, dark, (tower - 1.6 * unit, ground - 12 * unit, 3.2 * unit, 12 * unit))
    pygame.draw.polygon(picture, dark, [(tower - 2.1 * unit, ground - 12 * unit), (tower, ground - 18 * unit),
                                        (tower + 2.1 * unit, ground - 12 * unit)])  # fmt: skip
    pygame.draw.rect(picture, (236, 150, 104), (tower - 0.7 * unit, ground - 10.6 * unit, 1.4 * unit, 2.2 * unit))
    pygame.draw.circle(picture, dark, (tower, ground - 9.3 * unit), 0.55 * unit)
