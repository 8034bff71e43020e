"""What a listener says without wanting the turn."""

from __future__ import annotations

import pytest

from npcengine.hearing.backchannel import LONGEST_MS, is_backchannel

NODS = [
    "mhm",
    "Mm-hmm.",
    "Uh-huh.",
    "Yeah.",
    "ok",
    "Okay, okay.",
    "Right.",
    "I see.",
    "Oh, really.",
    "Yeah, yeah, yeah.",
]
SOUNDS = ["", "...", "Hm.", "Hmmmm", "Ah!", "Oh.", "um", "Uhm...", "Haha", "Ooh"]
TURNS = [
    "No.",
    "Stop!",
    "Wait.",
    "What?",
    "Huh?",
    "Really?",
    "Right, where is the mill?",
    "Oh no.",
    "Yeah but",
    "Who?",
    "Okay okay okay okay",
]


@pytest.mark.parametrize("text", NODS + SOUNDS)
def test_a_nod_takes_no_turn(text: str) -> None:
    """What shows that one listens, and sounds without a word, leave the turn with the character."""
    assert is_backchannel(text, 400.0, answering=False)


@pytest.mark.parametrize("text", TURNS)
@pytest.mark.parametrize("answering", [False, True])
def test_words_that_want_the_turn_get_it(text: str, answering: bool) -> None:
    """Refusals, questions, and anything with a word of its own are real, after a question too."""
    assert not is_backchannel(text, 400.0, answering=answering)


@pytest.mark.parametrize("text", NODS)
def test_after_a_question_a_nod_is_the_answer(text: str) -> None:
    """A nod like "yeah" or "uh-huh" answers what the character asked."""
    assert not is_backchannel(text, 400.0, answering=True)


@pytest.mark.parametrize("text", SOUNDS)
def test_after_a_question_a_sound_is_no_answer(text: str) -> None:
    """Who says "hm" is still thinking."""
    assert is_backchannel(text, 400.0, answering=True)


@pytest.mark.parametrize("text", ["", "Mhm.", "Yeah."])
def test_who_goes_on_speaking_wants_the_turn(text: str) -> None:
    """A second of voice is no nod, whatever was understood of it."""
    assert is_backchannel(text, LONGEST_MS, answering=False)
    assert not is_backchannel(text, LONGEST_MS + 1, answering=False)


def test_long_laughter_is_judged_at_once() -> None:
    """A recogniser's loop of laughs does not send the pattern astray."""
    assert not is_backchannel("hah" * 5000 + "x", 900.0, answering=False)
