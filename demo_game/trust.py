"""How far the villagers trust the player: fixed rules on what was said and done; knows no engine."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import npcengine

FIRST_TALK, TOLD, COURTESY, WARMED, HURT, INSULT, WALKED_OFF = 5, 3, 2, 2, -4, -6, -2
MOST_COURTESIES = 4
"""Kind words, and words that please, count so often with each person."""

WARM: frozenset[npcengine.Emotion] = frozenset({"happy", "amused", "tender"})
COLD: frozenset[npcengine.Emotion] = frozenset({"angry", "disgusted"})

_COURTESY = re.compile(
    r"\b(please|thank(s| you)|sorry|forgive me|good (day|morning|evening)|well done|beautiful)\b", re.I
)
_INSULT = re.compile(r"\b(fool|idiot|liar|stupid|shut up|coward|murderer|ugly|hate you|useless)\b", re.I)


@dataclass(frozen=True, slots=True)
class Change:
    """Trust that was won or lost, and why, as the player reads it."""

    amount: int
    why: str


def after_turn(
    stem: str, line: str, *, felt: npcengine.Emotion | None, learnt: int, counts: Counter[str]
) -> list[Change]:
    """What a finished turn changes.

    Args:
        stem: Who answered.
        line: What the player said; empty where the villager spoke unasked.
        felt: What came over the villager in this turn; None if nothing did.
        learnt: How many new things the villager told.
        counts: What has happened how often; kept up here.
    """
    if not line:
        return []
    changes = []
    counts[f"talk.{stem}"] += 1
    if counts[f"talk.{stem}"] == 1:
        changes.append(Change(FIRST_TALK, "you took the time to talk"))
    if learnt:
        changes.append(Change(TOLD, "they have told you something"))
    if _INSULT.search(line):
        changes.append(Change(INSULT, "your words were hard"))
    elif felt in COLD:
        changes.append(Change(HURT, "that did not go down well"))
    elif _COURTESY.search(line) and _counted(counts, f"courtesy.{stem}"):
        changes.append(Change(COURTESY, "you were kind"))
    elif felt in WARM and _counted(counts, f"warm.{stem}"):
        changes.append(Change(WARMED, "they liked that"))
    return changes


def _counted(counts: Counter[str], what: str) -> bool:
    counts[what] += 1
    return counts[what] <= MOST_COURTESIES


def within(trust: float) -> int:
    """Trust stays between 0 and 100."""
    return round(min(max(trust, 0.0), 100.0))
