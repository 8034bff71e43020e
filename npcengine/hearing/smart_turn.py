"""Whether a speaker is finished, by the voice, with the smart-turn model; knows no other engine and no silence."""

from __future__ import annotations

from typing import Any

import numpy as np

from npcengine.errors import BackendError, BackendMissing, ModelBroken
from npcengine.hearing import onnx_model
from npcengine.hearing.onnx_model import OnnxModel
from npcengine.hearing.turn_end import EndOfTurn
from npcengine.models import store
from npcengine.types import HEARING_RATE, LoadOptions, Pcm

_WINDOW_S = 8
_WINDOW_SAMPLES = _WINDOW_S * HEARING_RATE
"""What the model looks at: the end of the speech, silence before it where that is shorter."""

_VARIANCE_FLOOR = 1e-7
"""Keeps silence from being divided by nothing (Whisper's feature extractor with `do_normalize`)."""


def load(model: str, options: LoadOptions) -> EndOfTurn:  # noqa: ARG001 - one thread is enough, but all loaders look alike
    """A judge of turns, warmed up; one judgement takes about 40 ms of one core.

    Args:
        model: A catalogue name (``"smart-turn-v3.2"``) or the path of an ``.onnx`` file.
        options: Not needed.

    Raises:
        BackendMissing: onnxruntime or faster-whisper is not installed.
        ModelMissing: The model is not on this machine; without it text and silence alone decide.
        ModelBroken: It is, but can't be loaded.
    """
    path = store.locate("turn", model)
    try:
        from faster_whisper.feature_extractor import FeatureExtractor  # noqa: PLC0415 - heavy, and the brain's alone
    except ImportError as error:
        raise BackendMissing("Judging turns needs faster-whisper: pip install 'npcengine[hearing]'") from error
    try:
        judge = _SmartTurn(onnx_model.load(path), FeatureExtractor(chunk_length=_WINDOW_S))
        judge.probability(np.zeros(HEARING_RATE, dtype=np.float32))
    except BackendMissing:
        raise
    except BackendError as error:
        raise ModelBroken(f"{path} is no smart-turn model: {error}. Fetch it again: npcengine setup") from error
    return judge


class _SmartTurn:
    """The model and the spectra it was trained on, which are Whisper's over 8 s."""

    def __init__(self, model: OnnxModel, features: Any) -> None:  # noqa: ANN401 - an untyped library
        self._model = model
        self._features = features

    def probability(self, pcm: Pcm) -> float:
        window = np.zeros(_WINDOW_SAMPLES, dtype=np.float32)
        end = pcm[-_WINDOW_SAMPLES:]
        window[_WINDOW_SAMPLES - len(end) :] = end
        window = (window - window.mean()) / np.sqrt(window.var() + _VARIANCE_FLOOR)
        # No padding at the end: the model was trained on the window alone.
        spectrum = self._features(window, padding=0)[np.newaxis].astype(np.float32, copy=False)
        return float(self._model.run({"input_features": spectrum})[0].reshape(-1)[0])
