"""A game with fake models and a clock moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from npcengine import Engine, EngineConfig, Npc, Persona
from npcengine.audio.capture import PushedSource
from npcengine.audio.speaker import SilentSpeaker
from npcengine.persona import persona_from_dict
from npcengine.testing import FAKE_RATE, GameLoop, ManualClock
from npcengine.types import HEARING_RATE

FAKES = {
    "embedding": "none",
    "stt": "fake:What happened to the mill?",
    "tts": "fake:hum",
    "microphone": "none",
    "echo": "off",  # a canceller per engine would start native threads in the tests' own process
}


@dataclass
class Game:
    """An engine and what drives it."""

    engine: Engine
    clock: ManualClock
    loop: GameLoop
    microphone: PushedSource

    def spawn(self, name: str = "Gerta Holt") -> Npc:
        """A character that knows nothing, so that the fake model's words are its own."""
        return self.engine.spawn(a_persona(name))

    def speak(self, seconds: float = 0.5) -> None:
        """Sound into the microphone, as loud as a voice."""
        noise = np.random.default_rng(0).normal(0, 0.1, round(seconds * HEARING_RATE))
        for block in np.array_split(noise.astype(np.float32), max(1, round(seconds / 0.032))):
            self.microphone.push(block, HEARING_RATE)


def a_persona(name: str = "Gerta Holt", *, fillers: Sequence[str] = ()) -> Persona:
    """A small character file, with a voice that is not there on any machine."""
    return persona_from_dict(
        {
            "npcengine": 1,
            "name": name,
            "description": "She beats hot iron, and she has heard what happened to the mill.",
            "state": {"trust": 50},
            "fillers": fillers,
            "voice": {"tts": "fake:hum"},
        }
    )


@pytest.fixture
def start() -> Iterator[Callable[..., Game]]:
    """Starts games; closes them after the test."""
    engines: list[Engine] = []

    def start_game(*replies: str, **options: object) -> Game:
        clock = ManualClock()
        microphone = PushedSource()
        settings = {"brain": "thread", "llm": "fake:" + "|".join(replies or ("The iron is hot.",)), **FAKES, **options}
        engine = Engine(
            EngineConfig.model_validate(settings),
            speaker=SilentSpeaker(clock, rate=FAKE_RATE),
            microphone=microphone,
            clock=clock,
        )
        engines.append(engine)
        return Game(engine, clock, GameLoop(engine, clock), microphone)

    yield start_game
    for engine in engines:
        engine.close()
