"""Telling heard words from invented ones."""

from __future__ import annotations

import math

import pytest

from npcengine.hearing.guards import confidence, is_ghost, repeats_itself, says_twice, without_restart


@pytest.mark.parametrize(
    "text",
    [
        "What happened to the mill by the river?",
        "No, no, no!",
        "Open the gate. Open the gate, please. I said open the gate!",
        "",
    ],
)
def test_people_repeat_words_without_being_a_loop(text: str) -> None:
    """Emphasis and impatience are not taken for a decoder's loop."""
    assert not repeats_itself(text)


def test_a_phrase_that_comes_twice_is_noticed() -> None:
    """Four words in a row twice over, however they are written, are worth another look; fewer are emphasis."""
    assert says_twice("Let us talk it over. Let us talk it")
    assert not says_twice("Open the gate! Open the gate!")
    assert not says_twice("")


@pytest.mark.parametrize("again", ["Let us talk it over.", "Let us", "let us talk it over. Let us talk"])
def test_a_decoder_that_starts_over_is_stopped_at_its_end(again: str) -> None:
    """Whatever part of the line comes again, in more words than the time allows, is taken away."""
    assert without_restart(f"Let us talk it over. {again}", 1.0) == "Let us talk it over."


def test_people_may_say_a_line_twice() -> None:
    """A repetition that there was time for stays, as does a hasty line without one."""
    twice = "Open the gate, please. Open the gate, please."
    assert without_restart(twice, 3.0) == twice
    assert without_restart("I know that you know what I know", 1.0) == "I know that you know what I know"
    assert without_restart("", 0.0) == ""


def test_a_loop_of_a_word_or_two_is_no_line() -> None:
    """Where nothing but the loop is left, it stays to be noticed as one."""
    assert without_restart("mill " * 40, 1.0) == "mill " * 40


def test_a_loop_is_a_ghost_however_sure_the_decoder_is() -> None:
    """A phrase said twenty times over was never said."""
    assert is_ghost("and I'm not sure " * 20, log_probability=-0.05, no_speech=0.0)


@pytest.mark.parametrize(
    ("log_probability", "no_speech", "ghost"),
    [(-0.2, 0.9, False), (-1.5, 0.1, False), (-1.5, 0.9, True)],
)
def test_a_guess_over_silence_is_a_ghost(log_probability: float, no_speech: float, *, ghost: bool) -> None:
    """Only both together drop a text: unsure words, and a model that hears no speech."""
    assert is_ghost("Thank you.", log_probability=log_probability, no_speech=no_speech) is ghost


def test_confidence_is_a_probability() -> None:
    """The mean log probability maps onto 0 to 1, rounding above 0 included."""
    assert confidence(0.0001) == 1.0
    assert confidence(math.log(0.5)) == pytest.approx(0.5)
