"""Voice probabilities of a growing recording."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from npcengine.hearing.growing import GrowingRecording
from npcengine.hearing.voice_activity import BLOCK_SAMPLES
from npcengine.types import Pcm


class _Remembers:
    """A detector whose answer depends on all that it heard since its reset, as silero's does."""

    def __init__(self) -> None:
        self.judged_blocks = 0
        self._total = 0.0

    def probability(self, block: Pcm) -> float:
        self.judged_blocks += 1
        self._total = (self._total * 3 + float(block.sum())) % 1
        return self._total

    def reset(self) -> None:
        self._total = 0.0


def _sound(samples: int, seed: int = 0) -> Pcm:
    return np.random.default_rng(seed).random(samples).astype(np.float32)


@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=8))
def test_growing_makes_no_difference_and_costs_each_block_once(lengths: list[int]) -> None:
    """Whatever the steps, the figures are those of the whole, and no complete block is judged twice."""
    sound = _sound(max(lengths))
    detector = _Remembers()
    recording = GrowingRecording(detector)
    for length in sorted(lengths):
        judged = recording.probabilities(sound[:length])
        assert judged.shape == (-(-length // BLOCK_SAMPLES),)
    assert detector.judged_blocks == len(sound) // BLOCK_SAMPLES
    assert judged.tolist() == GrowingRecording(_Remembers()).probabilities(sound).tolist()


def test_another_recording_starts_afresh() -> None:
    """A recording that is shorter, or begins otherwise, is judged as if it were the first."""
    recording = GrowingRecording(_Remembers())
    recording.probabilities(_sound(4_000))
    for other in (_sound(6_000, seed=1), _sound(3_000, seed=1), _sound(1_000, seed=1)):
        fresh = GrowingRecording(_Remembers()).probabilities(other)
        assert recording.probabilities(other).tolist() == fresh.tolist()
