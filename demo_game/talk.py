"""Talking with one villager at a time, by voice or by line, and the distance it takes; knows no story and no keys."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import npcengine
from demo_game.cast import Villager
from demo_game.world import REACH, World

OUT_OF_TALK = 4.5
"""So far away (tiles) a talk ends, once nobody is in the middle of a sentence."""

OUT_OF_HEARING = 7.5
"""So far away a villager breaks off: talking after somebody who has left is pointless."""

WAKING = "They are still waking up: you can type already, or speak in a moment."


class Talk:
    """With whom the player talks, whether they are being listened to, and lines that wait for the models.

    Args:
        engine: Runs the villagers.
        villagers: By the stem of their character file.
        world: Who stands where; read, and turned to face each other.
        notify: Shows the player a line.
        walked_off: Told the stem of a villager who was left in the middle of a sentence.

    Attributes:
        partner: Whom the player talks to.
        listening: Whether the player holds the key to speak.
        volume: Of all voices, 0–1, as the player likes it.
        hushed: Whether the player has to listen, since the last scene is being played.
    """

    def __init__(
        self,
        engine: npcengine.Engine,
        villagers: dict[str, Villager],
        world: World,
        *,
        notify: Callable[[str], None],
        walked_off: Callable[[str], None],
    ) -> None:
        self.partner: Villager | None = None
        self.listening = False
        self.volume = 1.0
        self.hushed = False
        self._engine = engine
        self._villagers = villagers
        self._world = world
        self._notify = notify
        self._walked_off = walked_off
        self._waiting: deque[tuple[Villager, str]] = deque()

    # ------------------------------------------------------------ what the player does

    def begin(self, stem: str | None = None) -> Villager | None:
        """Turns to a villager in reach, the nearest if none is named; who was speaking before falls silent."""
        if self.hushed:
            self._notify("Listen.")
            return None
        if stem is None:
            stem = self._world.nearest()
        if stem is None or self._world.distance(stem) > REACH:
            self._notify("There is nobody near enough to talk to.")
            return None
        villager = self._villagers[stem]
        if villager is not self.partner:
            self.leave()
            self.partner = villager
            self._world.people[stem].stand()
            if self.hears_all:
                self._engine.focus(villager.npc)
            self.greet(villager)
        self._face_each_other(stem)
        return villager

    def leave(self) -> None:
        """Ends the talk; the villager breaks off what it was saying."""
        if self.partner is None:
            return
        self.stop_listening()
        if self.partner.npc.status != "idle":
            self.partner.npc.interrupt()
        self.partner = None
        if self.hears_all:
            self._engine.focus(None)

    def listen(self) -> None:
        """The player holds the key to speak, to whom they talk to or else to whoever stands nearest."""
        if self.listening:
            return
        if self._engine.microphone.problem:
            self._notify(self._engine.microphone.problem)
            return
        if not self._engine.ready:
            self._notify(WAKING)
            return
        if villager := self.partner or self.begin():
            villager.greeted, villager.heard = True, ""
            villager.npc.listen()
            self.listening = True

    def stop_listening(self) -> None:
        """The player lets go of it."""
        if self.listening and self.partner:
            self.partner.npc.stop_listening()
        self.listening = False

    def tell(self, line: str) -> None:
        """The player says a line, at once or as soon as the models are loaded."""
        villager = self.partner or self.begin()
        if villager is None or not line.strip():
            return
        villager.greeted, villager.heard = True, line.strip()
        villager.last = npcengine.Subtitle()
        if self._engine.ready and not self._waiting:
            villager.npc.tell(line)
        else:
            self._waiting.append((villager, line))

    def hush(self) -> None:
        """Cuts the villager short."""
        if self.partner:
            self.partner.npc.interrupt()

    def open_microphone(self, *, opened: bool) -> None:
        """Opens the microphone, so that the player talks without a key, or shuts it again."""
        if opened and self._engine.microphone.problem:
            self._notify(self._engine.microphone.problem)
            return
        self.stop_listening()
        self._engine.microphone.mode = "open" if opened else "push_to_talk"
        self._engine.focus(self.partner.npc if opened and self.partner else None)

    @property
    def hears_all(self) -> bool:
        """Whether the microphone is open."""
        return self._engine.microphone.mode == "open"

    @property
    def waiting(self) -> int:
        """How many lines the partner will get as soon as the models are loaded."""
        return sum(1 for villager, _ in self._waiting if villager is self.partner)

    # ------------------------------------------------------------ every frame

    def update(self) -> None:
        """Places all voices, hands on lines that waited, and ends a talk that the player walks away from."""
        for stem, villager in self._villagers.items():
            pan, volume = self._world.heard_from(stem)
            villager.npc.place(pan, volume * self.volume)
        self._tell_waiting()
        if self.partner and not self._world.riding:
            self._keep_near(self.partner)

    def greet(self, villager: Villager) -> None:
        """The villager greets the player, once."""
        if self._engine.ready and not villager.greeted:
            villager.greeted = True
            villager.npc.greet()

    def _keep_near(self, villager: Villager) -> None:
        distance = self._world.distance(villager.stem)
        if distance <= OUT_OF_TALK:
            self._face_each_other(villager.stem)
            return
        self.stop_listening()  # what was said so far is answered
        if villager.npc.status == "idle":
            self.leave()
        elif distance > OUT_OF_HEARING:
            self.leave()
            self._walked_off(villager.stem)

    def _face_each_other(self, stem: str) -> None:
        walker, player = self._world.people[stem], self._world.player
        if not walker.way:
            walker.look_at(player.spot)
        if not player.moving:
            player.look_at(walker.spot)

    def _tell_waiting(self) -> None:
        """Hands on the next line that waited, once whom it is for has answered the one before."""
        if self._waiting and self._engine.ready and self._waiting[0][0].npc.status == "idle":
            villager, line = self._waiting.popleft()
            villager.heard = line
            villager.npc.tell(line)
