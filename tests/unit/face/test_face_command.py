"""`npcengine face` writes the curves and, beside them, the sound, with the voice that was asked for."""

from __future__ import annotations

import csv
import json
import wave
from pathlib import Path

import pytest

from npcengine.cli.face import face
from npcengine.errors import ConfigError, NpcEngineError

FAKE = "fake:hum"


def test_curves_and_sound_lie_side_by_side(tmp_path: Path) -> None:
    """The table covers the 16-bit sound and the close."""
    face("Mind the sparks.", output=tmp_path / "sparks.csv", voice=FAKE, emotion="amused")
    with (tmp_path / "sparks.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    with wave.open(str(tmp_path / "sparks.wav")) as sound:
        assert sound.getsampwidth() == 2
        duration_s = sound.getnframes() / sound.getframerate()
    assert len(header) == 53
    assert duration_s < float(rows[-1][0]) < duration_s + 0.3


def test_the_format_gives_the_file_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without -o: face.json and face.wav here, and the JSON names its sound."""
    monkeypatch.chdir(tmp_path)
    face("Hello.", format="rhubarb-json", voice=FAKE)
    document = json.loads((tmp_path / "face.json").read_text(encoding="utf-8"))
    assert document["metadata"]["soundFile"] == "face.wav"
    assert (tmp_path / "face.wav").is_file()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"format": "fbx"}, "arkit-csv"),
        ({"emotion": "hapy"}, "Did you mean happy"),
        ({"output": Path("sparks.wav")}, "sparks.wav"),
        ({"voice": "parrot:polly"}, "parrot"),
    ],
)
def test_mistakes_are_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, object], told: str
) -> None:
    """A wrong format, emotion, ending or engine: one sentence that names it, and no file."""
    monkeypatch.chdir(tmp_path)
    arguments: dict[str, object] = {"voice": FAKE, **options}
    with pytest.raises(NpcEngineError, match=told):
        face("Hello.", **arguments)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_a_text_without_a_word_is_refused(tmp_path: Path) -> None:
    """Punctuation alone can't be spoken."""
    with pytest.raises(ConfigError, match="no word"):
        face("...", output=tmp_path / "x.csv", voice=FAKE)
