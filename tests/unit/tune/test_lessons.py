"""Lessons hold the very prompts that the engine writes for the same moments."""

from __future__ import annotations

import random

import pytest

from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import Mind
from npcengine.mind.page import Page
from npcengine.mind.protocol import LanguageModelCapabilities
from npcengine.mind.templates import SCREENPLAY
from npcengine.mind.view import MindView
from npcengine.persona import Persona, persona_from_dict
from npcengine.studio.tune.exchange_file import Exchange as Written
from npcengine.studio.tune.exchange_file import Said
from npcengine.studio.tune.lessons import EXAMPLES, Teacher
from npcengine.studio.tune.pupil import Pupil, Taught, pupil_of_world
from npcengine.studio.tune.world_file import World
from tests.unit.mind.conftest import CHARACTER, ScriptedModel
from tests.unit.tune.conftest import SameChance, page


def shown(persona: Persona, view: MindView) -> tuple[str, str]:
    """The prompt that a mind whose model was taught writes for a moment, where it is left the wording."""
    model = ScriptedModel("Aye.")
    model.capabilities = LanguageModelCapabilities(context_tokens=2048, family="screenplay", taught=True)
    free = persona.model_copy(update={"wording": "model"})
    list(Mind(free, model, conversation="test").answer(view))
    return model.prompts[0].prefix, model.prompts[0].tail


def taught(persona: Persona, moment: Taught) -> tuple[str, str]:
    """The prompt that a lesson holds for it."""
    written_on = Page("test", SCREENPLAY, tokens=1200, count=ScriptedModel().count_tokens)
    teacher = Teacher(Pupil("gerta", persona, (moment,)), None, written_on)
    (lesson,) = teacher.lessons(branches=24, chance=SameChance())
    (branch,) = lesson.branches
    return lesson.opening + branch.history, branch.tail


def view(text: str, *, event: str = "", memory: Memory | None = None) -> MindView:
    """A moment of a game."""
    return MindView(text=text, memory=memory or Memory(), state=CHARACTER["state"], world={}, event=event)


def test_a_question_is_taught_as_it_is_asked(persona: Persona) -> None:
    """Opening, the facts beside the line in their order, the line, the emotion."""
    moment = Taught("answer", "What happened to the mill?", "Burned.", facts=("mill_fire",))
    prompt = taught(persona, moment)
    assert "Gerta knows: The old mill burned down" in prompt[1]
    assert prompt == shown(persona, view(moment.player))


def test_what_was_said_before_stands_between_opening_and_line(persona: Persona) -> None:
    """History as a game writes it."""
    said = (Said(player="Where is Aldo?", npc="Out."),)
    moment = Taught("answer", "What happened to the mill?", "Burned.", facts=("mill_fire",), history=said)
    memory = Memory(exchanges=(Exchange("Where is Aldo?", "Out."),))
    assert taught(persona, moment) == shown(persona, view(moment.player, memory=memory))


def test_a_deed_is_taught_with_what_the_engine_tells_of_it(persona: Persona) -> None:
    """That the character agrees stands in the same words."""
    moment = Taught("deed", "Open the gate.", "Go on.", deed="Open the village gate for the player.")
    prompt = taught(persona, moment)
    assert "Gerta agrees and does it. Open the village gate" in prompt[1]
    assert prompt == shown(persona, view(moment.player))


def test_news_is_taught_as_it_comes(persona: Persona) -> None:
    """No line of the player's stands there."""
    moment = Taught("react", "", "Out, all of you!", event="A wolf runs through the square.")
    assert taught(persona, moment) == shown(persona, view("", event=moment.event))


@pytest.mark.parametrize(("reply", "written"), [("Burned.", " Burned.\n"), ("", "\n")])
def test_a_reply_ends_as_the_template_ends_it(persona: Persona, reply: str, written: str) -> None:
    """An empty one is the end alone: the model's way to say that it found no answer."""
    teacher = Teacher(Pupil("gerta", persona, (Taught("decline", "How?", reply),)), None, page())
    ((branch,),) = (lesson.branches for lesson in teacher.lessons(branches=1, chance=random.Random(0)))
    assert branch.reply == written


def test_what_the_player_told_stands_before_facts(persona: Persona) -> None:
    """As the first thing that is known beside the line."""
    moment = Taught("use_told", "What's my name?", "Erik.", told=("The player's name is Erik.",))
    assert taught(persona, moment)[1].startswith("(Gerta knows: ")
    assert "The player's name is Erik." in taught(persona, moment)[1]


def test_an_epoch_teaches_everything_once(world: World, exchanges: list[Written]) -> None:
    """However chance orders it, and in lessons of so many moments."""
    pupil = pupil_of_world("stores", world, exchanges, random.Random(0))
    lessons = Teacher(pupil, None, page()).lessons(branches=10, chance=random.Random(1))
    skills = sorted(branch.skill for lesson in lessons for branch in lesson.branches)
    assert skills == sorted(each.skill for each in pupil.taught)
    assert all(len(lesson.branches) <= 10 for lesson in lessons)


def test_no_example_is_shown_of_what_is_asked(world: World) -> None:
    """The model would learn to copy; and never more examples than there may be."""
    voices = [
        Written(skill="joke", player=f"Joke number {number}!", npc=f"Ha, {number}.", emotion="amused")
        for number in range(12)
    ]
    pupil = pupil_of_world("stores", world, voices, random.Random(0))
    for lesson in Teacher(pupil, None, page()).lessons(branches=5, chance=random.Random(2)):
        examples = [line for line in lesson.opening.splitlines() if line.startswith("Player: ")]
        assert len(examples) <= EXAMPLES[1]
        assert not any(example in branch.tail for example in examples for branch in lesson.branches)


def test_the_same_chance_gives_the_same_lessons(world: World, exchanges: list[Written]) -> None:
    """So that learning which was broken off goes on with the same rows."""
    pupil = pupil_of_world("stores", world, exchanges, random.Random(0))
    first, second = (Teacher(pupil, None, page()).lessons(branches=8, chance=random.Random("a")) for _ in range(2))
    assert first == second


@pytest.fixture
def persona() -> Persona:
    """Gerta, in short."""
    return persona_from_dict(CHARACTER)
