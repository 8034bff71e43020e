"""The shipped contract suites over the fakes, and over every real back-end whose models are on this machine."""

from __future__ import annotations

import pytest

from npcengine.brain.registry import open_embedder, open_llm, open_stt, open_tts
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.protocol import FaceAnimator
from npcengine.hearing.protocol import SpeechToText
from npcengine.mind.embedding_cache import CachedEmbedder
from npcengine.mind.protocol import LanguageModel, SentenceEmbedder
from npcengine.testing import (
    FaceAnimatorContract,
    FakeEars,
    FakeEmbedder,
    FakeModel,
    FakeVoice,
    LanguageModelContract,
    SentenceEmbedderContract,
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


class TestFakeEmbedder(SentenceEmbedderContract):
    """The fake sentence embedder keeps the contract."""

    def embedder(self) -> SentenceEmbedder:
        return FakeEmbedder()


class TestCachedEmbedder(SentenceEmbedderContract):
    """An embedder that remembers keeps the contract of the one inside."""

    def embedder(self) -> SentenceEmbedder:
        return CachedEmbedder(FakeEmbedder(), name="fake", folder=None)


@pytest.mark.models
class TestBert(SentenceEmbedderContract):
    """The default sentence embedder keeps the contract."""

    def embedder(self) -> SentenceEmbedder:
        return open_embedder("bert:all-minilm-l6-v2", SMALL)


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
