"""What a mind is asked and what it answers, as plain values; knows no model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from npcengine.mind.memory import Memory
from npcengine.types import ActionCall, Emotion, Source, Value, World


@dataclass(frozen=True, slots=True)
class MindView:
    """Everything about this moment, made by the game's side.

    Attributes:
        text: The player's line; empty when the character speaks unasked (a greeting, or a reaction to `event`).
        memory: What was said and noted before.
        state: What conditions read of the character.
        world: What conditions and actions read of the game.
        event: Something that just happened, to react to.
        mood: What the character feels now; None for its resting emotion.
    """

    text: str
    memory: Memory
    state: Mapping[str, Value]
    world: World
    event: str = ""
    mood: Emotion | None = None


@dataclass(frozen=True, slots=True)
class ReplyEmotion:
    """How the reply feels; comes once, before its text."""

    emotion: Emotion


@dataclass(frozen=True, slots=True)
class ReplyText:
    """A piece of the reply; the pieces joined are its words.

    Attributes:
        text: The piece.
        filler: It is said while the rest is thought of, and can be spoken by itself.
    """

    text: str
    filler: bool = False


@dataclass(frozen=True, slots=True)
class ReplyAction:
    """Something that the character asks the game to do."""

    call: ActionCall


@dataclass(frozen=True, slots=True)
class ReplyEnd:
    """The reply is complete.

    Attributes:
        source: Where its words come from.
        knowledge_used: Ids of the facts it was given.
        prompt: All that the model was shown for it; empty where no model was asked.
    """

    source: Source
    knowledge_used: tuple[str, ...] = ()
    prompt: str = ""


ReplyPart: TypeAlias = ReplyEmotion | ReplyText | ReplyAction | ReplyEnd
