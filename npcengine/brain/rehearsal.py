"""Which of an author's lines a character has ready to be played: those that it says without thinking; pure."""

from __future__ import annotations

from collections.abc import Iterator

from npcengine.mind.fillers import fillers_of
from npcengine.persona import Persona
from npcengine.types import Emotion
from npcengine.voice.chunker import clauses

MOST = 48
"""A file may hold thousands of lines; the voice takes about a tenth of a second for each."""


def opening_clauses(persona: Persona) -> tuple[tuple[str, Emotion], ...]:
    """What comes first in the lines of a character and how it feels, those first that it says most often.

    Only the first clause of a line is waited for: the rest is spoken while it plays. A line without an emotion of its
    own is rehearsed in the character's mood, which its reply has unless the player moved it.
    """
    openings: dict[str, Emotion] = {}
    for text, emotion in _lines(persona):
        if clause := next(iter(clauses(text)), ""):
            openings.setdefault(clause, emotion)
    return tuple(openings.items())[:MOST]


def _lines(persona: Persona) -> Iterator[tuple[str, Emotion]]:
    mood = persona.mood
    yield from ((text, mood) for text in (*fillers_of(persona), *persona.unknown, *persona.out_of_world))
    yield from ((line.say, line.emotion) for line in persona.lines)
    yield from ((text, mood) for text in persona.greeting)
    yield from ((example.npc, example.emotion) for example in persona.examples)
    yield from ((fact.say, mood) for fact in persona.knowledge if fact.say)
