"""Silence around a sentence is cut to what its punctuation asks for."""

from __future__ import annotations

import numpy as np
import pytest

from npcengine.types import Phoneme
from npcengine.voice.trimming import pause_ms, trimmed

_RATE = 1000


def _sound(*, before: int, during: int, after: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.concatenate([np.zeros(before), np.full(during, 0.3), np.zeros(after)]).astype(np.float32)


def test_long_silences_are_cut() -> None:
    """20 ms stay before the sound, 120 ms after the last of a sentence."""
    pcm, _ = trimmed(_sound(before=100, during=500, after=400), (), sample_rate=_RATE, ending="done.")
    assert len(pcm) == 20 + 500 + 120


def test_a_short_tail_is_filled_up() -> None:
    """The pause is there even where the voice left none."""
    pcm, phonemes = trimmed(
        _sound(before=0, during=500, after=10), (Phoneme("a", 0, 510),), sample_rate=_RATE, ending="well,"
    )
    assert len(pcm) == 500 + 90
    assert phonemes == (Phoneme("a", 0, 590),)


def test_spans_cover_what_is_left() -> None:
    """Spans move with the sound; what lay in the cut silence goes."""
    spans = (Phoneme("^", 0, 60), Phoneme("a", 60, 400), Phoneme("b", 400, 620), Phoneme("$", 900, 1000))
    pcm, phonemes = trimmed(_sound(before=100, during=500, after=400), spans, sample_rate=_RATE, ending="")
    assert [(p.symbol, p.start, p.end) for p in phonemes] == [("a", 0, 320), ("b", 320, len(pcm))]


def test_silence_stays_as_it_is() -> None:
    """There is nothing to cut to."""
    pcm, _ = trimmed(np.zeros(50, np.float32), (), sample_rate=_RATE, ending="")
    assert len(pcm) == 50


@pytest.mark.parametrize(
    ("ending", "pause"), [("so...", 240), ("so…”", 240), ("go!", 120), ('go."', 120), ("well,", 90), ("and", 60)]
)
def test_pauses(ending: str, pause: int) -> None:
    """A sentence rests longer than a clause, and an ellipsis longest."""
    assert pause_ms(ending) == pause
