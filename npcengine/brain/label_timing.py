"""How late each voice's labels run: kept in a file beside the voice, read when it is opened; knows no sound.

A voice without such a file takes the figures of the default voice.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from npcengine.errors import ConfigError, ModelError
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.offsets import DEFAULT_OFFSETS, LabelOffsets
from npcengine.models import store

logger = logging.getLogger(__name__)

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class KeptTiming:
    """The file's content.

    Attributes:
        npcengine: Version of the format.
        voice: The name it was measured under.
        examples: Lip closures that it was taken from.
        offsets: How late the labels run.
    """

    npcengine: int
    voice: str
    examples: int
    offsets: LabelOffsets


_KEPT = TypeAdapter(KeptTiming)


def timing_path(voice: str) -> Path:
    """Where the timing of a voice (``"piper:en_US-joe-medium"``) is kept, whether it is there or not.

    Beside the voice's model file; for an engine whose models are elsewhere, in the folder of models.
    """
    _, _, model = voice.partition(":")
    try:
        file = store.locate("tts", model)
    except ModelError:
        return store.folder() / f"{re.sub(r'[^A-Za-z0-9._-]+', '-', voice)}.timing.json"
    return file.with_name(f"{file.name}.timing.json")


def read_timing(voice: str) -> KeptTiming | None:
    """What was measured of a voice; None when nothing was.

    Raises:
        ConfigError: The file can't be read.
    """
    path = timing_path(voice)
    try:
        kept = _KEPT.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise ConfigError(
            f"{path} does not hold the timing of a voice ({_reason(error)}). "
            f"Measure it again: npcengine calibrate --voice {voice}"
        ) from error
    if kept.npcengine != _FORMAT:
        raise ConfigError(f"{path} was written by another version. Run  npcengine calibrate --voice {voice}")
    return kept


def write_timing(voice: str, offsets: LabelOffsets, examples: int) -> Path:
    """Keeps what was measured; returns where.

    Raises:
        ConfigError: The file can't be written.
    """
    path = timing_path(voice)
    kept = KeptTiming(_FORMAT, voice, examples, offsets)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_KEPT.dump_json(kept, indent=2) + b"\n")
    except OSError as error:
        raise ConfigError(f"Can't keep the voice's timing in {path}: {error.strerror}.") from error
    return path


def animator_of(voice: str) -> PhonemeAnimator:
    """What moves a face with this voice; a file that can't be read is told in the log, and does no further harm."""
    try:
        kept = read_timing(voice)
    except ConfigError as error:
        logger.warning("%s", error)
        kept = None
    return PhonemeAnimator(kept.offsets if kept else DEFAULT_OFFSETS)


def _reason(error: OSError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}"
    return error.strerror or str(error)
