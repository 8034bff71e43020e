"""Cutting a microphone stream into utterances."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcengine.hearing.endpointing import Paused, SpeechStarted
from npcengine.hearing.listener import Listener, ListenerEvent, ListenerMode, Utterance
from npcengine.hearing.turn_end import EndOfTurn
from npcengine.hearing.voice_activity import BLOCK_SAMPLES
from npcengine.types import HEARING_RATE, Pcm


class LoudIsSpeech:
    """A voice detector for tests: a block is speech when it is loud."""

    def __init__(self) -> None:
        self.heard_blocks = 0

    def probability(self, block: Pcm) -> float:
        """0.9 for a loud block."""
        assert block.shape == (BLOCK_SAMPLES,)
        self.heard_blocks += 1
        return 0.9 if np.abs(block).max() > 0.1 else 0.05

    def reset(self) -> None:
        """Does nothing: there is nothing to forget."""


def speech(seconds: float, level: float = 0.5) -> Pcm:
    """What the detector takes for a voice."""
    return np.full(round(seconds * HEARING_RATE), level, dtype=np.float32)


def silence(seconds: float) -> Pcm:
    """Nothing at all."""
    return np.zeros(round(seconds * HEARING_RATE), dtype=np.float32)


class Judge:
    """A judge of turns that says what it is told to, and keeps what it was asked."""

    def __init__(self, probability: float) -> None:
        self.answer = probability
        self.heard_samples: list[int] = []

    def probability(self, pcm: Pcm) -> float:
        """The answer."""
        self.heard_samples.append(len(pcm))
        return self.answer


def listener(mode: ListenerMode, end_of_turn: EndOfTurn | None = None) -> Listener:
    """A listener with the detector for tests."""
    return Listener(LoudIsSpeech(), mode=mode, end_of_turn=end_of_turn)


def utterances(events: list[ListenerEvent]) -> list[Utterance]:
    """The utterances among what a listener returned."""
    return [event for event in events if isinstance(event, Utterance)]


def test_a_key_keeps_what_came_just_before_it() -> None:
    """Push to talk hands over everything between start and stop and 200 ms from before."""
    ears = listener("push_to_talk")
    ears.hear(silence(1.0))
    ears.hear(speech(0.3, level=0.25))
    ears.start()
    assert ears.hear(speech(1.0)) == []
    said = ears.stop()
    assert len(said.pcm) == round(1.2 * HEARING_RATE)
    assert said.start == round(1.1 * HEARING_RATE)
    assert said.pcm[0] == 0.25
    assert not said.cut


def test_the_pre_roll_never_repeats_the_utterance_before() -> None:
    """Two quick presses of the key share no sample."""
    ears = listener("push_to_talk")
    ears.start()
    ears.hear(speech(1.0))
    first = ears.stop()
    ears.hear(silence(0.05))
    ears.start()
    ears.hear(speech(0.5))
    second = ears.stop()
    assert second.start == first.start + len(first.pcm)


def test_a_key_that_is_not_down_gives_nothing() -> None:
    """Stop without start is an empty utterance."""
    ears = listener("push_to_talk")
    ears.hear(speech(1.0))
    assert len(ears.stop().pcm) == 0


def test_a_key_held_too_long_keeps_the_last_half_minute_and_says_so() -> None:
    """The ring forgets the oldest sound and the utterance is marked as cut."""
    ears = listener("push_to_talk")
    ears.start()
    ears.hear(silence(10.0))
    ears.hear(speech(30.0))
    said = ears.stop()
    assert said.cut
    assert len(said.pcm) == pytest.approx(30 * HEARING_RATE, abs=BLOCK_SAMPLES)
    assert said.pcm[-1] == 0.5


def test_the_voice_alone_makes_an_utterance_in_the_open() -> None:
    """An open listener tells where the voice began and hands over the words with room around them."""
    ears = listener("open")
    events = ears.hear(np.concatenate((silence(2.0), speech(1.0), silence(1.0))))
    started, brief, paused, said = events
    assert isinstance(paused, Paused)
    assert brief == Paused(paused.at_sample, brief=True)
    assert paused.at_sample == pytest.approx(3.0 * HEARING_RATE, abs=BLOCK_SAMPLES)
    assert isinstance(started, SpeechStarted)
    assert isinstance(said, Utterance)
    assert started.at_sample == pytest.approx(2.0 * HEARING_RATE, abs=BLOCK_SAMPLES)
    assert said.start == started.at_sample - round(0.4 * HEARING_RATE)
    assert len(said.pcm) == pytest.approx(1.7 * HEARING_RATE, abs=2 * BLOCK_SAMPLES)
    assert said.silence_ms == pytest.approx(700, abs=33)
    assert said.voiced_ms == pytest.approx(1000, abs=65)


def test_push_to_talk_ignores_the_voice_and_spends_nothing_on_it() -> None:
    """With the key up nothing is an utterance, and the voice detector is not run."""
    detector = LoudIsSpeech()
    ears = Listener(detector)
    assert ears.hear(np.concatenate((speech(2.0), silence(2.0)))) == []
    assert detector.heard_blocks == 0


def test_endless_noise_is_cut_into_utterances_without_loss() -> None:
    """In the open half a minute ends an utterance, and the next one goes on where it ended."""
    ears = listener("open")
    said = utterances(ears.hear(np.concatenate((speech(70.0), silence(1.0)))))
    assert [utterance.cut for utterance in said] == [True, True, False]
    assert all(len(utterance.pcm) <= 30 * HEARING_RATE + BLOCK_SAMPLES for utterance in said)
    for before, after in pairwise(said):
        assert after.start == before.start + len(before.pcm)


def test_a_key_takes_over_what_the_voice_has_begun() -> None:
    """Pressing the key in the middle of an open utterance loses none of its words and makes one utterance of it."""
    ears = listener("open")
    ears.hear(np.concatenate((silence(1.0), speech(1.0))))
    ears.start()
    assert utterances(ears.hear(np.concatenate((speech(0.5), silence(2.0))))) == []
    said = ears.stop()
    assert said.voiced_ms == pytest.approx(1500, abs=65)
    assert said.start <= 1.0 * HEARING_RATE
    assert utterances(ears.hear(silence(2.0))) == []


def test_changing_the_mode_drops_what_the_voice_has_begun() -> None:
    """Words begun in the open are not handed over once only a key counts."""
    ears = listener("open")
    ears.hear(speech(1.0))
    ears.mode = "push_to_talk"
    assert ears.hear(silence(2.0)) == []
    assert len(ears.so_far) == 0


def test_what_was_said_so_far_can_be_had_at_any_time() -> None:
    """`so_far` grows while the player speaks and `quiet_ms` tells of a pause."""
    ears = listener("open")
    ears.hear(silence(1.0))
    assert len(ears.so_far) == 0
    ears.hear(speech(1.0))
    assert len(ears.so_far) == pytest.approx(1.4 * HEARING_RATE, abs=2 * BLOCK_SAMPLES)
    ears.hear(silence(0.4))
    assert ears.quiet_ms == pytest.approx(400, abs=33)


def test_pauses_are_told_while_the_key_is_down() -> None:
    """With the key down a pause is told, and no silence ends the utterance."""
    ears = listener("push_to_talk")
    ears.hear(speech(0.5))
    ears.start()
    events = ears.hear(np.concatenate((speech(0.5), silence(3.0))))
    [brief, paused] = events
    assert isinstance(paused, Paused)
    assert brief == Paused(paused.at_sample, brief=True)
    assert paused.at_sample == pytest.approx(1.0 * HEARING_RATE, abs=BLOCK_SAMPLES)
    assert ears.quiet_ms == pytest.approx(3000, abs=65)
    assert ears.voiced_ms == pytest.approx(700, abs=65)
    assert len(ears.stop().pcm) == round(3.7 * HEARING_RATE)
    assert ears.voiced_ms == 0.0


@pytest.mark.parametrize(("probability", "silence_ms"), [(0.98, 400), (0.0, 2000)])
def test_the_judge_decides_how_long_a_silence_lasts(probability: float, silence_ms: float) -> None:
    """Words that sound finished end soon, words that do not are waited for; the judge is asked once a pause."""
    judge = Judge(probability)
    ears = listener("open", judge)
    ears.hear(silence(1.0))
    [said] = utterances(ears.hear(np.concatenate((speech(1.0), silence(2.5)))))
    assert said.silence_ms == pytest.approx(silence_ms, abs=33)
    assert len(judge.heard_samples) == 1
    # It hears the voice with its pre-roll, and next to nothing of the silence.
    assert judge.heard_samples[0] == pytest.approx(1.4 * HEARING_RATE, abs=3 * BLOCK_SAMPLES)


def test_a_voice_that_comes_back_goes_on_with_the_utterance() -> None:
    """Within the wait the utterance simply continues, and the next pause is judged anew."""
    judge = Judge(0.0)
    ears = listener("open", judge)
    ears.hear(silence(1.0))
    ears.hear(np.concatenate((speech(1.0), silence(1.2))))
    judge.answer = 0.99
    [said] = utterances(ears.hear(np.concatenate((speech(1.0), silence(1.0)))))
    assert len(said.pcm) == pytest.approx(3.9 * HEARING_RATE, abs=4 * BLOCK_SAMPLES)
    assert said.voiced_ms == pytest.approx(2000, abs=97)
    assert len(judge.heard_samples) == 2


@pytest.mark.parametrize(("text", "silence_ms"), [("I want a sword and", 1600), ("Yes.", 400), ("", 700)])
def test_the_words_so_far_decide_too(text: str, silence_ms: float) -> None:
    """Without a judge the transcript's end tells how long to wait."""
    ears = listener("open")
    ears.hear(np.concatenate((silence(0.5), speech(1.0), silence(0.2))))
    ears.note_partial(text)
    [said] = utterances(ears.hear(silence(2.0)))
    assert said.silence_ms == pytest.approx(silence_ms, abs=33)


