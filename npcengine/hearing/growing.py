"""Voice probabilities of a recording that is looked at again and again while it grows; knows no model."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from npcengine.hearing.voice_activity import BLOCK_SAMPLES, VoiceActivity
from npcengine.types import Pcm


class GrowingRecording:
    """Judges each block once, as long as every recording begins with the one before; any other starts afresh."""

    def __init__(self, activity: VoiceActivity) -> None:
        """`activity` is this object's own: nobody else may run it."""
        self._activity = activity
        self._heard = np.zeros(0, dtype=np.float32)
        self._judged: list[float] = []

    def probabilities(self, pcm: Pcm) -> NDArray[np.float32]:
        """How likely each block of the recording holds speech.

        Args:
            pcm: Mono float32, shape (samples,), 16 kHz.

        Returns:
            Shape (ceil(samples / BLOCK_SAMPLES),); an incomplete last block is taken to be like the one before.
        """
        if not np.array_equal(pcm[: len(self._heard)], self._heard):
            self._activity.reset()
            self._judged = []
        complete = len(pcm) // BLOCK_SAMPLES
        for block in range(len(self._judged), complete):
            start = block * BLOCK_SAMPLES
            self._judged.append(self._activity.probability(pcm[start : start + BLOCK_SAMPLES]))
        self._heard = pcm[: complete * BLOCK_SAMPLES].copy()
        judged = list(self._judged)
        if len(pcm) % BLOCK_SAMPLES:
            judged.append(judged[-1] if judged else 0.0)
        return np.array(judged, dtype=np.float32)
