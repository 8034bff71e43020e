"""A voice whose labels run late by a known amount is found out by listening to it."""

from __future__ import annotations

import numpy as np
import pytest

from npcengine.face.calibration import calibrate
from npcengine.face.offsets import DEFAULT_OFFSETS
from npcengine.types import Phoneme, Speech

RATE = 22_050
LATE_MS = {"p": 70.0, "b": 50.0, "m": 30.0}


def babble(stretch: float = 1.0) -> Speech:
    """`əpəbəmə…`: closed for 60 ms out of 180, and labelled late by `LATE_MS`, which grow with `stretch`."""
    generator = np.random.default_rng(7)
    symbols = "pbm" * 6
    period = round(0.18 * stretch * RATE)
    pcm = generator.normal(0.0, 0.1, period * len(symbols) + period).astype(np.float32)
    edges, labels = [0], ["^"]
    for index, symbol in enumerate(symbols):
        closed = period * (index + 1)
        pcm[closed : closed + round(0.06 * stretch * RATE)] *= 0.003
        label = closed + round(LATE_MS[symbol] * stretch * RATE / 1000.0)
        edges += [closed - round(0.07 * stretch * RATE), label]
        labels += ["ə", symbol]
    ends = [*edges[1:], len(pcm)]
    phonemes = [Phoneme(*each) for each in zip(labels, edges, ends, strict=True)]
    return Speech("", pcm, RATE, tuple(phonemes))


def test_lateness_is_found_class_by_class() -> None:
    """p, b and m come out within 6 ms of what they were made with, and what was wrong by 50 ms is right."""
    found = calibrate([babble()])
    assert found.offsets.voiceless_stop == pytest.approx(70.0, abs=6.0)
    assert found.offsets.voiced_stop == pytest.approx(50.0, abs=6.0)
    assert found.offsets.nasal == pytest.approx(30.0, abs=6.0)
    assert found.examples >= 15
    assert found.labels_ms == pytest.approx(50.0, abs=6.0)
    assert found.corrected_ms < 8.0


def test_the_pace_is_taken_out() -> None:
    """The same voice at three paces gives the figures of the one in the middle."""
    found = calibrate([babble(0.8), babble(1.0), babble(1.25)])
    assert found.offsets.voiceless_stop == pytest.approx(70.0, abs=8.0)
    assert found.corrected_ms < 12.0


def test_what_was_not_heard_keeps_its_usual_figure() -> None:
    """Without an example of an affricate or an s theirs stay; without any speech all do but the pace, which is told."""
    found = calibrate([babble()])
    assert found.offsets.affricate == DEFAULT_OFFSETS.affricate
    assert found.offsets.fricative == DEFAULT_OFFSETS.fricative
    nothing = calibrate([])
    assert nothing.examples == 0
    assert nothing.offsets.vowel == DEFAULT_OFFSETS.vowel
