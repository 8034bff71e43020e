"""The village as a place: who stands where, what is open, lit and ringing; knows no window, no engine and no story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from demo_game.ferry import Ferry
from demo_game.tile_map import WALKABLE, Spot, TileMap, read_map
from demo_game.walker import PLAYER_SPEED, VILLAGER_SPEED, Walker

REACH = 2.5
"""So near (tiles) one can talk to somebody or use a thing."""

FULL_VOICE = 2.5
NO_VOICE = 13.0
"""From the first distance on a voice fades, and at the second it can't be heard any more (tiles)."""

EARSHOT = 6.0
"""So far (tiles) villagers overhear each other."""

PAN_WIDTH = 7.0
"""A voice so many tiles to the side comes from that side alone."""

BELL_S = 6.0
BODY = 0.28
"""Half the width of a person's feet (tiles)."""

HOMES: Final = {"gerta": "forge", "maren": "inn", "oswin": "chapel", "aldo": "landing"}
SPARE_HOMES: Final = ("green", "well", "board", "street", "hives", "gate")
"""Where others stand who came with a folder of characters of one's own."""


@dataclass(slots=True)
class World:
    """Everything that has a place or can be seen to change.

    Attributes:
        map: The ground.
        player: The player.
        people: The villagers, by the stem of their character file.
        gate_open: Whether one can go out to the north road.
        crypt_open: Whether the hatch behind the chapel stands open.
        lights: Which lamps and fires burn: ``forge``, ``inn``, ``chapel``, ``candle``.
        bell_s: How much longer the chapel bell swings (seconds).
        ferry: The boat.
        hurry: Whether villagers walk past the player; else they stop for whoever waits beside their way.
        time_s: Seconds since the story began.
    """

    map: TileMap = field(default_factory=read_map)
    player: Walker = field(default_factory=lambda: Walker(0.0, 0.0))
    people: dict[str, Walker] = field(default_factory=dict)
    gate_open: bool = False
    crypt_open: bool = False
    lights: set[str] = field(default_factory=set)
    bell_s: float = 0.0
    ferry: Ferry = field(default_factory=Ferry)
    hurry: bool = False
    time_s: float = 0.0

    @classmethod
    def with_people(cls, stems: Iterable[str]) -> World:
        """The village at the start of the story, with everybody at home."""
        world = cls()
        world.player = Walker(*world.map.places["start"], facing="up")
        spare = iter(SPARE_HOMES * 3)
        for stem in stems:
            world.people[stem] = Walker(*world.map.places[HOMES.get(stem) or next(spare, "green")])
        return world

    # ------------------------------------------------------------ walking

    @property
    def open_grounds(self) -> frozenset[str]:
        """What can be walked on now."""
        return WALKABLE | {"gate"} if self.gate_open else WALKABLE

    @property
    def riding(self) -> bool:
        """Whether the player sits in the moving ferry."""
        return self.ferry.moving and self.player in self.ferry.riders

    def walk(self, across: float, down: float, dt: float) -> None:
        """The player walks for a frame: −1 … 1 to the right and −1 … 1 downwards, 0 and 0 to stand."""
        self.player.moving = False
        length = max((across**2 + down**2) ** 0.5, 1.0)
        if self.riding or not (across or down):
            return
        step = PLAYER_SPEED * min(dt, 0.1) / length
        before = self.player.spot
        x, y = before
        if self.is_free((x + across * step, y)):
            x += across * step
        if self.is_free((x, y + down * step)):
            y += down * step
        self.player.look_at((before[0] + across, before[1] + down))
        if (x, y) != before:
            facing = self.player.facing
            self.player.step_to((x, y))
            self.player.facing = facing

    def is_free(self, spot: Spot) -> bool:
        """Whether somebody can stand there."""
        corners = ((spot[0] + side, spot[1] + depth) for side in (-BODY, BODY) for depth in (-BODY, BODY))
        grounds = self.open_grounds
        return all(self.map.ground(*corner) in grounds for corner in corners)

    def send(self, stem: str, place: str | Spot) -> bool:
        """A villager sets out for a place; whether there is a way."""
        walker = self.people[stem]
        goal = self.map.places[place] if isinstance(place, str) else place
        walker.way = self.map.way(walker.spot, goal, self.open_grounds)
        return bool(walker.way)

    def send_home(self, stem: str) -> bool:
        """A villager sets out for where it usually stands; whether there is a way."""
        return self.send(stem, HOMES.get(stem, "green"))

    def player_way(self, place: str | Spot) -> list[Spot]:
        """The player's way to a place; empty if there is none."""
        goal = self.map.places[place] if isinstance(place, str) else place
        return self.map.way(self.player.spot, goal, self.open_grounds)

    def update(self, dt: float) -> list[str]:
        """A frame passes; gives who has arrived where they were going."""
        self.time_s += dt
        self.bell_s = max(self.bell_s - dt, 0.0)
        self.ferry.update(dt)
        return [stem for stem in self.people if self._goes_on(stem, dt)]

    def _goes_on(self, stem: str, dt: float) -> bool:
        """A villager walks on; whether it arrives."""
        walker = self.people[stem]
        if walker.way and not self.hurry and not self.player.moving and self.distance(stem) <= REACH:
            walker.moving = False
            walker.look_at(self.player.spot)
            return False
        return walker.follow_way(VILLAGER_SPEED * dt)

    def ring(self) -> None:
        """The chapel bell begins to swing."""
        self.bell_s = BELL_S

    # ------------------------------------------------------------ who is near

    def distance(self, stem: str) -> float:
        """Tiles from the player to a villager."""
        return self.player.distance(self.people[stem].spot)

    def nearest(self) -> str | None:
        """The villager whom the player can talk to from where they stand; None where nobody is."""
        near = min(self.people, key=self.distance, default=None)
        return near if near is not None and self.distance(near) <= REACH else None

    def near(self, stem: str, tiles: float = EARSHOT) -> list[str]:
        """The other villagers within so many tiles of one."""
        spot = self.people[stem].spot
        return [other for other, walker in self.people.items() if other != stem and walker.distance(spot) <= tiles]

    def heard_from(self, stem: str) -> tuple[float, float]:
        """Where the player hears a villager's voice: pan −1 left … 1 right, and volume 0 … 1."""
        across = self.people[stem].x - self.player.x
        faded = (self.distance(stem) - FULL_VOICE) / (NO_VOICE - FULL_VOICE)
        return min(max(across / PAN_WIDTH, -1.0), 1.0), 1.0 - min(max(faded, 0.0), 1.0)

    @property
    def dusk(self) -> float:
        """How dark it is, 0 by day and 1 by night: the evening comes while one plays."""
        return min(self.time_s / 900.0, 0.7)

    # ------------------------------------------------------------ the save

    def to_json(self) -> dict[str, Any]:
        """What a save keeps; who was walking or crossing has arrived."""
        return {
            "player": self._kept(self.player),
            "people": {stem: self._kept(walker) for stem, walker in self.people.items()},
            "gate_open": self.gate_open,
            "crypt_open": self.crypt_open,
            "lights": sorted(self.lights),
            "ferry": self.ferry.goal,
            "time_s": self.time_s,
        }

    def _kept(self, walker: Walker) -> list[Any]:
        """A person as a save keeps it: where they are going, by foot or by ferry, and how they look."""
        ashore = [spot for rider, spot in self.ferry.places if rider is walker and self.ferry.moving]
        x, y = ashore[0] if ashore else walker.goal or walker.spot
        return [round(x, 3), round(y, 3), walker.facing]

    def read_json(self, kept: dict[str, Any]) -> None:
        """Goes back to what was kept."""
        _set(self.player, kept["player"])
        for stem, place in kept["people"].items():
            if stem in self.people:
                _set(self.people[stem], place)
        self.gate_open, self.crypt_open = bool(kept["gate_open"]), bool(kept["crypt_open"])
        self.lights, self.bell_s = set(kept["lights"]), 0.0
        self.ferry = Ferry(float(kept["ferry"]), float(kept["ferry"]))
        self.time_s = float(kept["time_s"])


def _set(walker: Walker, kept: list[Any]) -> None:
    walker.stand()
    walker.x, walker.y, walker.facing = float(kept[0]), float(kept[1]), kept[2]
