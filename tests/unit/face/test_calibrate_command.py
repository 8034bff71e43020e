"""`npcengine calibrate` keeps what it heard, or says why it can't."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from npcengine.brain.label_timing import read_timing
from npcengine.cli import calibrate
from npcengine.errors import BackendError, BackendUnknown
from npcengine.types import LoadOptions, Phoneme, Speech, Voice
from npcengine.voice.protocol import TextToSpeech, TextToSpeechCapabilities

RATE = 16_000
PERIOD = RATE // 5


class BabblingVoice:
    """Says `əbəbəb` to anything: 60 ms shut of every 200, labelled 50 ms late at speed 1."""

    def __init__(self, *, phonemes: bool = True) -> None:
        self.capabilities = TextToSpeechCapabilities(RATE, phonemes=phonemes)
        self.closed = False

    def speak(self, text: str, voice: Voice) -> Iterator[Speech]:
        """Three syllables."""
        period = round(PERIOD / voice.speed)
        pcm = np.random.default_rng(len(text)).normal(0.0, 0.1, 4 * period).astype(np.float32)
        phonemes = [Phoneme("ə", 0, period)]
        for start in range(period, 4 * period, period):
            pcm[start : start + round(0.3 * period)] *= 0.003
            late = start + round(0.25 * period)
            phonemes[-1] = Phoneme("ə", phonemes[-1].start, late)
            phonemes += [Phoneme("b", late, late + period // 5), Phoneme("ə", late + period // 5, start + period)]
        yield Speech(text, pcm, RATE, tuple(phonemes))

    def close(self) -> None:
        """Notes that it was."""
        self.closed = True


def opened(voice: BabblingVoice, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Whatever is asked for is `voice`, and models lie in `folder`."""

    def open_voice(name: str, options: LoadOptions) -> TextToSpeech:
        assert (name, options.threads) == ("parrot:polly", LoadOptions().threads)
        return voice

    monkeypatch.setattr(calibrate, "open_tts", open_voice)
    monkeypatch.setenv("NPCENGINE_MODELS", str(folder))


def test_what_was_heard_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The offset of b is found within 8 ms and lies in the voice's file; where it lies is printed."""
    voice = BabblingVoice()
    opened(voice, monkeypatch, tmp_path)
    calibrate.calibrate_voice("parrot:polly")
    kept = read_timing("parrot:polly")
    assert kept is not None
    assert kept.offsets.voiced_stop == pytest.approx(50.0, abs=8.0)
    assert str(tmp_path) in capsys.readouterr().out
    assert voice.closed


def test_a_voice_that_tells_no_phonemes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what its faces do instead; nothing is written, and the voice is closed."""
    voice = BabblingVoice(phonemes=False)
    opened(voice, monkeypatch, tmp_path)
    with pytest.raises(BackendError, match="parrot:polly doesn't tell when its phonemes sound"):
        calibrate.calibrate_voice("parrot:polly")
    assert voice.closed
    assert not list(tmp_path.iterdir())


def test_a_hum_can_not_be_calibrated_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A voice in which no closure is heard is told so, and keeps no file."""
    monkeypatch.setenv("NPCENGINE_MODELS", str(tmp_path))
    with pytest.raises(BackendError, match="closures of p, b and m"):
        calibrate.calibrate_voice("fake:hum")
    assert not list(tmp_path.iterdir())


def test_an_unknown_engine_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere, the known ones are listed."""
    monkeypatch.setenv("NPCENGINE_MODELS", str(tmp_path))
    with pytest.raises(BackendUnknown, match="piper"):
        calibrate.calibrate_voice("parrot:polly")
