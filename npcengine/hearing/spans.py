"""Which stretches of a recording are worth transcribing, from voice probabilities per block; no model, no I/O."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from npcengine.hearing.voice_activity import BLOCK_MS, BLOCK_SAMPLES

_VOICED = 0.5
"""Silero's own threshold for speech."""

_MIN_VOICED_MS = 64.0
"""Shorter bursts are clicks and bumps; the shortest word ("a") lasts longer with its onset and decay."""

_MARGIN_MS = 320.0
"""Kept around speech: quiet consonants at its edges are judged unvoiced, and Whisper likes a little room."""


class Span(NamedTuple):
    """Samples `start` ≤ i < `end`."""

    start: int
    end: int


def speech_spans(probabilities: NDArray[np.float32], samples: int, max_samples: int) -> list[Span]:
    """The recording from its first to its last word, in as few pieces as the limit allows.

    Args:
        probabilities: Of speech, one per block, shape (ceil(samples / BLOCK_SAMPLES),).
        samples: Length of the recording.
        max_samples: Longest piece.

    Returns:
        Pieces in order, none longer than `max_samples`, each cut from the next in the quietest block available;
        none at all when nobody spoke.
    """
    voiced = probabilities >= _VOICED
    if voiced.sum() * BLOCK_MS < _MIN_VOICED_MS:
        return []
    margin = round(_MARGIN_MS / BLOCK_MS)
    first, last = np.flatnonzero(voiced)[[0, -1]]
    start = max(0, int(first) - margin)
    end = min(len(voiced), int(last) + 1 + margin)
    blocks = _cut(probabilities, start, end, max_samples // BLOCK_SAMPLES)
    return [Span(a * BLOCK_SAMPLES, min(b * BLOCK_SAMPLES, samples)) for a, b in blocks]


def _cut(probabilities: NDArray[np.float32], start: int, end: int, max_blocks: int) -> list[tuple[int, int]]:
    """Pieces of at most `max_blocks`, cut at the least voiced block of the last third that fits."""
    pieces = []
    while end - start > max_blocks:
        earliest = start + max(1, max_blocks * 2 // 3)
        latest = start + max_blocks
        cut = earliest + int(np.argmin(probabilities[earliest:latest]))
        pieces.append((start, cut))
        start = cut
    pieces.append((start, end))
    return pieces
