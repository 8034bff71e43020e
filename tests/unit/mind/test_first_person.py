"""A fact about a character becomes what it says of itself, or nothing."""

from __future__ import annotations

import pytest

from npcengine.mind.first_person import in_own_words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Gerta lost a finger of her hand when she was sixteen.",
            "I lost a finger of my hand when I was sixteen.",
        ),
        ("Gerta keeps the key.", "I keep the key."),
        ("Gerta is afraid of water. Gerta's boat is old.", "I am afraid of water. My boat is old."),
        ("Her brother Aldo owes the bandits forty silver.", "My brother Aldo owes the bandits forty silver."),
        ("The old mill burned down last winter.", "The old mill burned down last winter."),
        ("Maren trades suppers with Gerta.", "Maren trades suppers with me."),
    ],
)
def test_what_is_certain_is_put_into_the_first_person(text: str, said: str) -> None:
    """Names, verbs and pronouns of the character change; what is about others stays."""
    assert in_own_words(text, "Gerta Holt") == said


@pytest.mark.parametrize(
    "text",
    [
        "Gerta told Maren that she was late.",  # who was late?
        "She has never left the village.",  # of whom?
        "Gerta yesterday fell.",
        "When Gerta sleeps she snores.",
    ],
)
def test_what_is_not_certain_is_not_said(text: str) -> None:
    """Silence is better than a sentence about the wrong person."""
    assert in_own_words(text, "Gerta Holt") is None
