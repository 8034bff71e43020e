"""Speech becomes curves: lips that close when they must, a mouth that is shut at both ends, weights that make sense."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.face import arkit, visemes
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.timing import correct
from npcengine.types import EMOTIONS, Emotion, FaceCurves, Phoneme, Speech

SENTENCE = list("^plˈiːz bɹˈɪŋ maɪ hˈæmɚ, ænd ðə wʊd fɔːɹ hˌoʊpfəl pˈiːpəl.$")
SYMBOLS = "^$ˈˌː .,?pbmtdkɡnŋfvszʃʒɹlwjhʔiɪaʊeoɑæəɚʌɔ\u0329☃"
INDEX = arkit.INDEX


def spans(speech: Speech, symbols: str) -> list[tuple[int, int]]:
    """(first row, last row) inside each sound of that kind."""
    found = correct(speech.phonemes, len(speech.pcm), sample_rate=speech.sample_rate)
    frame = speech.sample_rate / 100
    return [
        (int(np.ceil(sound.start / frame)), int((sound.end - 1) / frame)) for sound in found if sound.symbol in symbols
    ]


def assert_sane(curves: FaceCurves, speech: Speech) -> None:
    """What holds for all curves."""
    rows = len(curves.weights)
    assert curves.weights.dtype == np.float32
    assert curves.weights.shape == (rows, 52)
    assert np.isfinite(curves.weights).all()
    assert curves.weights.min() >= 0.0
    assert curves.weights.max() <= 1.0
    assert not curves.weights[0].any()
    assert not curves.weights[-1].any()
    assert len(curves.visemes) == len(curves.mouth_shapes) == rows
    assert curves.mouth_shapes[0] == curves.mouth_shapes[-1] == "X"
    assert curves.visemes[0] == curves.visemes[-1] == "sil"
    assert set(curves.visemes) <= set(visemes.VISEMES)
    assert set(curves.mouth_shapes) <= set(visemes.MOUTH_SHAPES)
    assert (rows - 1) * curves.frame_samples >= len(speech.pcm)


@pytest.mark.parametrize("emotion", EMOTIONS)
def test_lips_are_shut_in_every_p_b_and_m(make_speech: Callable[..., Speech], emotion: Emotion) -> None:
    """Inside each bilabial the jaw is at 0 and the lips are pressed and rolled, whatever the feeling."""
    speech = make_speech(SENTENCE)
    curves = PhonemeAnimator().animate(speech, emotion)
    closures = spans(speech, "pbm")
    assert len(closures) == 7
    for first, last in closures[1:]:
        assert curves.weights[first:last, INDEX["jawOpen"]].max() < 0.01
        assert curves.weights[first:last, INDEX["mouthLowerDownLeft"]].max() < 0.01
        assert curves.weights[first:last, INDEX["mouthPressLeft"]].min() > 0.45
        assert curves.weights[first:last, INDEX["mouthRollLower"]].min() > 0.25


def test_the_lip_touches_the_teeth_in_every_f_and_v(make_speech: Callable[..., Speech]) -> None:
    """Inside each labiodental the lower lip is rolled in and the jaw nearly shut."""
    speech = make_speech(SENTENCE)
    curves = PhonemeAnimator().animate(speech, "neutral")
    for first, last in spans(speech, "fv"):
        middle = curves.weights[(first + last) // 2]
        assert middle[INDEX["jawOpen"]] < 0.1
        assert middle[INDEX["mouthRollLower"]] > 0.45


def test_open_vowels_open_and_rounded_vowels_round(make_speech: Callable[..., Speech]) -> None:
    """The jaw goes further for ɑ than for i; the lips pucker for u and spread for i."""
    peaks = {}
    for vowel in "ɑiu":
        speech = make_speech(["t", "ˈ", vowel, "ː", "t"], 80.0)
        peaks[vowel] = PhonemeAnimator().animate(speech, "neutral").weights.max(axis=0)
    assert peaks["ɑ"][INDEX["jawOpen"]] > 2.0 * peaks["i"][INDEX["jawOpen"]]
    assert peaks["u"][INDEX["mouthPucker"]] > 0.5 > peaks["i"][INDEX["mouthPucker"]]
    assert peaks["i"][INDEX["mouthStretchLeft"]] > 0.25 > peaks["u"][INDEX["mouthStretchLeft"]]


def test_rounding_begins_before_the_rounded_sound(make_speech: Callable[..., Speech]) -> None:
    """In `stu` the lips are on their way before the t is released."""
    speech = make_speech(["ɪ", "s", "t", "ˈ", "u", "ː"], 80.0)
    curves = PhonemeAnimator().animate(speech, "neutral")
    ((_, last_of_t),) = spans(speech, "t")
    assert curves.weights[last_of_t, INDEX["mouthPucker"]] > 0.25


def test_louder_syllables_open_the_jaw_further(make_speech: Callable[..., Speech]) -> None:
    """Of two equal syllables the one with 12 dB more is wider open."""
    speech = make_speech(["d", "ɑ", "d", "ɑ", "d"], 120.0)
    quarter = len(speech.pcm) // 2
    speech.pcm[:quarter] *= 0.25
    jaw = PhonemeAnimator().animate(speech, "neutral").weights[:, INDEX["jawOpen"]]
    assert jaw[len(jaw) // 2 :].max() > 1.3 * jaw[: len(jaw) // 2].max()


def test_an_emotion_only_tints_speech(make_speech: Callable[..., Speech]) -> None:
    """Happy lips smile a little more than neutral ones, and the jaw differs by a tenth at most."""
    speech = make_speech(SENTENCE)
    neutral = PhonemeAnimator().animate(speech, "neutral").weights
    happy = PhonemeAnimator().animate(speech, "happy").weights
    smile, jaw = INDEX["mouthSmileLeft"], INDEX["jawOpen"]
    assert 0.02 < (happy[:, smile] - neutral[:, smile]).max() < 0.3
    assert np.abs(happy[:, jaw] - neutral[:, jaw]).max() < 0.1


def test_drawn_shapes_last_long_enough(make_speech: Callable[..., Speech]) -> None:
    """No shape but those squeezed between closures shows for less than 60 ms, and closures keep their A."""
    speech = make_speech(SENTENCE)
    shapes = PhonemeAnimator().animate(speech, "neutral").mouth_shapes
    runs = [(shape, len(list(group))) for shape, group in groupby(shapes)]
    assert [shape for shape, _ in runs].count("A") == 7
    short = [run for run in runs[1:-1] if run[1] < 6]
    assert len(short) <= 2


@given(
    labels=st.lists(st.tuples(st.sampled_from(SYMBOLS), st.integers(0, 4000)), max_size=30),
    emotion=st.sampled_from(EMOTIONS),
    told=st.booleans(),
    loudness=st.sampled_from([0.0, 1e-4, 0.3, 1.0]),
)
def test_any_speech_gives_sane_curves(
    labels: list[tuple[str, int]], emotion: Emotion, told: bool, loudness: float
) -> None:
    """Random labels, lengths and levels, with and without phonemes: weights finite, in 0-1, shut at both ends."""
    phonemes, position = [], 0
    for symbol, length in labels:
        phonemes.append(Phoneme(symbol, position, position + length))
        position += length
    pcm = (loudness * np.random.default_rng(position).uniform(-1.0, 1.0, position)).astype(np.float32)
    speech = Speech("", pcm, 16_000, tuple(phonemes) if told else ())
    assert_sane(PhonemeAnimator().animate(speech, emotion), speech)


def test_speech_without_phonemes_moves_with_its_loudness() -> None:
    """Two bursts of sound around silence: the jaw opens in both, is shut between, and shut all over digital silence."""
    burst = 0.3 * np.sin(2.0 * np.pi * 900.0 * np.arange(8_000) / 16_000)
    pcm = np.concatenate([burst, np.zeros(8_000), burst]).astype(np.float32)
    jaw = PhonemeAnimator().animate(Speech("", pcm, 16_000), "neutral").weights[:, INDEX["jawOpen"]]
    assert min(jaw[:45].max(), jaw[105:].max()) > 0.2
    assert jaw[60:90].max() < 1e-3
    quiet = PhonemeAnimator().animate(Speech("", np.zeros(8_000, np.float32), 16_000), "neutral")
    assert not quiet.weights.any()
    assert set(quiet.mouth_shapes) == {"X"}


def test_a_hum_is_voice_behind_shut_lips() -> None:
    """Without phonemes too: a low tone alone presses the lips and keeps the jaw shut."""
    hum = (0.3 * np.sin(2.0 * np.pi * 200.0 * np.arange(16_000) / 16_000)).astype(np.float32)
    curves = PhonemeAnimator().animate(Speech("", hum, 16_000), "neutral")
    assert curves.weights[50, INDEX["jawOpen"]] < 0.03
    assert curves.weights[50, INDEX["mouthPressLeft"]] > 0.4
    assert curves.mouth_shapes[50] == "A"
