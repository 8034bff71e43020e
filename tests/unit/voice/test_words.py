"""Words of a subtitle get their ends from phoneme spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from npcengine.types import Phoneme
from npcengine.voice.words import timed_words


def _phonemes(symbols: str, *, samples: int = 100) -> tuple[Phoneme, ...]:
    """Every symbol lasts equally long."""
    return tuple(Phoneme(symbol, i * samples, (i + 1) * samples) for i, symbol in enumerate(symbols))


def test_equal_counts_give_exact_ends() -> None:
    """A word ends with its last phoneme, not with the space or the pause after it."""
    phonemes = _phonemes("^fˈaɪv sˈɪlvɚ, ænd$")
    ends = [word.end for word in timed_words(["Five", "silver,", "and"], phonemes, len(phonemes) * 100)]
    assert ends == [600, 1300, 1800]


def test_words_run_together_share_their_stretch_by_letters() -> None:
    """A voice says "of the" as one stretch; the words around it stay exact."""
    phonemes = _phonemes("^wʌn ʌvðɪ ɔːld mɛn.$")
    words = timed_words(["One", "of", "the", "old", "men."], phonemes, len(phonemes) * 100)
    assert [word.end for word in words] == [400, 600, 900, 1400, 1800]


def test_a_numeral_takes_all_the_words_it_is_spoken_as() -> None:
    """One numeral, "1,200", is one word of a subtitle and four of speech."""
    phonemes = _phonemes("^ɐ wʌn θaʊzənd tuː hʌndɹɪd kɔɪnz.$")
    spoken = ["a", "one thousand two hundred", "coins."]
    words = timed_words(["a", "1,200", "coins."], phonemes, len(phonemes) * 100, spoken=spoken)
    assert [word.text for word in words] == ["a", "1,200", "coins."]
    assert [word.end for word in words] == [200, 2600, 3200]


def test_without_phonemes_words_share_the_sound_by_letters() -> None:
    """A voice that tells no phonemes still has a growing subtitle."""
    assert [word.end for word in timed_words(["ab", "abcdef"], (), 800)] == [200, 800]


def test_nothing_to_say() -> None:
    """No words, no ends."""
    assert timed_words([], _phonemes("^$"), 200) == ()


@given(
    words=st.lists(st.text(alphabet="abc,.1", min_size=1, max_size=9), max_size=14),
    symbols=st.text(alphabet="aeiksˈː ,.", max_size=60),
    length=st.integers(0, 9000),
)
def test_ends_rise_within_the_sound(words: list[str], symbols: str, length: int) -> None:
    """Whatever a voice counts, every word has an end, in order, not past the sound's."""
    timed = timed_words(words, _phonemes(symbols), length)
    ends = [word.end for word in timed]
    assert [word.text for word in timed] == words
    assert ends == sorted(ends)
    assert all(0 <= end <= length for end in ends)
