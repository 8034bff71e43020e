"""Fakes for every stage, a clock moved by hand, and the contract suites that fakes and real back-ends alike must pass.

A back-end's author writes ``class TestMine(TextToSpeechContract)`` with the one method that opens it, and runs pytest.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from typing import TypeVar

import numpy as np

from npcengine.engine import Engine
from npcengine.errors import BackendError
from npcengine.events import Event
from npcengine.face.protocol import FaceAnimator
from npcengine.hearing.protocol import SpeechToText
from npcengine.mind.protocol import LanguageModel, LanguageModelCapabilities
from npcengine.types import (
    HEARING_RATE,
    Limits,
    LoadOptions,
    Pcm,
    Phoneme,
    Prompt,
    Speech,
    SpokenWord,
    Transcript,
    Voice,
)
from npcengine.voice.protocol import TextToSpeech, TextToSpeechCapabilities

E = TypeVar("E", bound=Event)

FRAME_S = 1 / 60
_BRAIN_TIME_S = 0.002

FAKE_RATE = 22_050
"""Of the fake voice (Hz)."""
_LETTER_S = 0.06
_SPOKEN_PEAK = 0.01


class ManualClock:
    """Stands still until it is moved."""

    def __init__(self, now_s: float = 0.0) -> None:
        self._now_s = now_s

    def now(self) -> float:
        """Seconds since the start."""
        return self._now_s

    def advance(self, seconds: float) -> None:
        """Lets `seconds` pass."""
        self._now_s += seconds


class GameLoop:
    """A game's loop at 60 frames a second over a clock moved by hand.

    Attributes:
        events: All that has happened so far.
    """

    def __init__(self, engine: Engine, clock: ManualClock) -> None:
        self.events: list[Event] = []
        self._engine = engine
        self._clock = clock

    def frame(self) -> list[Event]:
        """One frame; lets the brain's threads get on with their work."""
        self._engine.wait(_BRAIN_TIME_S)
        self._clock.advance(FRAME_S)
        happened = self._engine.update(FRAME_S)
        self.events += happened
        return happened

    def run(self, seconds: float) -> None:
        """So many seconds of the game's time."""
        for _ in range(round(seconds / FRAME_S)):
            self.frame()

    def run_until(self, happened: Callable[[], bool], *, within_frames: int = 20_000) -> None:
        """Frames until `happened` holds.

        Raises:
            AssertionError: It does not happen.
        """
        for _ in range(within_frames):
            if happened():
                return
            self.frame()
        raise AssertionError(f"it did not happen within {within_frames} frames; events: {self.events}")

    def await_event(self, kind: type[E]) -> E:
        """The first event of this kind from now on."""
        for _ in range(20_000):
            for event in self.frame():
                if isinstance(event, kind):
                    return event
        raise AssertionError(f"no {kind.__name__} came; events: {self.events}")


# ------------------------------------------------------------ fakes


class FakeEars:
    """Hears the next of `lines` in any sound that is not silence."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = cycle(lines)

    def transcribe(self, pcm: Pcm) -> Transcript:
        """The next line, or nothing in silence."""
        if not len(pcm) or float(np.abs(pcm).max()) < _SPOKEN_PEAK:
            return Transcript("", no_speech=1.0)
        return Transcript(next(self._lines))

    def close(self) -> None:
        """Nothing to free."""


class FakeModel:
    """Answers with the next of `replies`, a word at a time; a reply ``"!"`` fails.

    Attributes:
        prompts: All that it was asked.
    """

    capabilities = LanguageModelCapabilities(context_tokens=4096, family="screenplay")

    def __init__(self, replies: Sequence[str]) -> None:
        self.prompts: list[Prompt] = []
        self._replies = cycle(replies)

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        """The next reply, cut at the first stop and at the limit."""
        if self.count_tokens(prompt.prefix + prompt.tail) > self.capabilities.context_tokens:
            raise BackendError("the fake model's context is full: shorten the prompt")
        self.prompts.append(prompt)
        reply = next(self._replies)
        if reply == "!":
            raise BackendError("the fake model was told to fail")
        if prompt.tail.endswith("("):  # the prompt opens a tag for the emotion
            reply = f"content): {reply}"
        for stop in limits.stop:
            reply = reply.partition(stop)[0]
        words = reply.split(" ")[: limits.max_tokens]
        for index, word in enumerate(words):
            yield word if index == 0 else f" {word}"

    def warm(self, prompt: Prompt) -> None:
        """Nothing to read ahead."""

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


def _words(text: str, letter: int) -> Iterator[SpokenWord]:
    at = 0
    for word in text.split():
        at = text.index(word, at) + len(word)
        yield SpokenWord(word, at * letter)


def load_ears(model: str, options: LoadOptions) -> FakeEars:  # noqa: ARG001 - every back-end is loaded like this
    """``"fake:first line|second line"``."""
    return FakeEars(model.split("|"))


def load_model(model: str, options: LoadOptions) -> FakeModel:  # noqa: ARG001
    """``"fake:first reply|second reply"``."""
    return FakeModel(model.split("|"))


def load_voice(model: str, options: LoadOptions) -> FakeVoice:  # noqa: ARG001
    """``"fake:hum"``; ``"fake:dead"`` can't be opened."""
    if model == "dead":
        raise BackendError("the fake voice was told not to open")
    return FakeVoice()


# ------------------------------------------------------------ contract suites


