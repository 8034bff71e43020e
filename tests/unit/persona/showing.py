"""Where the effect of a character file's fields shows: the prompt, the reply, the voice, the face, the memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from npcengine.audio.speaker import SilentSpeaker
from npcengine.brain.messages import Ask, Say
from npcengine.conversation import Conversation
from npcengine.errors import PersonaError
from npcengine.expression import live_face
from npcengine.face.arkit import COUNT, INDEX
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import Mind
from npcengine.mind.mood import Mood
from npcengine.mind.protocol import LanguageModelCapabilities
from npcengine.mind.view import MindView, ReplyAction, ReplyEmotion, ReplyEnd, ReplyPart, ReplyText
from npcengine.persona import load_persona, persona_from_dict
from npcengine.state import World
from npcengine.studio.preview.head import HeadPainter
from npcengine.studio.preview.look import look_for
from npcengine.surroundings import Surroundings
from npcengine.testing import FAKE_RATE, ManualClock
from npcengine.testing.fakes import FakeModel, FakeVoice
from npcengine.types import Face, Speech, Value, Voice
from npcengine.voice.level import loudness_lufs
from npcengine.voice.speaking import speak

Data = dict[str, Any]
State = dict[str, Value]
Samples = NDArray[np.float32]

BASE: Data = {"npcengine": 1, "name": "Tom", "fillers": []}
TROLL: Data = {
    "id": "troll",
    "text": "A troll guards the marsh road.",
    "topics": ["troll", "marsh"],
    "say": "Grumbles.",
}


def replied(data: Data, text: str, *, state: State | None = None, world: State | None = None) -> list[ReplyPart]:
    """The mind's reply to a line, with a model that says nothing of use."""
    persona = persona_from_dict(data)
    mind = Mind(persona, FakeModel(["…"]), conversation="tom")
    return list(mind.answer(MindView(text, Memory(), {**persona.state, **(state or {})}, world or {})))


def words(data: Data, text: str, **moment: State) -> str:
    """What is said in reply."""
    return "".join(part.text for part in replied(data, text, **moment) if isinstance(part, ReplyText))


def emotion(data: Data, text: str) -> str:
    """How the reply feels."""
    return next(part.emotion for part in replied(data, text) if isinstance(part, ReplyEmotion))


def used(data: Data, text: str) -> tuple[str, ...]:
    """Ids of the facts behind the reply."""
    return next(part.knowledge_used for part in replied(data, text) if isinstance(part, ReplyEnd))


def acts(data: Data, text: str, **moment: State) -> list[tuple[str, Data]]:
    """Actions that the reply asks for."""
    parts = replied(data, text, **moment)
    return [(part.call.name, dict(part.call.args)) for part in parts if isinstance(part, ReplyAction)]


def source_of_what_is_known(data: Data, text: str) -> str:
    """Who words the reply to a line about a fact, where the model was taught to."""
    persona = persona_from_dict(data)
    model = FakeModel(["One guards the marsh."])
    model.capabilities = LanguageModelCapabilities(context_tokens=4096, family="screenplay", taught=True)
    parts = Mind(persona, model, conversation="tom").answer(MindView(text, Memory(), persona.state, {}))
    return next(part.source for part in parts if isinstance(part, ReplyEnd))


def adapters_asked_for(data: Data) -> set[str]:
    """What the model reads and answers with."""
    persona = persona_from_dict(data)
    model = FakeModel(["…"])
    mind = Mind(persona, model, conversation="tom")
    list(mind.warm())
    list(mind.answer(MindView("Good day.", Memory(), persona.state, {})))
    return {shown.adapter for shown in (*model.warmed, *model.prompts)}


def prompt(data: Data, text: str = "Good day.") -> str:
    """All that the model is shown for a line."""
    persona = persona_from_dict(data)
    model = FakeModel(["…"])
    list(Mind(persona, model, conversation="tom").answer(MindView(text, Memory(), persona.state, {})))
    return "".join(shown.prefix + shown.tail for shown in model.prompts)


def conversation(data: Data) -> tuple[Conversation, list[Any]]:
    """The game's side of the character, and what it tells the brain."""
    clock, sent, turns = ManualClock(), list[Any](), count(1)
    around = Surroundings(
        clock=clock,
        speaker=SilentSpeaker(clock, rate=FAKE_RATE),
        world=World(),
        send=sent.append,
        emit=lambda _event: None,
        next_turn=lambda: next(turns),
        frame_time_s=clock.now,
        activated=lambda _number: None,
        attend=lambda _number: None,
        reload=lambda _number: False,
        said=lambda _number, _exchange: None,
        being_said=lambda _number: (),
        remembered=lambda _number: None,
    )
    return Conversation(1, persona_from_dict(data), "tom", around), sent


