"""What a game receives from `Engine.update`: one closed union of plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from npcengine.npc import Npc
from npcengine.types import Emotion, Source, Timings


@dataclass(frozen=True, slots=True)
class EngineReady:
    """All models are loaded; what was asked before is being answered."""


@dataclass(frozen=True, slots=True)
class ModelProgress:
    """The brain is loading `what`; `fraction` of all it loads is done (0–1)."""

    what: str
    fraction: float


@dataclass(frozen=True, slots=True)
class PlayerHeard:
    """What the player said to `npc`; not `final` while they still speak. A final empty text: nobody spoke."""

    npc: Npc
    text: str
    final: bool
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class NpcThinking:
    """`npc` was addressed and thinks about its answer."""

    npc: Npc


@dataclass(frozen=True, slots=True)
class NpcSpeaking:
    """`npc` has the next stretch of its reply ready and says `text`."""

    npc: Npc
    text: str


@dataclass(frozen=True, slots=True)
class NpcEmotion:
    """`npc` feels `emotion` from now on."""

    npc: Npc
    emotion: Emotion


@dataclass(frozen=True, slots=True)
class ActionRequested:
    """`npc` wants the game to do something; the game answers with `npc.notify`."""

    npc: Npc
    name: str
    args: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TurnFinished:
    """`npc` has fallen silent.

    Attributes:
        text_heard: The words that were heard, which is what it remembers having said.
        interrupted: Whether it was cut short.
        timings: Milliseconds from the end of the player's input.
        text: All that it meant to say.
        source: Where the words came from.
        knowledge_used: Ids of the facts that it was given for this reply.
        player_text: What it answered; empty where it spoke unasked.
        confidence: 0–1, how sure the recogniser was of `player_text`; 1 for a typed line.
        prompt: All that the model was shown for this reply; empty where the words are an author's and none was asked.
    """

    npc: Npc
    text_heard: str
    interrupted: bool
    timings: Timings
    text: str = ""
    source: Source = "model"
    knowledge_used: tuple[str, ...] = ()
    player_text: str = ""
    confidence: float = 1.0
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class StageFailed:
    """A part of the brain failed; when `recovered`, talking goes on and nothing needs to be done."""

    stage: str
    message: str
    recovered: bool


@dataclass(frozen=True, slots=True)
class CharacterReloaded:
    """`npc`'s character file was read again, asked for or because it had changed.

    Attributes:
        problems: Each as ``file:line: field: message``; with any, `npc` is as it was before. None: it is as the file
            says, from its next reply on.
    """

    npc: Npc
    problems: tuple[str, ...] = ()


Event: TypeAlias = (
    EngineReady
    | ModelProgress
    | PlayerHeard
    | NpcThinking
    | NpcSpeaking
    | NpcEmotion
    | ActionRequested
    | TurnFinished
    | StageFailed
    | CharacterReloaded
)
