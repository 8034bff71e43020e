"""Which of an author's words answer a line; without a model, by words and letters alone."""

from __future__ import annotations

import pytest

from npcengine.mind.deciding import Decider
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.plan import Spoken
from npcengine.mind.view import MindView
from npcengine.persona import Persona, persona_from_dict
from tests.unit.mind.conftest import CHARACTER

FARE, FLOUR = "One silver a crossing.", "Costs double, and half of it is dust."


@pytest.fixture
def ferryman() -> Persona:
    """Two of its facts tell of a price."""
    knowledge = [
        {"id": "fare", "text": "The ferry's price is one silver.", "topics": ["ferry", "price"], "say": FARE},
        {"id": "flour", "text": "The flour's price is double.", "topics": ["flour", "price"], "say": FLOUR},
        {"id": "cat", "text": "The cat is called Clinker.", "topics": ["cat"], "say": "Clinker. Mind your ankles."},
    ]
    return persona_from_dict({**CHARACTER, "knowledge": knowledge})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("What's the price?", {FARE, FLOUR}),
        ("What's the price of flour?", {FLOUR}),
        ("What is your cat called?", {"Clinker. Mind your ankles."}),
    ],
)
def test_facts_that_answer_alike_are_told_together(ferryman: Persona, line: str, told: set[str]) -> None:
    """One of the two is what was meant; where one answers better it is told alone."""
    spoken = Decider(ferryman, None, seed=0).decide(MindView(line, Memory(), {}, {}))
    assert isinstance(spoken, Spoken)
    assert {say for say in (FARE, FLOUR, "Clinker. Mind your ankles.") if say in spoken.text} == told


def test_what_was_told_is_not_told_again_beside_another(ferryman: Persona) -> None:
    """The player knows it already, and it was not what they meant."""
    memory = Memory((Exchange("What's the price of flour?", FLOUR),))
    spoken = Decider(ferryman, None, seed=0).decide(MindView("What's the price?", memory, {}, {}))
    assert isinstance(spoken, Spoken)
    assert spoken.text == FARE


def test_a_foreseen_question_finds_its_fact_without_a_common_word(ferryman: Persona) -> None:
    """Not by its text or topics: by the question that its author wrote down for it."""
    asked = "Do you keep any pets on board?"
    fact = ferryman.knowledge[2].model_copy(update={"when_asked": ("Are there any pets on board here?",)})
    foreseeing = ferryman.model_copy(update={"knowledge": (*ferryman.knowledge[:2], fact)})
    with_it, without = (
        Decider(persona, None, seed=0).decide(MindView(asked, Memory(), {}, {})) for persona in (foreseeing, ferryman)
    )
    assert isinstance(with_it, Spoken)
    assert with_it.used == ("cat",)
    assert not isinstance(without, Spoken) or without.used == ()


@pytest.mark.parametrize(("foreseen", "expected"), [((), "Five."), (("what is the price of a repair",), FARE)])
def test_a_line_gives_way_to_a_fact_that_foresaw_a_nearer_question(
    ferryman: Persona, foreseen: tuple[str, ...], expected: str
) -> None:
    """Both are wordings of players: the nearer one is what was asked."""
    fare = ferryman.knowledge[0].model_copy(update={"when_asked": foreseen})
    persona = ferryman.model_copy(update={"knowledge": (fare, *ferryman.knowledge[1:])})
    spoken = Decider(persona, None, seed=0).decide(MindView("What is the price for a repair?", Memory(), {}, {}))
    assert isinstance(spoken, Spoken)
    assert spoken.text == expected
