"""What villagers do by themselves: walk over to each other, exchange the author's lines, play the last scene."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping

from demo_game.cast import Villager
from demo_game.scenes import VISITS, Part, Visit
from demo_game.world import World

VISIT_EVERY_S = 35.0
STAY_S = 5.0
PAUSE_S = 0.35
"""Between two lines of an exchange."""

LONGEST_GATHERING_S = 25.0
"""A last scene begins then, whoever is still on the way."""


class Director:
    """Moves villagers whom nobody talks to, and has exchanges spoken one line after the other."""

    def __init__(self, villagers: Mapping[str, Villager], world: World) -> None:
        self._villagers = villagers
        self._world = world
        self._parts: deque[Part] = deque()
        self._speaking: Villager | None = None
        self._rest_s = 0.0
        self._then: Callable[[], None] | None = None
        self._gathering_s: float | None = None
        self._visit: Visit | None = None
        self._visit_stage = ""
        self._next_visit_s = VISIT_EVERY_S
        self._visits = 0

    @property
    def playing(self) -> bool:
        """Whether an exchange is going on, or villagers gather for one."""
        return bool(self._parts or self._speaking or self._gathering_s is not None)

    def play(self, parts: Iterable[Part], then: Callable[[], None] | None = None) -> None:
        """Has these lines spoken, and calls `then` after the last one; an exchange that was going on is dropped."""
        self.drop()
        self._parts.extend(parts)
        self._then = then

    def gather_and_play(self, gathers: Mapping[str, str], parts: Iterable[Part], then: Callable[[], None]) -> None:
        """Sends villagers to places and has the lines spoken when they are there."""
        self.play(parts, then)
        self._world.hurry = True
        for stem, place in gathers.items():
            if stem in self._villagers:
                self._world.send(stem, place)
        self._gathering_s = 0.0

    def give_way(self) -> None:
        """Ends an exchange in passing: the player has something to say."""
        if self._then is None:
            self._parts.clear()

    def drop(self) -> None:
        """Ends whatever is being played."""
        self._parts.clear()
        self._speaking, self._then, self._gathering_s = None, None, None
        self._world.hurry = False

    def update(self, dt: float, *, quiet: bool, partner: str | None) -> None:
        """A frame passes.

        Args:
            dt: Seconds.
            quiet: Whether the player talks to nobody and all models are loaded, so that villagers may chat.
            partner: Whom the player talks to: an exchange in passing ends, and a guest stays where it is.
        """
        if self._gathering_s is not None:
            self._gathering_s += dt
            walking = any(walker.way for walker in self._world.people.values())
            if walking and self._gathering_s < LONGEST_GATHERING_S:
                return
            self._gathering_s, self._world.hurry = None, False
        if partner:
            self.give_way()
        self._speak(dt)
        if self._then is None and not (self._visit and self._visit.guest == partner):
            self._visits_go_on(dt, quiet=quiet)

    def _speak(self, dt: float) -> None:
        """The next line, when the one before has been heard."""
        if self._speaking:
            if self._speaking.npc.status != "idle":
                return
            self._speaking, self._rest_s = None, PAUSE_S
        self._rest_s -= dt
        if self._rest_s > 0.0:
            return
        if self._parts:
            part = self._parts.popleft()
            if villager := self._villagers.get(part.stem):
                villager.npc.say(part.say, part.emotion)
                self._speaking = villager
                self._turn_to_others(part.stem)
        elif self._then:
            then, self._then = self._then, None
            then()

    def _turn_to_others(self, stem: str) -> None:
        speaker = self._world.people[stem]
        for other in self._world.near(stem):
            speaker.look_at(self._world.people[other].spot)
            self._world.people[other].look_at(speaker.spot)

    # ------------------------------------------------------------ visits

    def _visits_go_on(self, dt: float, *, quiet: bool) -> None:
        visit = self._visit
        if visit is None:
            self._next_visit_s -= dt
            if quiet and self._next_visit_s <= 0.0:
                self._set_out()
            return
        if self._world.people[visit.guest].way:
            return
        if self._visit_stage == "going":
            self._visit_stage, self._next_visit_s = "there", STAY_S
            if quiet:
                self._parts.extend(visit.parts)
        elif self._visit_stage == "there" and not self._parts and not self._speaking:
            self._next_visit_s -= dt
            if self._next_visit_s <= 0.0:
                self._send_home()

    def _set_out(self) -> None:
        """The next visit begins, if all that it takes are there and idle."""
        visit = VISITS[self._visits % len(VISITS)]
        self._visits += 1
        self._next_visit_s = VISIT_EVERY_S
        stems = {part.stem for part in visit.parts}
        known = stems <= set(self._villagers)
        if known and all(self._villagers[stem].npc.status == "idle" for stem in stems):
            self._world.send(visit.guest, self._beside(visit.place))
            self._visit, self._visit_stage = visit, "going"

    def _beside(self, place: str) -> tuple[float, float]:
        """A step aside from a place where somebody stands."""
        x, y = self._world.map.places[place]
        free = ((x + across, y) for across in (-1.0, 1.0))
        return next((spot for spot in free if self._world.is_free(spot)), (x, y))

    def _send_home(self) -> None:
        if self._visit:
            self._world.send_home(self._visit.guest)
        self._visit, self._visit_stage, self._next_visit_s = None, "", VISIT_EVERY_S
