"""How long a silence must be to end the turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.errors import ConfigError
from npcengine.hearing.turn_end import TextHint, TurnEndOptions, silence_needed_ms, text_hint

OPTIONS = TurnEndOptions()
TEXTS = ["", "Yes.", "Who burned the mill?", "who burned", "I want a sword and"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", None),
        (" ... ", None),
        ("Yes.", "answer"),
        ("No, thank you.", "answer"),
        ("Who burned the mill?", "closed"),
        ("What are you looking for?", "closed"),
        ("I know who.", "closed"),
        ("the temperature drop", "open"),
        ("I want to buy a sword and", "dangling"),
        ("Could you tell me where the?", "dangling"),
        ("What are you looking for", "dangling"),
        ("You're a devil for f-", "dangling"),
        ("Eileen was waiting...", "dangling"),
        ("So, um.", "dangling"),
        ("I think that I’m", "dangling"),
        ("Yes, the", "dangling"),
    ],
)
def test_the_end_of_a_text_tells_whether_more_will_come(text: str, hint: TextHint | None) -> None:
    """Conjunctions, articles, prepositions, fillers and broken words ask for more; stops and short answers do not."""
    assert text_hint(text) == hint


def test_with_nothing_known_it_waits_as_everybody_does() -> None:
    """Silence alone ends a turn after 700 ms."""
    assert silence_needed_ms(None, "", OPTIONS) == 700.0


def test_the_surest_ends() -> None:
    """Surely finished is 300 ms, surely not is 2 s."""
    assert silence_needed_ms(0.98, "Who burned the mill?", OPTIONS) == 300.0
    assert silence_needed_ms(0.01, "I went to the", OPTIONS) == 2000.0


@given(st.sampled_from(TEXTS), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_the_likelier_the_end_the_shorter_the_wait(text: str, one: float, other: float) -> None:
    """Whatever the words, the wait never grows with the probability, and stays between 300 ms and 2 s."""
    longer, shorter = (silence_needed_ms(each, text, OPTIONS) for each in sorted((one, other)))
    assert 300.0 <= shorter <= longer <= 2000.0


@given(st.floats(0.0, 1.0) | st.none())
def test_words_that_ask_for_more_are_waited_for_longer(probability: float | None) -> None:
    """At any probability: an answer, a full stop, no stop, a dangling word, each waits at least as long as the last."""
    waits = [silence_needed_ms(probability, text, OPTIONS) for text in TEXTS[1:]]
    assert waits == sorted(waits)


def test_thresholds_in_the_wrong_order_are_refused() -> None:
    """A judge can't be surer of one thing than of its opposite."""
    with pytest.raises(ConfigError, match="turn end"):
        TurnEndOptions(sure_finished=0.1, sure_unfinished=0.8)
