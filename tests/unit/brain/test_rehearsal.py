"""What a character says without thinking is ready before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from npcengine.brain.messages import Spoken
from npcengine.brain.rehearsal import MOST, opening_clauses
from npcengine.brain.voice_stage import VoiceStage
from npcengine.brain.work import Clause, Rehearsal
from npcengine.brain.worker import Job
from npcengine.persona import persona_from_dict
from npcengine.types import Emotion, LoadOptions, Speech, Turn, Voice
from npcengine.voice.prosody import COLOURS
from npcengine.voice.protocol import TextToSpeechCapabilities

GERTA = persona_from_dict(
    {
        "npcengine": 1,
        "name": "Gerta",
        "mood": "content",
        "greeting": ["Morning, traveller. What needs mending?"],
        "fillers": ["Hmm."],
        "lines": [{"when_asked": "price", "say": "Five silver, and I'll not haggle.", "emotion": "firm"}],
        "unknown": ["Ask at the inn, they know.", "No idea at all."],
        "knowledge": [
            {"id": "mill", "text": "The mill burned.", "say": "Burned to the beams."},
            {"id": "well", "text": "The well is deep."},
        ],
    }
)


class _CountingVoice:
    """Says everything as a tenth of a second of sound."""

    capabilities = TextToSpeechCapabilities(sample_rate=16_000, phonemes=False)

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.speeds: list[float] = []

    def speak(self, text: str, voice: Voice) -> Iterator[Speech]:
        self.asked.append(text)
        self.speeds.append(voice.speed)
        yield Speech(text, np.full(1600, 0.5, np.float32), 16_000)

    def close(self) -> None: ...


class _Stage:
    """A voice stage over a counting voice, with somebody talking or not."""

    def __init__(self) -> None:
        self.voice = _CountingVoice()
        self.talking = False
        self.feeling: Emotion = "neutral"
        self.stage = VoiceStage(
            lambda _name, _options: self.voice,
            LoadOptions(),
            default_voice="fake:hum",
            output_rate=16_000,
            undisturbed=lambda: not self.talking,
        )
        self.stage.open()
        self.voice.asked.clear()

    def rehearse(self, *clauses: str) -> None:
        work = Rehearsal(tuple((clause, self.feeling) for clause in clauses), Voice())
        assert list(self.stage.run(Job(Turn(0, 0), work))) == []

    def say(self, clause: str, emotion: Emotion = "neutral") -> list[Spoken]:
        said = self.stage.run(Job(Turn(1, 1), Clause(clause, emotion, Voice())))
        return [each for each in said if isinstance(each, Spoken)]


def test_first_clauses_of_the_authors_lines() -> None:
    """Each line gives what is spoken first of it and how that feels, those said most often first, each once."""
    assert opening_clauses(GERTA) == (
        ("Hmm.", "content"),
        ("Ask at the inn,", "content"),
        ("No idea at all.", "content"),
        ("I don't follow you.", "content"),
        ("Five silver,", "firm"),
        ("Morning, traveller.", "content"),
        ("Burned to the beams.", "content"),
    )


def test_a_large_file_is_not_rehearsed_whole() -> None:
    """A thousand lines cost no more than the most there may be."""
    lines = [{"when_asked": f"number {n}", "say": f"That is number {n}."} for n in range(1000)]
    persona = persona_from_dict({"npcengine": 1, "name": "Gerta", "lines": lines})
    assert len(opening_clauses(persona)) == MOST


def test_a_rehearsed_clause_is_not_spoken_again() -> None:
    """What was rehearsed is only played; what was not is synthesised."""
    made = _Stage()
    made.rehearse("No idea.", "Mind the sparks.")
    assert made.voice.asked == []
    while made.stage.idle():
        pass
    assert made.voice.asked == ["No idea.", "Mind the sparks."]
    [spoken] = made.say("No idea.")
    assert spoken.text == "No idea."
    assert made.voice.asked == ["No idea.", "Mind the sparks."]
    made.say("Something new.")
    assert made.voice.asked[2:] == ["Something new."]


def test_a_rehearsal_feels_as_its_line_and_serves_every_feeling() -> None:
    """A sad line is rehearsed slowly; asked for happily it is played all the same, at once, and a new one is happy."""
    made = _Stage()
    made.feeling = "sad"
    made.rehearse("No idea.")
    made.stage.idle()
    made.voice.speeds.clear()
    made.say("No idea.", "happy")
    assert made.voice.speeds == []
    made.say("Something new.", "happy")
    assert made.voice.speeds == [COLOURS["happy"].rate]


def test_nothing_is_rehearsed_while_somebody_talks() -> None:
    """The player who waits for an answer does not share the core with a rehearsal; it goes on afterwards."""
    made = _Stage()
    made.rehearse("No idea.")
    made.talking = True
    assert not made.stage.idle()
    assert made.voice.asked == []
    made.talking = False
    assert made.stage.idle()
    assert made.voice.asked == ["No idea."]


def test_what_is_ready_is_not_rehearsed_again() -> None:
    """Each turn's end asks for the same rehearsal, which then costs nothing."""
    made = _Stage()
    for _ in range(3):
        made.rehearse("No idea.")
        while made.stage.idle():
            pass
    assert made.voice.asked == ["No idea."]
