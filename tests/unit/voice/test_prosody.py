"""What an emotion does to a voice."""

from __future__ import annotations

import pytest

from npcengine.types import EMOTIONS, Emotion, Voice
from npcengine.voice.prosody import COLOURS, coloured

_FAST_AND_HIGH: tuple[Emotion, ...] = ("happy", "amused", "angry", "afraid", "surprised", "worried")
_SLOW_AND_LOW: tuple[Emotion, ...] = ("sad", "disgusted", "firm", "tender")


def test_every_emotion_has_its_colour() -> None:
    """All of the contract's, and being neutral changes nothing."""
    assert set(COLOURS) == set(EMOTIONS)
    assert coloured(Voice(speed=1.2, pitch=3), "neutral") == Voice(speed=1.2, pitch=3)


@pytest.mark.parametrize("emotion", EMOTIONS)
def test_colours_are_mild(emotion: Emotion) -> None:
    """At most a tenth in rate and two semitones, so that a character stays itself."""
    assert abs(COLOURS[emotion].rate - 1) <= 0.1001
    assert abs(COLOURS[emotion].semitones) <= 2


@pytest.mark.parametrize(("emotions", "sign"), [(_FAST_AND_HIGH, 1), (_SLOW_AND_LOW, -1)])
def test_excitement_is_fast_and_high_and_dejection_slow_and_low(emotions: tuple[Emotion, ...], sign: int) -> None:
    """As the reviews of emotional speech have it."""
    for emotion in emotions:
        assert sign * (COLOURS[emotion].rate - 1) > 0
        assert sign * COLOURS[emotion].semitones > 0


def test_the_characters_own_settings_stay() -> None:
    """A slow low voice is still slower and lower than a fast high one, and its timbre and volume are its own."""
    slow, fast = Voice(speed=0.85, pitch=-3, timbre=0.92, volume=0.8), Voice(speed=1.15, pitch=4)
    low, high = coloured(slow, "happy"), coloured(fast, "sad")
    assert low.speed < high.speed
    assert low.pitch < high.pitch
    assert (low.timbre, low.volume) == (0.92, 0.8)
    assert low.speed == pytest.approx(0.85 * COLOURS["happy"].rate)
    assert low.pitch == -3 + COLOURS["happy"].semitones
