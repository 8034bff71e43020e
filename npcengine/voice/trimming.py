"""Cuts the silence a voice leaves around a sentence down to the pause its punctuation asks for; values only."""

from __future__ import annotations

import re

import numpy as np

from npcengine.types import Pcm, Phoneme

_SILENCE = 10 ** (-46 / 20)
"""A window quieter than this (root mean square, full scale 1) is silence."""
_WINDOW_MS = 5
_LEAD_MS = 20
_PAUSES_MS = (
    (re.compile(r"(…|\.\.\.)\W*$"), 240),
    (re.compile(r"[.!?]\W*$"), 120),
    (re.compile(r"[,;:—–-]\W*$"), 90),
)
_NO_PAUSE_MS = 60


def pause_ms(ending: str) -> int:
    """How long a voice pauses after a text that ends like this (milliseconds)."""
    return next((pause for pattern, pause in _PAUSES_MS if pattern.search(ending)), _NO_PAUSE_MS)


def trimmed(
    pcm: Pcm, phonemes: tuple[Phoneme, ...], *, sample_rate: int, ending: str
) -> tuple[Pcm, tuple[Phoneme, ...]]:
    """Keep 20 ms before the first sound and, after the last, the pause that `ending` asks for.

    Args:
        pcm: Shape (samples,).
        phonemes: Cover `pcm`; may be empty.
        sample_rate: Of `pcm` (Hz).
        ending: The text, or its end.

    Returns:
        The sound, and spans that cover it again; phonemes that lay wholly in what was cut are gone.
    """
    window = max(sample_rate * _WINDOW_MS // 1000, 1)
    loud = np.flatnonzero(_loudness(pcm, window) > _SILENCE)
    if not len(loud):
        return pcm, phonemes
    start = max(int(loud[0]) * window - sample_rate * _LEAD_MS // 1000, 0)
    end = (int(loud[-1]) + 1) * window + sample_rate * pause_ms(ending) // 1000
    kept = pcm[start:end]
    kept = np.pad(kept, (0, end - start - len(kept)))
    return kept, _moved(phonemes, -start, len(kept))


def _loudness(pcm: Pcm, window: int) -> Pcm:
    whole = np.pad(pcm, (0, -len(pcm) % window)).reshape(-1, window)
    return np.asarray(np.sqrt(np.mean(whole**2, axis=1)), np.float32)


def _moved(phonemes: tuple[Phoneme, ...], by: int, length: int) -> tuple[Phoneme, ...]:
    """Spans moved and cut to 0 … `length`; the last is stretched over an added pause."""
    moved = [Phoneme(phoneme.symbol, max(phoneme.start + by, 0), min(phoneme.end + by, length)) for phoneme in phonemes]
    moved = [phoneme for phoneme in moved if phoneme.end > phoneme.start]
    if moved and moved[-1].end < length:
        moved[-1] = Phoneme(moved[-1].symbol, moved[-1].start, length)
    return tuple(moved)
