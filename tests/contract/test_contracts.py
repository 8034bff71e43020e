"""The shipped contract suites over the fakes, and over every real back-end whose models are on this machine."""

from __future__ import annotations

import pytest

from npcengine.brain.registry import open_llm, open_stt, open_tts
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.protocol import FaceAnimator
from npcengine.hearing.protocol import SpeechToText
from npcengine.mind.protocol import LanguageModel
from npcengine.testing import (
    FaceAnimatorContract,
    FakeEars,
    FakeModel,
    FakeVoice,
    LanguageModelContract,
    SpeechToTextContract,
    TextToSpeechContract,
)
from npcengine.types import LoadOptions
from npcengine.voice.protocol import TextToSpeech

SMALL = LoadOptions(context_tokens=512, conversations=2)


class TestFakeEars(SpeechToTextContract):
    """The fake recogniser keeps the contract."""

    def recogniser(self) -> SpeechToText:
        return FakeEars(["hello"])


@pytest.mark.models
class TestWhisper(SpeechToTextContract):
    """faster-whisper keeps the contract."""

    def recogniser(self) -> SpeechToText:
        return open_stt("whisper:tiny.en", SMALL)


class TestFakeModel(LanguageModelContract):
    """The fake language model keeps the contract."""

    def model(self) -> LanguageModel:
        return FakeModel(["I be Gerta."])


@pytest.mark.models
class TestLlama(LanguageModelContract):
    """llama.cpp keeps the contract with the default model."""

    def model(self) -> LanguageModel:
        return open_llm("llama:gemma-3-270m", SMALL)


class TestFakeVoice(TextToSpeechContract):
    """The fake voice keeps the contract."""

    def voice(self) -> TextToSpeech:
        return FakeVoice()


@pytest.mark.models
class TestPiper(TextToSpeechContract):
    """Piper keeps the contract with the default voice."""

    def voice(self) -> TextToSpeech:
        return open_tts("piper:en_US-joe-medium", SMALL)


class TestPhonemeAnimator(FaceAnimatorContract):
    """The default animator keeps the contract."""

    def animator(self) -> FaceAnimator:
        return PhonemeAnimator()
