"""What was measured of a voice lies beside it and is read when the voice is opened."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from npcengine.brain.label_timing import animator_of, read_timing, timing_path, write_timing
from npcengine.brain.messages import Spoken
from npcengine.brain.voice_stage import VoiceStage
from npcengine.brain.work import Clause
from npcengine.brain.worker import Job
from npcengine.errors import ConfigError
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.offsets import DEFAULT_OFFSETS, LabelOffsets
from npcengine.testing import FAKE_RATE, FakeVoice
from npcengine.types import FaceCurves, LoadOptions, Turn, Voice

OFFSETS = LabelOffsets(voiceless_stop=33.0, symbol_ms=40.0)


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of models."""
    monkeypatch.setenv("NPCENGINE_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def test_a_voice_of_ones_own_has_its_timing_beside_its_model(tmp_path: Path) -> None:
    """`polly.onnx` has `polly.onnx.timing.json`, and what was written is read again."""
    model = tmp_path / "polly.onnx"
    model.write_bytes(b"\x08\x08" + bytes(2000))
    Path(f"{model}.json").write_text('{"phoneme_id_map": {}}', encoding="utf-8")
    voice = f"piper:{model}"
    path = write_timing(voice, OFFSETS, 77)
    assert path == timing_path(voice) == tmp_path / "polly.onnx.timing.json"
    kept = read_timing(voice)
    assert kept is not None
    assert (kept.voice, kept.examples, kept.offsets) == (voice, 77, OFFSETS)


def test_an_engine_without_model_files_keeps_it_with_the_models(models: Path) -> None:
    """The voice's name becomes the file's, without what a file can't be named."""
    path = write_timing("elsewhere:http://host/a b", OFFSETS, 20)
    assert path.parent == models
    assert path.name == "elsewhere-http-host-a-b.timing.json"


def test_the_animator_has_what_was_measured(models: Path) -> None:
    """Offsets as kept; those of the default voice where nothing is."""
    assert models is not None
    assert animator_of("fake:hum") == PhonemeAnimator(DEFAULT_OFFSETS)
    write_timing("fake:hum", OFFSETS, 20)
    assert animator_of("fake:hum") == PhonemeAnimator(OFFSETS)


@pytest.mark.parametrize(
    "text", ["", "{", '{"npcengine": 1}', '{"npcengine": 9, "voice": "v", "examples": 1, "offsets": {}}']
)
def test_a_broken_file_is_told_and_does_no_harm(models: Path, caplog: pytest.LogCaptureFixture, text: str) -> None:
    """Reading names the file and the cure; a face goes on with the usual offsets."""
    models.mkdir()
    timing_path("fake:hum").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="npcengine calibrate --voice fake:hum"):
        read_timing("fake:hum")
    with caplog.at_level(logging.WARNING):
        assert animator_of("fake:hum") == PhonemeAnimator(DEFAULT_OFFSETS)
    assert "timing.json" in caplog.text


def test_a_folder_that_can_not_be_written_is_named(models: Path) -> None:
    """A file where the folder should be: one sentence with the path."""
    models.write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="models"):
        write_timing("fake:hum", OFFSETS, 20)


def test_each_voice_moves_faces_by_its_own_timing(models: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Of two voices the calibrated one has its own offsets; one that tells no phonemes is named in the log, once."""
    assert models is not None
    write_timing("fake:calibrated", OFFSETS, 20)
    mute = FakeVoice()
    mute.capabilities = replace(mute.capabilities, phonemes=False)
    voices = {"fake:calibrated": FakeVoice(), "fake:usual": FakeVoice(), "fake:mute": mute}
    stage = VoiceStage(
        lambda name, _options: voices[name],
        LoadOptions(),
        default_voice="fake:calibrated",
        output_rate=FAKE_RATE,
        undisturbed=lambda: True,
    )

    def curves_of(name: str) -> FaceCurves:
        (spoken,) = stage.run(Job(Turn(1, 1), Clause("aba aba aba", "neutral", Voice(tts=name))))
        assert isinstance(spoken, Spoken)
        return spoken.curves

    with caplog.at_level(logging.WARNING):
        curves = {name: curves_of(name) for name in ("", *voices)}
        curves_of("fake:mute")
    assert np.array_equal(curves[""].weights, curves["fake:calibrated"].weights)
    assert not np.allclose(curves["fake:calibrated"].weights, curves["fake:usual"].weights)
    assert [record.message for record in caplog.records] == [
        "fake:mute doesn't tell when its phonemes sound: its faces move by the sound alone"
    ]
