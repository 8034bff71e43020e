"""Fakes for every stage, a clock moved by hand, and the contract suites that fakes and real back-ends alike must pass.

A back-end's author writes ``class TestMine(TextToSpeechContract)`` with the one method that opens it, and runs pytest.
"""

from __future__ import annotations

from npcengine.testing.contracts import (
    FaceAnimatorContract,
    LanguageModelContract,
    SentenceEmbedderContract,
    SpeechToTextContract,
    TextToSpeechContract,
)
from npcengine.testing.fakes import FAKE_RATE, FakeEars, FakeEmbedder, FakeModel, FakeVoice
from npcengine.testing.game import FRAME_S, GameLoop, ManualClock

__all__ = [
    "FAKE_RATE",
    "FRAME_S",
    "FaceAnimatorContract",
    "FakeEars",
    "FakeEmbedder",
    "FakeModel",
    "FakeVoice",
    "GameLoop",
    "LanguageModelContract",
    "ManualClock",
    "SentenceEmbedderContract",
    "SpeechToTextContract",
    "TextToSpeechContract",
]
