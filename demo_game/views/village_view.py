"""The village from above, around the player: still picture, light, people, names over heads; knows no keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pygame

import npcengine
from demo_game.art.daylight import HOUSES_LIT_FROM, Daylight, LightPictures, lights_of, tint
from demo_game.art.village_picture import Standing, VillagePicture
from demo_game.cast import Villager
from demo_game.game import Game
from demo_game.things import THINGS, usable
from demo_game.tile_map import Spot
from demo_game.typography import INK, PANEL, Typography
from demo_game.views.actors import Actor, Actors
from demo_game.views.signs import Signs
from demo_game.views.sprites import Sprite, SpriteLayer
from demo_game.workbench import Workbench
from demo_game.world import World

SAME_SPOT = 0.8
"""Nearer than this (tiles), somebody stands before a thing."""

_SIGNS_OF: Mapping[npcengine.Status, str] = {"idle": "", "speaking": "  ···", "thinking": "  ?", "listening": "  …"}
"""What is written behind a name."""


class VillageView:
    """Draws the part of the village that surrounds the player.

    Args:
        game: What is drawn.
        tile: Pixels of a tile.
        typography: For names over heads.
        workbench: Paints the still picture, a little with each frame.
        before: The view of another size, whose picture stands in, scaled, until this one's is painted.
    """

    def __init__(
        self,
        game: Game,
        tile: int,
        typography: Typography,
        workbench: Workbench,
        *,
        before: VillageView | None = None,
    ) -> None:
        self._game = game
        self._tile = tile
        self._type = typography
        rows = game.world.map.rows
        self._painting = VillagePicture.blank(rows, tile)
        if before is not None:
            size = self._painting.picture.get_size()
            stand_in = pygame.transform.smoothscale(before.finished_picture, size)
        else:
            stand_in = self._painting.picture
        self._daylight = Daylight(stand_in, tile)
        workbench.add(self._painted(rows))
        self._actors = Actors(tile, game.world.map)
        self._lights = lights_of(rows)
        self._light_pictures = LightPictures(tile)
        self._tinted: dict[tuple[object, ...], pygame.Surface] = {}
        self._tinted_level = -1
        self._masks: dict[pygame.Surface, pygame.Surface] = {}
        self._partly_hidden: dict[object, tuple[object, pygame.Surface]] = {}
        self._pills: dict[str, pygame.Surface] = {}
        self._thing_areas: list[pygame.Rect] = []
        self._signs = Signs(rows, tile)
        self._layer = SpriteLayer()
        self._drawn_from: tuple[int, int] | None = None
        self._drawn_by: Daylight | None = None

    @property
    def finished_picture(self) -> pygame.Surface:
        """The still picture by day."""
        return self._daylight.picture

    @property
    def finished(self) -> bool:
        """Whether the still picture has been painted to its end."""
        return self._painting.finished

    def _painted(self, rows: tuple[tuple[str, ...], ...]) -> Iterator[None]:
        yield from self._painting.paint(rows)
        yield
        self._daylight = Daylight(self._painting.picture, self._tile)
        self._thing_areas = [thing.area for thing in self._painting.standing]

    def _camera(self, area: pygame.Rect) -> tuple[int, int]:
        """Which of the village's pixels is at the view's upper left: the player in the middle, but no edge in sight."""
        width, height = self._daylight.shown.get_size()
        x, y = self._game.world.player.spot
        left, top = round(x * self._tile - area.width / 2), round((y - 0.5) * self._tile - area.height / 2)
        return min(max(left, 0), max(width - area.width, 0)), min(max(top, 0), max(height - area.height, 0))

    def draw(
        self, surface: pygame.Surface, area: pygame.Rect, *, notice: Sprite | None, fresh: bool
    ) -> list[pygame.Rect]:
        """Draws what has changed in the view, which is `area` of the window; gives those areas of the window.

        Args:
            surface: The window.
            area: Where in it.
            notice: A line that lies over everything, in the view's pixels.
            fresh: Whether something else was drawn here since.
        """
        game = self._game
        darkening = self._daylight.follow(game.world.dusk)
        camera = self._camera(area)
        fresh = fresh or darkening or camera != self._drawn_from or self._daylight is not self._drawn_by
        self._drawn_from, self._drawn_by = camera, self._daylight
        panes, glows = self._light_sprites()
        actors = (self._actor_sprite(actor) for actor in self._actors.of(game.world))
        flat = [*panes, *actors, *glows, *self._sign_sprites()]
        labels = (sprite for each in game.villagers.values() for sprite in self._label(each, camera, area.size))
        sprites = [replace(sprite, corner=_minus(sprite.corner, camera)) for sprite in flat] + list(labels)
        sprites += [notice] if notice else []
        view = surface.subsurface(area)
        changed = self._layer.draw(view, self._daylight.shown, camera, sprites, fresh=fresh)
        return [each.move(area.topleft) for each in changed]

    # ------------------------------------------------------------ sprites, in the village's pixels

    def _light_sprites(self) -> tuple[list[Sprite], list[Sprite]]:
        """Bright windows, and what shines around them, which lies over people as well."""
        game, pictures = self._game, self._light_pictures
        panes, glows = [], []
        for light in self._lights:
            if _burns(light.name, game.world):
                middle = round(light.at[0] * self._tile), round(light.at[1] * self._tile)
                glow = pictures.glow(light, game.time_s, self._daylight.level)
                glows.append(Sprite(glow, glow.get_rect(center=middle).topleft, adds=True))
                if light.pane:
                    panes.append(Sprite(pictures.pane, pictures.pane.get_rect(center=middle).topleft))
        return panes, glows

    def _actor_sprite(self, actor: Actor) -> Sprite:
        picture = self._in_this_light(actor)
        return Sprite(self._hidden_behind(actor, picture) if actor.hides else picture, actor.corner)

    def _sign_sprites(self) -> Iterator[Sprite]:
        game = self._game
        yield from self._signs.smoke(game.time_s)
        if game.world.bell_s > 0.0:
            yield from self._signs.bell(game.time_s)
        for spot in _untouched(game):
            yield from self._signs.glint(spot, game.time_s)

    def _in_this_light(self, actor: Actor) -> pygame.Surface:
        level = self._daylight.level
        if level != self._tinted_level:
            self._tinted.clear()
            self._partly_hidden.clear()
            self._tinted_level = level
        if actor.name not in self._tinted:
            picture = actor.picture.copy()
            picture.fill(tint(level), special_flags=pygame.BLEND_RGBA_MULT)
            self._tinted[actor.name] = picture
        return self._tinted[actor.name]

    def _hidden_behind(self, actor: Actor, picture: pygame.Surface) -> pygame.Surface:
        """The part of somebody that houses and trees before them leave to be seen."""
        place = picture.get_rect(topleft=actor.corner)
        before = [self._things[index] for index in place.collidelistall(self._thing_areas)]
        before = [thing for thing in before if thing.foot > actor.foot]
        if not before:
            return picture
        known = self._partly_hidden.get(actor.name[0])
        if known is None or known[0] != (actor.name, actor.corner):
            rest = picture.copy()
            for thing in before:
                corner = thing.area.left - place.left, thing.area.top - place.top
                rest.blit(self._mask(thing.picture), corner, special_flags=pygame.BLEND_RGBA_SUB)
            known = self._partly_hidden[actor.name[0]] = (actor.name, actor.corner), rest
        return known[1]

    def _mask(self, picture: pygame.Surface) -> pygame.Surface:
        """Nothing but how opaque a picture is."""
        if picture not in self._masks:
            mask = picture.copy()
            mask.fill((0, 0, 0, 255), special_flags=pygame.BLEND_RGBA_MULT)
            self._masks[picture] = mask
        return self._masks[picture]

    # ------------------------------------------------------------ labels, in the view's pixels

    def _label(self, villager: Villager, camera: tuple[int, int], size: tuple[int, int]) -> Iterator[Sprite]:
        """A name over whoever is near or spoken to; dots over whoever speaks, thinks or listens."""
        game = self._game
        busy = villager.npc.status != "idle"
        if not busy and villager is not game.talk.partner and villager is not game.near:
            return
        walker = game.world.people[villager.stem]
        above = round(walker.x * self._tile), round((walker.y - 1.62) * self._tile)
        x, y = _minus(above, camera)
        if 0 <= x < size[0] and 0 <= y + self._tile < size[1]:
            words = villager.first_name + _SIGNS_OF[villager.npc.status]
            picture = self._pill(words)
            place = picture.get_rect(midbottom=(x, y)).clamp(pygame.Rect((0, 0), size))
            yield Sprite(picture, place.topleft)

    def _pill(self, words: str) -> pygame.Surface:
        """Words on a dark ground with round ends."""
        if words not in self._pills:
            word = self._type.word(words, 16, INK)
            ground = word.get_rect().inflate(round(word.get_height() * 0.8), round(word.get_height() * 0.25))
            pill = pygame.Surface(ground.size, pygame.SRCALPHA, 32)
            pygame.draw.rect(pill, PANEL, pill.get_rect(), border_radius=ground.height // 2)
            pill.blit(word, word.get_rect(center=pill.get_rect().center))
            self._pills[words] = pill
        return self._pills[words]

    @property
    def _things(self) -> list[Standing]:
        return self._painting.standing


def _minus(corner: tuple[int, int], camera: tuple[int, int]) -> tuple[int, int]:
    return corner[0] - camera[0], corner[1] - camera[1]


def _burns(name: str, world: World) -> bool:
    """Whether a light is lit: the shrine's always, at home in the evening, others when something lit them."""
    at_home = name in ("house", "inn") and world.dusk > HOUSES_LIT_FROM
    return name == "shrine" or name in world.lights or at_home


def _untouched(game: Game) -> Iterator[Spot]:
    """Where things are that the player has not used yet; over the head of whoever stands there."""
    for name in usable(game.world):
        spot = game.world.map.places[THINGS[name].place]
        if f"used_{name}" not in game.story.flags:
            taken = any(walker.distance(spot) < SAME_SPOT for walker in game.world.people.values())
            yield (spot[0], spot[1] - 1.1) if taken else spot