def greeting(data: Data) -> list[str]:
    """What it says when it greets."""
    talk, sent = conversation(data)
    talk.npc.greet()
    return [command.text for command in sent if isinstance(command, Say)]


def remembered_turns(data: Data) -> int:
    """How many of many exchanges go to the mind with a question."""
    talk, sent = conversation(data)
    talk.reset(Memory(tuple(Exchange(f"Question {number}", "Answer") for number in range(100))), Mood())
    talk.tell("Well?")
    return next(len(command.context.memory.exchanges) for command in sent if isinstance(command, Ask))


def remembered_facts(data: Data) -> int:
    """How many of many notes are kept."""
    talk, _ = conversation(data)
    for number in range(50):
        talk.npc.remember(f"The player has {number} cows.")
    return len(talk.memory.notes)


class NotingVoice(FakeVoice):
    """Hums, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Voice] = []

    def speak(self, text: str, voice: Voice) -> Iterator[Speech]:
        self.asked.append(voice)
        return super().speak(text, voice)


def hum(data: Data) -> tuple[Voice, Samples]:
    """What the speech engine is asked for, and the sound that the game plays."""
    engine = NotingVoice()
    pieces = list(speak(engine, "A long low hum", persona_from_dict(data).to_voice()))
    return engine.asked[0], np.concatenate([piece.pcm for piece in pieces])


def asked_voice(data: Data) -> Voice:
    """What the speech engine is asked for."""
    return hum(data)[0]


def loudness(data: Data) -> int:
    """How loud its voice is (LUFS)."""
    return round(loudness_lufs(hum(data)[1], FAKE_RATE))


def pitch_hz(data: Data) -> int:
    """The strongest frequency of its voice, to 10 Hz."""
    pcm = hum(data)[1]
    spectrum = np.abs(np.fft.rfft(pcm * np.hanning(len(pcm)), n=FAKE_RATE * 2))
    return 10 * round(float(np.argmax(spectrum[: 2 * 600])) / 20)


def look(data: Data, *, seconds: float = 60.0) -> list[Samples]:
    """Its face while it is angry, 50 times a second."""
    face = live_face(persona_from_dict(data), seed=1)
    return [face.update(0.02, "idle", "angry", None).weights for _ in range(round(seconds * 50))]


def blinks(data: Data) -> int:
    """How often its lids shut in a minute."""
    shut = np.array([row[INDEX["eyeBlinkLeft"]] > 0.9 for row in look(data)])
    return int((shut[1:] & ~shut[:-1]).sum())


def frowns(data: Data) -> bool:
    """Whether it is seen to be angry."""
    return bool(look(data, seconds=2.0)[-1][INDEX["browDownLeft"]] > 0.1)


def colours(data: Data, area: tuple[int, int, int, int]) -> tuple[int, ...]:
    """The median colour of an area (left, top, right, bottom) of its previewed head."""
    picture = HeadPainter(look_for(persona_from_dict(data))).paint(Face(np.zeros(COUNT, dtype=np.float32)))
    red, green, blue = np.median(np.asarray(picture.crop(area)).reshape(-1, 3), axis=0)
    return (int(red), int(green), int(blue))


def loads(data: Data) -> bool:
    """Whether it is a character file at all."""
    try:
        persona_from_dict(data)
    except PersonaError:
        return False
    return True


LORE: Data = {
    "npcengine_lore": 1,
    "facts": [{"id": "mill", "text": "The mill burned."}, {**TROLL, "tier": "local", "places": ["the marsh"]}],
}


def said_names(data: Data, lore: Data) -> dict[str, str]:
    """How a character with the lore beside it says names."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "lore.yaml").write_text(json.dumps(lore), encoding="utf-8")
        (Path(folder) / "tom.yaml").write_text(json.dumps(data), encoding="utf-8")
        return dict(load_persona(Path(folder) / "tom.yaml").to_voice().pronunciation)


def shared(data: Data, lore: Data | None = None) -> list[Data]:
    """The facts that a character with the lore beside it knows, given as JSON, which is YAML."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "lore.yaml").write_text(json.dumps(lore or LORE), encoding="utf-8")
        (Path(folder) / "tom.yaml").write_text(json.dumps(data), encoding="utf-8")
        try:
            return [fact.model_dump() for fact in load_persona(Path(folder) / "tom.yaml").knowledge]
        except PersonaError:
            return []
