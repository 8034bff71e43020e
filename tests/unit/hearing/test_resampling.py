"""From a device's rate to 16 kHz."""

from __future__ import annotations

import numpy as np
import pytest

from npcengine.hearing.resampling import HearingResampler
from npcengine.types import Pcm

pytest.importorskip("soxr", reason="soxr is not installed")


def tone(seconds: float, sample_rate: int) -> Pcm:
    """440 Hz at full scale."""
    return np.sin(2 * np.pi * 440 * np.arange(round(seconds * sample_rate)) / sample_rate).astype(np.float32)


@pytest.mark.parametrize("sample_rate", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_a_stream_in_blocks_keeps_its_length_and_its_tone(sample_rate: int) -> None:
    """Odd blocks of any rate join into the same tone at 16 kHz without a seam."""
    resampler = HearingResampler()
    blocks = np.array_split(tone(1.0, sample_rate), 33)
    converted = np.concatenate([*(resampler.convert(block, sample_rate) for block in blocks), resampler.finish()])
    expected = tone(1.0, 16_000)
    assert len(converted) == pytest.approx(len(expected), abs=2)
    middle = slice(800, 15_200)
    np.testing.assert_allclose(converted[middle], expected[middle], atol=5e-3)


def test_sound_at_16_khz_passes_untouched() -> None:
    """No conversion, no delay."""
    block = tone(0.032, 16_000)
    resampler = HearingResampler()
    assert resampler.convert(block, 16_000) is block
    assert len(resampler.finish()) == 0


def test_another_rate_starts_another_stream() -> None:
    """A device that comes back at another rate is converted from that one."""
    resampler = HearingResampler()
    resampler.convert(tone(0.5, 48_000), 48_000)
    converted = np.concatenate((resampler.convert(tone(1.0, 44_100), 44_100), resampler.finish()))
    assert len(converted) == pytest.approx(16_000, abs=2)
