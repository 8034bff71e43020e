"""The judge of turns without its weights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from npcengine.errors import ModelBroken, ModelMissing
from npcengine.hearing import silero, smart_turn
from npcengine.hearing.onnx_model import OnnxModel
from npcengine.types import HEARING_RATE, LoadOptions, Pcm

EIGHT_S = 8 * HEARING_RATE


class Spectra:
    """Keeps the window it was given."""

    def __init__(self) -> None:
        self.windows: list[Pcm] = []

    def __call__(self, window: Pcm, padding: int) -> NDArray[np.float32]:
        assert padding == 0
        self.windows.append(window)
        return np.zeros((80, 800), dtype=np.float32)


class Quarter(OnnxModel):
    """A model that says 0.25."""

    def run(self, inputs: Mapping[str, NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """The answer."""
        assert inputs["input_features"].shape == (1, 80, 800)
        return [np.array([[0.25]], dtype=np.float32)]


@pytest.mark.parametrize("seconds", [0.0, 1.0, 8.0, 20.0])
def test_the_last_eight_seconds_stand_at_the_end_of_the_window(seconds: float) -> None:
    """Short sound is filled up in front, long sound loses its beginning, and the level makes no difference."""
    spectra = Spectra()
    judge = smart_turn._SmartTurn(Quarter(None), spectra)
    pcm = np.random.default_rng(0).normal(0.0, 0.1, round(seconds * HEARING_RATE)).astype(np.float32)
    assert judge.probability(pcm) == 0.25
    assert judge.probability(3 * pcm) == 0.25
    quiet, loud = spectra.windows
    assert quiet.shape == (EIGHT_S,)
    np.testing.assert_allclose(quiet, loud, atol=1e-3)
    if seconds:
        kept = min(len(pcm), EIGHT_S)
        assert np.corrcoef(quiet[-kept:], pcm[-kept:])[0, 1] > 0.999
        assert quiet.std() == pytest.approx(1.0, abs=1e-3)
    silent = quiet[: max(0, EIGHT_S - len(pcm))]
    assert len(set(silent.tolist())) == (1 if len(silent) else 0)


def test_a_model_that_is_not_here_names_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever loads it can go on without, and tell the player how to fetch it."""
    monkeypatch.setenv("NPCENGINE_MODELS", str(tmp_path))
    with pytest.raises(ModelMissing, match=r"npcengine setup --model smart-turn-v3\.2$"):
        smart_turn.load("smart-turn-v3.2", LoadOptions())


def test_bytes_that_are_no_model_are_a_broken_model(tmp_path: Path) -> None:
    """A file that only begins like one is refused when it is loaded."""
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    pytest.importorskip("faster_whisper", reason="faster-whisper is not installed")
    path = tmp_path / "turn.onnx"
    path.write_bytes(b"\x08\x08 and then nothing of the kind")
    with pytest.raises(ModelBroken, match=r"turn\.onnx is no smart-turn model"):
        smart_turn.load(str(path), LoadOptions())


def test_another_model_is_no_judge_of_turns(tmp_path: Path) -> None:
    """A model with other inputs is found out while it loads, not at the player's first pause."""
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    pytest.importorskip("faster_whisper", reason="faster-whisper is not installed")
    path = tmp_path / "turn.onnx"
    path.write_bytes(silero._model_file().read_bytes())
    with pytest.raises(ModelBroken, match="input_features"):
        smart_turn.load(str(path), LoadOptions())
