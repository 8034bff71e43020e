"""Sound files of every kind, and what is said about those that can't be used."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from npcengine.audio.wav import load_speech, read_wav, write_wav
from npcengine.errors import AudioError
from npcengine.types import Pcm

soundfile = pytest.importorskip("soundfile", reason="soundfile is not installed")


def _tone(seconds: float = 0.5, sample_rate: int = 16_000) -> Pcm:
    """440 Hz at half of full scale."""
    time_s = np.arange(round(seconds * sample_rate)) / sample_rate
    return (0.5 * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32)


@pytest.mark.parametrize(
    ("subtype", "tolerance"),
    [("PCM_U8", 1e-2), ("PCM_16", 1e-4), ("PCM_24", 1e-6), ("PCM_32", 1e-6), ("FLOAT", 0.0), ("DOUBLE", 1e-7)],
)
@pytest.mark.parametrize("kind", ["WAV", "WAVEX"])
def test_any_sample_width_is_read(tmp_path: Path, subtype: str, tolerance: float, kind: str) -> None:
    """8 to 32 bits and floats, with the plain and the extensible header, give the same sound at full scale ±1."""
    path = tmp_path / "tone.wav"
    soundfile.write(path, _tone(), 16_000, subtype=subtype, format=kind)
    pcm, sample_rate = read_wav(path)
    assert sample_rate == 16_000
    assert pcm.dtype == np.float32
    np.testing.assert_allclose(pcm, _tone(), atol=tolerance)


def test_channels_are_averaged(tmp_path: Path) -> None:
    """Stereo becomes the mean of its channels."""
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.stack((_tone(), np.zeros_like(_tone())), axis=1), 16_000, subtype="FLOAT")
    np.testing.assert_allclose(read_wav(path)[0], _tone() / 2, atol=1e-6)


def test_a_conversion_for_hearing_is_told(tmp_path: Path) -> None:
    """44.1 kHz stereo is heard at 16 kHz mono, with the same tone, and the note says so."""
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.stack([_tone(sample_rate=44_100)] * 2, axis=1), 44_100)
    pcm, note = load_speech(path)
    assert note == "44,100 Hz stereo, converted to 16,000 Hz mono"
    assert len(pcm) == pytest.approx(8_000, abs=1)
    np.testing.assert_allclose(pcm[400:7_600], _tone()[400:7_600], atol=5e-3)


def test_speech_in_the_right_format_needs_no_note(tmp_path: Path) -> None:
    """16 kHz mono passes as it is, and a silent file is no error."""
    path = tmp_path / "silence.wav"
    write_wav(path, np.zeros(1_600, dtype=np.float32), 16_000)
    pcm, note = load_speech(path)
    assert note == ""
    assert pcm.tolist() == [0.0] * 1_600


def test_broken_samples_are_silenced(tmp_path: Path) -> None:
    """NaN and infinity in a float file don't reach anybody's ears."""
    path = tmp_path / "nan.wav"
    soundfile.write(path, np.array([0.25, np.nan, np.inf, -np.inf]), 16_000, subtype="FLOAT")
    assert read_wav(path)[0].tolist() == [0.25, 0.0, 0.0, 0.0]


def test_a_stream_that_never_wrote_its_length_is_read(tmp_path: Path) -> None:
    """Programs that write into a pipe leave the largest size in the header; the sound that is there counts."""
    path = tmp_path / "piped.wav"
    write_wav(path, _tone(), 16_000)
    content = path.read_bytes()
    at = content.index(b"data") + 4
    path.write_bytes(content[:at] + struct.pack("<I", 0xFFFF_FFFF) + content[at + 4 :])
    assert len(read_wav(path)[0]) == 8_000


def _folder(path: Path) -> None:
    path.mkdir()


def _empty(path: Path) -> None:
    path.touch()


def _text(path: Path) -> None:
    path.write_text("Good morning, traveller.\n" * 10)


def _no_samples(path: Path) -> None:
    soundfile.write(path, np.zeros(0), 16_000)


def _cut_off(path: Path) -> None:
    soundfile.write(path, _tone(), 16_000)
    path.write_bytes(path.read_bytes()[:9_000])


def _only_a_header(path: Path) -> None:
    soundfile.write(path, _tone(), 16_000)
    path.write_bytes(path.read_bytes()[:30])


def _unreadable(path: Path) -> None:
    # A link to itself: opening it fails for every user, root included.
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (None, "no such file"),
        (_folder, "this is a folder"),
        (_empty, "the file is empty"),
        (_text, "not a sound file"),
        (_no_samples, "without any samples"),
        (_cut_off, "cut off: 16,044 bytes by its header, 9,000 in the file"),
        (_only_a_header, "not a sound file"),
        (_unreadable, "can't be read"),
    ],
)
@pytest.mark.parametrize("read", [read_wav, load_speech])
def test_what_is_wrong_with_a_file_is_told_in_one_line(
    tmp_path: Path, read: Callable[[Path], object], prepare: Callable[[Path], None] | None, says: str
) -> None:
    """Each way for a file to be unusable has its own message, which begins with the path and names a cure."""
    path = tmp_path / "hello.wav"
    if prepare:
        prepare(path)
    with pytest.raises(AudioError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert says in message
    assert ";" in message
    assert "\n" not in message


def test_writing_and_reading_back(tmp_path: Path) -> None:
    """Sixteen bits keep the sound, clip what is too loud, replace what was there, and leave nothing else behind."""
    path = tmp_path / "out.wav"
    path.write_text("old")
    write_wav(path, np.array([0.5, 2.0, -2.0], dtype=np.float32), 22_050)
    pcm, sample_rate = read_wav(path)
    assert sample_rate == 22_050
    np.testing.assert_allclose(pcm, [0.5, 1.0, -1.0], atol=1e-4)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.wav"]
    assert soundfile.info(path).subtype == "PCM_16"


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    """A missing folder and a folder in the file's place are errors of ours, and nothing half written stays."""
    with pytest.raises(AudioError, match="can't be written"):
        write_wav(tmp_path / "missing" / "out.wav", _tone(), 16_000)
    (tmp_path / "folder.wav").mkdir()
    with pytest.raises(AudioError, match="can't be written"):
        write_wav(tmp_path / "folder.wav", _tone(), 16_000)
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder.wav"]
