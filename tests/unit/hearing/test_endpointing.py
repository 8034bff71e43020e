"""Endpointing: when speech starts and ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.errors import ConfigError
from npcengine.hearing.endpointing import Endpointing, EndpointingOptions, Paused, SpeechEvent, SpeechStarted
from npcengine.hearing.voice_activity import BLOCK_MS, BLOCK_SAMPLES

VOICE, HESITATION, SILENCE = 0.9, 0.4, 0.1


def events_of(probabilities: list[float], options: EndpointingOptions | None = None) -> list[SpeechEvent]:
    """What a fresh state machine makes of a stream."""
    endpointing = Endpointing(options)
    return [event for event in map(endpointing.hear, probabilities) if event]


@given(st.lists(st.floats(0.0, 1.0), max_size=300), st.floats(1.0, 400.0), st.floats(1.0, 1500.0))
def test_speech_starts_once_and_time_runs_forward(probabilities: list[float], start_ms: float, pause_ms: float) -> None:
    """Until somebody says that speech is over it starts once; each pause lies after the voice before it."""
    events = events_of(probabilities, EndpointingOptions(start_ms=start_ms, pause_ms=pause_ms))
    assert [type(event) for event in events] == ([SpeechStarted] + [Paused] * len(events))[: len(events)]
    positions = [event.at_sample for event in events]
    assert positions == sorted(positions)
    told = [(event.at_sample, event) for event in events]
    assert len(told) == len(set(told))
    assert all(0 <= position <= len(probabilities) * BLOCK_SAMPLES for position in positions)


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
    end = 15 * BLOCK_SAMPLES
    assert events == [SpeechStarted(5 * BLOCK_SAMPLES), Paused(end, brief=True), Paused(end)]


def test_a_click_is_no_speech() -> None:
    """One voiced block of 32 ms does not start speech."""
    assert events_of([SILENCE, VOICE, SILENCE] * 20) == []


def test_every_pause_is_told_a_moment_into_it() -> None:
    """As a brief one after 32 ms of quiet, as one after 64, and not again until the voice came back."""
    quiet = [SILENCE] * 2
    start, first, second = SpeechStarted(0), 4 * BLOCK_SAMPLES, 7 * BLOCK_SAMPLES
    told = [start, Paused(first, brief=True), Paused(first)]
    assert events_of([VOICE] * 4 + quiet[:1] + [VOICE]) == told[:2]
    assert events_of([VOICE] * 4 + quiet + [SILENCE] * 50) == told
    twice = events_of([VOICE] * 4 + quiet + [VOICE] + quiet)
    assert twice == [*told, Paused(second, brief=True), Paused(second)]


def test_a_pause_as_short_as_a_brief_one_is_told_once() -> None:
    """There is nothing to wait for then."""
    events = events_of([VOICE] * 4 + [SILENCE] * 9, EndpointingOptions(pause_ms=32.0))
    assert events == [SpeechStarted(0), Paused(4 * BLOCK_SAMPLES)]


def test_voice_is_counted_and_placed() -> None:
    """`voiced_ms` counts voice only, `voiced_until` is the end of the last of it, and a click alone is neither."""
    endpointing = Endpointing()
    for probability in [VOICE, SILENCE, VOICE, VOICE, VOICE, SILENCE, SILENCE, VOICE, SILENCE]:
        endpointing.hear(probability)
    assert endpointing.voiced_ms == 4 * BLOCK_MS
    assert endpointing.voiced_until == 8 * BLOCK_SAMPLES
    assert endpointing.quiet_from == 8 * BLOCK_SAMPLES
    endpointing.finish()
    endpointing.hear(VOICE)
    assert endpointing.voiced_ms == 0.0
    assert endpointing.voiced_until == 8 * BLOCK_SAMPLES


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
    endpointing.finish()
    endpointing.hear(SILENCE)
    assert not endpointing.speaking
    assert endpointing.quiet_ms == 0.0


@pytest.mark.parametrize("wrong", [{"on": 0.3}, {"off": 0.0}, {"on": 1.5}, {"pause_ms": 0.0}, {"start_ms": -1.0}])
def test_options_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    """Thresholds in the wrong order and empty durations are configuration errors."""
    with pytest.raises(ConfigError, match="endpointing"):
        EndpointingOptions(**wrong)
