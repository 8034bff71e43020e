"""The demo game over fake models and a clock moved by hand, and screens that only know the keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pygame
from numpy.typing import NDArray

from demo_game.actions import Action, Bindings
from demo_game.cast import Villager
from demo_game.face_rig import FaceRig
from demo_game.game import Game
from demo_game.inputs import Inputs, Press, Release, Typed
from demo_game.looks import look_for
from demo_game.scripted.microphone import ScriptedMicrophone
from npcengine import Engine, EngineConfig, load_persona
from npcengine.audio.speaker import SilentSpeaker
from npcengine.testing import FAKE_RATE, FRAME_S, ManualClock

STEMS = ("gerta", "aldo", "maren", "oswin")
CHARACTERS = Path(__file__).resolve().parents[2] / "characters"
FAKES = {"stt": "fake:What happened to the mill?", "tts": "fake:hum", "embedding": "none", "microphone": "none"}


@dataclass
class Oakhollow:
    """A game and what drives it."""

    game: Game
    clock: ManualClock
    microphone: ScriptedMicrophone

    def frame(self) -> None:
        """A frame; lets the brain's threads get on with their work."""
        self.pace()
        self.game.update(FRAME_S)

    def pace(self) -> int:
        """What a scripted session waits for: the next frame of a clock moved by hand (milliseconds)."""
        if not self.game.engine.ready or any(each.npc.status != "idle" for each in self.game.villagers.values()):
            self.game.engine.wait(0.002)
        self.clock.advance(FRAME_S)
        return round(FRAME_S * 1000)

    def run(self, seconds: float) -> None:
        """So many seconds of the game."""
        for _ in range(round(seconds / FRAME_S)):
            self.frame()

    def settle(self) -> None:
        """Frames until nobody thinks or speaks."""
        for _ in range(6000):
            self.frame()
            if all(villager.npc.status == "idle" for villager in self.game.villagers.values()):
                return
        raise AssertionError("somebody never fell silent")

    def ask(self, line: str) -> str:
        """Says a line and waits for the answer."""
        self.game.say(line)
        self.settle()
        return self.game.turn.text_heard if self.game.turn else ""

    def visit(self, stem: str) -> None:
        """Puts the player in front of a villager and begins to talk."""
        self.game.talk.leave()
        x, y = self.game.world.people[stem].spot
        self.game.world.player.x, self.game.world.player.y = x, y + 1.0
        self.game.talk.begin(stem)
        self.settle()


def open_oakhollow(*replies: str, **options: object) -> Oakhollow:
    """A game at its start; `replies` are what the fake model says when the author's words do not answer."""
    clock, microphone = ManualClock(), ScriptedMicrophone()
    settings = {"brain": "thread", "llm": "fake:" + "|".join(replies or ("I see.",)), "echo": "off", **FAKES, **options}
    engine = Engine(
        EngineConfig.model_validate(settings),
        speaker=SilentSpeaker(clock, rate=FAKE_RATE),
        microphone=microphone,
        clock=clock,
    )
    oakhollow = Oakhollow(Game(engine, [_villager(engine, stem) for stem in STEMS]), clock, microphone)
    while not engine.ready:
        oakhollow.frame()
    return oakhollow


def _villager(engine: Engine, stem: str) -> Villager:
    """As its file says, but with a voice that is there on every machine."""
    persona = load_persona(CHARACTERS / f"{stem}.yaml")
    hum = persona.model_copy(update={"voice": type(persona.voice)(tts="fake:hum")})
    return Villager(engine.spawn(hum), stem, FaceRig(look_for(stem)))


@dataclass
class KeysOnly:
    """Screens without pictures: walking, speaking, typing and using, as the keys say."""

    game: Game
    inputs: Inputs = field(default_factory=lambda: Inputs(Bindings()))
    typing: str | None = None

    def handle(self, event: pygame.event.Event) -> bool:
        """Does what a key means."""
        for read in self.inputs.read(event):
            match read:
                case Press(key=pygame.K_RETURN) if self.typing is not None:
                    self.game.say(self.typing)
                    self.typing = None
                case Press(action=Action.TYPE):
                    self.typing = ""
                case Typed(text=text) if self.typing is not None:
                    self.typing += text
                case Press(action=Action.TALK):
                    self.game.talk.listen()
                case Release(action=Action.TALK):
                    self.game.talk.stop_listening()
                case Press(action=Action.USE):
                    self.game.use()
                case _:
                    pass
        return True

    def frame(self, window: pygame.Surface, dt: float) -> list[pygame.Rect]:
        """Moves the game on."""
        across, down = self.inputs.walking()
        self.game.walk(across, down, dt)
        self.game.update(dt)
        window.fill((20, 60, 20))
        return [window.get_rect()]


class Hum:
    """A player's voice for ears that are fake: a tone as long as the line."""

    def spoken(self, line: str) -> NDArray[np.float32]:
        """A tone."""
        length = round(0.05 * 16_000 * len(line))
        return np.asarray(0.2 * np.sin(np.arange(length) * 0.1), dtype=np.float32)

    def recorded(self, path: Path) -> NDArray[np.float32]:
        """A tone, whatever the file."""
        return self.spoken(path.name)
