"""Does what a script says, through the keys a player would press; knows the game, no screen and no clock of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import pygame
from numpy.typing import NDArray

from demo_game.actions import DEFAULT_KEYS, Action
from demo_game.game import Game
from demo_game.scripted.expectations import unmet
from demo_game.scripted.microphone import ScriptedMicrophone
from demo_game.scripted.record import Record
from demo_game.scripted.script import Script, Step, as_lines
from demo_game.tile_map import Spot

REPLY_PATIENCE_S = 60.0
READY_PATIENCE_S = 300.0
WALK_PATIENCE_S = 40.0
BESIDE = 1.5
"""So near (tiles) one walks up to somebody."""

CLOSE = 0.12
"""A corner of the way is reached at this distance (tiles); smaller than a frame's step at 20 frames a second."""

PICTURE_S = 1.1
"""So long after the first sound of an answer its picture is taken: the mouth is open and the face has moved."""

SETTLING_S = 0.25
"""The key to speak is pressed so long before the first word and let go so long after the last."""

Doing = Generator[None, float, None]
"""A step under way: gives back control once a frame and is sent the frame's seconds."""


class Sounds(Protocol):
    """Where the player's voice comes from; mono float32 at 16 kHz."""

    def spoken(self, line: str) -> NDArray[np.float32]:
        """A line, spoken by a voice that is no character's."""
        ...

    def recorded(self, path: Path) -> NDArray[np.float32]:
        """A recording."""
        ...


@dataclass(frozen=True, slots=True)
class PlayerVoice:
    """How the player is heard.

    Attributes:
        microphone: The one that the game's engine listens to.
        sounds: What is played into it.
    """

    microphone: ScriptedMicrophone
    sounds: Sounds