def test_words_from_before_the_last_ones_do_not_count() -> None:
    """A transcript is of no use once the voice went on after the sound it was made from."""
    ears = listener("open")
    ears.hear(np.concatenate((silence(0.5), speech(1.0), silence(0.2))))
    until = ears.position
    ears.hear(speech(0.5))
    ears.note_partial("I want a sword and", until)
    [said] = utterances(ears.hear(silence(2.0)))
    assert said.silence_ms == pytest.approx(700, abs=33)


def test_words_of_one_utterance_do_not_hold_up_the_next() -> None:
    """What was transcribed is forgotten with its utterance."""
    ears = listener("open")
    ears.hear(np.concatenate((silence(0.5), speech(1.0), silence(0.2))))
    ears.note_partial("Yes.", until=10 * HEARING_RATE)
    first, second = utterances(ears.hear(np.concatenate((silence(1.0), speech(1.0), silence(1.0)))))
    assert first.silence_ms == pytest.approx(400, abs=33)
    assert second.silence_ms == pytest.approx(700, abs=33)


def test_it_can_be_told_whether_the_player_spoke_since() -> None:
    """`voiced_since` turns true with voice after a position, is not fooled by a click, and outlasts the utterance."""
    ears = listener("open")
    ears.hear(np.concatenate((silence(1.0), speech(1.0), silence(0.2))))
    transcribed = ears.position
    assert ears.voiced_since(HEARING_RATE)
    assert not ears.voiced_since(transcribed)
    ears.hear(np.concatenate((silence(1.0), speech(0.02), silence(0.5))))
    assert not ears.voiced_since(transcribed)
    ears.hear(np.concatenate((speech(1.0), silence(2.0))))
    assert ears.voiced_since(transcribed)
    assert not ears.voiced_since(ears.position)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.integers(1, 9000), min_size=1, max_size=30))
def test_the_size_of_the_blocks_makes_no_difference(sizes: list[int]) -> None:
    """However the device cuts the stream, the same utterances come out."""
    stream = np.concatenate((silence(0.5), speech(0.6), silence(1.0), speech(0.3), silence(1.0)))
    whole = utterances(listener("open").hear(stream))
    ears = listener("open")
    pieces = np.split(stream, [cut for cut in np.cumsum(sizes) if cut < len(stream)])
    cut = utterances([event for piece in pieces for event in ears.hear(piece)])
    assert [(said.start, said.pcm.tolist()) for said in cut] == [(said.start, said.pcm.tolist()) for said in whole]
