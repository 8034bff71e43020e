"""Sounds become movements: the same mouth twice is one movement, and lips round ahead of what the tongue does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from npcengine.face import arkit, visemes
from npcengine.face.animator import animate_sounds
from npcengine.face.gestures import (
    FURTHEST_LEAD_S,
    ROUNDING_LAG_S,
    ROUNDING_LEAD_S,
    carry_rounding,
    merge_repeated,
    to_gestures,
)
from npcengine.face.timing import Sound
from npcengine.types import Speech

RATE = 22_050
SpeechMaker = Callable[..., Speech]


def sounds_of(symbols: str, length_ms: float = 80.0) -> list[Sound]:
    """One sound of each symbol, all of the same length."""
    length = round(length_ms * RATE / 1000.0)
    return [Sound(symbol, index * length, (index + 1) * length, index * length) for index, symbol in enumerate(symbols)]


def test_the_same_mouth_twice_is_one_movement() -> None:
    """An m and a b are one closure over both; s and z one narrowing; a pause and a pause stay two."""
    (closure,) = merge_repeated(to_gestures(sounds_of("mb"), RATE))
    assert closure.start_s == 0.0
    assert closure.end_s == pytest.approx(0.16, abs=1e-4)
    assert len(merge_repeated(to_gestures(sounds_of("sz"), RATE))) == 1
    assert len(merge_repeated(to_gestures(sounds_of("əmbə"), RATE))) == 3
    assert len(merge_repeated(to_gestures(sounds_of("__"), RATE))) == 2


def test_a_joined_movement_is_as_strong_as_the_stronger() -> None:
    """An unstressed vowel before the same vowel stressed takes its strength."""
    first, second = sounds_of("ii")
    (joined,) = merge_repeated(to_gestures([first, Sound("i", second.start, second.end, stressed=True)], RATE))
    assert joined.scale > to_gestures([first], RATE)[0].scale


@pytest.mark.parametrize(
    ("symbols", "lead_s"),
    [("əu", ROUNDING_LEAD_S), ("ətu", 0.08), ("əntu", FURTHEST_LEAD_S), ("əstu", 0.08), ("pu", ROUNDING_LEAD_S)],
)
def test_lips_round_ahead_across_sounds_of_the_tongue(symbols: str, lead_s: float) -> None:
    """From 60 ms, through every t and n before the u, to 150 ms; an s, a p or a vowel keeps its own lips."""
    rounded = carry_rounding(to_gestures(sounds_of(symbols), RATE))[-1]
    assert rounded.lead_s == pytest.approx(lead_s, abs=1e-4)
    assert rounded.lag_s == ROUNDING_LAG_S


def test_other_sounds_keep_their_time() -> None:
    """Only rounded lips start early and end late."""
    gestures = to_gestures(sounds_of("pitɑ"), RATE)
    assert carry_rounding(gestures) == gestures


def test_rounding_is_carried_across_the_tongue(make_speech: SpeechMaker) -> None:
    """In `utu` the lips stay puckered through the t, in `iti` they stay spread, more than half of what they reach."""
    speech = make_speech(list("utu"), 80.0)
    for symbols, shape in (("utu", "mouthPucker"), ("iti", "mouthStretchLeft")):
        curve = animate_sounds(speech, sounds_of(symbols), "neutral").weights[:, arkit.INDEX[shape]]
        assert curve[12] > 0.6 * curve.max()


def test_lips_part_between_two_closures(make_speech: SpeechMaker) -> None:
    """A vowel of 50 ms between two b's is seen: the lips leave more than half of their press on each other."""
    speech = make_speech(list("əbəbətətə"), 50.0)
    press = animate_sounds(speech, sounds_of("əbəbətətə", 50.0), "neutral").weights[:, arkit.INDEX["mouthPressLeft"]]
    assert press[6:9].min() > 0.45
    assert press[10:15].min() < 0.25
    assert press[16:19].min() > 0.45


def test_a_brief_stop_of_the_tongue_hardly_moves_the_jaw(make_speech: SpeechMaker) -> None:
    """Between two open vowels a t of 60 ms lets the jaw stay further open than one of 160 ms does."""
    dips = []
    for length_ms in (60.0, 160.0):
        ends = np.cumsum([0, round(0.12 * RATE), round(length_ms * RATE / 1000.0), round(0.12 * RATE)]).tolist()
        sounds = [Sound(symbol, ends[i], ends[i + 1], ends[i]) for i, symbol in enumerate("ɑtɑ")]
        speech = make_speech(list("ɑtɑ"), [120.0, length_ms, 120.0])
        jaw = animate_sounds(speech, sounds, "neutral").weights[:, arkit.JAW_OPEN]
        dips.append(float(jaw[12 : 12 + int(length_ms / 10)].min() / jaw.max()))
    assert dips[0] > dips[1] + 0.1
    assert visemes.mouth_of("t").lips == "tongue"
