"""What passes between the stages inside the brain."""

from __future__ import annotations

from dataclasses import dataclass

from npcengine.brain.messages import Context
from npcengine.types import Emotion, Turn, Voice


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
        draft: The player may not be finished: the answer is prepared, and held back until `Settled` says more.
        ended_s: When the player's input ended (seconds on the brain's clock); unknown for a draft.
    """

    text: str
    event: str
    context: Context
    draft: bool = False
    ended_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the player has said so far: worth reading ahead, too early to answer."""

    text: str
    context: Context


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of a draft.

    Attributes:
        turn: The draft's own cancel scope.
        kept: The player's words were the ones it answers; else it is forgotten.
        ended_s: When the player's input ended (seconds on the brain's clock).
    """

    turn: Turn
    kept: bool
    ended_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Clause:
    """Something to speak; a filler is spoken while the reply is thought of."""

    text: str
    emotion: Emotion
    voice: Voice
    filler: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Clauses to have ready, each as it most likely feels, the more important ones first.

    They are spoken to nobody while nothing else is to be done.
    """

    clauses: tuple[tuple[str, Emotion], ...]
    voice: Voice


@dataclass(frozen=True, slots=True)
class EndOfReply:
    """All clauses of the turn have been handed on."""
