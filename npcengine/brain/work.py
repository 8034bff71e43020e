"""What passes between the stages inside the brain."""

from __future__ import annotations

from dataclasses import dataclass

from npcengine.brain.messages import Context
from npcengine.types import Emotion, Voice


@dataclass(frozen=True, slots=True)
class KeyReleased:
    """The player's utterance ended at `ended_s` (seconds on the brain's clock)."""

    context: Context
    ended_s: float


@dataclass(frozen=True, slots=True)
class Question:
    """Something to answer.

    Attributes:
        text: The player's line; empty where `event` is what happened.
        ended_s: When the player's input ended (seconds on the brain's clock).
    """

    text: str
    event: str
    context: Context
    ended_s: float


@dataclass(frozen=True, slots=True)
class Clause:
    """Something to speak."""

    text: str
    emotion: Emotion
    voice: Voice


@dataclass(frozen=True, slots=True)
class EndOfReply:
    """All clauses of the turn have been handed on."""
