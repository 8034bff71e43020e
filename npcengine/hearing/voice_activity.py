"""How likely each short block of sound holds speech: the detector's protocol; knows no model."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from npcengine.types import HEARING_RATE, Pcm

BLOCK_SAMPLES = 512
"""What a detector judges at a time: 32 ms at 16 kHz, the step that silero's model was trained with."""

BLOCK_MS = BLOCK_SAMPLES * 1000 / HEARING_RATE


class VoiceActivity(Protocol):
    """Listens to one stream of sound, block after block."""

    def probability(self, block: Pcm) -> float:
        """How likely the next block holds speech, 0 to 1.

        Args:
            block: Mono float32, shape (BLOCK_SAMPLES,), 16 kHz; continues the block before it.

        Raises:
            BackendError: The detector failed.
        """
        ...

    def reset(self) -> None:
        """Forgets what was heard: the next block starts a new stream."""
        ...


def probabilities(activity: VoiceActivity, pcm: Pcm) -> NDArray[np.float32]:
    """How likely each block of a whole recording holds speech.

    Args:
        activity: Reset before and after.
        pcm: Mono float32, shape (samples,), 16 kHz.

    Returns:
        Shape (ceil(samples / BLOCK_SAMPLES),); the last block is filled up with silence.
    """
    blocks = -(-len(pcm) // BLOCK_SAMPLES)
    padded = np.zeros(blocks * BLOCK_SAMPLES, dtype=np.float32)
    padded[: len(pcm)] = pcm
    activity.reset()
    judged = [activity.probability(block) for block in padded.reshape(blocks, BLOCK_SAMPLES)]
    activity.reset()
    return np.array(judged, dtype=np.float32)
