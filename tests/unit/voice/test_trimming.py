"""Silence around a sentence is cut to what its punctuation asks for."""

from __future__ import annotations

import numpy as np
import pytest

from npcengine.types import Phoneme, Speech
from npcengine.voice.trimming import LEAD_MS, pause_ms, trimmed

_RATE = 1000


def _speech(*spans: Phoneme, before: int, during: int, after: int) -> Speech:
    pcm = np.concatenate([np.zeros(before), np.full(during, 0.3), np.zeros(after)]).astype(np.float32)
    return Speech("", pcm, _RATE, spans)


def test_long_silences_are_cut() -> None:
    """20 ms stay before the sound; what stays after it and the next one's 20 ms are the pause."""
    cut = trimmed(_speech(before=100, during=500, after=900), ending="done.")
    assert len(cut.pcm) == 20 + 500 + 260 - 20


def test_a_short_tail_is_filled_up() -> None:
    """The pause is there even where the voice left none."""
    cut = trimmed(_speech(Phoneme("a", 0, 510), before=0, during=500, after=10), ending="well,")
    assert len(cut.pcm) == 500 + 200 - 20
    assert cut.phonemes == (Phoneme("a", 0, 680),)


def test_a_pause_follows_the_speed_and_what_becomes_of_the_samples() -> None:
    """Twice as fast, half the pause; samples that are played faster in the end are kept as many more."""
    speech = _speech(before=100, during=500, after=900)
    assert len(trimmed(speech, ending="done.", speed=2.0).pcm) == 20 + 500 + 130 - 20
    assert len(trimmed(speech, ending="done.", hastened_by=1.5).pcm) == 30 + 500 + 390 - 30


def test_spans_cover_what_is_left() -> None:
    """Spans move with the sound; what lay in the cut silence goes."""
    spans = (Phoneme("^", 0, 60), Phoneme("a", 60, 400), Phoneme("b", 400, 620), Phoneme("$", 900, 1000))
    cut = trimmed(_speech(*spans, before=100, during=500, after=400), ending="")
    assert [(p.symbol, p.start, p.end) for p in cut.phonemes] == [("a", 0, 320), ("b", 320, len(cut.pcm))]


def test_silence_stays_as_it_is() -> None:
    """There is nothing to cut to."""
    cut = trimmed(Speech("", np.zeros(50, np.float32), _RATE), ending="")
    assert len(cut.pcm) == 50


@pytest.mark.parametrize(
    ("ending", "pause"), [("so...", 400), ("so…”", 400), ("go!", 260), ('go."', 260), ("well,", 200), ("and", 40)]
)
def test_pauses(ending: str, pause: int) -> None:
    """A sentence rests longer than a clause, and an ellipsis longest; even the shortest holds the next one's lead."""
    assert pause_ms(ending) == pause
    assert pause >= LEAD_MS
