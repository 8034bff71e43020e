"""Which of an author's lines a character has ready to be played: those that it says without thinking; pure."""

from __future__ import annotations

from collections.abc import Iterator

from npcengine.mind.fillers import fillers_of
from npcengine.persona import Persona
from npcengine.voice.chunker import clauses

MOST = 48
"""A file may hold thousands of lines; the voice takes about a tenth of a second for each."""


def opening_clauses(persona: Persona) -> tuple[str, ...]:
    """What comes first in the lines of a character, those first that it says most often.

    Only the first clause of a line is waited for: the rest is spoken while it plays.
    """
    openings = (next(iter(clauses(text)), "") for text in _lines(persona))
    return tuple(clause for clause in dict.fromkeys(openings) if clause)[:MOST]


def _lines(persona: Persona) -> Iterator[str]:
    yield from fillers_of(persona)
    yield from persona.unknown
    yield from persona.out_of_world
    yield from (line.say for line in persona.lines)
    yield from persona.greeting
    yield from (example.npc for example in persona.examples)
    yield from (fact.say for fact in persona.knowledge if fact.say)
