"""From a microphone's rate to the 16 kHz that hearing takes, block by block; the only hearing module with soxr."""

from __future__ import annotations

from typing import Any

import numpy as np

from npcengine.errors import BackendMissing
from npcengine.types import HEARING_RATE, Pcm


class HearingResampler:
    """Converts one stream; blocks of any size join without a seam, and a change of rate starts a new stream."""

    def __init__(self) -> None:
        self._sample_rate = HEARING_RATE
        self._stream: Any = None

    def convert(self, pcm: Pcm, sample_rate: int) -> Pcm:
        """The next samples at 16 kHz.

        Args:
            pcm: Mono float32, shape (samples,).
            sample_rate: Of `pcm` (Hz).

        Returns:
            Mono float32, shape (samples,): as many as are settled, the filter holds the rest back for the next call.

        Raises:
            BackendMissing: A conversion is needed and soxr is not installed.
        """
        if sample_rate != self._sample_rate:
            self._sample_rate = sample_rate
            self._stream = None if sample_rate == HEARING_RATE else _open_stream(sample_rate)
        return pcm if self._stream is None else self._convert(pcm, last=False)

    def finish(self) -> Pcm:
        """What the filter still holds, at 16 kHz; the next `convert` starts a new stream."""
        rest = np.zeros(0, dtype=np.float32)
        if self._stream is not None:
            rest = self._convert(rest, last=True)
            self._stream = _open_stream(self._sample_rate)
        return rest

    def _convert(self, pcm: Pcm, *, last: bool) -> Pcm:
        converted: Pcm = self._stream.resample_chunk(pcm, last=last)
        return converted


def _open_stream(sample_rate: int) -> Any:  # noqa: ANN401 - soxr is untyped
    try:
        import soxr  # noqa: PLC0415 - many microphones deliver 16 kHz themselves
    except ImportError as error:
        raise BackendMissing("Converting a microphone's rate needs soxr: pip install 'npcengine[hearing]'") from error
    return soxr.ResampleStream(sample_rate, HEARING_RATE, 1, dtype="float32", quality="HQ")
