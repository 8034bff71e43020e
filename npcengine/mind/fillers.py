"""What a character says while it thinks of an answer, and when; knows no model."""

from __future__ import annotations

import random

from npcengine.mind.memory import Memory
from npcengine.persona import Persona

ORDINARY = ("Hmm.", "Well.", "Ah.")
"""Of a character whose author wrote none: they open an answer of any kind in any mood."""

REST = 1
"""So many replies after one with a filler have none: people begin some of their answers so, not all."""


def fillers_of(persona: Persona) -> tuple[str, ...]:
    """A character's fillers; ordinary ones where its author named none and it speaks English."""
    if persona.fillers is not None:
        return persona.fillers
    return ORDINARY if persona.language.lower().startswith("en") else ()


def filler(persona: Persona, memory: Memory, *, seed: int) -> str:
    """What a reply that has to be thought of begins with; empty where none is due.

    It depends on what was said before and not on the player's line, so that a line that is not over yet has the filler
    that it will have.
    """
    known = fillers_of(persona)
    before = [exchange.npc for exchange in memory.exchanges]
    if not known or any(text.startswith(known) for text in before[-REST:]):
        return ""
    lately = {each for each in known for text in before[-2 * len(known) :] if text.startswith(each)}
    fresh = [each for each in known if each not in lately] or list(known)
    return random.Random(f"{seed} {memory.talks}").choice(fresh)  # noqa: S311 - no secret
