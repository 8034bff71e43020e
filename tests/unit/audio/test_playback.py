"""Memory, subtitle and mouth follow the sample that is heard."""

from __future__ import annotations

import timeit

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


def test_a_held_line_stands_still_with_its_mouth_shut(playback: Playback, clock: ManualClock) -> None:
    """Position, subtitle and memory wait; the turn is not over, and pieces that come meanwhile wait as well."""
    playback.add(piece("mind the sparks traveller"))
    clock.advance(0.6)
    playback.hold()
    playback.add(piece("they burn"))
    for _ in range(2):
        clock.advance(10.0)
        playback.feed()
        assert playback.held
        assert playback.position == 600
        assert playback.heard_text() == "mind the"
        assert playback.face_position() is None
        assert not playback.finished
        playback.hold()


def test_a_resumed_line_says_the_cut_word_again(playback: Playback, clock: ManualClock) -> None:
    """From where the word began, and then on into the next piece without a gap; no word counts twice."""
    playback.resume()
    playback.add(piece("mind the sparks traveller"))
    clock.advance(0.6)
    playback.hold()
    playback.add(piece("they burn"))
    clock.advance(10.0)
    playback.resume()
    assert not playback.held
    assert playback.position == 500
    at = playback.face_position()
    assert at is not None
    assert at[1] == 500
    clock.advance(0.3)
    assert playback.heard_text() == "mind the sparks"
    clock.advance(0.21 + 0.5)
    assert playback.heard_text() == "mind the sparks traveller they"
    clock.advance(0.5)
    assert playback.finished


def test_a_long_word_is_not_said_again_from_its_start(playback: Playback, clock: ManualClock) -> None:
    """Four tenths of a second are enough to find back into it."""
    playback.add(piece("abracadabra"))
    clock.advance(0.9)
    playback.hold()
    playback.resume()
    assert playback.position == 500


def test_a_pause_between_words_and_pieces_is_not_heard_twice(playback: Playback, clock: ManualClock) -> None:
    """Held behind the last word of a piece, the line goes on where it was."""
    quiet_end = Piece("mind", np.ones(1000, dtype=np.int16), (SpokenWord("mind", 300),), silence(RATE))
    playback.add(quiet_end)
    playback.add(piece("the sparks"))
    for held_at in (800, 1000):
        clock.advance((held_at + 0.5 - playback.position) / RATE)
        playback.hold()
        playback.resume()
        assert playback.position == held_at


def test_what_is_stopped_while_held_stays_stopped(playback: Playback, clock: ManualClock) -> None:
    """The interruption was meant: nothing comes back."""
    playback.add(piece("mind the sparks traveller"))
    clock.advance(0.6)
    playback.hold()
    playback.stop()
    playback.resume()
    playback.hold()
    clock.advance(1.0)
    assert not playback.held
    assert playback.finished
    assert playback.heard_text() == "mind the"


def test_a_line_silenced_while_held_ends_when_it_goes_on() -> None:
    """The game stopped the mixer at that very moment: what was heard is kept, and nothing more comes."""
    line = SilencedLine(at=600)
    playback = Playback(line)
    playback.add(piece("mind the sparks traveller"))
    playback.feed()
    line.silenced = True
    playback.hold()
    playback.resume()
    assert playback.silenced
    assert playback.finished
    assert playback.heard_text() == "mind the"


class TapedLine:
    """Keeps what it was given since it was last stopped."""

    def __init__(self) -> None:
        self.given: list[Piece] = []
        self.position = 0

    def accept(self, piece: Piece) -> bool:
        """Has room for all."""
        self.given.append(piece)
        return True

    def heard(self) -> int:
        """As the test says."""
        return self.position

    def stop(self) -> None:
        """Starts anew."""
        self.given.clear()

    def place(self, pan: float, volume: float) -> None:
        """Nobody can tell."""


def test_speech_that_goes_on_does_not_click() -> None:
    """It swells over 5 ms from nothing, and from there on it is the speech as it was."""
    rate = 22_050
    line = TapedLine()
    playback = Playback(line)
    loud = np.full(rate, 10_000, dtype=np.int16)
    playback.add(Piece("mind", loud, (SpokenWord("mind", rate),), silence(rate)))
    line.position = rate - 50
    playback.hold()
    playback.resume()
    (rest,) = line.given
    assert len(rest.pcm) == round(0.4 * rate) + 50
    assert rest.pcm[0] == 0
    assert np.diff(rest.pcm).min() >= 0
    assert np.diff(rest.pcm).max() < 150
    assert (rest.pcm[110:] == 10_000).all()
    assert (loud == 10_000).all()


def test_a_frame_late_in_a_long_turn_costs_as_much_as_an_early_one() -> None:
    """What a frame asks of a playback takes the same time after five hundred pieces as after five."""

    def frame_s(pieces: int) -> float:
        clock = ManualClock()
        playback = Playback(SilentSpeaker(clock, rate=RATE).line())
        for _ in range(pieces):
            playback.add(piece("mind the sparks traveller"))
        clock.advance(pieces - 0.1)

        def frame() -> None:
            playback.feed()
            playback.heard_text()
            playback.face_position()
            assert playback.text
            assert not playback.finished

        frame()
        return min(timeit.repeat(frame, number=50, repeat=40))

    ratio = frame_s(500) / frame_s(5)
    print(f"a late frame takes {ratio:.2f} times as long as an early one")
    assert ratio < 2.0
