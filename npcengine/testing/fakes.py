"""A fake for every stage, without models and without waiting; named ``"fake:…"`` where a back-end is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import cycle

import numpy as np

from npcengine.errors import AdapterBroken, BackendError
from npcengine.mind.protocol import Embeddings, LanguageModelCapabilities
from npcengine.mind.speakable import is_speakable
from npcengine.models.adapters import DEFAULT, NONE
from npcengine.types import Limits, LoadOptions, Pcm, Phoneme, Prompt, Speech, SpokenWord, Transcript, Voice
from npcengine.voice.protocol import TextToSpeechCapabilities

FAKE_RATE = 22_050
"""Of the fake voice (Hz)."""
_LETTER_S = 0.06
_SPOKEN_PEAK = 0.01


class FakeEars:
    """Hears the next of `lines` in any sound that is not silence.

    A recording that goes on from the one before, longer and with the same beginning, is the same line still.

    Attributes:
        openings: What each call was told to be agreed on.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.openings: list[str] = []
        self._lines = cycle(lines)
        self._line = ""
        self._heard = np.zeros(0, dtype=np.float32)

    def transcribe(self, pcm: Pcm, *, opening: str = "") -> Transcript:
        """The line of this recording, or nothing in silence."""
        self.openings.append(opening)
        if not len(pcm) or float(np.abs(pcm).max()) < _SPOKEN_PEAK:
            return Transcript("", no_speech=1.0)
        before = len(self._heard)
        if not before or len(pcm) <= before or not np.array_equal(pcm[:before], self._heard):
            self._line = next(self._lines)
        self._heard = pcm.copy()
        return Transcript(self._line)

    def close(self) -> None:
        """Nothing to free."""


class FakeModel:
    """Answers with the next of `replies`, a word at a time; a reply ``"!"`` fails.

    Attributes:
        prompts: All that it was asked.
        warmed: All that it was to read ahead.
        adapters: All that it was to get ready; a name with ``"broken"`` in it fails.
        level: How much it was last told to leave to the game.
    """

    capabilities = LanguageModelCapabilities(context_tokens=4096, family="screenplay")

    def __init__(self, replies: Sequence[str]) -> None:
        self.prompts: list[Prompt] = []
        self.warmed: list[Prompt] = []
        self.adapters: list[str] = []
        self.level = 0
        self._replies = cycle(replies)

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        """The next reply without what can't be spoken, cut at the first stop and at the limit."""
        if self.count_tokens(prompt.prefix + prompt.tail) > self.capabilities.context_tokens:
            raise BackendError("the fake model's context is full: shorten the prompt")
        self.prompts.append(prompt)
        reply = next(self._replies)
        if reply == "!":
            raise BackendError("the fake model was told to fail")
        reply = "".join(filter(is_speakable, reply))
        for stop in limits.stop:
            reply = reply.partition(stop)[0]
        words = reply.split(" ")[: limits.max_tokens]
        for index, word in enumerate(words):
            yield word if index == 0 else f" {word}"

    def warm(self, prompt: Prompt) -> Iterator[None]:
        """Nothing to read ahead; keeps the prompt."""
        self.warmed.append(prompt)
        yield from ()

    def load_adapter(self, name: str) -> None:
        """Keeps the name."""
        if "broken" in name:
            raise AdapterBroken(f"the fake model can't use the adapter {name}")
        if name:
            self.adapters.append(name)

    def ease(self, level: int) -> None:
        """Is as fast as ever; keeps the level."""
        self.level = level

    def count_tokens(self, text: str) -> int:
        """Words."""
        return len(text.split())

    def close(self) -> None:
        """Nothing to free."""


class FakeVoice:
    """Hums a tone of 60 ms for every letter, and labels each letter as its phoneme; a text with ``"!!"`` fails."""

    capabilities = TextToSpeechCapabilities(sample_rate=FAKE_RATE, phonemes=True)

    def speak(self, text: str, voice: Voice) -> Iterator[Speech]:
        """One piece for the whole text."""
        if "!!" in text:
            raise BackendError("the fake voice was told to fail")
        if not any(character.isalnum() for character in text):
            return
        letter = round(_LETTER_S * FAKE_RATE / voice.speed)
        length = letter * len(text)
        tone = 0.3 * np.sin(2.0 * np.pi * 150.0 * np.arange(length) / FAKE_RATE)
        phonemes = tuple(
            Phoneme(character, index * letter, (index + 1) * letter) for index, character in enumerate(text)
        )
        yield Speech(text, tone.astype(np.float32), FAKE_RATE, phonemes, tuple(_words(text, letter)))

    def close(self) -> None:
        """Nothing to free."""


class FakeEmbedder:
    """Puts texts near each other that share stretches of three letters, in any order; no meaning, but no model."""

    dimensions = 256

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """One row of length 1 for each text."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            padded = f" {text.lower().strip()} "
            for start in range(max(1, len(padded) - 2)):
                digest = hashlib.blake2b(padded[start : start + 3].encode(), digest_size=4).digest()
                row[int.from_bytes(digest, "little") % self.dimensions] += 1.0
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def close(self) -> None:
        """Nothing to free."""


def _words(text: str, letter: int) -> Iterator[SpokenWord]:
    at = 0
    for word in text.split():
        at = text.index(word, at) + len(word)
        yield SpokenWord(word, at * letter)


def load_ears(model: str, options: LoadOptions) -> FakeEars:  # noqa: ARG001 - every back-end is loaded like this
    """``"fake:first line|second line"``."""
    return FakeEars(model.split("|"))


def load_model(model: str, options: LoadOptions) -> FakeModel:
    """``"fake:first reply|second reply"``; an adapter of its own with ``"broken"`` in its name fails."""
    loaded = FakeModel(model.split("|"))
    if options.adapter not in {DEFAULT, NONE}:
        loaded.load_adapter(options.adapter)
    return loaded


def load_embedder(model: str, options: LoadOptions) -> FakeEmbedder:  # noqa: ARG001
    """``"fake:letters"``."""
    return FakeEmbedder()


def load_voice(model: str, options: LoadOptions) -> FakeVoice:  # noqa: ARG001
    """``"fake:hum"``; ``"fake:dead"`` can't be opened."""
    if model == "dead":
        raise BackendError("the fake voice was told not to open")
    return FakeVoice()
