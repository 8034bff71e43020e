"""Wrapping and lighting of subtitles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from demo_game.views.subtitle_view import heard_words, window_of, wrap

WORDS = st.lists(st.text(alphabet="abcdefghij", min_size=1, max_size=12), max_size=40)


@given(words=WORDS, width=st.integers(min_value=4, max_value=60))
def test_wrapping_keeps_every_word_in_order(words: list[str], width: int) -> None:
    """No word is lost, doubled or moved, and only a word that is too wide itself exceeds the width."""
    lines = wrap(words, width, len)
    assert [word for line in lines for word in line] == words
    assert all(len(" ".join(line)) <= width or len(line) == 1 for line in lines)


def test_wrapping_fills_lines() -> None:
    """A word goes to the next line only when it does not fit."""
    assert wrap(["mind", "the", "sparks", "traveller"], 15, len) == [["mind", "the", "sparks"], ["traveller"]]


def test_words_heard_are_counted_from_the_spoken_part() -> None:
    """As many words are lit as the engine says were heard."""
    assert heard_words("Burned to the beams.", "") == 0
    assert heard_words("Burned to the beams.", "Burned to") == 2
    assert heard_words("Burned to the beams.", "Burned to the beams.") == 4


@given(counts=st.lists(st.integers(min_value=1, max_value=6), min_size=1, max_size=12), data=st.data())
def test_the_line_being_heard_is_in_view(counts: list[int], data: st.DataObject) -> None:
    """However long the text, the window of lines holds the word that is heard next, and no more lines than fit."""
    room = data.draw(st.integers(min_value=1, max_value=4))
    heard = data.draw(st.integers(min_value=0, max_value=sum(counts)))
    first, last = window_of([["word"] * count for count in counts], heard, room)
    assert last - first == min(room, len(counts))
    before = sum(counts[:first])
    assert before <= heard <= before + sum(counts[first:last])
