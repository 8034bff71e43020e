"""What the Whisper back-end does around the model: what it sends there, decodes again, and drops."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from npcengine.errors import BackendError, ModelBroken
from npcengine.hearing import whisper
from npcengine.models import store
from npcengine.types import LoadOptions, Pcm

VOICE = np.full(32_000, 0.5, dtype=np.float32)


class _LoudIsSpeech:
    """A voice detector for tests: a block is speech when it is loud."""

    def probability(self, block: Pcm) -> float:
        return 0.9 if np.abs(block).max() > 0.1 else 0.05

    def reset(self) -> None:
        pass


@dataclass
class _Model:
    """A decoder that answers with prepared (text, mean log probability, no-speech probability), in order."""

    answers: list[tuple[str, float, float]]
    windows_s: list[float] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)
    unloaded: int = 0

    def generate(
        self,
        encoded: NDArray[np.float32],
        prompts: list[list[int]],
        *,
        max_length: int,
        **_: object,
    ) -> list[SimpleNamespace]:
        self.given.append("".join(chr(token) for token in prompts[0][2:]))
        # The library keeps half of the length for a prompt.
        self.limits.append(max_length // 2)
        self.windows_s.append(encoded.shape[1] / 100)
        text, log_probability, no_speech = self.answers.pop(0)
        tokens = [ord(letter) for letter in text]
        score = log_probability * (len(tokens) + 1) / max(1, len(tokens))
        return [SimpleNamespace(sequences_ids=[tokens], scores=[score], no_speech_prob=no_speech)]

    def unload_model(self) -> None:
        self.unloaded += 1


def _ears(*answers: tuple[str, float, float]) -> tuple[whisper._Whisper, _Model]:
    model = _Model(list(answers))

    def features(pcm: Pcm) -> NDArray[np.float32]:
        return np.zeros((80, len(pcm) // 160 + 1), dtype=np.float32)

    engine = SimpleNamespace(model=model, encode=lambda found: found, feature_extractor=features, max_length=448)
    tokenizer = SimpleNamespace(
        sot_sequence=[1],
        no_timestamps=2,
        decode=lambda tokens: "".join(chr(token) for token in tokens),
    )
    return whisper._Whisper(engine, tokenizer, _LoudIsSpeech()), model


def test_sure_words_are_taken_at_once() -> None:
    """One narrow search is enough, and its probability is the confidence."""
    ears, model = _ears((" Good morning.", np.log(0.9), 0.01))
    heard = ears.transcribe(VOICE)
    assert heard.text == "Good morning."
    assert heard.confidence == pytest.approx(0.9)
    assert heard.no_speech == 0.01
    assert model.windows_s == [8.0]


@pytest.mark.parametrize(
    "doubtful",
    [
        ("mill " * 40, -0.1, 0.01),
        (" Where is it? The old mill by. The old mill by", -0.1, 0.01),
        (" Wear iffy mell.", -1.1, 0.01),
        (" abcdefghijklmnopqrstuvwxyz", -0.1, 0.01),
    ],
    ids=["loop", "phrase twice", "guess", "more than can be said in the time"],
)
def test_doubtful_words_are_listened_to_again(doubtful: tuple[str, float, float]) -> None:
    """A loop, its first sign, a guess and a text too long each get the full window."""
    ears, model = _ears(doubtful, (" The mill.", -0.2, 0.01))
    assert ears.transcribe(VOICE).text == "The mill."
    assert model.windows_s == [8.0, 30.0]


@pytest.mark.parametrize(("spoken_s", "window_s"), [(1.0, 8.0), (5.0, 8.0), (12.0, 14.0), (28.9, 30.0)])
def test_the_window_is_no_longer_than_it_needs_to_be(spoken_s: float, window_s: float) -> None:
    """The encoder's cost follows the length of what was said, down to the shortest window it copes with."""
    ears, model = _ears((" Yes.", -0.1, 0.01))
    ears.transcribe(np.full(round(spoken_s * 16_000), 0.5, dtype=np.float32))
    assert model.windows_s == pytest.approx([window_s], abs=0.05)


