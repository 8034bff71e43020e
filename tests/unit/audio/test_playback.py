"""Memory, subtitle and mouth follow the sample that is heard."""

from __future__ import annotations

import numpy as np
import pytest

from npcengine.audio.playback import Piece, Playback
from npcengine.audio.speaker import SilentSpeaker
from npcengine.audio.timeline import Timeline
from npcengine.face.animator import silence
from npcengine.testing import ManualClock
from npcengine.types import SpokenWord

RATE = 1000


def piece(text: str, samples: int = 1000) -> Piece:
    """A piece whose words end evenly spaced."""
    words = text.split()
    ends = [SpokenWord(word, (index + 1) * samples // len(words)) for index, word in enumerate(words)]
    return Piece(text, np.ones(samples, dtype=np.int16), tuple(ends), silence(RATE))


@pytest.fixture
def clock() -> ManualClock:
    """Time stands still at first."""
    return ManualClock()


@pytest.fixture
def playback(clock: ManualClock) -> Playback:
    """A turn that plays to nobody, in time."""
    return Playback(SilentSpeaker(clock, rate=RATE).line())


def test_words_count_as_heard_at_their_last_sample(playback: Playback, clock: ManualClock) -> None:
    """A word cut in its middle was not heard."""
    playback.add(piece("mind the sparks traveller"))
    clock.advance(0.499)
    assert playback.heard_text() == "mind"
    clock.advance(0.002)
    assert playback.heard_text() == "mind the"


def test_pieces_follow_without_a_gap(playback: Playback, clock: ManualClock) -> None:
    """Two pieces queued together are heard in twice the time."""
    playback.add(piece("one two"))
    playback.add(piece("three four"))
    clock.advance(1.6)
    assert playback.position == 1600
    assert playback.heard_text() == "one two three"
    clock.advance(0.5)
    assert playback.finished
    assert playback.heard_text() == "one two three four"


def test_a_late_piece_starts_when_it_comes(playback: Playback, clock: ManualClock) -> None:
    """While nothing plays, the position stands still and the mouth is at rest."""
    playback.add(piece("one two"))
    clock.advance(5.0)
    assert playback.face_position() is None
    playback.add(piece("three four"))
    assert playback.position == 1000
    clock.advance(0.25)
    assert playback.position == 1250
    at = playback.face_position()
    assert at is not None
    assert at[1] == 250


def test_stopping_keeps_what_was_heard_and_rests_the_mouth(playback: Playback, clock: ManualClock) -> None:
    """After an interruption nothing moves and nothing further is heard."""
    playback.add(piece("mind the sparks traveller"))
    clock.advance(0.6)
    playback.stop()
    clock.advance(10.0)
    playback.add(piece("stale words"))
    assert playback.heard_text() == "mind the"
    assert playback.face_position() is None
    assert playback.finished


def test_latency_delays_what_is_heard() -> None:
    """A sample is heard once it has come through the device's buffers."""
    timeline = Timeline(RATE, latency_s=0.03)
    timeline.add(100, 0.0)
    assert timeline.position(0.02) == 0
    assert timeline.position(0.08) == 50
    assert timeline.position(1.0) == 100


def test_the_position_never_goes_back() -> None:
    """Cutting and starting anew only ever adds."""
    timeline = Timeline(RATE, latency_s=0.03)
    timeline.add(1000, 0.0)
    timeline.cut(0.5)
    assert timeline.position(0.6) == 470
    timeline.add(100, 0.7)
    assert timeline.position(0.7) == 470
    assert timeline.position(2.0) == 570


class SilencedLine:
    """Somebody else silences it when told to."""

    def __init__(self, at: int) -> None:
        self.silenced = False
        self._at = at

    def accept(self, piece: Piece) -> bool:
        """Has room for all."""
        return bool(piece.text)

    def heard(self) -> int | None:
        """A fixed position, until it is silenced."""
        return None if self.silenced else self._at

    def stop(self) -> None:
        """Nothing sounds."""

    def place(self, pan: float, volume: float) -> None:
        """Nobody can tell."""


def test_a_silenced_line_ends_the_playback_with_what_was_heard() -> None:
    """The rest of it never comes: it is neither waited for nor remembered."""
    line = SilencedLine(at=600)
    playback = Playback(line)
    playback.add(piece("mind the sparks traveller"))
    assert playback.position == 600
    line.silenced = True
    assert playback.position == 600
    playback.feed()
    playback.add(piece("stale words"))
    assert playback.silenced
    assert playback.finished
    assert playback.heard_text() == "mind the"
    assert playback.face_position() is None


def test_elapsed_time_starts_anew_after_a_pause() -> None:
    """What a device may have gained on the clock counts from the start of a stretch."""
    timeline = Timeline(RATE)
    timeline.add(1000, 2.0)
    timeline.add(1000, 2.5)
    assert timeline.elapsed_s(3.0) == 1.0
    timeline.add(1000, 10.0)
    assert timeline.elapsed_s(10.25) == 0.25
