"""What the loudspeakers play, as the microphone's side asks for it."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from numpy.typing import NDArray

from npcengine.audio.echo_reference import EchoReference
from npcengine.types import Pcm

GERTA, ALDO = "Gerta", "Aldo"


def tone(frequency: float, seconds: float, rate: int) -> NDArray[np.int16]:
    """A sine at half of full scale."""
    return (16_384 * np.sin(2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate)).astype(np.int16)


def heard(reference: EchoReference, start_s: float, samples: int) -> Pcm:
    """What is played then, which is not silence."""
    pcm = reference.between(start_s, samples)
    assert pcm is not None
    assert pcm.shape == (samples,)
    assert pcm.dtype == np.float32
    return pcm


@pytest.mark.parametrize(("rate", "error"), [(16_000, 1e-4), (22_050, 0.02), (44_100, 2e-3), (48_000, 2e-3)])
def test_sound_is_where_and_when_it_was_played(rate: int, error: float) -> None:
    """At 16 kHz, block by block and to the fraction of a sample, at any time of the clock and up to 3 kHz."""
    reference = EchoReference()
    began_s = 86_400.123_456
    for frequency in (200.0, 1_000.0, 3_000.0):
        reference.play(GERTA, tone(frequency, 1.0, rate), rate, at_s=began_s)
        blocks = [heard(reference, began_s + 0.1 + 0.032 * index, 512) for index in range(20)]
        reference.cut(GERTA, began_s)
        times_s = 0.1 + np.arange(20 * 512) / 16_000
        expected = 0.5 * np.sin(2 * np.pi * frequency * times_s)
        assert np.abs(np.concatenate(blocks) - expected).max() < error


def test_silence_is_none() -> None:
    """Before the sound, after it, in its own pauses, and for a voice that was turned down."""
    reference = EchoReference()
    assert reference.between(0.0, 512) is None
    pcm = tone(200.0, 1.0, 16_000)
    pcm[8_000:12_000] = 0
    reference.play(GERTA, pcm, 16_000, at_s=1.0)
    assert reference.between(0.9, 1_600) is None
    assert reference.between(1.51, 512) is None
    assert reference.between(2.0, 512) is None
    assert heard(reference, 0.99, 320)[:160].tolist() == [0.0] * 160
    reference.place(GERTA, 0.0, 1.25)
    assert reference.between(1.25, 512) is None


def test_pieces_follow_without_a_gap() -> None:
    """A sound in two pieces is the same as in one."""
    whole, halves = EchoReference(), EchoReference()
    pcm = tone(200.0, 1.0, 22_050)
    whole.play(GERTA, pcm, 22_050, at_s=0.0)
    halves.play(GERTA, pcm[:10_000], 22_050, at_s=0.0)
    halves.play(GERTA, pcm[10_000:], 22_050, at_s=10_000 / 22_050)
    difference = heard(whole, 0.4, 3_200) - heard(halves, 0.4, 3_200)
    assert np.abs(difference).max() < 0.02


def test_one_voice_is_cut_and_the_others_go_on() -> None:
    """Voices add up; cutting one wipes what it had still to play, and what was played stays."""
    reference = EchoReference()
    for voice, frequency in ((GERTA, 200.0), (ALDO, 300.0)):
        reference.play(voice, tone(frequency, 1.0, 16_000), 16_000, at_s=5.0)
    both = heard(reference, 5.0, 8_000)
    reference.cut(GERTA, 5.25)
    after = heard(reference, 5.0, 8_000)
    aldo = tone(300.0, 1.0, 16_000)[:8_000] / np.float32(32_768)
    np.testing.assert_allclose(after[:4_000], both[:4_000])
    np.testing.assert_allclose(after[4_000:], aldo[4_000:], atol=1e-6)


def test_a_voice_that_moves_is_louder_from_then_on() -> None:
    """What was played before keeps the loudness it had."""
    reference = EchoReference()
    reference.play(GERTA, np.full(16_000, 16_384, dtype=np.int16), 16_000, at_s=0.0, gain=0.5)
    reference.place(GERTA, 1.0, 0.5)
    reference.place(ALDO, 0.0, 0.5)
    pcm = heard(reference, 0.0, 16_000)
    np.testing.assert_allclose(pcm[:8_000], 0.25)
    np.testing.assert_allclose(pcm[8_000:], 0.5)


def test_what_was_long_ago_is_forgotten() -> None:
    """Three seconds are kept, so that hours of talk take no memory, nor a voice that fades for long."""
    reference = EchoReference()
    for index in range(100):
        reference.play(GERTA, tone(200.0, 1.0, 16_000), 16_000, at_s=float(index))
        for step in range(60):
            reference.place(GERTA, 1.0 - step / 60, index + step / 60)
    assert heard(reference, 98.0, 512).any()
    assert reference.between(90.0, 512) is None
    assert len(reference._stretches) < 200


def test_reading_while_another_thread_writes() -> None:
    """A reader sees the sound before a change or after it, and never half of it."""
    reference = EchoReference()
    steady = np.full(16_000, 16_384, dtype=np.int16)
    seen: set[float] = set()
    enough = threading.Event()

    def read() -> None:
        while not enough.is_set():
            pcm = reference.between(0.25, 64)
            seen.update([0.0] if pcm is None else np.unique(pcm.round(3)).tolist())

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(2_000):
        reference.play(GERTA, steady, 16_000, at_s=0.0)
        reference.place(GERTA, 0.5, 0.0)
        reference.cut(GERTA, 0.0)
    enough.set()
    reader.join()
    assert seen <= {0.0, 0.25, 0.5}