def test_words_agreed_on_are_heard_like_the_others() -> None:
    """The decoder begins from nothing: an opening that was heard wrongly does not stay."""
    ears, model = _ears((" Where is the mill?", np.log(0.8), 0.01))
    heard = ears.transcribe(VOICE, opening="Wear is")
    assert heard.text == "Where is the mill?"
    assert heard.confidence == pytest.approx(0.8)
    assert model.given == [""]


def test_a_line_said_over_again_by_the_decoder_is_taken_once() -> None:
    """A decoder that starts over after the end costs no second search."""
    line = " We go to it now,"
    ears, model = _ears((line + line + " We go", -0.1, 0.01))
    assert ears.transcribe(np.full(16_000 * 2, 0.5, dtype=np.float32)).text == line.strip()
    assert model.windows_s == [8.0]


@pytest.mark.parametrize(("spoken_s", "tokens"), [(2.0, 24), (28.0, 224)])
def test_the_decoder_may_write_as_much_as_can_be_said(spoken_s: float, tokens: int) -> None:
    """Eight tokens a second and eight more, as far as the library goes."""
    ears, model = _ears((" Yes.", -0.1, 0.01))
    ears.transcribe(np.full(round(spoken_s * 16_000), 0.5, dtype=np.float32))
    assert model.limits == [tokens]


def test_a_guess_over_noise_is_dropped() -> None:
    """Words that the model is unsure of in both windows, where the model hears no speech, were never said."""
    ears, _ = _ears((" Thank you.", -1.4, 0.8), (" Thanks.", -1.3, 0.8))
    heard = ears.transcribe(VOICE)
    assert heard.text == ""
    assert heard.no_speech == 0.8


@pytest.mark.parametrize("pcm", [VOICE[:0], VOICE[:100], np.zeros(160_000, dtype=np.float32)])
def test_without_a_voice_the_model_is_not_asked(pcm: Pcm) -> None:
    """Silence, and sound too short for any word, cost no transcription."""
    ears, model = _ears()
    heard = ears.transcribe(pcm)
    assert heard.text == ""
    assert heard.no_speech == 1.0
    assert model.windows_s == []


def test_more_than_half_a_minute_is_transcribed_piece_by_piece() -> None:
    """A long recording becomes one text, as sure as its pieces are on average."""
    ears, _ = _ears((" One", -0.1, 0.1), (" two", -0.3, 0.2))
    heard = ears.transcribe(np.full(45 * 16_000, 0.5, dtype=np.float32))
    assert heard.text == "One two"
    assert heard.confidence == pytest.approx(np.exp(-0.2))


def test_a_failure_of_the_model_is_an_error_of_ours() -> None:
    """What the library raises is translated, with the length of the sound and what to do."""
    ears, model = _ears()

    def fail(*_: object, **__: object) -> Any:  # noqa: ANN401
        raise RuntimeError("bad alloc")

    model.generate = fail  # type: ignore[method-assign]
    with pytest.raises(BackendError, match=r"2\.0 s of sound \(bad alloc\).*npcengine doctor"):
        ears.transcribe(VOICE)


def test_closing_twice_frees_once_and_then_it_refuses() -> None:
    """A closed recogniser says so."""
    ears, model = _ears()
    ears.close()
    ears.close()
    assert model.unloaded == 1
    with pytest.raises(BackendError, match="closed"):
        ears.transcribe(VOICE)


def test_a_model_that_can_not_be_loaded_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that are no model are a broken model, with the way to fetch it again."""
    pytest.importorskip("faster_whisper", reason="faster-whisper is not installed")
    (tmp_path / "model.bin").write_bytes(b"not a model")
    (tmp_path / "config.json").write_text("{}")
    monkeypatch.setattr(store, "locate", lambda _kind, _name: tmp_path)
    with pytest.raises(ModelBroken, match=r"npcengine setup --model tiny\.en"):
        whisper.load("tiny.en", LoadOptions())
