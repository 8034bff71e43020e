"""Talk about people whom a character can't place is told from talk with it and about people that it knows."""

from __future__ import annotations

import pytest

from npcengine.mind.strangers import is_about_strangers, names_in

PLACED = frozenset({"gerta", "aldo", "maren", "varn"})


@pytest.mark.parametrize(
    "line",
    [
        "But he did not say a word, and went home.",
        "And then Philip opened the door.",
        "Her hand shot out of the window.",
        "A cry of joy burst from the lips of Philip.",
        "The whole trip was too much, he said.",
    ],
)
def test_somebody_who_was_never_named(line: str) -> None:
    """Without a name that the character can place, nobody knows who is meant."""
    assert is_about_strangers(line, placed=PLACED, before="")


@pytest.mark.parametrize(
    "line",
    [
        "I slept badly in that old barn.",
        "You look tired this morning.",
        "My friend Philip says the road is flooded.",
        "It is cold outside tonight.",
        "The bread at the inn was hard as stone.",
        "Aldo told me that he owes them silver.",
        "The road to Varn is flooded.",
        "",
    ],
)
def test_talk_between_the_two_and_about_who_is_known(line: str) -> None:
    """What the player tells of themselves, of the weather and of people whom the character knows can be answered."""
    assert not is_about_strangers(line, placed=PLACED, before="")


def test_he_is_who_was_named_before() -> None:
    """A pronoun is placed by the exchange before, if that named somebody whom the character knows."""
    line = "But he did not say a word."
    assert not is_about_strangers(line, placed=PLACED, before="What about Aldo? He rows the ferry.")
    assert is_about_strangers(line, placed=PLACED, before="What about Philip? I know no such man.")


def test_a_capital_at_the_start_of_a_sentence_is_no_name() -> None:
    """Only a capital within a sentence makes a name."""
    assert names_in("Maren and Tobias left. Then Oswin came.") == {"tobias", "oswin"}


def test_what_is_also_written_small_is_no_name() -> None:
    """The words of an inn's name are words."""
    assert names_in("She runs the Three Geese.", "All three fled to Varn.") == {"geese", "varn"}
