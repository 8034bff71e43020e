"""A mood dies away with time, and what the player does moves it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.mind.learning import learn
from npcengine.mind.mood import BY_INSULT, HALF_LIFE_S, Mood, moved_by
from npcengine.types import EMOTIONS

moods = st.builds(Mood, st.sampled_from(EMOTIONS), st.floats(0.25, 1.0)) | st.just(Mood())


def test_half_is_left_after_its_half_life() -> None:
    """And it shows until a quarter is left."""
    angry = Mood().moved("angry", 0.8)
    assert angry.after(HALF_LIFE_S) == Mood("angry", 0.4)
    assert angry.after(HALF_LIFE_S).shown("content") == "angry"
    assert angry.after(2 * HALF_LIFE_S) == Mood()
    assert angry.after(2 * HALF_LIFE_S).shown("content") == "content"


@given(mood=moods, first_s=st.floats(0, 100), second_s=st.floats(0, 100))
def test_a_wait_may_be_cut_into_pieces(mood: Mood, first_s: float, second_s: float) -> None:
    """However often it is looked at, it is the same in the end, and never stronger."""
    once, twice = mood.after(first_s + second_s), mood.after(first_s).after(second_s)
    assert twice.strength == pytest.approx(once.strength, abs=1e-9) or 0.249 < once.strength < 0.251
    assert once.strength <= mood.strength


@given(mood=moods, emotion=st.sampled_from(EMOTIONS), strength=st.floats(0.25, 1.0))
def test_what_moved_it_last_shows(mood: Mood, emotion: str, strength: float) -> None:
    """The same feeling grows and stays within 1."""
    moved = mood.moved(emotion, strength)  # type: ignore[arg-type] # an emotion
    assert moved.shown("neutral") == emotion
    assert mood.strength * (mood.emotion == emotion) <= moved.strength <= 1.0
    assert Mood.from_json(moved.to_json()) == moved


@pytest.mark.parametrize(
    "data",
    [{"emotion": "joyful", "strength": 1}, {"emotion": "sad", "strength": 2}, {"strength": True}, {"strength": "1"}],
)
def test_other_forms_are_refused(data: dict[str, object]) -> None:
    """A mood that is read can be shown."""
    with pytest.raises(TypeError):
        Mood.from_json(data)


INSULTS = [
    "You're an idiot!",
    "you stupid cow",
    "I hate you",
    "Shut up.",
    "You are such a liar",
    "you're a filthy thief",
]
NO_INSULTS = [
    "You're not an idiot",
    "Did you say you are a liar?",
    "The miller is a fool",
    "Are you afraid of the thief?",
    "I hate turnips",
    "Hello.",
    "",
]


@pytest.mark.parametrize("said", INSULTS)
def test_an_insult_makes_angry(said: str) -> None:
    """More than anything the character says itself."""
    assert moved_by(said, ()) == ("angry", BY_INSULT)


@pytest.mark.parametrize("said", NO_INSULTS)
def test_what_is_said_of_others_does_not(said: str) -> None:
    """Nor what is denied or asked."""
    assert moved_by(said, ()) is None


def test_a_gift_pleases() -> None:
    """As it was learnt from the player's words."""
    moved = moved_by("Here, take this ring.", learn("Here, take this ring.", listener="Gerta"))
    assert moved is not None
    assert moved[0] == "happy"