class SpeechToTextContract(ABC):
    """What every recogniser must do."""

    @abstractmethod
    def recogniser(self) -> SpeechToText:
        """The one under test."""

    def test_silence_is_no_text(self) -> None:
        """Neither no sound at all nor two seconds of silence give words."""
        recogniser = self.recogniser()
        for seconds in (0, 2):
            heard = recogniser.transcribe(np.zeros(seconds * HEARING_RATE, dtype=np.float32))
            assert heard.text == ""
        recogniser.close()

    def test_short_noise_is_survived(self) -> None:
        """A click of ten samples gives a transcript with proper figures."""
        recogniser = self.recogniser()
        heard = recogniser.transcribe(np.full(10, 0.5, dtype=np.float32))
        assert heard.text == heard.text.strip()
        assert 0.0 <= heard.confidence <= 1.0
        assert 0.0 <= heard.no_speech <= 1.0
        recogniser.close()

    def test_close_twice(self) -> None:
        """Closing again does nothing."""
        recogniser = self.recogniser()
        recogniser.close()
        recogniser.close()


class LanguageModelContract(ABC):
    """What every language model must do."""

    @abstractmethod
    def model(self) -> LanguageModel:
        """The one under test."""

    def _prompt(self, tail: str = "Player: Who are you?\nGerta:") -> Prompt:
        return Prompt("contract", "Gerta is a blacksmith. She answers in short sentences.\n", tail)

    def test_continues(self) -> None:
        """A prompt is continued by some text."""
        model = self.model()
        assert "".join(model.generate(self._prompt(), Limits(max_tokens=12))).strip()
        model.close()

    def test_limits_hold(self) -> None:
        """No more tokens than allowed, and nothing of a stop or behind it."""
        model = self.model()
        short = "".join(model.generate(self._prompt(), Limits(max_tokens=3, stop=())))
        assert model.count_tokens(short) <= 3 + 2  # tokenising anew may cut differently
        stopped = "".join(model.generate(self._prompt(), Limits(max_tokens=40, stop=("a",))))
        assert "a" not in stopped
        model.close()

    def test_survives_being_left(self) -> None:
        """A reply that is left half-way does not spoil the next one."""
        model = self.model()
        limits = Limits(max_tokens=8)
        left = model.generate(self._prompt("Player: Tell me all.\nGerta:"), limits)
        next(left)
        left.close()  # type: ignore[attr-defined]
        assert "".join(model.generate(self._prompt(), limits)).strip()
        model.close()

    def test_too_long_a_prompt_is_refused(self) -> None:
        """What can't fit is an error and not a crash or a silent cut."""
        model = self.model()
        endless = Prompt("contract", "", "word " * (model.capabilities.context_tokens + 10))
        try:
            "".join(model.generate(endless, Limits(max_tokens=4)))
        except BackendError:
            pass
        else:
            raise AssertionError("a prompt beyond the context was taken")
        assert "".join(model.generate(self._prompt(), Limits(max_tokens=8))).strip()
        model.close()

    def test_warming_changes_nothing(self) -> None:
        """Reading ahead does not change what is said, and closing twice does nothing."""
        model = self.model()
        model.warm(self._prompt())
        assert "".join(model.generate(self._prompt(), Limits(max_tokens=8))).strip()
        model.close()
        model.close()


class TextToSpeechContract(ABC):
    """What every voice must do."""

    @abstractmethod
    def voice(self) -> TextToSpeech:
        """The one under test."""

    def test_speech_is_sound_with_its_words(self) -> None:
        """The pieces together say the text; spans stay within the sound and in order."""
        tts = self.voice()
        pieces = list(tts.speak("Mind the sparks, traveller. What needs mending?", Voice()))
        assert pieces
        for piece in pieces:
            assert piece.sample_rate == tts.capabilities.sample_rate
            assert piece.pcm.dtype == np.float32
            assert 0.02 < float(np.abs(piece.pcm).max()) <= 1.0
            ends = [word.end for word in piece.words]
            assert ends == sorted(ends)
            assert all(end <= len(piece.pcm) for end in ends)
        tts.close()

    def test_phonemes_cover_the_sound(self) -> None:
        """A voice that tells phonemes tells them for every sample, without gap or overlap."""
        tts = self.voice()
        for piece in tts.speak("Iron remembers.", Voice()):
            at = 0
            for phoneme in piece.phonemes:
                assert phoneme.start == at
                at = phoneme.end
            assert at == (len(piece.pcm) if tts.capabilities.phonemes else 0)
        tts.close()

    def test_speed_shortens(self) -> None:
        """Twice the speed is clearly shorter."""
        tts = self.voice()
        normal, fast = (
            sum(len(piece.pcm) for piece in tts.speak("The forge is hot today, friend.", Voice(speed=speed)))
            for speed in (1.0, 2.0)
        )
        assert fast < 0.75 * normal
        tts.close()

    def test_nothing_to_say_is_no_sound(self) -> None:
        """Text without a word gives nothing; closing twice does nothing."""
        tts = self.voice()
        for text in ("", "   ", "...", "—"):
            assert list(tts.speak(text, Voice())) == []
        tts.close()
        tts.close()


class FaceAnimatorContract(ABC):
    """What every animator must do."""

    @abstractmethod
    def animator(self) -> FaceAnimator:
        """The one under test."""

    def test_curves_fit_the_speech(self) -> None:
        """52 weights between 0 and 1 a row, a mouth that opens, and is shut at both ends."""
        for speech in FakeVoice().speak("bad moon rising above the barn", Voice()):
            curves = self.animator().animate(speech, "neutral")
            rows = len(curves.weights)
            assert curves.weights.shape == (rows, 52)
            assert len(curves.visemes) == len(curves.mouth_shapes) == rows
            assert float(curves.weights.min()) >= 0.0
            assert float(curves.weights.max()) <= 1.0
            assert float(curves.weights.max()) > 0.1
            assert not curves.weights[0].any()
            assert not curves.weights[-1].any()
            assert abs((rows - 1) * curves.frame_samples - len(speech.pcm)) <= curves.frame_samples
