"""Which stretches of a recording are transcribed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from npcengine.hearing.spans import speech_spans
from npcengine.hearing.voice_activity import BLOCK_SAMPLES


@given(
    st.lists(st.floats(0.0, 1.0), min_size=1, max_size=300),
    st.integers(0, BLOCK_SAMPLES - 1),
    st.integers(3, 80),
)
def test_pieces_cover_the_speech_in_order_and_within_the_limit(
    probabilities: list[float], missing: int, max_blocks: int
) -> None:
    """Pieces touch, none is empty or too long, and every voiced block is in one."""
    judged = np.array(probabilities, dtype=np.float32)
    samples = len(judged) * BLOCK_SAMPLES - missing
    spans = speech_spans(judged, samples, max_blocks * BLOCK_SAMPLES)
    assert all(0 < end - start <= max_blocks * BLOCK_SAMPLES for start, end in spans)
    assert all(after.start == before.end for before, after in pairwise(spans))
    voiced = np.flatnonzero(judged >= 0.5)
    if spans:
        assert spans[0].start <= voiced[0] * BLOCK_SAMPLES
        assert spans[-1].end >= min(samples, (voiced[-1] + 1) * BLOCK_SAMPLES)
        assert spans[-1].end <= samples
    else:
        assert len(voiced) < 2


def test_silence_has_no_speech() -> None:
    """A recording without a voice, or with a click only, or of no length, gives nothing to transcribe."""
    for judged in ([], [0.1] * 50, [0.1] * 20 + [0.9] + [0.1] * 20):
        assert speech_spans(np.array(judged, dtype=np.float32), len(judged) * BLOCK_SAMPLES, 10**6) == []


def test_a_long_recording_is_cut_in_a_pause() -> None:
    """The cut falls on the least voiced block within reach."""
    judged = np.full(100, 0.9, dtype=np.float32)
    judged[45] = 0.1
    first, *_ = speech_spans(judged, 100 * BLOCK_SAMPLES, 60 * BLOCK_SAMPLES)
    assert first.end == 45 * BLOCK_SAMPLES