class Performer:
    """Plays one script.

    Args:
        game: What is played.
        script: What to do.
        voice: How the player is heard.
        record: Takes the log and the screenshots; saves go into its folder.

    Attributes:
        failures: What was not as expected, with the script's line.
        finished: Whether everything has been done.
    """

    def __init__(self, game: Game, script: Script, voice: PlayerVoice, record: Record) -> None:
        self.failures: list[str] = []
        self.finished = False
        self._game = game
        self._script = script
        self._microphone = voice.microphone
        self._sounds = voice.sounds
        self._record = record
        self._held: set[int] = set()
        self._doing = self._perform()
        next(self._doing)

    def frame(self, dt: float) -> None:
        """A frame passes: presses keys and plays sound for the next one."""
        self._microphone.frame(dt)
        if not self.finished:
            try:
                self._doing.send(dt)
            except StopIteration:
                self.finished = True

    def _perform(self) -> Doing:
        yield
        for step in self._script.steps:
            self._record.tell("step", {"line": step.line, step.verb: step.value})
            yield from self._steps[step.verb](self, step)

    # ------------------------------------------------------------ keys

    def _press(self, key: int) -> None:
        if key not in self._held:
            self._held.add(key)
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=""))

    def _release(self, key: int) -> None:
        if key in self._held:
            self._held.remove(key)
            pygame.event.post(pygame.event.Event(pygame.KEYUP, key=key, mod=0))

    def _strike(self, key: int) -> Doing:
        """Presses a key and lets it go."""
        self._press(key)
        yield
        self._release(key)
        yield

    def _hold_towards(self, spot: Spot | None) -> None:
        """Holds the walking keys that lead to a point; lets go of all at None."""
        player = self._game.world.player
        across, down = (spot[0] - player.x, spot[1] - player.y) if spot else (0.0, 0.0)
        wanted = {
            Action.LEFT: across < -CLOSE / 2,
            Action.RIGHT: across > CLOSE / 2,
            Action.UP: down < -CLOSE / 2,
            Action.DOWN: down > CLOSE / 2,
        }
        for action, held in wanted.items():
            (self._press if held else self._release)(DEFAULT_KEYS[action])

    # ------------------------------------------------------------ steps

    def _walk_to(self, step: Step) -> Doing:
        """Walks to a place, or up to a villager."""
        world = self._game.world
        person = world.people.get(step.value)
        if person is None and step.value not in world.map.places:
            self._fail(step, f"there is neither a place nor a person {step.value!r}")
            return
        enough = BESIDE if person else CLOSE
        left_s = WALK_PATIENCE_S
        goal: Spot | None = None
        way: list[Spot] = []
        while left_s > 0.0:
            now = person.spot if person else world.map.places[step.value]
            if world.player.distance(now) <= enough:
                break
            if goal is None or (person and person.distance(goal) > 1.0):  # whom one walks up to may walk as well
                goal, way = now, world.player_way(now)
            while way and world.player.distance(way[0]) <= CLOSE:
                way.pop(0)
            if not way:
                left_s = 0.0
                break
            self._hold_towards(way[0])
            left_s -= yield
        self._hold_towards(None)
        yield
        if left_s <= 0.0:
            self._fail(step, f"the way to {step.value} is blocked")

    def _say(self, step: Step) -> Doing:
        """Types lines, one after the other, until what is hoped for has come."""
        for line in as_lines(step.value):
            yield from self._strike(DEFAULT_KEYS[Action.TYPE])
            for letter in line:
                pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text=letter))
            yield
            yield from self._strike(pygame.K_RETURN)
            yield from self._await_reply(step)
            if self._has_come(step):
                return
        self._check_until(step)

    def _speak(self, step: Step) -> Doing:
        """Holds the key and speaks lines, one after the other, until what is hoped for has come."""
        for line in as_lines(step.value):
            yield from self._utter(step, self._sounds.spoken(line))
            if self._has_come(step):
                return
        self._check_until(step)

    def _wav(self, step: Step) -> Doing:
        yield from self._utter(step, self._sounds.recorded(self._script.path.parent / step.value))

    def _utter(self, step: Step, pcm: NDArray[np.float32]) -> Doing:
        key = DEFAULT_KEYS[Action.TALK]
        self._press(key)
        yield from _rest(SETTLING_S)
        self._microphone.play(pcm)
        while self._microphone.playing:
            yield
        yield from _rest(SETTLING_S)
        self._release(key)
        yield from self._await_reply(step)

    def _await_reply(self, step: Step) -> Doing:
        """Waits until the villager has answered and fallen silent, whatever else it wanted to say."""
        game, before = self._game, self._game.turn
        left_s, quiet_s, spoken_s = REPLY_PATIENCE_S, 0.0, 0.0
        while quiet_s < 0.5:
            dt = yield
            spoken_s += dt if any(each.npc.status == "speaking" for each in game.villagers.values()) else 0.0
            if spoken_s - dt <= PICTURE_S < spoken_s and step.picture:
                self._record.pictures.append(step.picture)
            left_s -= dt
            busy = any(villager.npc.status != "idle" for villager in game.villagers.values())
            quiet_s = 0.0 if busy else quiet_s + dt
            if left_s < 0.0:
                self._fail(step, "nobody answered")
                return
        turn = game.turn
        if turn is not None and turn is not before:
            self._record.tell("turn", {"npc": turn.npc.name, "heard": turn.player_text, "reply": turn.text_heard})

    def _give(self, step: Step) -> Doing:
        if not self._game.story.has(step.value):
            self._fail(step, f"the bag lacks {step.value}")
            return
        self._game.give(step.value)
        yield from self._await_reply(step)

    def _press_key(self, step: Step) -> Doing:
        """A key by its name, as ``escape`` or ``f1``, or by what it does, as ``NOTEBOOK``."""
        named = Action.__members__.get(step.value)
        try:
            key = DEFAULT_KEYS[named] if named else pygame.key.key_code(step.value)
        except ValueError:
            self._fail(step, f"there is no key {step.value!r}")
            return
        yield from self._strike(key)

    def _wait(self, step: Step) -> Doing:
        yield from _rest(float(step.value))

    def _wait_for(self, step: Step) -> Doing:
        game = self._game
        if step.value == "reply":
            yield from self._await_reply(step)
            return
        signs: dict[str, Callable[[], bool]] = {
            "ready": lambda: game.engine.ready,
            "idle": lambda: all(villager.npc.status == "idle" for villager in game.villagers.values()),
            "ending": lambda: game.ending is not None,
        }
        holds = signs[step.value]
        left_s = READY_PATIENCE_S
        while not holds():
            left_s -= yield
            if left_s < 0.0:
                self._fail(step, f"it did not happen within {READY_PATIENCE_S:.0f} s")
                return

    def _expect(self, step: Step) -> Doing:
        for problem in unmet(self._game, step.value):
            self._fail(step, problem)
        yield

    def _screenshot(self, step: Step) -> Doing:
        yield
        self._record.pictures.append(step.value)
        yield

    def _set_size(self, step: Step) -> Doing:
        pygame.display.set_mode(tuple(step.value), pygame.RESIZABLE)
        yield from _rest(1.0)

    def _pause(self, step: Step) -> Doing:
        self._game.pause()
        yield from _rest(float(step.value))
        self._game.resume()

    def _save(self, step: Step) -> Doing:
        self._game.save(self._record.folder / step.value)
        yield

    def _load(self, step: Step) -> Doing:
        self._game.load(self._record.folder / step.value)
        yield

    def _note(self, _step: Step) -> Doing:
        yield

    # ------------------------------------------------------------ what was hoped for

    def _has_come(self, step: Step) -> bool:
        return step.until is not None and not unmet(self._game, step.until)

    def _check_until(self, step: Step) -> None:
        for problem in unmet(self._game, step.until or {}):
            self._fail(step, problem)

    def _fail(self, step: Step, problem: str) -> None:
        self.failures.append(f"{self._script.path}:{step.line}: {problem}")
        self._record.tell("failure", {"line": step.line, "problem": problem})

    _steps: dict[str, Callable[[Performer, Step], Doing]] = {  # noqa: RUF012 - never changed
        "walk_to": _walk_to,
        "say": _say,
        "speak": _speak,
        "wav": _wav,
        "give": _give,
        "press": _press_key,
        "wait": _wait,
        "wait_for": _wait_for,
        "expect": _expect,
        "screenshot": _screenshot,
        "size": _set_size,
        "pause": _pause,
        "save": _save,
        "load": _load,
        "note": _note,
    }


def _rest(seconds: float) -> Doing:
    while seconds > 0.0:
        seconds -= yield
