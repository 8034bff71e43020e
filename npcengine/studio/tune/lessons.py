"""What is taught, in the very prompts that the engine writes in a game; knows no model but its count of tokens."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from npcengine.mind.deciding import TOLD_TAUGHT, Decider
from npcengine.mind.fillers import fillers_of
from npcengine.mind.history import write_history
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.page import Page
from npcengine.mind.prompt import AGREES, IGNORANT, REFUSES, speaker, write_opening, write_tail
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.view import MindView
from npcengine.persona import Fact, Persona
from npcengine.studio.tune.pupil import Pupil, Taught
from npcengine.types import Emotion

EXAMPLES = (0, 7)
"""A character is shown so many examples of its voice."""

WITH_FILLER = 0.3
WITH_TALK = 0.3
"""Shares of moments with a filler before the reply, and with other talk before the line."""

WITHOUT_FACTS = 0.5
"""Share of talk that is about no fact, and has none beside it."""

MOST_TALK = 3


@dataclass(frozen=True, slots=True)
class Branch:
    """One moment as the model sees it behind the opening.

    Attributes:
        history: What was said before.
        tail: What is known, the line, the beginning of the reply.
        reply: What the model is to write, with the space before it and the sign that ends it.
        skill: What it teaches.
    """

    history: str
    tail: str
    reply: str
    skill: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """Several moments of one character; none of them sees another."""

    opening: str
    branches: tuple[Branch, ...]


class Teacher:
    """Writes one character's moments; built once for it."""

    def __init__(self, pupil: Pupil, embedder: SentenceEmbedder | None, page: Page) -> None:
        self._pupil = pupil
        self._page = page
        self._decider = Decider(pupil.persona, embedder, seed=0)
        self._facts = {fact.id: fact for fact in pupil.persona.knowledge}
        self._bearing: dict[Taught, tuple[tuple[Fact, ...], Emotion]] = {}

    def lessons(self, *, branches: int, chance: random.Random) -> list[Lesson]:
        """Everything once, in an order of chance, so many moments to a lesson."""
        taught = list(self._pupil.taught)
        chance.shuffle(taught)
        return [self._lesson(taught[at : at + branches], chance) for at in range(0, len(taught), branches)]

    def _lesson(self, taught: Sequence[Taught], chance: random.Random) -> Lesson:
        persona = self._pupil.persona
        if self._pupil.voices:
            asked = {each.player for each in taught}
            voices = [each for each in self._pupil.voices if each.player not in asked]
            shown = chance.sample(voices, min(chance.randint(*EXAMPLES), len(voices)))
            persona = persona.model_copy(update={"examples": tuple(shown)})
        opening = write_opening(persona, self._page, demonstrate=False)
        return Lesson(opening, tuple(self._branch(each, persona, chance) for each in taught))

    def _branch(self, taught: Taught, persona: Persona, chance: random.Random) -> Branch:
        told, felt = self._read(taught)
        if not taught.facts and not taught.told and taught.skill != "decline" and chance.random() < WITHOUT_FACTS:
            told = ()
        memory = taught.memory()
        if not memory.exchanges and chance.random() < WITH_TALK:
            memory = Memory(exchanges=tuple(self._talk(taught, chance)))
        view = _view(taught, memory, event=_event(taught, persona))
        tail = write_tail(persona, view, self._page, told=told, emotion=taught.emotion or felt)
        if taught.player and chance.random() < WITH_FILLER:
            tail = f"{tail} {chance.choice(fillers_of(persona) or ('Hmm.',))}"
        history = write_history(persona, memory.exchanges, self._page)
        reply = f" {taught.reply}" if taught.reply else ""
        return Branch(history, tail, reply + self._page.template.stop[0], taught.skill)

    def _read(self, taught: Taught) -> tuple[tuple[Fact, ...], Emotion]:
        """The facts beside a line, found as in a game with those that must stand there; and what the line calls up."""
        if taught not in self._bearing:
            view = _view(taught, taught.memory(), event=taught.event)
            wanted = [self._facts[each] for each in taught.facts if each in self._facts]
            found = self._decider.bearing(view)
            room = max(0, TOLD_TAUGHT - len(wanted))
            beside = [fact for fact in found if fact not in wanted][:room]
            told = [fact for fact in found if fact in wanted or fact in beside]
            told += [fact for fact in wanted if fact not in told]
            notes = [Fact(id=f"told_{number}", text=text) for number, text in enumerate(taught.told)]
            felt = self._decider.emotion(view, wanted[0] if wanted else None)
            self._bearing[taught] = (*notes, *told), felt
        return self._bearing[taught]

    def _talk(self, taught: Taught, chance: random.Random) -> Iterator[Exchange]:
        """Talk about something else that went before."""
        said = [each for each in self._pupil.taught if each.reply and each.player and not each.history]
        other = [each for each in said if not set(each.facts) & set(taught.facts) and each.player != taught.player]
        for each in chance.sample(other, min(chance.randint(1, MOST_TALK), len(other))):
            yield Exchange(each.player, each.reply, emotion=each.emotion)


def _view(taught: Taught, memory: Memory, *, event: str) -> MindView:
    return MindView(text=taught.player, memory=memory, state={}, world={}, event=event)


def _event(taught: Taught, persona: Persona) -> str:
    name = speaker(persona)
    match taught.skill:
        case "deed":
            return AGREES.format(name=name, deed=taught.deed)
        case "refuse":
            return REFUSES.format(name=name, deed=taught.deed)
        case "unknown":
            return IGNORANT.format(name=name)
        case _:
            return taught.event
