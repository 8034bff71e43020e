"""How a memory changes with what a character lives through; pure, and without a model.

Used by the game's side, and wherever else a talk is played through.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from npcengine.mind.learning import learn, note_of
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.notes import Note, NoteKind
from npcengine.mind.prompt import speaker
from npcengine.persona import Fact, Persona

ENOUGH_HEARD = 2
"""A fact counts as told when so many of its longer words were heard."""

_LONGER_WORD = re.compile(r"[^\W\d_]{4,}")


def live_through(
    memory: Memory, exchange: Exchange, persona: Persona, *, used: Collection[str] = ()
) -> tuple[Memory, tuple[Note, ...]]:
    """The memory after an exchange that the character took part in, and what it learnt from it.

    Args:
        memory: Before.
        exchange: As it was heard.
        persona: The character.
        used: Ids of the facts that the reply was made from; those that were heard are remembered as told.
    """
    facts = [fact for fact in persona.knowledge if fact.id in used]
    told = tuple(fact.id for fact in facts if _was_told(fact, exchange.npc))
    learnt = learn(exchange.player, listener=speaker(persona)) if exchange.player else ()
    memory = memory.after(replace(exchange, told=told), keep=persona.memory.turns)
    return _noting(memory, learnt, persona), learnt


def overhear(memory: Memory, exchange: Exchange, persona: Persona) -> Memory:
    """The memory after an exchange of the player with another character (`exchange.speaker`)."""
    listener = exchange.speaker.split()[0] if exchange.speaker.split() else exchange.speaker
    learnt = learn(exchange.player, listener=listener, to_me=False) if exchange.player else ()
    return _noting(memory.after(exchange, keep=persona.memory.turns), learnt, persona)


def note_down(memory: Memory, text: str, persona: Persona, *, kind: NoteKind) -> tuple[Memory, Note]:
    """The memory with what the game told, and the note that it became."""
    note = note_of(text, name=persona.name, kind=kind)
    return memory.noting(note, keep=persona.memory.facts), note


def _noting(memory: Memory, notes: Collection[Note], persona: Persona) -> Memory:
    for note in notes:
        memory = memory.noting(note, keep=persona.memory.facts)
    return memory


def _was_told(fact: Fact, heard: str) -> bool:
    words = set(_LONGER_WORD.findall(f"{fact.text} {fact.say or ''}".lower()))
    return len(words & set(_LONGER_WORD.findall(heard.lower()))) >= min(ENOUGH_HEARD, len(words))
