"""A finished turn as an overlay or a log shows it; knows no engine."""

from __future__ import annotations

from dataclasses import dataclass

from npcengine.events import TurnFinished
from npcengine.types import Timings


@dataclass(frozen=True, slots=True)
class TurnStats:
    """One finished turn, for overlays and logs.

    Attributes:
        npc_name: Who spoke.
        heard: What was understood of the player.
        reply: What was heard of the reply.
        source: Where its words come from.
        timings: Milliseconds from the end of the player's input.
        confidence: 0–1, how sure the recogniser was of `heard`; 1 for a typed line.
        knowledge_used: Ids of the facts that the reply was given.
        prompt: All that the model was shown; empty where none was asked.
    """

    npc_name: str
    heard: str
    reply: str
    source: str
    timings: Timings
    confidence: float = 1.0
    knowledge_used: tuple[str, ...] = ()
    prompt: str = ""


def stats_of(event: TurnFinished) -> TurnStats:
    """What is kept of a turn once its event has been taken."""
    return TurnStats(
        event.npc.name,
        event.player_text,
        event.text_heard,
        event.source,
        event.timings,
        event.confidence,
        event.knowledge_used,
        event.prompt,
    )
