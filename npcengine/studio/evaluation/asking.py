"""Puts every question of a suite to a fresh character; knows the mind's public face and no more of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from npcengine.clock import Clock
from npcengine.errors import BackendError
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import Mind
from npcengine.mind.protocol import LanguageModel
from npcengine.mind.view import MindView, ReplyAction, ReplyEmotion, ReplyEnd, ReplyText
from npcengine.persona import Persona
from npcengine.studio.evaluation.judging import Fault, Reply, judge
from npcengine.studio.evaluation.suite import Case
from npcengine.studio.evaluation.suite_file import SuiteFile
from npcengine.types import ActionCall, Emotion, Source
from npcengine.voice.displayed_text import displayed


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


def play(sittings: Sequence[Sitting], model: LanguageModel, clock: Clock, *, seed: int = 0) -> Iterator[Turn]:
    """All questions in order, one reply at a time; a failure of the model is that turn's fault and ends nothing."""
    for seat, sitting in enumerate(sittings):
        for number, case in enumerate(sitting.file.suite.cases):
            for ask in case.ask:
                # A new mind for each question keeps nothing of the last one; the shared name lets the model keep the
                # character's file in its cache, as it does in a game.
                mind = Mind(sitting.persona, model, conversation=f"evaluation-{seat}", seed=seed)
                reply = _reply(mind, view_of(sitting, case, ask), sitting.persona.mood, clock)
                yield Turn(sitting, number, ask, reply, judge(case, reply, sitting.persona))


def view_of(sitting: Sitting, case: Case, ask: str) -> MindView:
    """The moment in which a question is asked."""
    suite = sitting.file.suite
    keep = sitting.persona.memory.turns
    memory = Memory()
    for said in case.history:
        memory = memory.after(Exchange(said.player, said.npc), keep=keep)
    state = {**sitting.persona.state, **suite.state, **case.state}
    return MindView(text=ask, memory=memory, state=state, world={**suite.world, **case.world})


def _reply(mind: Mind, view: MindView, mood: Emotion, clock: Clock) -> Reply:
    said: list[str] = []
    actions: list[ActionCall] = []
    emotion = mood
    source: Source = "model"
    used: tuple[str, ...] = ()
    failure = ""
    begun_s = clock.now()
    try:
        for part in mind.answer(view):
            match part:
                case ReplyEmotion():
                    emotion = part.emotion
                case ReplyAction():
                    actions.append(part.call)
                case ReplyText():
                    said.append(part.text)
                case ReplyEnd():
                    source, used = part.source, part.knowledge_used
    except BackendError as error:
        failure = str(error)
    text = displayed("".join(said))
    return Reply(text, emotion, tuple(actions), source, used, clock.now() - begun_s, failure)
