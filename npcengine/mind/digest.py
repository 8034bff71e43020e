"""The few words a prompt holds of what is no longer in it word for word; made by rules, since a model this small can't.

Knows no model. It stands between the character's file, which is read once, and the talk that grows, and changes only
when the talk's beginning is cut anyway: whatever follows it has to be read again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.notes import ONE_OF_EACH, Note
from npcengine.mind.page import Page, clean, clip
from npcengine.mind.prompt import speaker
from npcengine.persona import Persona

DIGEST_SHARE = 0.06
"""Share of a prompt's tokens that it may take."""

MOST_TOPICS = 5
_RANK = ("name", "home", "errand", "promise", "gift", "told")
"""What is left out last comes first; events of the world are not about the player and are left to retrieval."""


def write_digest(persona: Persona, memory: Memory, dropped: Sequence[Exchange], page: Page) -> str:
    """What `memory` keeps of older talk, as a stage direction; empty when there is nothing to tell.

    Args:
        persona: The character.
        memory: All it remembers.
        dropped: Exchanges that it remembers word for word, but that the prompt has no room for.
        page: Gives the room.
    """
    past = memory.past
    for exchange in dropped:
        past = past.folding(exchange)
    told = [clean(note.text) for note in _telling(memory)]
    known = [*told[:2], _talks(persona, memory.meetings, past.told, talked=past.exchanges > 0), *told[2:]]
    room = page.share(DIGEST_SHARE) - page.count(_aside(persona, "", page))
    sentences: list[str] = []
    for sentence in filter(None, known):
        cost = page.count(f" {sentence}")
        if cost > room:
            continue
        room -= cost
        sentences.append(sentence)
    return _aside(persona, " ".join(sentences), page) if sentences else ""


def is_outdated(before: Memory, now: Memory) -> bool:
    """Whether a digest of `before` holds no longer: the player has another name now, or an older save was loaded."""
    single = {note for note in before.notes if note.kind in ONE_OF_EACH}
    return now.talks < before.talks or not single <= set(now.notes)


def _telling(memory: Memory) -> list[Note]:
    """The notes that a digest tells, the most telling first, of the same kind the newest."""
    notes = [note for note in reversed(memory.notes) if note.kind in _RANK]
    return sorted(notes, key=lambda note: _RANK.index(note.kind))


def _aside(persona: Persona, text: str, page: Page) -> str:
    name = clip(speaker(persona), 24, page.count)
    return page.template.aside.format(text=f"({name} knows: {text})")


def _talks(persona: Persona, meetings: int, told: Collection[str], *, talked: bool) -> str:
    """How often they met and what was told; never a word of a secret."""
    if not talked:
        return ""
    topics = [fact.topics[0] for fact in persona.knowledge if fact.id in told and fact.topics and not fact.secret]
    named = [topic if topic[:1].isupper() else f"the {topic}" for topic in topics[-MOST_TOPICS:]]
    times = f"They have met {meetings} times" if meetings > 1 else "They have met before"
    about = f" and talked of {_listed(named)}" if named else ""
    return clean(f"{times}{about}.")


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
