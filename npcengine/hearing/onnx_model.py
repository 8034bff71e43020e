"""Small models on one thread; the only module of hearing that knows onnxruntime and what it raises."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import BackendError, BackendMissing


def load(path: Path) -> OnnxModel:
    """Load a model from its file.

    Raises:
        BackendMissing: onnxruntime is not installed.
        BackendError: The file can't be read, or is no model.
    """
    try:
        import onnxruntime  # noqa: PLC0415 - heavy, and only the brain needs it
    except ImportError as error:
        raise BackendMissing("Hearing needs onnxruntime: pip install 'npcengine[hearing]'") from error
    options = onnxruntime.SessionOptions()
    # A tenth of a second of work at most: too little to share, and waiting threads would spin.
    options.inter_op_num_threads = 1
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    except _failures() as error:
        raise BackendError(f"{path} can't be loaded ({error})") from error
    return OnnxModel(session)


class OnnxModel:
    """A loaded model."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - onnxruntime is untyped
        self._session = session

    def run(self, inputs: Mapping[str, NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """All outputs, in the model's order.

        Raises:
            BackendError: The inputs are not the model's, or it failed.
        """
        try:
            outputs: list[NDArray[np.float32]] = self._session.run(None, dict(inputs))
        except _failures() as error:
            raise BackendError(f"a model of the ears failed ({error})") from error
        return outputs


def _failures() -> tuple[type[Exception], ...]:
    """What reading a model and running it raise; onnxruntime's own errors have no common base."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state  # noqa: PLC0415 - see `load`

    return (
        OSError,
        RuntimeError,
        ValueError,
        state.Fail,
        state.InvalidArgument,
        state.InvalidGraph,
        state.InvalidProtobuf,
        state.NoModel,
        state.NotImplemented,
        state.RuntimeException,
    )
