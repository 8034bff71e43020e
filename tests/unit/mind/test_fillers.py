"""What a character says while it thinks of an answer."""

from __future__ import annotations

import pytest

from npcengine.mind.fillers import ORDINARY, filler, fillers_of
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import Mind
from npcengine.mind.view import MindView, ReplyEmotion, ReplyText
from npcengine.persona import Persona, persona_from_dict
from tests.unit.mind.conftest import CHARACTER, ScriptedModel

HUMS = ("Hmm.", "Well now.", "Ah.")


def character(**changed: object) -> Persona:
    """Gerta, who hums."""
    return persona_from_dict({**CHARACTER, "fillers": list(HUMS), **changed})


def after(*replies: str) -> Memory:
    """What is remembered after these replies."""
    return Memory(tuple(Exchange("Well?", reply) for reply in replies))


def pieces(persona: Persona, memory: Memory, line: str, model: ScriptedModel) -> list[ReplyText]:
    """The pieces of the reply to a line."""
    view = MindView(line, memory, {"trust": 50, "gold": 0}, {})
    return [part for part in Mind(persona, model, conversation="a").answer(view) if isinstance(part, ReplyText)]


def test_whoever_speaks_english_has_some() -> None:
    """An author's own come first, an empty list means none, and no language gets words of another."""
    unnamed = {key: value for key, value in CHARACTER.items() if key != "fillers"}
    assert fillers_of(persona_from_dict(unnamed)) == ORDINARY
    assert fillers_of(character()) == HUMS
    assert fillers_of(character(fillers=[])) == ()
    assert fillers_of(persona_from_dict({**unnamed, "language": "de"})) == ()


def test_the_model_goes_on_after_the_filler() -> None:
    """It comes before the model is asked, as a piece that can be spoken; the prompt ends with it."""
    model = ScriptedModel("Rain is rain.")
    view = MindView("Do you like the rain?", Memory(), {"trust": 50, "gold": 0}, {})
    answer = iter(Mind(character(), model, conversation="a").answer(view))
    first = [next(answer), next(answer)]
    assert model.prompts == []
    assert isinstance(first[0], ReplyEmotion)
    assert isinstance(first[1], ReplyText)
    assert first[1].filler
    assert first[1].text.strip() in HUMS
    rest = list(answer)
    assert model.prompts[0].tail.endswith(f": {first[1].text.strip()}")
    assert "".join(part.text for part in rest if isinstance(part, ReplyText)).strip() == "Rain is rain."
    assert not any(isinstance(part, ReplyEmotion) for part in rest)


def test_leaving_the_reply_after_the_filler_stops_the_model() -> None:
    """Nothing goes on writing for nobody."""
    model = ScriptedModel("Rain is rain. And so on.")
    view = MindView("Do you like the rain?", Memory(), {"trust": 50, "gold": 0}, {})
    answer = Mind(character(), model, conversation="a").answer(view)
    for _ in range(3):
        next(answer)
    answer.close()  # type: ignore[attr-defined]  # a generator
    assert model.open == 0


@pytest.mark.parametrize(
    "line", ["How much for a repair?", "What of the mill?", "Hello there.", "Are you ChatGPT?", "Thanks."]
)
def test_what_needs_no_thought_has_none(line: str) -> None:
    """Author's words, greetings and thanks come as they are."""
    said = pieces(character(), Memory(), line, ScriptedModel("You are welcome."))
    assert said
    assert not any(piece.filler for piece in said)


def test_no_two_replies_in_a_row_hesitate() -> None:
    """After a reply with a filler comes one without."""
    assert filler(character(), after("Hmm. Rain is rain."), seed=0) == ""
    assert filler(character(), after("Hmm. Rain is rain.", "Iron is iron."), seed=0) in HUMS[1:]


def test_each_filler_has_its_turn() -> None:
    """In a long talk none is heard much more often than the others."""
    persona, replies = character(), [""]
    for _ in range(60):
        opening = filler(persona, after(*replies), seed=1)
        replies.append(f"{opening} Aye.".strip())
    counts = [sum(reply.startswith(each) for reply in replies) for each in HUMS]
    assert sum(counts) == 30
    assert max(counts) - min(counts) <= 2
