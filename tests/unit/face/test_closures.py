"""Lips shut where the sound dips, wherever the labels put them; where nothing dips they stay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.face import phones
from npcengine.face.closures import closure_level_db, find_dip, snap_closures
from npcengine.face.timing import Sound
from npcengine.types import Pcm


def voiced(closed_ms: Sequence[tuple[float, float]], length_ms: float, sample_rate: int) -> Pcm:
    """A buzz with overtones that loses all above its lowest while it is closed."""
    times_ms = np.arange(round(length_ms * sample_rate / 1000.0)) * 1000.0 / sample_rate
    buzz = sum(np.sin(2.0 * np.pi * 120.0 * order * times_ms / 1000.0) / order for order in range(2, 30))
    is_open = np.ones_like(times_ms)
    for start_ms, end_ms in closed_ms:
        is_open[(times_ms >= start_ms) & (times_ms < end_ms)] = 0.0
    hum = np.sin(2.0 * np.pi * 120.0 * times_ms / 1000.0)
    return (0.1 * (hum + buzz * is_open)).astype(np.float32)


def sounds_at(edges_ms: Sequence[float], symbols: str, sample_rate: int) -> list[Sound]:
    """One sound of each symbol between two edges."""
    edges = [round(edge * sample_rate / 1000.0) for edge in edges_ms]
    return [Sound(symbol, start, end, start) for symbol, start, end in zip(symbols, edges[:-1], edges[1:], strict=True)]


@pytest.mark.parametrize("sample_rate", [16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("moved_ms", [-35.0, 0.0, 35.0])
def test_a_closure_moves_to_the_dip_of_the_sound(sample_rate: int, moved_ms: float) -> None:
    """A sound closed from 200 to 270 ms: a b put up to 35 ms beside it comes to lie within 8 ms of it, at any rate."""
    pcm = voiced([(200.0, 270.0)], 500.0, sample_rate)
    thought = sounds_at([0.0, 205.0 + moved_ms, 265.0 + moved_ms, 500.0], "əbə", sample_rate)
    before, closure, after = snap_closures(thought, pcm, sample_rate)
    per_ms = sample_rate / 1000.0
    assert closure.start / per_ms == pytest.approx(200.0, abs=8.0)
    assert closure.end / per_ms == pytest.approx(270.0, abs=8.0)
    assert (before.end, after.start) == (closure.start, closure.end)


def test_each_of_two_closures_keeps_its_own_dip() -> None:
    """In `baba` both are found, in order."""
    pcm = voiced([(150.0, 210.0), (330.0, 390.0)], 550.0, 22_050)
    found = snap_closures(sounds_at([0, 170, 230, 310, 370, 550], "əbəbə", 22_050), pcm, 22_050)
    starts_ms = [sound.start / 22.05 for sound in found if sound.symbol == "b"]
    assert starts_ms == [pytest.approx(150.0, abs=8.0), pytest.approx(330.0, abs=8.0)]


def test_without_a_dip_the_labels_are_believed() -> None:
    """A steady buzz, digital silence and sounds other than p, b, m change nothing."""
    thought = tuple(sounds_at([0.0, 200.0, 260.0, 500.0], "əbə", 22_050))
    assert snap_closures(thought, voiced([], 500.0, 22_050), 22_050) == thought
    assert snap_closures(thought, np.zeros(11_025, np.float32), 22_050) == thought
    tongue = tuple(sounds_at([0.0, 215.0, 290.0, 500.0], "ədə", 22_050))
    assert snap_closures(tongue, voiced([(200.0, 270.0)], 500.0, 22_050), 22_050) == tongue


def test_a_dip_too_far_away_is_another_sounds() -> None:
    """A closure 150 ms from where the b is thought to be leaves it there."""
    pcm = voiced([(350.0, 400.0)], 600.0, 22_050)
    thought = tuple(sounds_at([0.0, 150.0, 200.0, 600.0], "əbə", 22_050))
    assert snap_closures(thought, pcm, 22_050) == thought


def test_a_dip_is_measured_from_its_lower_brim() -> None:
    """A fall of 30 dB on one side and 10 on the other is 10 deep; one of 3 dB is none."""
    level = np.concatenate([np.full(40, 30.0), np.full(30, 0.0), np.full(40, 10.0)]).astype(np.float32)
    dip = find_dip(level, 0, len(level))
    assert dip is not None
    assert (dip.start, dip.end, dip.depth_db) == (40, 70, 10.0)
    assert find_dip(np.where(level == 0.0, 7.0, 10.0).astype(np.float32), 0, len(level)) is None


@given(
    lengths=st.lists(st.tuples(st.sampled_from("pbmtsəɑ_"), st.integers(1, 4000)), min_size=1, max_size=20),
    seed=st.integers(0, 1000),
)
def test_sounds_cover_the_speech_as_before(lengths: list[tuple[str, int]], seed: int) -> None:
    """Whatever the sound, the same symbols cover it from 0 to the end in order, and none is empty."""
    edges = np.cumsum([0, *(length for _, length in lengths)]).tolist()
    thought = [Sound(lengths[i][0], edges[i], edges[i + 1], edges[i]) for i in range(len(lengths))]
    generator = np.random.default_rng(seed)
    gain = np.repeat(generator.uniform(0.0, 1.0, edges[-1] // 500 + 1), 500)[: edges[-1]]
    pcm = (gain * generator.normal(0.0, 0.2, edges[-1])).astype(np.float32)
    found = snap_closures(thought, pcm, 22_050)
    assert [sound.symbol for sound in found] == [sound.symbol for sound in thought]
    assert [sound.start for sound in found] == [0, *(sound.end for sound in found[:-1])]
    assert found[-1].end == edges[-1]
    assert all(sound.end > sound.start for sound in found)


def test_a_level_is_told_for_every_millisecond() -> None:
    """A second of sound has a thousand values and one for the end; no sound at all has one."""
    assert len(closure_level_db(voiced([], 1000.0, 22_050), 22_050)) == 1001
    assert len(closure_level_db(np.zeros(0, np.float32), 22_050)) == 1
    assert frozenset("pbm") == phones.BILABIALS
