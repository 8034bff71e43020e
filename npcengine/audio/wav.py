"""Sound files in and out: WAV of any kind to mono float32 and back to 16 bits; knows no device, no stage."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import AudioError
from npcengine.types import HEARING_RATE, Pcm

if TYPE_CHECKING:
    from types import ModuleType

_STREAMED_SIZE = 0x7FFF_0000
"""A program that writes WAV into a pipe can't know its length and leaves a size this large in the header."""


class LoadedSpeech(NamedTuple):
    """Speech ready for the hearing stage.

    Attributes:
        pcm: Mono float32, shape (samples,), 16 kHz.
        note: What was converted, for the user to read; empty when nothing was.
    """

    pcm: Pcm
    note: str


def read_wav(path: Path | str) -> tuple[Pcm, int]:
    """The sound in a WAV file of any sample width, rate and number of channels.

    Args:
        path: The file.

    Returns:
        Mono float32, shape (samples,), channels averaged, full scale ±1; and its rate (Hz).

    Raises:
        AudioError: There is no such file, or it holds no sound that can be read.
    """
    samples, sample_rate = _read(Path(path))
    return _mono(samples), sample_rate


def load_speech(path: Path | str) -> LoadedSpeech:
    """The sound in a WAV file as the hearing stage takes it, and a note when that needed a conversion.

    Args:
        path: The file.

    Returns:
        16 kHz mono sound and, for instance, ``"44,100 Hz stereo, converted to 16,000 Hz mono"``.

    Raises:
        AudioError: There is no such file, or it holds no sound that can be read.
    """
    samples, sample_rate = _read(Path(path))
    pcm = _mono(samples)
    channels = samples.shape[1]
    if sample_rate == HEARING_RATE and channels == 1:
        return LoadedSpeech(pcm, "")
    source = f"{sample_rate:,} Hz {_channel_words(channels)}"
    note = f"{source}, converted to {HEARING_RATE:,} Hz mono"
    return LoadedSpeech(_at_hearing_rate(pcm, sample_rate), note)


def write_wav(path: Path | str, pcm: Pcm, sample_rate: int) -> None:
    """Writes mono sound as a 16-bit WAV; the file appears whole or not at all.

    Args:
        path: Where to; an existing file is replaced.
        pcm: Mono float32, shape (samples,); what lies beyond full scale ±1 is clipped.
        sample_rate: Of `pcm` (Hz).

    Raises:
        AudioError: The file can't be written there.
    """
    target = Path(path)
    aside = target.with_name(f".{target.name}.part")
    soundfile = _soundfile()
    try:
        with aside.open("wb") as file:
            soundfile.write(file, pcm, sample_rate, format="WAV", subtype="PCM_16")
        aside.replace(target)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise AudioError(
            f"{target}: can't be written ({error.strerror}); choose a folder that you may write to"
        ) from error


def _read(path: Path) -> tuple[NDArray[np.float32], int]:
    """Samples as float32 (frames, channels), and the rate (Hz)."""
    soundfile = _soundfile()
    try:
        with path.open("rb") as file:
            _check_complete(path, file)
            samples, sample_rate = soundfile.read(file, dtype="float32", always_2d=True)
    except FileNotFoundError as error:
        raise AudioError(f"{path}: no such file; check the path") from error
    except IsADirectoryError as error:
        raise AudioError(f"{path}: this is a folder; name a WAV file in it") from error
    except OSError as error:
        raise AudioError(f"{path}: can't be read ({error.strerror}); check the file's permissions") from error
    except soundfile.LibsndfileError as error:
        raise AudioError(f"{path}: not a sound file that can be read; save it as PCM WAV ({error})") from error
    if not len(samples):
        raise AudioError(f"{path}: a WAV file without any samples; record it again")
    # A float WAV may carry NaN or infinity, and one of them silences every later average.
    return np.nan_to_num(samples, copy=False, posinf=0.0, neginf=0.0), int(sample_rate)


def _check_complete(path: Path, file: BinaryIO) -> None:
    """Raises AudioError for an empty or cut-off file, which the library reads as less sound; rewinds."""
    size = file.seek(0, 2)
    file.seek(0)
    if not size:
        raise AudioError(f"{path}: the file is empty; record or export it again")
    promised = _promised_size(file)
    file.seek(0)
    if size < promised:
        raise AudioError(f"{path}: cut off: {promised:,} bytes by its header, {size:,} in the file; copy it again")


def _promised_size(file: BinaryIO) -> int:
    """Bytes up to the end of the samples according to a RIFF header; 0 when it doesn't tell."""
    if file.read(4) != b"RIFF":
        return 0
    file.seek(12)
    while len(header := file.read(8)) == 8:
        name, size = struct.unpack("<4sI", header)
        if name == b"data":
            return 0 if size >= _STREAMED_SIZE else file.tell() + size
        file.seek(size + size % 2, 1)
    return 0


def _mono(samples: NDArray[np.float32]) -> Pcm:
    """The mean of the channels of (frames, channels)."""
    return samples[:, 0].copy() if samples.shape[1] == 1 else samples.mean(axis=1, dtype=np.float32)


def _channel_words(channels: int) -> str:
    return {1: "mono", 2: "stereo"}.get(channels, f"with {channels} channels")


def _at_hearing_rate(pcm: Pcm, sample_rate: int) -> Pcm:
    if sample_rate == HEARING_RATE:
        return pcm
    try:
        import soxr  # noqa: PLC0415 - most files need no conversion
    except ImportError as error:
        raise AudioError("Converting a sample rate needs the package soxr: pip install soxr") from error
    return cast("Pcm", soxr.resample(pcm, sample_rate, HEARING_RATE, quality="HQ"))


def _soundfile() -> ModuleType:
    """The library behind this module, imported at its first use: most games read no sound file."""
    try:
        import soundfile  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise AudioError("Sound files need the package soundfile: pip install soundfile") from error
    return cast("ModuleType", soundfile)
