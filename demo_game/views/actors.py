"""What moves or changes in the village, as pictures with a place: people, gate, crypt, ferry; knows no window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pygame

from demo_game.art import props
from demo_game.art.brush import shadow
from demo_game.art.figures import FIGURE_TILES, Figures, step_of
from demo_game.looks import TRAVELLER, look_for
from demo_game.tile_map import TileMap
from demo_game.walker import Walker
from demo_game.world import World


@dataclass(frozen=True, slots=True)
class Actor:
    """Something to be drawn onto the still picture.

    Attributes:
        name: Which one, and in what state: the same name looks the same.
        picture: Of it.
        corner: Where its upper left corner goes, in the village's pixels.
        foot: The y at which it meets the ground.
        hides: Whether buildings and trees before it hide it.
    """

    name: tuple[object, ...]
    picture: pygame.Surface
    corner: tuple[int, int]
    foot: int
    hides: bool = True


class Actors:
    """Gives the actors of a world, at one size of tile."""

    def __init__(self, tile: int, ground: TileMap) -> None:
        self._tile = tile
        self._gates, self._crypts = ground.tiles("gate"), ground.tiles("crypt")
        self._figures: dict[str, Figures] = {}
        self._shadow = shadow(0.9, 0.42, tile, strength=90)
        self._gate = {is_open: props.gate(tile, is_open=is_open) for is_open in (False, True)}
        self._crypt = {is_open: props.crypt(tile, is_open=is_open) for is_open in (False, True)}
        self._boat = props.boat(tile)

    def of(self, world: World) -> list[Actor]:
        """All of them, from back to front."""
        actors = [*self._things(world), self._person("player", world.player)]
        actors += [self._person(stem, walker) for stem, walker in world.people.items()]
        return sorted(actors, key=lambda actor: actor.foot)

    def _person(self, stem: str, walker: Walker) -> Actor:
        if stem not in self._figures:
            figures = Figures(TRAVELLER if stem == "player" else look_for(stem), self._tile)
            figures.stand_on(self._shadow)
            self._figures[stem] = figures
        step = step_of(walker.stride, moving=walker.moving)
        picture = self._figures[stem].picture(walker.facing, step)
        x, y = walker.x * self._tile, walker.y * self._tile
        corner = round(x - picture.get_width() / 2), round(y + 0.12 * self._tile - FIGURE_TILES[1] * self._tile)
        return Actor((stem, walker.facing, step), picture, corner, round(y))

    def _things(self, world: World) -> Iterator[Actor]:
        tile = self._tile
        if gates := self._gates:
            picture = self._gate[world.gate_open]
            middle = (min(x for x, _ in gates) + max(x for x, _ in gates) + 1) / 2
            yield self._standing(("gate", world.gate_open), picture, middle, max(y for _, y in gates) + 1.0)
        for x, y in self._crypts:
            yield self._standing(("crypt", world.crypt_open), self._crypt[world.crypt_open], x + 0.5, y + 1.0)
        middle_x, middle_y = (part * tile for part in world.ferry.spot)
        corner = round(middle_x - self._boat.get_width() / 2), round(middle_y - self._boat.get_height() / 2)
        yield Actor(("boat",), self._boat, corner, round(middle_y - 0.6 * tile), hides=False)

    def _standing(self, name: tuple[object, ...], picture: pygame.Surface, x: float, foot: float) -> Actor:
        corner = (
            round(x * self._tile - picture.get_width() / 2),
            round((foot + 0.05) * self._tile - picture.get_height()),
        )
        return Actor(name, picture, corner, round(foot * self._tile), hides=False)
