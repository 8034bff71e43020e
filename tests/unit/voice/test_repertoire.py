"""Lines spoken ahead of time come back as they were, and the room they take is bounded."""

from __future__ import annotations

import numpy as np

from npcengine.types import Phoneme, Speech, SpokenWord, Voice
from npcengine.voice.repertoire import Repertoire

LINE = ("Five silver.", Voice(pitch=3))
OTHER = ("Mind the sparks.", Voice(pitch=3))


def spoken(text: str, samples: int) -> Speech:
    """A ramp over the whole range of sound."""
    pcm = np.linspace(-1.0, 1.0, samples, dtype=np.float32)
    return Speech(text, pcm, 22_050, (Phoneme("a", 0, samples),), (SpokenWord(text, samples),))


def test_a_line_comes_back_as_it_was_spoken() -> None:
    """Text, spans and words are the same, and the sound is, to two bytes a sample."""
    repertoire = Repertoire(10_000)
    first, second = spoken("Five", 100), spoken("silver.", 200)
    repertoire.learn(LINE, [first, second])
    recalled = repertoire.recall(LINE)
    assert recalled is not None
    for before, after in zip((first, second), recalled, strict=True):
        assert (after.text, after.phonemes, after.words) == (before.text, before.phonemes, before.words)
        assert after.sample_rate == before.sample_rate
        assert after.pcm.dtype == np.float32
        np.testing.assert_allclose(after.pcm, before.pcm, atol=1 / 32_767)


def test_another_voice_is_another_line() -> None:
    """What one character has ready is not spoken in another's voice."""
    repertoire = Repertoire(10_000)
    repertoire.learn(LINE, [spoken("Five silver.", 100)])
    assert repertoire.recall((LINE[0], Voice())) is None


def test_the_line_used_longest_ago_gives_way() -> None:
    """Beyond the capacity the least recently used line is forgotten, whether it was spoken or only learnt."""
    repertoire = Repertoire(500)
    third = ("Iron first.", Voice())
    repertoire.learn(LINE, [spoken("a", 100)])
    repertoire.learn(OTHER, [spoken("b", 100)])
    assert repertoire.recall(LINE) is not None
    repertoire.learn(third, [spoken("c", 100)])
    assert (LINE in repertoire, OTHER in repertoire, third in repertoire) == (True, False, True)


def test_learning_again_takes_no_more_room() -> None:
    """The newest take of a line replaces the one before."""
    repertoire = Repertoire(450)
    repertoire.learn(OTHER, [spoken("b", 100)])
    for _ in range(5):
        repertoire.learn(LINE, [spoken("a", 100)])
    assert OTHER in repertoire


def test_a_line_larger_than_everything_is_not_kept() -> None:
    """The capacity holds whatever is learnt."""
    repertoire = Repertoire(100)
    repertoire.learn(LINE, [spoken("a", 100)])
    assert LINE not in repertoire
    assert repertoire.recall(LINE) is None
