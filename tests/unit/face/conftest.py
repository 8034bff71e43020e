"""Speech made of thin air: labelled spans with a tone under the vowels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from npcengine.types import Phoneme, Speech

RATE = 22_050
SpeechMaker = Callable[..., Speech]


def labelled(symbols: Sequence[str], lengths_ms: Sequence[float] | float = 60.0, sample_rate: int = RATE) -> Speech:
    """Speech whose labels are `symbols`, each as long as told, with a steady tone as its sound."""
    lengths = [lengths_ms] * len(symbols) if isinstance(lengths_ms, int | float) else list(lengths_ms)
    phonemes, position = [], 0
    for symbol, length_ms in zip(symbols, lengths, strict=True):
        end = position + round(length_ms * sample_rate / 1000.0)
        phonemes.append(Phoneme(symbol, position, end))
        position = end
    pcm = 0.2 * np.sin(2.0 * np.pi * 150.0 * np.arange(position) / sample_rate)
    return Speech("".join(symbols), pcm.astype(np.float32), sample_rate, tuple(phonemes))


@pytest.fixture
def make_speech() -> SpeechMaker:
    """`labelled`, for tests that need speech of their own."""
    return labelled
