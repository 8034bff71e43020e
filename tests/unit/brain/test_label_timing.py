"""What was measured of a voice lies beside it and is read when the voice is opened."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from npcengine.brain.label_timing import animator_of, read_timing, timing_path, write_timing
from npcengine.errors import ConfigError
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.offsets import DEFAULT_OFFSETS, LabelOffsets

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
