"""A mind whose model was taught to answer from the facts beside a line, and to write nothing where none answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from npcengine.mind import deciding, guard
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import Mind
from npcengine.mind.view import MindView, ReplyEnd, ReplyText
from npcengine.persona import Fact, Persona, persona_from_dict
from tests.unit.mind.conftest import CHARACTER, ScriptedModel

IGNORANT = ("Ask someone else.", "unknown")


@pytest.fixture
def freely() -> Persona:
    """Gerta, whose model words what she knows."""
    return persona_from_dict({**CHARACTER, "wording": "model"})


def taught(*replies: str) -> ScriptedModel:
    """A taught model that writes these, one for each prompt."""
    model = ScriptedModel(*replies)
    model.capabilities = replace(model.capabilities, taught=True)
    return model


def view(text: str, *exchanges: tuple[str, str], trust: int = 50) -> MindView:
    """A moment with Gerta."""
    memory = Memory(tuple(Exchange(player, npc) for player, npc in exchanges))
    return MindView(text, memory, {"trust": trust, "gold": 0}, {"inventory": ("sword",)})


def answer(persona: Persona, model: ScriptedModel, moment: MindView) -> tuple[str, ReplyEnd]:
    """The words that are spoken, fillers left out, and the end of the reply."""
    parts = list(Mind(persona, model, conversation="gerta").answer(moment))
    end = parts[-1]
    assert isinstance(end, ReplyEnd)
    return "".join(part.text for part in parts if isinstance(part, ReplyText) and not part.filler).strip(), end


def test_the_authors_words_come_first_unless_the_file_says_otherwise(persona: Persona) -> None:
    """A fact that surely answers is told as it was written, and the model is not asked."""
    model = taught("Tobias went to Varn when it burned.")
    said, end = answer(persona, model, view("When did the old mill burn down?"))
    assert (said, end.source, model.prompts) == ("Burned to the beams. Tobias ran off to Varn.", "fact", [])


def test_the_model_answers_in_its_own_words_and_the_fact_that_it_told_is_reported(freely: Persona) -> None:
    """Its reply is spoken although the author wrote one, and of several facts the one that it tells counts as used."""
    said, end = answer(freely, taught("Tobias went to Varn when it burned."), view("What became of the mill?"))
    assert (said, end.source, end.knowledge_used) == ("Tobias went to Varn when it burned.", "model", ("mill_fire",))


@pytest.mark.parametrize(("written", "expected"), [("Aye.", ("That's Clinker.", "fact")), ("", IGNORANT)])
def test_a_model_tells_whether_a_fact_that_is_not_sure_answers(
    persona: Persona, written: str, expected: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it writes is not spoken: the author's words are, or those for not knowing where it writes nothing."""
    monkeypatch.setattr(deciding, "SURE_ENOUGH", 1.1)  # no fact is sure
    said, end = answer(persona, taught(written), view("What's the cat called?"))
    assert (said, end.source) == expected


def test_a_reply_that_tells_nothing_of_the_facts_gives_way_to_the_authors_words(freely: Persona) -> None:
    """What the model makes up beside a fact that surely answers is not said."""
    said, end = answer(freely, taught("Ask the dragons."), view("What became of the mill?"))
    assert (said, end.source) == ("Burned to the beams. Tobias ran off to Varn.", "fact")


def test_a_model_that_writes_nothing_knows_nothing(persona: Persona) -> None:
    """An empty reply to a question is the author's line for that."""
    said, end = answer(persona, taught(""), view("Who built the mill?"))
    assert (said, end.source) == ("Ask someone else.", "unknown")


def test_not_knowing_is_put_in_other_words_once_the_authors_were_heard(persona: Persona) -> None:
    """The model is told that the character does not know, and says so; its reply is spoken as it is."""
    model = taught("", "No notion, that was before me.")
    moment = view("Who built the mill?", ("What is salt?", "Ask someone else."))
    said, end = answer(persona, model, moment)
    assert said == "No notion, that was before me."
    assert end.source == "model"
    assert "(Gerta does not know.)" in model.prompts[-1].tail


def test_a_refused_deed_is_told_to_the_model(persona: Persona) -> None:
    """What the player asks for and does not get goes with words that refuse it."""
    model = taught("Not for you.")
    said, _ = answer(persona, model, view("Open the gate, please!", trust=0))
    assert said == "Not for you."
    assert "(Gerta will not do it now. Open the village gate for the player.)" in model.prompts[-1].tail


def test_a_taught_model_is_shown_no_answers(persona: Persona) -> None:
    """It needs no demonstrations, so that its prompt is shorter; an untaught one is shown some."""
    shown = {}
    for name, model in (("taught", taught("Aye.")), ("untaught", ScriptedModel("Aye."))):
        answer(persona, model, view("Do you like the rain?"))
        shown[name] = "knows:" in model.prompts[-1].prefix
    assert shown == {"taught": False, "untaught": True}


FACTS = (
    Fact(id="gate", text="The gate is locked at dusk."),
    Fact(id="cat", text="The cat is called Clinker.", say="That's Clinker."),
)


@pytest.mark.parametrize(
    ("reply", "question", "meant", "expected"),
    [
        ("Locked at dusk.", "When do you shut the gate?", None, True),
        ("Clinker, the forge's cat.", "What's her name?", None, True),
        ("Clinker, the forge's cat.", "What's her name?", FACTS[0], False),
        ("Dusk, and dragons, trolls, wizards and kings.", "When is it locked?", None, False),
        ("Ask the dragons.", "When is it locked?", None, False),
    ],
)
def test_a_reply_tells_a_fact(reply: str, question: str, meant: Fact | None, expected: bool) -> None:
    """It holds words of it that were not in the question, few of its own, and none more of another than is meant."""
    assert guard.answers(reply, FACTS, question, meant=meant, language="en") is expected


def test_the_fact_that_a_reply_tells_is_the_one_with_its_words() -> None:
    """Where it shares words with none, none was told."""
    assert [fact.id for fact in guard.told_in("Clinker, the cat.", FACTS, language="en")] == ["cat"]
    assert guard.told_in("Hm.", FACTS, language="en") == []
