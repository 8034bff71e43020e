"""A suite in front of a character: what is asked, in which moment, and what came of it; loads no mind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.remembering import live_through
from npcengine.mind.view import MindView
from npcengine.persona import Persona
from npcengine.studio.evaluation.judging import Fault, Reply
from npcengine.studio.evaluation.suite import Case
from npcengine.studio.evaluation.suite_file import SuiteFile


@dataclass(frozen=True, slots=True)
class Sitting:
    """A suite and the character that sits it."""

    file: SuiteFile
    persona: Persona
    persona_path: str

    @property
    def turns(self) -> int:
        """How many questions are asked."""
        return sum(len(case.ask) for case in self.file.suite.cases)

    def worded_by(self, wording: Literal["author", "model"]) -> Sitting:
        """The same, with what the character knows in the words of its author or of the model."""
        return replace(self, persona=self.persona.model_copy(update={"wording": wording}))


@dataclass(frozen=True, slots=True)
class Turn:
    """One question, its reply, and what is wrong with it.

    Attributes:
        sitting: Whose.
        number: Position of the case in its suite, from 0.
        ask: The wording.
        reply: What a player would get.
        faults: Empty when it passes.
    """

    sitting: Sitting
    number: int
    ask: str
    reply: Reply
    faults: tuple[Fault, ...]

    @property
    def case(self) -> Case:
        """What was asked for."""
        return self.sitting.file.suite.cases[self.number]

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def view_of(sitting: Sitting, case: Case, ask: str) -> MindView:
    """The moment in which a question is asked."""
    suite = sitting.file.suite
    memory = Memory()
    for said in case.history:
        memory, _ = live_through(memory, Exchange(said.player, said.npc), sitting.persona)
    state = {**sitting.persona.state, **suite.state, **case.state}
    return MindView(text=ask, memory=memory, state=state, world={**suite.world, **case.world})
