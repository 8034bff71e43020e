"""What a judge of answers learns from: questions with the facts that answer them, and the rivals of these."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from npcengine.mind.asking import wanted
from npcengine.mind.knowledge import Knowledge
from npcengine.mind.memory import Memory
from npcengine.mind.prompt import fact_text, speaker
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.reading import Reading, Version
from npcengine.persona import Fact
from npcengine.studio.tune.exchange_file import read_exchanges
from npcengine.studio.tune.world_file import World, as_known, as_persona
from training.examples import NOTHING, Asked, line_of
from training.mishearing import misheard

FACTS_READ = 5
"""Beside one question."""

MOST_RIGHT = 3
"""An exchange names the facts that lie beside it, of which one answers: more of them would tell nothing."""

CLOSEST = 3
"""So many of the nearest wrong facts are always read."""

STRANGERS = 0.3
"""How often facts from the whole world are read beside the closest, and not only those that the engine finds."""

ONE_TEXT = 0.15
"""How often a fact is read in one of its two wordings only."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A question to one character.

    Attributes:
        speaker: Whom it is put to.
        facts: All that they know.
        asked: The question; its `fact` is not looked at.
        right: Numbers of the facts of which one answers it; none where no fact does.
        rivals: Numbers of the wrong ones that the engine finds, the best first.
    """

    speaker: str
    facts: tuple[Fact, ...]
    asked: Asked
    right: tuple[int, ...]
    rivals: tuple[int, ...]

    def drawn(self, chance: random.Random) -> tuple[str, list[str], int]:
        """As it is put once: perhaps misheard, beside some of the facts.

        Returns:
            The line, texts of facts, and how many of these, at the beginning, may answer it.
        """
        heard = Asked(misheard(self.asked.text, chance), NOTHING, self.asked.after)
        rivals = list(self.rivals)
        if chance.random() < STRANGERS:
            others = [chance.randrange(len(self.facts)) for _ in range(CLOSEST)]
            rivals = list(dict.fromkeys([*rivals[:CLOSEST], *(each for each in others if each not in self.right)]))
        farther = rivals[CLOSEST:]
        chance.shuffle(farther)
        room = FACTS_READ - min(len(self.right), 2) if self.right else FACTS_READ - 1
        read = [*self.right[:MOST_RIGHT], *[*rivals[:CLOSEST], *farther][:room]]
        texts = [_text(self.facts[number], chance) for number in read]
        return self.line(heard), texts, min(len(self.right), MOST_RIGHT)

    def line(self, asked: Asked) -> str:
        """A question as the judge reads it: whom it is put to, and plain words."""
        return f"{self.speaker}: {line_of(asked)}"


def pose(world: World, exchanges: Path | None, embedder: SentenceEmbedder, chance: random.Random) -> list[Posed]:
    """All questions to the character of a world.

    Args:
        world: What it knows.
        exchanges: A file of exchanges with it; None for none.
        embedder: Finds the rivals.
        chance: Chooses topics.
    """
    facts = tuple(as_known(fact, chance)[0] for fact in world.facts)
    persona = as_persona(world, facts)
    knowledge = Knowledge(persona, embedder)
    number = {fact.id: place for place, fact in enumerate(facts)}
    posed = []
    for asked, right, beside in (*_of_world(world, number), *_of_exchanges(exchanges, number)):
        rivals = beside or _found(knowledge, line_of(asked), number)
        wrong = tuple(each for each in rivals if each not in right)
        posed.append(Posed(speaker(persona), facts, asked, right, wrong))
    return posed


_Case = tuple[Asked, tuple[int, ...], tuple[int, ...]]
"""A question, which facts answer it, and which are known to be beside it."""


def _of_world(world: World, number: dict[str, int]) -> Iterator[_Case]:
    for fact in world.facts:
        own = (number[fact.id],)
        yield from ((Asked(text, NOTHING), own, ()) for text in fact.ask)
        yield from ((Asked(text, NOTHING), (), ()) for text in fact.near)
        yield from ((Asked(each.ask, NOTHING, each.after), (number[each.fact],), ()) for each in fact.follow_up)
    yield from ((Asked(text, NOTHING), (), ()) for text in (*world.unanswerable, *world.statements))


def _of_exchanges(path: Path | None, number: dict[str, int]) -> Iterator[_Case]:
    for each in read_exchanges(path).exchanges if path else ():
        if each.player and each.facts and not each.history:
            beside = tuple(number[fact] for fact in each.facts)
            if each.skill == "answer":
                yield Asked(each.player, NOTHING), beside, ()
            elif each.skill == "unknown":
                yield Asked(each.player, NOTHING), (), beside


def _found(knowledge: Knowledge, line: str, number: dict[str, int]) -> tuple[int, ...]:
    reading = Reading(line, (Version(line),), wanted(line))
    found = knowledge.find(reading, Memory(), state={}, world={}).known
    return tuple(number[each.fact.id] for each in found)


def _text(fact: Fact, chance: random.Random) -> str:
    if fact.say and chance.random() < ONE_TEXT:
        return chance.choice((fact.text, fact.say))
    return fact_text(fact)
