"""The open microphone with the real voice detector: it finds the player's words by itself, and knows what holds now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from npcengine import Engine, EngineConfig, EngineReady, Npc, PlayerHeard, TurnFinished
from npcengine.audio.capture import PushedSource
from npcengine.audio.speaker import SilentSpeaker
from npcengine.audio.wav import load_speech
from npcengine.persona import persona_from_dict
from npcengine.testing import FAKE_RATE, GameLoop, ManualClock
from npcengine.types import HEARING_RATE, Pcm

pytestmark = pytest.mark.models

GERTA = {
    "npcengine": 1,
    "name": "Gerta",
    "fillers": [],
    "state": {"trust": 10},
    "knowledge": [
        {
            "id": "fire",
            "text": "Aldo burned the mill down.",
            "topics": ["mill", "burned"],
            "say": "It was Aldo who burned the mill.",
            "when": "trust >= 60",
            "secret": True,
        }
    ],
    "unknown": ["Incomprehensibilities."],  # a first word that takes more than a second
    "voice": {"tts": "fake:hum"},
}


class Listening:
    """An engine whose ears hear one question in any voice, and an open microphone."""

    def __init__(self, engine: Engine, clock: ManualClock, source: PushedSource) -> None:
        self.engine = engine
        self.loop = GameLoop(engine, clock)
        self._source = source

    def hear(self, pcm: Pcm, *, frames_each: int = 1) -> None:
        """Sound in blocks, as it is captured, with frames in between; two to a block are the true pace."""
        for start in range(0, len(pcm), 512):
            self._source.push(pcm[start : start + 512], HEARING_RATE)
            for _ in range(frames_each):
                self.loop.frame()


STORY = "A long and winding story that nobody asked for, with a moral at the end of it, and then another one."


@pytest.fixture
def game() -> Iterator[Listening]:
    """The game, loaded."""
    with listening("Who burned the mill?") as started:
        yield started


@pytest.fixture
def nodding() -> Iterator[Listening]:
    """The game, with a player who says no more than this."""
    with listening("Mhm.") as started:
        yield started


@contextmanager
def listening(heard: str) -> Iterator[Listening]:
    """A game in which every sound of a voice is understood as `heard`."""
    clock, source = ManualClock(), PushedSource()
    config = EngineConfig(brain="thread", stt=f"fake:{heard}", llm="fake:Aye.", tts="fake:hum")
    with Engine(config, speaker=SilentSpeaker(clock, rate=FAKE_RATE), microphone=source, clock=clock) as engine:
        started = Listening(engine, clock, source)
        started.loop.await_event(EngineReady)
        yield started


@pytest.fixture
def spoken(human_speech: Path) -> Pcm:
    """A sentence, and the silence after it."""
    pcm = load_speech(human_speech / "bdl_arctic_a0074.wav").pcm
    return np.concatenate([pcm, np.zeros(2 * HEARING_RATE, dtype=np.float32)])


def open_to(game: Listening, *names: str) -> list[Npc]:
    """Characters of these names; the first has the open microphone."""
    npcs = [game.engine.spawn(persona_from_dict({**GERTA, "name": name})) for name in names]
    game.engine.microphone.mode = "open"
    game.engine.focus(npcs[0])
    game.loop.run(0.1)
    return npcs


def test_speech_is_found_and_answered_with_what_holds_now(game: Listening, spoken: Pcm) -> None:
    """No key; trust that was won after listening began counts; the next sentence is answered in new words."""
    [gerta] = open_to(game, "Gerta")
    gerta.state["trust"] = 80
    for turn, said in enumerate(("It was Aldo who burned the mill.", "Aldo burned the mill down."), start=1):
        game.hear(spoken)
        game.loop.run_until(lambda answered=turn: len(gerta.memory.exchanges) == answered)  # type: ignore[misc]
        assert gerta.memory.exchanges[-1].npc == said
        game.loop.run(0.2)


def test_silence_is_nobody_speaking(game: Listening) -> None:
    """Noise without a voice in it opens no turn."""
    [gerta] = open_to(game, "Gerta")
    noise = np.random.default_rng(0).normal(0, 0.02, 3 * HEARING_RATE).astype(np.float32)
    game.hear(noise)
    assert gerta.status == "idle"
    assert not any(isinstance(event, PlayerHeard) for event in game.loop.events)


def test_an_interrupted_sentence_is_not_answered_later(game: Listening, spoken: Pcm) -> None:
    """What was said before `interrupt` is gone; the microphone goes on listening."""
    [gerta] = open_to(game, "Gerta")
    half = len(spoken) // 3
    game.hear(spoken[:half])
    game.loop.run_until(lambda: gerta.status == "listening")
    gerta.interrupt()
    before = len(game.loop.events)
    game.hear(np.zeros(2 * HEARING_RATE, dtype=np.float32))
    assert not any(isinstance(event, PlayerHeard) for event in game.loop.events[before:])
    game.hear(spoken)
    game.loop.run_until(lambda: any(each.npc for each in gerta.memory.exchanges))


def test_closing_the_microphone_in_mid_sentence_ends_the_turn(game: Listening, spoken: Pcm) -> None:
    """Nobody is left listening."""
    [gerta] = open_to(game, "Gerta")
    game.hear(spoken[: len(spoken) // 3])
    game.loop.run_until(lambda: gerta.status == "listening")
    game.engine.microphone.mode = "off"
    game.loop.run(0.2)
    assert gerta.status == "idle"


def test_a_player_is_heard_while_another_character_speaks(game: Listening, spoken: Pcm) -> None:
    """The one in focus answers; the other one goes on."""
    gerta, aldo = open_to(game, "Gerta", "Aldo")
    aldo.say(STORY)
    game.loop.run_until(lambda: aldo.status == "speaking")
    game.hear(spoken)
    assert aldo.status == "speaking"
    game.loop.run_until(lambda: len(gerta.memory.exchanges) == 1)


def test_the_players_voice_silences_the_character(game: Listening, spoken: Pcm) -> None:
    """It stands still within 150 ms of the first sound, and remembers only what was heard of its story."""
    [gerta] = open_to(game, "Gerta")
    gerta.say(STORY)
    game.loop.run_until(lambda: gerta.subtitle.spoken.startswith("A long and winding"))
    onset = int(np.flatnonzero(np.abs(spoken) > 0.02)[0])
    game.hear(spoken[: onset + round(0.15 * HEARING_RATE)], frames_each=2)
    game.loop.run_until(lambda: gerta.status == "listening", within_frames=3)
    heard = gerta.subtitle.spoken
    game.hear(spoken[onset + round(0.15 * HEARING_RATE) :], frames_each=2)
    game.loop.run_until(lambda: len(gerta.memory.exchanges) == 2)
    story, answer = gerta.memory.exchanges
    assert story.npc == heard != STORY
    assert story.interrupted
    assert answer.player == "Who burned the mill?"


def test_a_nod_does_not_silence_it(nodding: Listening, spoken: Pcm) -> None:
    """An "mhm" makes the character pause, and then it goes on to the end of its story, skipping nothing."""
    [gerta] = open_to(nodding, "Gerta")
    gerta.say(STORY)
    nodding.loop.run_until(lambda: gerta.status == "speaking")
    onset = int(np.flatnonzero(np.abs(spoken) > 0.02)[0])
    nodding.hear(spoken[: onset + round(0.4 * HEARING_RATE)], frames_each=2)
    nodding.loop.run_until(lambda: gerta.status == "listening")
    nodding.hear(np.zeros(2 * HEARING_RATE, dtype=np.float32), frames_each=2)
    nodding.loop.run_until(lambda: gerta.status == "speaking")
    finished = nodding.loop.await_event(TurnFinished)
    assert not finished.interrupted
    assert finished.text_heard == STORY


def test_speech_that_goes_on_joins_the_unanswered_turn(game: Listening, spoken: Pcm) -> None:
    """A pause that was taken for the end: both halves are answered as one line, and remembered as one."""
    [gerta] = open_to(game, "Gerta")
    for start in range(0, len(spoken), 512):
        if gerta.status in ("thinking", "speaking"):
            break
        game.hear(spoken[start : start + 512])
    onset = int(np.flatnonzero(np.abs(spoken) > 0.02)[0])
    game.hear(spoken[onset:])
    game.loop.run_until(lambda: len(gerta.memory.exchanges) == 1)
    assert gerta.memory.exchanges[0].player == "Who burned the mill? Who burned the mill?"
    assert gerta.memory.exchanges[0].npc


def test_what_is_understood_shows_while_the_player_speaks(game: Listening, spoken: Pcm) -> None:
    """Partial transcripts come as events and as the subtitle, before the final one."""
    [gerta] = open_to(game, "Gerta")
    for start in range(0, len(spoken) - 512, 512):
        game.hear(spoken[start : start + 512])
        if gerta.subtitle.speaker == "You":
            break
    assert gerta.subtitle.text == "Who burned the mill?"
    partials = [event for event in game.loop.events if isinstance(event, PlayerHeard)]
    assert partials
    assert not partials[-1].final
