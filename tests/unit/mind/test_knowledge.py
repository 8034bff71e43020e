"""What may be told, and what a question is about."""

from __future__ import annotations

import pytest

from npcengine.mind.knowledge import known_facts, relevant
from npcengine.persona import Persona


def test_a_secret_is_absent_until_its_condition_holds(persona: Persona) -> None:
    """A locked fact is not among the known ones."""
    assert "aldo_debt" not in {fact.id for fact in known_facts(persona, {"trust": 59}, {})}
    assert "aldo_debt" in {fact.id for fact in known_facts(persona, {"trust": 60}, {})}


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("What happened to the mill?", "", "mill_fire"),
        ("WHY DID IT BURN", "", "mill_fire"),
        ("Whose cats are these?", "", "cat"),
        ("And why?", "What happened to the mill?", "mill_fire"),
        ("Where did he go?", "Do you know Tobias?", "mill_fire"),
    ],
)
def test_a_question_finds_its_fact(persona: Persona, question: str, before: str, expected: str) -> None:
    """Paraphrases, other word endings and follow-ups find the fact that answers them."""
    assert relevant(persona.knowledge, question, before=before)[0].fact.id == expected


@pytest.mark.parametrize(
    "question", ["", "?", "Hello, Gerta", "What is the capital of France?", "\N{WAVING HAND SIGN}"]
)
def test_a_question_about_nothing_known_finds_nothing(persona: Persona, question: str) -> None:
    """No fact is better than a wrong one."""
    assert relevant(persona.knowledge, question, ignore=persona.name) == ()
