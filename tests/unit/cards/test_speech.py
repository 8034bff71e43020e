"""Of a roleplay text, what is said aloud stays, and the player is spoken to as one speaks to somebody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.cards.macros import PLAYER
from npcengine.cards.speech import fitting, spoken, told
from npcengine.persona_advice import MAX_SPOKEN_WORDS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mind the sparks.", "Mind the sparks."),
        ("*She looks up.* Mind the sparks. *sighs*", "Mind the sparks."),
        ("*She looks\n\nup.*\nMind the *hot* sparks.", "Mind the hot sparks."),
        ("I **really** mean it, and I *really* do.", "I really mean it, and I really do."),
        ('She nods. "Mind the sparks," she says. "They bite."', "Mind the sparks, They bite."),
        ("„Vorsicht, heiß!“ sagt sie.", "Vorsicht, heiß!"),
        ('They call it "the mill" here.', 'They call it "the mill" here.'),
        ("*Only a look.*", ""),
        ("...", ""),
        ("Sparks_ fly ~ #1 `here`", "Sparks fly 1 here"),
        ("Unbalanced *star", "Unbalanced star"),
        (f"Hello, {PLAYER}!", "Hello!"),
        (f"{PLAYER}, come here. Well, {PLAYER}, sit.", "Come here. Well, sit."),
        (f"I saw {PLAYER}. {PLAYER}'s boots are wet, {PLAYER}.", "I saw you. Your boots are wet."),
        (f"Is this {PLAYER}'s knife?", "Is this your knife?"),
    ],
)
def test_words_to_say(text: str, said: str) -> None:
    """No stage directions, no narration, no signs that nobody can say."""
    assert spoken(text) == said


def test_told_text_names_the_player() -> None:
    """In the third person, as a character file does."""
    text = f"{PLAYER} found her. She likes {PLAYER}. {PLAYER}'s knife is hers.\n{PLAYER} left."
    assert told(text) == ("The player found her. She likes the player. The player's knife is hers.\nThe player left.")


def test_a_long_speech_is_cut_after_a_sentence() -> None:
    """At what `npcengine check` calls too long."""
    sentence = "One two three four five six seven eight nine ten."
    assert fitting(" ".join([sentence] * 4)) == " ".join([sentence] * 3)
    assert fitting(sentence, 5) == "One two three four five"
    assert fitting("One hundred and twenty, five six seven eight", 6) == "One hundred and twenty."


@given(st.text(alphabet=f'ab.,!*" \n_{PLAYER}', max_size=60))
def test_speech_holds_only_what_can_be_said(text: str) -> None:
    """Of any text: one line, no signs, no more than a player listens to."""
    said = fitting(spoken(text))
    assert not set(said) & set("*_#<>[]{}|~`\n" + PLAYER)
    assert len(said.split()) <= MAX_SPOKEN_WORDS
    assert not said or any(each.isalnum() for each in said)
