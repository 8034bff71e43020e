"""What every back-end must do, as test classes to inherit from; fakes and real ones run the same."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from npcengine.errors import BackendError
from npcengine.face.protocol import FaceAnimator
from npcengine.hearing.protocol import SpeechToText
from npcengine.mind.protocol import LanguageModel, SentenceEmbedder
from npcengine.mind.speakable import is_speakable
from npcengine.testing.fakes import FakeVoice
from npcengine.types import HEARING_RATE, Limits, Prompt, Voice
from npcengine.voice.protocol import TextToSpeech


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

    def test_an_opening_is_no_sound(self) -> None:
        """Words agreed on before don't make silence speak, nor spoil what comes after."""
        recogniser = self.recogniser()
        silence = np.zeros(HEARING_RATE, dtype=np.float32)
        assert recogniser.transcribe(silence, opening="Good morning, my").text == ""
        assert recogniser.transcribe(silence).text == ""
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

    def test_only_what_can_be_spoken_comes_out(self) -> None:
        """A prompt full of stage directions, markup and emoji tempts it to none of them."""
        model = self.model()
        tail = "Player: *waves* (smiling) **Well**? \N{GRINNING FACE}\nGerta: *nods* (sighs) # [Yes] *"
        for seed in range(4):
            limits = Limits(max_tokens=12, temperature=1.2, seed=seed)
            written = "".join(model.generate(self._prompt(tail), limits))
            assert all(map(is_speakable, written)), written
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
        """Reading ahead, to the end or left half-way, does not change what is said; closing twice does nothing."""
        model = self.model()
        limits = Limits(max_tokens=8)
        cold = "".join(model.generate(self._prompt(), limits))
        next(model.warm(Prompt("other", self._prompt().prefix * 20, "")), None)
        list(model.warm(self._prompt()))
        assert "".join(model.generate(self._prompt(), limits)) == cold
        for heard in ("Who", "Who are", "Who is that", "Who are you?\nGerta:"):  # a line that is not over yet
            list(model.warm(self._prompt(f"Player: {heard}")))
        assert "".join(model.generate(self._prompt(), limits)) == cold
        model.close()
        model.close()

    def test_easing_changes_the_pace_alone(self) -> None:
        """With less of the machine, even from the middle of a reply on, something is still said; and back again."""
        model = self.model()
        limits = Limits(max_tokens=8)
        reply = model.generate(self._prompt(), limits)
        begun = next(reply)
        model.ease(2)
        assert (begun + "".join(reply)).strip()
        assert "".join(model.generate(self._prompt(), limits)).strip()
        model.ease(0)
        assert "".join(model.generate(self._prompt(), limits)).strip()
        model.close()


class SentenceEmbedderContract(ABC):
    """What every sentence embedder must do."""

    @abstractmethod
    def embedder(self) -> SentenceEmbedder:
        """The one under test."""

    def test_rows_have_length_one(self) -> None:
        """A row for each text, of length 1, whatever the text: empty, long, of another script."""
        embedder = self.embedder()
        rows = embedder.embed(["Who burned the mill?", "", "a", "word " * 1000, "Привет \N{GRINNING FACE}"])
        assert rows.shape == (5, embedder.dimensions)
        assert rows.dtype == np.float32
        assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-3)
        embedder.close()

    def test_nothing_is_no_row(self) -> None:
        """No texts give no rows, and an array all the same."""
        embedder = self.embedder()
        assert embedder.embed([]).shape == (0, embedder.dimensions)
        embedder.close()

    def test_a_text_means_the_same_in_company(self) -> None:
        """The row of a text does not hang on what it is embedded with."""
        embedder = self.embedder()
        text = "The mill burned down last winter."
        alone = embedder.embed([text])[0]
        among = embedder.embed(["Yes.", text, "A much longer sentence, about another thing, that nobody asked for."])[1]
        assert float(alone @ among) > 0.99
        embedder.close()

    def test_likeness(self) -> None:
        """The same question in nearly the same words is nearer than another question."""
        embedder = self.embedder()
        asked, again, other = embedder.embed(
            ["What happened to the mill?", "what happened to that mill", "Do you sell swords?"]
        )
        assert float(asked @ again) > float(asked @ other) + 0.2
        embedder.close()

    def test_close_twice(self) -> None:
        """Closing again does nothing."""
        embedder = self.embedder()
        embedder.close()
        embedder.close()


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
