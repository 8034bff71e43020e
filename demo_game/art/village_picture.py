"""The whole village as one still picture, and what stands in it that can hide somebody; knows a map, no people."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pygame

from demo_game.art import buildings, props, trees
from demo_game.art.brush import shadow
from demo_game.art.ground import paint_ground

Rows = Sequence[Sequence[str]]
"""The name of each tile's ground, ``rows[y][x]``."""

TREE_KINDS = 6


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that stands on the ground, so that one can be before or behind it.

    Attributes:
        picture: Of it, with a clear background.
        area: Where in the village's picture it is.
        foot: The y at which it meets the ground; who stands higher up is hidden by it.
    """

    picture: pygame.Surface
    area: pygame.Rect
    foot: int


@dataclass(slots=True)
class VillagePicture:
    """The village at one size.

    Attributes:
        tile: Pixels of a tile.
        picture: Everything that never moves.
        standing: What can hide somebody.
        finished: Whether it has been painted to its end.
    """

    tile: int
    picture: pygame.Surface
    standing: list[Standing] = field(default_factory=list)
    finished: bool = False

    @classmethod
    def blank(cls, rows: Rows, tile: int) -> VillagePicture:
        """A picture of the right size, green all over."""
        picture = pygame.Surface((len(rows[0]) * tile, len(rows) * tile), 0, 32)
        picture.fill((90, 136, 64))
        return cls(tile, picture)

    def paint(self, rows: Rows) -> Iterator[None]:
        """Paints it, a little with each step."""
        yield from paint_ground(self.picture, rows, self.tile)
        kinds = _tree_pictures(self.tile)
        yield
        self._lay(rows)
        yield
        things = [*self._trees(rows, kinds), *self._props(rows)]
        yield
        for block in buildings_of(rows):
            things.append(self._building(*block))
            yield
        self._stand(sorted(things, key=lambda thing: thing.foot))
        self.finished = True

    def _lay(self, rows: Rows) -> None:
        """What lies flat on the ground: planks, flowers, tufts of grass."""
        chance = random.Random(4)
        planks = [props.planks(self.tile, seed) for seed in range(3)]
        meadows = [trees.flowers(self.tile, seed) for seed in range(4)]
        tufts = [trees.tuft(self.tile, seed) for seed in range(3)]
        for y, row in enumerate(rows):
            for x, name in enumerate(row):
                at = x * self.tile, y * self.tile
                if name == "planks":
                    self.picture.blit(planks[(x + y) % 3], at)
                elif name == "flowers":
                    self.picture.blit(meadows[(x * 3 + y) % 4], at)
                elif name in ("grass", "hill") and chance.random() < 0.22:
                    shift = chance.random() * 0.5 * self.tile, chance.random() * 0.6 * self.tile
                    self.picture.blit(tufts[(x + y) % 3], (at[0] + shift[0], at[1] + shift[1]))

    def _trees(self, rows: Rows, kinds: Sequence[pygame.Surface]) -> Iterator[Standing]:
        chance = random.Random(8)
        for y, row in enumerate(rows):
            for x, name in enumerate(row):
                if name == "tree":
                    near_edge = x in (0, 1, len(row) - 1) or y in (0, len(rows) - 1)
                    kind = kinds[chance.randrange(TREE_KINDS if near_edge else TREE_KINDS // 2)]
                    shift = chance.uniform(-0.22, 0.22), chance.uniform(-0.12, 0.12)
                    yield self._thing(kind, x + 0.5 + shift[0], y + 0.82 + shift[1], below=0.25)

    def _props(self, rows: Rows) -> Iterator[Standing]:
        """Everything that stands on a single tile."""
        tile = self.tile
        for y, row in enumerate(rows):
            for x, name in enumerate(row):
                match name:
                    case "well":
                        yield self._thing(props.well(tile), x + 0.5, y + 0.95)
                    case "board":
                        yield self._thing(props.board(tile), x + 0.5, y + 0.95)
                    case "cart":
                        yield self._thing(props.cart(tile), x + 0.5, y + 1.0)
                    case "shrine":
                        yield self._thing(props.shrine(tile), x + 0.5, y + 0.95)
                    case "hives":
                        yield self._thing(props.hive(tile), x + 0.5, y + 0.95)
                    case "palisade":
                        yield self._thing(props.palisade(tile, x), x + 0.5, y + 1.0)
                    case "ruin":
                        yield self._thing(props.ruin(tile, x * 7 + y), x + 0.5, y + 1.0)

    def _building(self, name: str, left: int, top: int, size: tuple[int, int]) -> Standing:
        picture = buildings.paint_building(name, *size, self.tile)
        foot = (top + size[1]) * self.tile
        x = round((left - buildings.EAVES) * self.tile)
        y = foot + round(0.12 * self.tile) - picture.get_height()
        return Standing(picture, picture.get_rect(topleft=(x, y)), foot)

    def _thing(self, picture: pygame.Surface, x: float, foot: float, *, below: float = 0.05) -> Standing:
        """Something whose middle stands at `x` and whose foot is `below` tiles above its picture's lower edge."""
        bottom = round((foot + below) * self.tile)
        return Standing(picture, picture.get_rect(midbottom=(round(x * self.tile), bottom)), round(foot * self.tile))

    def _stand(self, things: list[Standing]) -> None:
        """Shadows first, so that none falls on what stands beside it; then everything from back to front."""
        darks = {width: shadow(width / 4 * 1.1, 0.6, self.tile) for width in range(1, 40)}
        for thing in things:
            wide = min(max(round(thing.area.width / self.tile * 4), 1), 39)
            dark = darks[wide]
            self.picture.blit(dark, dark.get_rect(center=(thing.area.centerx + self.tile // 8, thing.foot)))
        for thing in things:
            self.picture.blit(thing.picture, thing.area)
        self.standing = things


def _tree_pictures(tile: int) -> list[pygame.Surface]:
    """As many oaks as firs; the firs last."""
    half = TREE_KINDS // 2
    return [trees.oak(tile, seed) for seed in range(half)] + [trees.fir(tile, seed) for seed in range(half)]


def buildings_of(rows: Rows) -> Iterator[tuple[str, int, int, tuple[int, int]]]:
    """Every building: what it is, its left and top tile, its width and height in tiles."""
    for y, row in enumerate(rows):
        for x, name in enumerate(row):
            begins = name in buildings.STYLES and (x == 0 or row[x - 1] != name) and (y == 0 or rows[y - 1][x] != name)
            if begins:
                width = next((step for step in range(len(row) - x) if row[x + step] != name), len(row) - x)
                height = next((step for step in range(len(rows) - y) if rows[y + step][x] != name), len(rows) - y)
                yield name, x, y, (width, height)
