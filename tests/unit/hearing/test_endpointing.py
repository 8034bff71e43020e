"""Endpointing: when speech starts and ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.errors import ConfigError
from npcengine.hearing.endpointing import Endpointing, EndpointingOptions, SpeechEnded, SpeechEvent, SpeechStarted
from npcengine.hearing.voice_activity import BLOCK_MS, BLOCK_SAMPLES

VOICE, HESITATION, SILENCE = 0.9, 0.4, 0.1


def events_of(probabilities: list[float], options: EndpointingOptions | None = None) -> list[SpeechEvent]:
    """What a fresh state machine makes of a stream."""
    endpointing = Endpointing(options)
    return [event for event in map(endpointing.hear, probabilities) if event]


@given(st.lists(st.floats(0.0, 1.0), max_size=300), st.floats(1.0, 400.0), st.floats(1.0, 1500.0))
def test_events_alternate_and_time_runs_forward(probabilities: list[float], start_ms: float, silence_ms: float) -> None:
    """Started and ended alternate from started on; no span is negative and none overlaps the one before."""
    events = events_of(probabilities, EndpointingOptions(start_ms=start_ms, silence_ms=silence_ms))
    kinds = [type(event) for event in events]
    assert kinds == ([SpeechStarted, SpeechEnded] * len(kinds))[: len(kinds)]
    positions = [event.at_sample for event in events]
    assert positions == sorted(positions)
    assert all(0 <= position <= len(probabilities) * BLOCK_SAMPLES for position in positions)
    assert all(end > start for start, end in zip(positions[::2], positions[1::2], strict=False))


@given(st.lists(st.floats(0.0, 1.0), max_size=200), st.lists(st.floats(0.0, 1.0), max_size=200))
def test_reset_forgets_everything(before: list[float], after: list[float]) -> None:
    """After a reset the same stream gives the same events as at first."""
    endpointing = Endpointing()
    for probability in before:
        endpointing.hear(probability)
    endpointing.reset()
    assert [event for event in map(endpointing.hear, after) if event] == events_of(after)


def test_speech_is_marked_from_its_first_to_its_last_block() -> None:
    """Positions point at the voice itself, not at the moment it was decided upon."""
    events = events_of([SILENCE] * 5 + [VOICE] * 10 + [SILENCE] * 30)
    assert events == [SpeechStarted(5 * BLOCK_SAMPLES), SpeechEnded(15 * BLOCK_SAMPLES)]


def test_a_click_is_no_speech() -> None:
    """One voiced block of 32 ms does not start speech."""
    assert events_of([SILENCE, VOICE, SILENCE] * 20) == []


def test_a_pause_within_a_sentence_does_not_end_it() -> None:
    """Silence shorter than silence_ms is part of the utterance."""
    pause = [SILENCE] * int(650 / BLOCK_MS)
    assert len(events_of([VOICE] * 10 + pause + [VOICE] * 10 + pause)) == 1


def test_between_the_thresholds_nothing_changes() -> None:
    """A hesitating detector neither starts nor ends speech."""
    assert events_of([HESITATION] * 100) == []
    assert events_of([VOICE] * 3 + [HESITATION] * 100) == [SpeechStarted(0)]


def test_quiet_time_counts_up_within_speech_only() -> None:
    """`quiet_ms` is the running silence of an utterance and 0 outside one."""
    endpointing = Endpointing()
    for probability in [SILENCE] * 4 + [VOICE] * 4:
        endpointing.hear(probability)
    assert endpointing.speaking
    assert endpointing.quiet_ms == 0.0
    for _ in range(5):
        endpointing.hear(SILENCE)
    assert endpointing.quiet_ms == pytest.approx(5 * BLOCK_MS)
    for _ in range(30):
        endpointing.hear(SILENCE)
    assert not endpointing.speaking
    assert endpointing.quiet_ms == 0.0


@pytest.mark.parametrize("wrong", [{"on": 0.3}, {"off": 0.0}, {"on": 1.5}, {"silence_ms": 0.0}, {"start_ms": -1.0}])
def test_options_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    """Thresholds in the wrong order and empty durations are configuration errors."""
    with pytest.raises(ConfigError, match="endpointing"):
        EndpointingOptions(**wrong)
