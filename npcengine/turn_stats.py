"""A finished turn as an overlay or a log shows it; knows no engine."""

from __future__ import annotations

from dataclasses import dataclass

from npcengine.events import TurnFinished
from npcengine.types import Timings


@dataclass(frozen=True, slots=True)
class TurnStats:
    """One finished turn, for overlays and logs."""

    npc_name: str
    heard: str
    reply: str
    source: str
    timings: Timings


def stats_of(event: TurnFinished) -> TurnStats:
    """What is kept of a turn once its event has been taken."""
    return TurnStats(event.npc.name, event.player_text, event.text_heard, event.source, event.timings)
