"""Verbs that ask for the same, and for the opposite."""

from __future__ import annotations

import pytest

from npcengine.mind.deeds import converse, in_one_word, is_deed, like_deeds, opposite_deeds


def test_verbs_stand_for_each_other() -> None:
    """A verb that nobody listed stands for itself."""
    assert {"repair", "mend", "fix"} <= like_deeds("mend", "en")
    assert like_deeds("juggl", "en") == {"juggl"}
    assert is_deed("mend", "en")
    assert not is_deed("juggl", "en")


def test_opposites_exclude_each_other() -> None:
    """In both directions."""
    assert "shut" in opposite_deeds("open", "en")
    assert "open" in opposite_deeds("shut", "en")
    assert not opposite_deeds("juggl", "en")


def test_who_wants_to_buy_asks_to_be_sold_something() -> None:
    """The player's deed and the character's differ."""
    assert converse("buy") == "sell"
    assert converse("juggle") is None


@pytest.mark.parametrize(
    ("deed", "plain"),
    [
        ("put it right", "repair it"),
        ("put the fire out", "extinguish the fire"),
        ("set the old man free", "free the old man"),
        ("show me how to swim", "teach me swim"),
        ("put it on the table", "put it on the table"),
    ],
)
def test_a_phrase_is_put_in_one_word(deed: str, plain: str) -> None:
    """What it is about stays; another use of its verb stays as it is."""
    assert in_one_word(deed) == plain
