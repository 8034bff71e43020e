"""Loudness as the recommendation has it."""

from __future__ import annotations

import numpy as np
import pytest

from npcengine.types import Pcm
from npcengine.voice.level import TARGET_LUFS, levelling_gain, loudness_lufs


def _sine(hertz: float, rate: int, *, seconds: float = 2.0, peak: float = 1.0) -> Pcm:
    return (peak * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)).astype(np.float32)


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
def test_a_full_scale_sine_is_at_minus_three(rate: int) -> None:
    """BS.1770's own check: 997 Hz at full scale in one channel reads −3.01 LKFS, at any rate."""
    assert loudness_lufs(_sine(997, rate), rate) == pytest.approx(-3.01, abs=0.05)


@pytest.mark.parametrize(("hertz", "gain_db"), [(40.0, -6.3), (100.0, -1.8), (500.0, -0.7), (4000.0, 3.3)])
def test_the_ear_hears_high_sounds_better(hertz: float, gain_db: float) -> None:
    """Against 997 Hz, rumble counts less and hiss more, by what the formulas of the two filters give."""
    difference = loudness_lufs(_sine(hertz, 48_000), 48_000) - loudness_lufs(_sine(997, 48_000), 48_000)
    assert difference == pytest.approx(gain_db, abs=0.1)


def test_pauses_do_not_count() -> None:
    """A word followed by two seconds of silence is as loud as the word."""
    word = _sine(400, 22_050, seconds=1.0, peak=0.2)
    paused = np.pad(word, (0, 44_100))
    assert loudness_lufs(paused, 22_050) == pytest.approx(loudness_lufs(word, 22_050), abs=0.8)


@pytest.mark.parametrize("seconds", [0.15, 0.3, 1.0, 4.0])
@pytest.mark.parametrize("peak", [0.05, 0.2, 0.35])
def test_the_gain_brings_any_length_to_the_target(seconds: float, peak: float) -> None:
    """A short "no" and a long sentence."""
    sound = _sine(400, 22_050, seconds=seconds, peak=peak)
    louder = sound * np.float32(levelling_gain(sound, 22_050))
    assert loudness_lufs(louder, 22_050) == pytest.approx(TARGET_LUFS, abs=0.1)


@pytest.mark.parametrize("sound", [np.zeros(0), np.zeros(30_000), np.full(100, 0.5)])
def test_silence_is_not_lifted(sound: Pcm) -> None:
    """Neither silence nor less than a tenth of a second has a loudness."""
    assert levelling_gain(sound.astype(np.float32), 22_050) == 1.0
    assert levelling_gain(np.full(30_000, 1e-5, np.float32), 22_050) <= 10 ** (12 / 20)
