"""Labels become sounds that cover the speech, in order, where they are heard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.face import phones
from npcengine.face.offsets import LabelOffsets, class_of
from npcengine.face.timing import correct
from npcengine.types import Phoneme, Speech

RATE = 22_050
OFFSETS = LabelOffsets(
    voiceless_stop=60.0, voiced_stop=42.0, vowel=18.0, release=10.0, word_initial=10.0, symbol_ms=0.0
)
"""Round figures, which hold at any pace."""
SYMBOLS = "^$ˈˌː .,?pbmtdkɡnŋfvszʃʒɹlwjhʔiɪaʊeoɑæəɚʌɔ\u0329\u0303ʲx☃"


def ms(samples: int) -> float:
    """Samples as milliseconds."""
    return 1000.0 * samples / RATE


def sounds(speech: Speech) -> list[tuple[str, float, float]]:
    """(symbol, start, end) of each sound in milliseconds."""
    found = correct(speech.phonemes, len(speech.pcm), sample_rate=speech.sample_rate, offsets=OFFSETS)
    return [(sound.symbol, ms(sound.start), ms(sound.end)) for sound in found]


@given(
    labels=st.lists(st.tuples(st.sampled_from(SYMBOLS), st.integers(0, 4000)), max_size=40),
    extra=st.integers(-3000, 3000),
    late_ms=st.floats(0.0, 300.0),
)
def test_sounds_cover_the_speech_without_gap_or_overlap(
    labels: list[tuple[str, int]], extra: int, late_ms: float
) -> None:
    """Whatever the labels and offsets, sounds run from 0 to the end in order, and none is empty."""
    phonemes, position = [], 0
    for symbol, length in labels:
        phonemes.append(Phoneme(symbol, position, position + length))
        position += length
    count = max(0, position + extra)
    offsets = LabelOffsets(voiceless_stop=late_ms, vowel=late_ms / 2.0, release=late_ms / 3.0)
    found = correct(phonemes, count, sample_rate=RATE, offsets=offsets)
    assert bool(found) == (count > 0)
    edges = [0, *(sound.end for sound in found)]
    assert [sound.start for sound in found] == edges[:-1]
    assert edges[-1] == count
    assert all(sound.end > sound.start for sound in found)


def test_stress_and_length_marks_give_their_time_to_the_vowel(make_speech: Callable[..., Speech]) -> None:
    """`ˈiː` is one i, as long as its three labels, and known as stressed."""
    speech = make_speech(["l", "ˈ", "i", "ː", "l"])
    found = correct(speech.phonemes, len(speech.pcm), sample_rate=RATE, offsets=OFFSETS)
    assert [sound.symbol for sound in found] == ["l", "i", "l"]
    assert found[1].stressed
    assert abs(ms(found[1].end - found[1].start) - 180.0) < 1.0


def test_affricates_and_diphthongs_become_one_sound_within_a_word(make_speech: Callable[..., Speech]) -> None:
    """tʃ and aɪ merge; t at the end of a word and ʃ at the start of the next don't."""
    assert [symbol for symbol, *_ in sounds(make_speech(list("tʃaɪdʒoʊ")))] == ["tʃ", "aɪ", "dʒ", "oʊ"]
    assert [symbol for symbol, *_ in sounds(make_speech(list("æt ʃi")))] == ["æ", "t", "ʃ", "i"]


def test_a_space_belongs_to_the_closing_of_the_next_word(make_speech: Callable[..., Speech]) -> None:
    """In `ə b` the lips shut from 10 ms before the space until just after the label of b begins."""
    (_, _, vowel_end), (symbol, start, end), _ = sounds(make_speech(["ə", " ", "b", "ɪ"]))
    assert symbol == "b"
    assert start == vowel_end
    assert abs(start - 50.0) < 1.0
    assert abs(end - 130.0) < 1.0


def test_a_space_after_punctuation_is_silence(make_speech: Callable[..., Speech]) -> None:
    """`, ` is one pause; so are the marks that open and close a stretch."""
    found = sounds(make_speech(["^", "ə", ",", " ", "m", "ə", ".", "$"]))
    assert [symbol for symbol, *_ in found] == [phones.PAUSE, "ə", phones.PAUSE, "m", "ə", phones.PAUSE]


def test_stops_shut_before_their_label_and_part_at_its_start(make_speech: Callable[..., Speech]) -> None:
    """A p labelled at 100 ms is shut from 40 to 110 ms."""
    found = sounds(make_speech(["ɑ", "p", "ɑ"], [100.0, 40.0, 100.0]))
    assert abs(found[1][1] - 50.0) < 1.0, "half of the vowel's label is left to the vowel"
    assert abs(found[1][2] - 110.0) < 1.0
    found = sounds(make_speech(["ɑ", "p", "ɑ"], [200.0, 40.0, 100.0]))
    assert abs(found[1][1] - 140.0) < 1.0


def test_speech_without_a_sound_is_a_pause(make_speech: Callable[..., Speech]) -> None:
    """Only marks and spaces: one pause over all of it."""
    assert [symbol for symbol, *_ in sounds(make_speech(["^", " ", "ˈ", "$"]))] == [phones.PAUSE]


def test_slow_speech_has_later_labels_than_fast_speech(make_speech: Callable[..., Speech]) -> None:
    """Labels a third longer than those the offsets were measured on run a third later; a few labels say less."""
    offsets = LabelOffsets(vowel=18.0, symbol_ms=60.0)
    usual, slow = make_speech(["ə", "b"] * 200, 60.0), make_speech(["ə", "b"] * 200, 80.0)
    assert offsets.at_pace_of(usual.phonemes, RATE).vowel == pytest.approx(18.0, rel=0.01)
    assert offsets.at_pace_of(slow.phonemes, RATE).vowel == pytest.approx(24.0, rel=0.03)
    short = make_speech(["ə", "b"], 80.0)
    assert 18.0 < offsets.at_pace_of(short.phonemes, RATE).vowel < 20.0


def test_silence_says_nothing_about_the_pace(make_speech: Callable[..., Speech]) -> None:
    """A long pause leaves the offsets as they are, and so does speech without a sound."""
    offsets = LabelOffsets(symbol_ms=60.0)
    for speech in (make_speech(["ə", ",", "ə"], [60.0, 2000.0, 60.0]), make_speech(["^", "$"])):
        assert offsets.pace_of(speech.phonemes, RATE) == pytest.approx(1.0, abs=0.01)


def test_every_sound_is_of_a_class() -> None:
    """Lips have offsets of their own; a glide, a liquid and whatever is unknown go with the vowels."""
    classes = [class_of(symbol) for symbol in ("p", "b", "m", "t", "ŋ", "tʃ", "z", "aɪ", "w", "☃")]
    assert classes == [
        "voiceless_stop", "voiced_stop", "nasal", "tongue_stop", "tongue_nasal",
        "affricate", "fricative", "vowel", "vowel", "vowel",
    ]  # fmt: skip
