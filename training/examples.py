"""What is learnt from: the questions of a world with the facts that answer them. Knows no model."""

from __future__ import annotations

import random
from dataclasses import dataclass

from npcengine.mind.heard import plain
from npcengine.persona import Fact as KnownFact
from npcengine.studio.tune.world_file import World, as_known

NOTHING = -1
"""Stands for the fact that answers where none does."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what answers it.

    Attributes:
        text: As it was written.
        fact: The number of the fact in its world, or `NOTHING`.
        after: The question before, on which it leans; mostly empty.
    """

    text: str
    fact: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A world as a character knows it, and what it is asked.

    Attributes:
        facts: With topics.
        asked: All questions but those from which topics were taken.
    """

    facts: tuple[KnownFact, ...]
    asked: tuple[Asked, ...]


def lesson_of(world: World, chance: random.Random) -> Lesson:
    """A world to learn from: its topics are words of a fact, and of a question that its author is taken to foresee."""
    facts, asked = [], []
    number = {fact.id: place for place, fact in enumerate(world.facts)}
    for place, fact in enumerate(world.facts):
        known, foreseen = as_known(fact, chance)
        facts.append(known)
        asked += [Asked(text, place) for text in fact.ask if text != foreseen]
        asked += [Asked(text, NOTHING) for text in fact.near]
        asked += [Asked(each.ask, number[each.fact], each.after) for each in fact.follow_up]
    asked += [Asked(text, NOTHING) for text in (*world.unanswerable, *world.statements)]
    return Lesson(tuple(facts), tuple(asked))


def line_of(asked: Asked) -> str:
    """A question in plain words, behind the one that it leans on."""
    said = plain(asked.text)
    return f"{plain(asked.after).rstrip('?')}, {said}" if asked.after else said
