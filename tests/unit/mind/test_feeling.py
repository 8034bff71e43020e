"""Which emotion a reply has."""

from __future__ import annotations

import pytest

from npcengine.mind.feeling import Feelings
from npcengine.mind.moving_lines import MOVING, UNMOVED
from npcengine.persona import Fact, Persona, persona_from_dict
from npcengine.testing.fakes import FakeEmbedder
from npcengine.types import Emotion
from tests.unit.mind.conftest import CHARACTER


def test_the_author_s_example_comes_first(persona: Persona) -> None:
    """A line like one of the examples feels as the author wrote, whatever its words call up."""
    assert Feelings(persona, FakeEmbedder()).feel("Who are you?") == "amused"


@pytest.mark.parametrize(
    ("said", "mood", "expected"),
    [
        ("You stupid liar!", None, "angry"),
        ("My father is dead.", None, "sad"),
        ("Where is the market?", None, "content"),
        ("Where is the market?", "worried", "worried"),
    ],
)
def test_words_call_up_emotions(persona: Persona, said: str, mood: Emotion | None, expected: Emotion) -> None:
    """Without an embedder; a line that moves nobody leaves what is felt already, or the resting emotion."""
    assert Feelings(persona).feel(said, mood=mood) == expected


def test_meanings_call_up_emotions(persona: Persona) -> None:
    """A line that is one of the examples of an emotion calls it up, one of those that move nobody does not."""
    feelings = Feelings(persona, FakeEmbedder())
    assert feelings.feel(MOVING["disgusted"][1]) == "disgusted"
    assert feelings.feel(MOVING[UNMOVED][5]) == "content"


def test_a_sad_fact_is_told_sadly(persona: Persona) -> None:
    """Where the line itself moves nobody; what the line calls up comes first."""
    feelings = Feelings(persona, FakeEmbedder())
    death = Fact(id="death", text="Her father died nine years ago.")
    assert feelings.feel("Where is the market?", told=death) == "sad"
    assert feelings.feel("You are an idiot.", told=death) == "angry"


def test_other_languages_are_judged_by_words() -> None:
    """The examples are English."""
    german = persona_from_dict(CHARACTER | {"language": "de"})
    assert Feelings(german, FakeEmbedder()).feel(MOVING["disgusted"][1]) == "content"
