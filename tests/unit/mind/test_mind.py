"""The mind as a whole, around a scripted model."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import Mind
from npcengine.mind.view import MindView, ReplyAction, ReplyEmotion, ReplyEnd, ReplyPart, ReplyText
from npcengine.persona import Persona, persona_from_dict
from npcengine.types import ActionCall
from tests.unit.mind.conftest import CHARACTER, ScriptedModel


def view(text: str, *exchanges: tuple[str, str], trust: int = 50, event: str = "") -> MindView:
    """A moment with Gerta."""
    memory = Memory(tuple(Exchange(player, npc) for player, npc in exchanges))
    return MindView(text, memory, {"trust": trust, "gold": 9}, {"inventory": ("sword",)}, event=event)


def spoken(parts: list[ReplyPart]) -> tuple[str, str]:
    """The words of a reply and their source; the order of its parts is checked."""
    kinds = [type(part) for part in parts]
    assert kinds.count(ReplyEnd) == 1
    assert kinds[-1] is ReplyEnd
    assert kinds.count(ReplyEmotion) == 1
    assert kinds.index(ReplyEmotion) < kinds.index(ReplyText)
    end = parts[-1]
    assert isinstance(end, ReplyEnd)
    return "".join(part.text for part in parts if isinstance(part, ReplyText)).strip(), end.source


MILL = "Burned to the beams. Tobias ran off to Varn."
MILL_PLAINLY = "The old mill burned down last winter, and the miller Tobias fled to Varn."
TOLD_ALREADY = view("What of the mill?", ("Where is the mill?", MILL))


@pytest.mark.parametrize(
    ("moment", "written", "expected"),
    [
        (view("How much for a repair?"), "Ten.", ("Five.", "line")),
        (view("Are you ChatGPT?"), "Yes.", ("I don't follow that talk.", "out_of_world")),
        (view("Does your brother have debts?"), "Forty.", ("Ask someone else.", "unknown")),
        (view("What is the price of salt?"), "Two.", ("Ask someone else.", "unknown")),
        (view("What is the capital of France?"), "Paris.", ("I don't follow that talk.", "out_of_world")),
        (view(""), "Hm.", ("Mind the sparks.", "line")),
        (view("", event="The bell rings."), "What now?", ("What now?", "model")),
        (view("How are you?"), "Tired, as ever.", ("Tired, as ever.", "model")),
        (view("How are you?"), "", ("Mind the sparks.", "line")),
        (view("How are you?", ("Well?", "Tired.")), "Tired.", ("Mind the sparks.", "line")),
        (view("Do you like the rain?"), "Paris has worse.", ("Paris has worse.", "model")),
        (view("Do you like the rain?"), "Less than Paris does.", ("Ask someone else.", "unknown")),
        (view("What's the cat called?"), "I am not a cook.", ("That's Clinker.", "fact")),
        (view("What's the cat called?"), "", ("That's Clinker.", "fact")),
        (view("Do you like the cat?"), "More than most people.", ("More than most people.", "model")),
        (view("What of the mill?"), "Forty dragons.", (MILL, "fact")),
        (TOLD_ALREADY, "It burned last winter.", ("It burned last winter.", "model")),
        (TOLD_ALREADY, "It burned in 1860.", (MILL_PLAINLY, "fact")),
        (TOLD_ALREADY, "The mill never burned last winter.", (MILL_PLAINLY, "fact")),
        (TOLD_ALREADY, "It burned last winter. Dragons ate seventy sheep.", ("It burned last winter.", "model")),
    ],
)
def test_each_moment_gets_its_reply(
    persona: Persona, moment: MindView, written: str, expected: tuple[str, str]
) -> None:
    """Exact lines, deflections and facts come before what the model makes up; nobody falls silent."""
    model = ScriptedModel(written)
    assert spoken(list(Mind(persona, model, conversation="a").answer(moment))) == expected
    assert model.open == 0


def test_a_secret_reaches_the_model_only_when_it_may(persona: Persona) -> None:
    """Below the threshold no prompt holds a word of it."""
    model = ScriptedModel("Maybe.", "He owes the bandits forty silver.")
    mind = Mind(persona, model, conversation="a")
    told = ("What debts?", "He owes them forty silver.")
    list(mind.answer(view("Nice weather today.", trust=10)))
    list(mind.answer(view("Does your brother Aldo have debts?", told, trust=80)))
    assert ["forty" in prompt.tail for prompt in model.prompts] == [False, True]


def test_an_action_comes_with_the_words(persona: Persona) -> None:
    """The action does not wait for speech, and speech goes on."""
    parts = list(Mind(persona, ScriptedModel("There."), conversation="a").answer(view("Can you mend my sword?")))
    assert parts[0] == ReplyAction(ActionCall("repair", {"item": "sword"}))
    assert spoken(parts[1:])[0] == "There."


def test_closing_stops_the_model(persona: Persona) -> None:
    """Nothing is left running when a reply is dropped half way."""
    model = ScriptedModel("Well enough. Another thing. A third.")
    reply = Mind(persona, model, conversation="a").answer(view("How are you?"))
    next(reply)
    assert model.open == 1
    reply.close()  # type: ignore[attr-defined] # a generator behind an iterator's type
    assert model.open == 0


def test_the_next_prompt_begins_with_the_last(persona: Persona) -> None:
    """The prefix of a turn begins with that of the turn before, and reading ahead reads just that."""
    model = ScriptedModel("Fine.", "Well.")
    mind = Mind(persona, model, conversation="a")
    list(mind.warm())
    list(mind.answer(view("How are you?")))
    list(mind.answer(view("And you like it?", ("How are you?", "Fine."))))
    first, second = (prompt.prefix for prompt in model.prompts)
    assert model.warmed[0].prefix == first
    assert second == first + "Player: How are you?\nGerta (content): Fine.\n"


@settings(max_examples=60, deadline=None)
@given(said=st.text(max_size=80), written=st.text(max_size=80), event=st.text(max_size=20))
def test_odd_input_gets_a_reply(said: str, written: str, event: str) -> None:
    """Whatever is said and whatever the model writes, words come out and exactly one end."""
    mind = Mind(persona_from_dict(CHARACTER), ScriptedModel(written), conversation="a")
    text, _ = spoken([part for part in mind.answer(view(said, event=event)) if not isinstance(part, ReplyAction)])
    assert text.strip()
