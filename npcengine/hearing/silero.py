"""Voice detection with silero's model, version 6, which the faster-whisper package carries; knows no other engine."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np

from npcengine.errors import BackendError, BackendMissing
from npcengine.hearing import onnx_model
from npcengine.hearing.onnx_model import OnnxModel
from npcengine.hearing.voice_activity import BLOCK_SAMPLES, VoiceActivity
from npcengine.types import Pcm

_CONTEXT_SAMPLES = 64
"""The model sees the end of the block before: its input is (1, 64 + 512) (silero-vad v5 and v6 at 16 kHz)."""

_STATE_SHAPE = (1, 1, 128)


def load() -> VoiceActivity:
    """A detector for one stream; about 3 ms of one core for each second of sound.

    Raises:
        BackendMissing: onnxruntime or faster-whisper is not installed.
        BackendError: The model can't be loaded.
    """
    try:
        return _Silero(onnx_model.load(_model_file()))
    except BackendMissing:
        raise
    except BackendError as error:
        raise BackendError(
            f"The voice detector does not work: {error}. Install it again: "
            "pip install --force-reinstall --no-deps faster-whisper"
        ) from error


class _Silero:
    """The model and what it carries from block to block: its recurrent state and the end of the last block."""

    def __init__(self, model: OnnxModel) -> None:
        self._model = model
        self.reset()

    def reset(self) -> None:
        self._hidden = np.zeros(_STATE_SHAPE, dtype=np.float32)
        self._cell = np.zeros(_STATE_SHAPE, dtype=np.float32)
        self._context = np.zeros(_CONTEXT_SAMPLES, dtype=np.float32)

    def probability(self, block: Pcm) -> float:
        if block.shape != (BLOCK_SAMPLES,):
            raise BackendError(f"The voice detector takes {BLOCK_SAMPLES} samples, not {block.shape}.")
        sound = np.concatenate((self._context, block))[np.newaxis].astype(np.float32, copy=False)
        judged, self._hidden, self._cell = self._model.run({"input": sound, "h": self._hidden, "c": self._cell})
        self._context = block[-_CONTEXT_SAMPLES:].copy()
        return float(judged.reshape(-1)[0])


def _model_file() -> Path:
    """The model's file, found without importing faster-whisper, which takes a second."""
    spec = find_spec("faster_whisper")
    if spec is None or spec.origin is None:
        raise BackendMissing("Voice detection needs faster-whisper: pip install 'npcengine[hearing]'")
    return Path(spec.origin).parent / "assets" / "silero_vad_v6.onnx"
