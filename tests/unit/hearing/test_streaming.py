"""Transcribing while the player speaks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.hearing.streaming import SURE, StreamingTranscription, agreed, joined
from npcengine.types import HEARING_RATE, Pcm, Transcript

WORD_S = 0.5


class Dictation:
    """A recogniser for tests: word `n` of the line is half a second of the level n / 100, and silence is no word."""

    def __init__(self, line: str, *, confidence: float = 0.9) -> None:
        self.words = line.split()
        self.confidence = confidence
        self.asked: list[tuple[float, str]] = []

    def transcribe(self, pcm: Pcm, *, opening: str = "") -> Transcript:
        self.asked.append((len(pcm) / HEARING_RATE, opening))
        levels = np.unique(np.round(pcm * 100).astype(int))
        heard = " ".join(self.words[level - 1] for level in levels if level)
        return Transcript(heard, confidence=self.confidence)

    def close(self) -> None:
        pass

    def sound(self, *, pause_each: int = 0, pause_s: float = 0.4) -> Pcm:
        """The whole line, with a pause after each so many words."""
        word = np.ones(round(WORD_S * HEARING_RATE), dtype=np.float32)
        parts = [word * (index + 1) / 100 for index in range(len(self.words))]
        pause = np.zeros(round(pause_s * HEARING_RATE), dtype=np.float32)
        for index in range(pause_each, len(parts), pause_each) if pause_each else ():
            parts[index] = np.concatenate((pause, parts[index]))
        return np.concatenate(parts)


def seconds(pcm: Pcm, length_s: float) -> Pcm:
    """The first seconds of a sound."""
    return pcm[: round(length_s * HEARING_RATE)]


LONG = " ".join(f"word{index}" for index in range(48))


def test_words_two_passes_share_open_the_next() -> None:
    """The third pass is given what the first two agree on, but for its last two words."""
    ears = Dictation("where is the old mill by the river")
    line = ears.sound()
    utterance = StreamingTranscription(ears)
    for length_s in (2.0, 2.5, 3.0):
        utterance.hear(seconds(line, length_s))
    assert [opening for _, opening in ears.asked] == ["", "", "where is"]
    assert utterance.finish(line, voiced_since=True).text == "where is the old mill by the river"


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_only_the_common_start_is_agreed(before: list[str], now: list[str]) -> None:
    """What is agreed begins both texts and leaves at least two words of each open."""
    words = agreed(" ".join(before), " ".join(now)).split()
    assert before[: len(words)] == now[: len(words)] == words
    assert len(words) <= max(0, min(len(before), len(now)) - 2)


def test_a_pass_over_all_the_words_is_the_final_one() -> None:
    """Where no voice followed the last pass, the end costs nothing."""
    ears = Dictation("where is the mill")
    line = ears.sound()
    utterance = StreamingTranscription(ears)
    partial = utterance.hear(line)
    asked = len(ears.asked)
    silence = np.zeros(HEARING_RATE, dtype=np.float32)
    assert utterance.finish(np.concatenate((line, silence)), voiced_since=False) == partial
    assert len(ears.asked) == asked


def test_words_after_the_last_pass_are_heard() -> None:
    """A voice after the last pass, or no pass at all, costs one."""
    ears = Dictation("where is the mill")
    line = ears.sound()
    utterance = StreamingTranscription(ears)
    utterance.hear(seconds(line, 1.0))
    assert utterance.finish(line, voiced_since=True).text == "where is the mill"
    assert StreamingTranscription(ears).finish(line, voiced_since=False).text == "where is the mill"


def test_an_unsure_pass_is_not_the_final_one() -> None:
    """Doubtful words are heard once more, from nothing."""
    ears = Dictation("where is the old mill by the river", confidence=SURE - 0.1)
    line = ears.sound()
    utterance = StreamingTranscription(ears)
    for length_s in (3.0, 3.5, 4.0):
        utterance.hear(seconds(line, length_s))
    assert utterance.finish(line, voiced_since=False).text
    assert ears.asked[-1] == (4.0, "")


def test_sound_before_a_pause_far_back_is_not_heard_again() -> None:
    """Of 26 s the last pass hears only what follows the last pauses, and no word is lost or said twice."""
    ears = Dictation(LONG)
    line = ears.sound(pause_each=10)
    utterance = StreamingTranscription(ears)
    for length_s in np.arange(0.6, 25.0, 0.6):
        utterance.hear(seconds(line, float(length_s)))
    asked = len(ears.asked)
    assert utterance.finish(line, voiced_since=True).text == LONG
    assert max(length_s for length_s, _ in ears.asked[asked:]) < 9.0
    assert max(length_s for length_s, _ in ears.asked) < 10.0


def test_a_cut_goes_through_the_pause() -> None:
    """What is settled ends within the silence between two words."""
    ears = Dictation(LONG)
    line = ears.sound(pause_each=10)
    utterance = StreamingTranscription(ears)
    utterance.hear(seconds(line, 9.0))
    cut_s = ears.asked[-1][0]
    assert 5.0 < cut_s < 5.4
    utterance.hear(seconds(line, 9.6))
    assert ears.asked[-1][0] == pytest.approx(9.6 - cut_s)


def test_a_cut_that_changes_the_words_is_not_made() -> None:
    """Where the piece by itself is heard otherwise, the whole stays open, and the place is tried once only."""

    class Fickle(Dictation):
        def transcribe(self, pcm: Pcm, *, opening: str = "") -> Transcript:
            heard = super().transcribe(pcm, opening=opening)
            return heard if len(pcm) > 6 * HEARING_RATE else Transcript("something else")

    ears = Fickle(LONG)
    line = ears.sound(pause_each=10)
    utterance = StreamingTranscription(ears)
    utterance.hear(seconds(line, 9.0))
    for length_s in (9.6, 10.2):
        assert utterance.hear(seconds(line, length_s)).text.split()[:3] == LONG.split()[:3]
    assert [round(length_s, 1) for length_s, _ in ears.asked if length_s > 6] == [9.0, 9.6, 10.2]
    assert len(ears.asked) == 4


def test_a_recording_that_begins_otherwise_is_another_utterance() -> None:
    """Nothing of the one before is left."""
    ears = Dictation("where is the old mill")
    line = ears.sound()
    utterance = StreamingTranscription(ears)
    for _ in range(3):
        utterance.hear(line)
    assert utterance.hear(line[round(1.0 * HEARING_RATE) :]).text == "the old mill"
    assert ears.asked[-1][1] == ""


def test_silence_alone_is_no_text() -> None:
    """An utterance without words stays without, and its end costs nothing after a pass."""
    ears = Dictation("hello")
    silence = np.zeros(HEARING_RATE, dtype=np.float32)
    utterance = StreamingTranscription(ears)
    assert utterance.hear(silence[:0]).text == utterance.hear(silence).text == ""
    assert utterance.finish(silence, voiced_since=False).text == ""
    assert len(ears.asked) == 2


def test_a_text_is_as_sure_as_its_least_sure_piece() -> None:
    """One doubtful stretch makes the whole doubtful; stretches without words don't count."""
    whole = joined([Transcript("Well,", confidence=0.6), Transcript("", no_speech=0.9), Transcript("hello.")])
    assert whole == Transcript("Well, hello.", confidence=0.6, no_speech=0.0)
