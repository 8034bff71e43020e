"""The voice detector's model, which a dependency carries."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from npcengine.errors import BackendError
from npcengine.hearing import silero
from npcengine.hearing.voice_activity import BLOCK_SAMPLES, VoiceActivity, probabilities
from npcengine.types import Pcm

pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
pytest.importorskip("faster_whisper", reason="faster-whisper is not installed")


@pytest.fixture(scope="module")
def activity() -> VoiceActivity:
    """The real detector."""
    return silero.load()


def babble(seconds: float, seed: int = 0) -> Pcm:
    """Something voice-like: a buzz at 120 Hz whose loudness and colour change four times a second."""
    time_s = np.arange(round(seconds * 16_000)) / 16_000
    buzz = sum(np.sin(2 * np.pi * 120 * k * time_s) / k for k in range(1, 20))
    syllables = np.abs(np.sin(2 * np.pi * 4 * time_s))
    noise = np.random.default_rng(seed).normal(0, 0.02, len(time_s))
    return (0.2 * buzz * syllables + noise).astype(np.float32)


def test_block_after_block_equals_the_batch(activity: VoiceActivity) -> None:
    """Carrying the state by hand gives what the library's own pass over the whole sound gives."""
    from faster_whisper.vad import get_vad_model  # noqa: PLC0415

    pcm = babble(3.0)[: 90 * BLOCK_SAMPLES]
    batch = get_vad_model()(pcm.copy()).reshape(-1)
    # The library blanks the end of the last block in passing, so that block is left out.
    np.testing.assert_allclose(probabilities(activity, pcm)[:-1], batch[:-1], atol=1e-5)


def test_reset_starts_a_new_stream(activity: VoiceActivity) -> None:
    """The same sound after a reset is judged the same, whatever was heard before."""
    first = probabilities(activity, babble(1.0))
    activity.probability(babble(0.032, seed=1))
    np.testing.assert_array_equal(probabilities(activity, babble(1.0)), first)


def test_silence_and_noise_are_no_speech(activity: VoiceActivity) -> None:
    """Neither silence nor white noise of any loudness reaches the threshold of speech."""
    noise = np.random.default_rng(0).standard_normal(5 * 16_000).astype(np.float32)
    for loudness in (0.0, 0.001, 0.01, 0.1):
        assert probabilities(activity, noise * np.float32(loudness)).max() < 0.5


def test_a_block_of_another_size_is_refused(activity: VoiceActivity) -> None:
    """The model's window is fixed, and a mistake is told as an error of ours."""
    with pytest.raises(BackendError, match="512"):
        activity.probability(np.zeros(100, dtype=np.float32))


def test_a_file_that_is_no_model_is_told_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged installation is an error of ours, which says how to repair it."""
    broken = tmp_path / "silero.onnx"
    broken.write_bytes(b"\x08\x08 and nothing more")
    monkeypatch.setattr(silero, "_model_file", lambda: broken)
    with pytest.raises(BackendError, match="pip install --force-reinstall"):
        silero.load()
