"""The village from above, around the player: still picture, light, people, names over heads; knows no keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pygame

from demo_game.art.daylight import HOUSES_LIT_FROM, Daylight, LightPictures, lights_of, tint
from demo_game.art.village_picture import VillagePicture
from demo_game.cast import Villager
from demo_game.game import Game
from demo_game.things import THINGS, usable
from demo_game.typography import INK, PANEL, Typography
from demo_game.views.actors import Actor, Actors
from demo_game.views.signs import BellRings, Glint, Smoke
from demo_game.workbench import Workbench
from demo_game.world import World


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
        self._masks: dict[int, pygame.Surface] = {}
        self._smoke, self._bell, self._glint = Smoke(rows, tile), BellRings(rows, tile), Glint(tile)

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

    def camera(self, area: pygame.Rect) -> tuple[int, int]:
        """Which of the village's pixels is at the view's upper left: the player in the middle, but no edge in sight."""
        width, height = self._daylight.shown.get_size()
        x, y = self._game.world.player.spot
        left, top = round(x * self._tile - area.width / 2), round((y - 0.5) * self._tile - area.height / 2)
        return min(max(left, 0), max(width - area.width, 0)), min(max(top, 0), max(height - area.height, 0))

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        """Draws the view into `area` of the window."""
        game = self._game
        self._daylight.follow(game.world.dusk)
        camera = self.camera(area)
        window = surface.subsurface(area)
        window.blit(self._daylight.shown, (0, 0), (*camera, *area.size))
        glows = self._draw_lights(window, camera)
        for actor in self._actors.of(game.world):
            self._draw_actor(window, actor, camera)
        for picture, corner in glows:
            window.blit(picture, corner, special_flags=pygame.BLEND_ADD)
        self._draw_signs(window, camera)
        for villager in game.villagers.values():
            self._draw_label(window, villager, camera)

    # ------------------------------------------------------------ light

    def _draw_lights(
        self, window: pygame.Surface, camera: tuple[int, int]
    ) -> list[tuple[pygame.Surface, tuple[int, int]]]:
        """Bright windows now; what shines around them is given back, to lie over people as well."""
        game, pictures = self._game, self._light_pictures
        glows = []
        for light in self._lights:
            if not _burns(light.name, game.world):
                continue
            x, y = light.at[0] * self._tile - camera[0], light.at[1] * self._tile - camera[1]
            glow = pictures.glow(light, game.time_s, self._daylight.level)
            place = glow.get_rect(center=(x, y))
            if window.get_rect().colliderect(place):
                if light.pane:
                    window.blit(pictures.pane, pictures.pane.get_rect(center=(x, y)))
                glows.append((glow, place.topleft))
        return glows

    # ------------------------------------------------------------ people

    def _draw_actor(self, window: pygame.Surface, actor: Actor, camera: tuple[int, int]) -> None:
        place = actor.picture.get_rect(topleft=(actor.corner[0] - camera[0], actor.corner[1] - camera[1]))
        if not window.get_rect().colliderect(place):
            return
        picture = self._in_this_light(actor)
        if actor.hides:
            picture = self._hidden_behind(actor, picture)
        window.blit(picture, place)

    def _in_this_light(self, actor: Actor) -> pygame.Surface:
        level = self._daylight.level
        if level != self._tinted_level:
            self._tinted.clear()
            self._tinted_level = level
        if actor.name not in self._tinted:
            picture = actor.picture.copy()
            picture.fill(tint(level), special_flags=pygame.BLEND_RGBA_MULT)
            self._tinted[actor.name] = picture
        return self._tinted[actor.name]

    def _hidden_behind(self, actor: Actor, picture: pygame.Surface) -> pygame.Surface:
        """The part of somebody that houses and trees before them leave to be seen."""
        place = picture.get_rect(topleft=actor.corner)
        whole = picture
        for thing in self._painting.standing:
            if thing.foot > actor.foot and thing.area.colliderect(place):
                if picture is whole:
                    picture = whole.copy()
                corner = thing.area.left - place.left, thing.area.top - place.top
                picture.blit(self._mask(thing.picture), corner, special_flags=pygame.BLEND_RGBA_SUB)
        return picture

    def _mask(self, picture: pygame.Surface) -> pygame.Surface:
        """Nothing but how opaque a picture is."""
        if id(picture) not in self._masks:  # the pictures live as long as this view
            mask = picture.copy()
            mask.fill((0, 0, 0, 255), special_flags=pygame.BLEND_RGBA_MULT)
            self._masks[id(picture)] = mask
        return self._masks[id(picture)]

    # ------------------------------------------------------------ signs

    def _draw_signs(self, window: pygame.Surface, camera: tuple[int, int]) -> None:
        game = self._game
        self._smoke.draw(window, camera, game.time_s)
        if game.world.bell_s > 0.0:
            self._bell.draw(window, camera, game.time_s)
        for spot in _untouched(game):
            self._glint.draw(window, camera, spot, game.time_s)

    def _draw_label(self, window: pygame.Surface, villager: Villager, camera: tuple[int, int]) -> None:
        """A name over whoever is near or spoken to; dots over whoever speaks, thinks or listens."""
        game = self._game
        busy = villager.npc.status != "idle"
        if not busy and villager is not game.talk.partner and villager is not game.near:
            return
        walker = game.world.people[villager.stem]
        x = round(walker.x * self._tile) - camera[0]
        y = round((walker.y - 1.62) * self._tile) - camera[1]
        if not window.get_rect().collidepoint(x, y + self._tile):
            return
        text = villager.first_name
        if busy:
            text += {"speaking": "  ···", "thinking": "  ?", "listening": "  …"}[villager.npc.status]
        word = self._type.word(text, 16, INK)
        ground = word.get_rect(midbottom=(x, y)).inflate(word.get_height() * 0.8, word.get_height() * 0.25)
        ground.clamp_ip(window.get_rect())
        pygame.draw.rect(window, PANEL, ground, border_radius=ground.height // 2)
        window.blit(word, word.get_rect(center=ground.center))


def _burns(name: str, world: World) -> bool:
    """Whether a light is lit: the shrine's always, at home in the evening, others when something lit them."""
    at_home = name in ("house", "inn") and world.dusk > HOUSES_LIT_FROM
    return name == "shrine" or name in world.lights or at_home


def _untouched(game: Game) -> Iterable[tuple[float, float]]:
    """Where things are that the player has not used yet."""
    names = (name for name in usable(game.world) if f"used_{name}" not in game.story.flags)
    return [game.world.map.places[THINGS[name].place] for name in names]
