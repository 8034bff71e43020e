"""Everything that crosses the boundary between game and brain, as plain values; a turn is named by its number.

The two unions at the end are closed: whoever receives them can match them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from npcengine.config import EngineConfig
from npcengine.mind.memory import Memory
from npcengine.persona import Persona
from npcengine.types import ActionCall, Emotion, FaceCurves, Pcm, Source, SpokenWord, Value

# ---------------------------------------------------------------- game → brain


@dataclass(frozen=True, slots=True)
class Configure:
    """First message of a link: what to load, and the rate (Hz) at which the game plays speech."""

    config: EngineConfig
    output_rate: int


@dataclass(frozen=True, slots=True)
class Spawn:
    """A character came into being (or changed: the newest persona holds)."""

    npc: int
    persona: Persona


@dataclass(frozen=True, slots=True)
class Despawn:
    """A character is gone."""

    npc: int


@dataclass(frozen=True, slots=True)
class Context:
    """What a character knows of this moment; the game owns it all, so that a dead brain loses nothing."""

    memory: Memory
    state: Mapping[str, Value]
    world: Mapping[str, Value | tuple[str, ...]]
    mood: Emotion | None = None


@dataclass(frozen=True, slots=True)
class Listen:
    """The microphone's sound belongs to this turn from now on.

    Attributes:
        open_microphone: The brain finds start and end of the utterance itself; else `StopListening` ends it.
        unanswered: What the player had said just before and nobody has answered: this utterance goes on from there.
    """

    turn: int
    npc: int
    context: Context
    open_microphone: bool = False
    unanswered: str = ""


@dataclass(frozen=True, slots=True)
class Recontext:
    """The open microphone's utterance has begun: what holds now, and not what held when waiting for it began.

    Attributes:
        unanswered: As for `Listen`.
        talked_over: What the character is saying while the player speaks up; empty when it is silent.
    """

    turn: int
    npc: int
    context: Context
    unanswered: str = ""
    talked_over: str = ""


@dataclass(frozen=True, slots=True)
class MicrophoneBlock:
    """Sound from the microphone: mono float32, any rate (Hz). The only message that may be dropped under load.

    Attributes:
        reference: What the loudspeakers played meanwhile, same shape and rate; None when they were silent.
    """

    pcm: Pcm
    rate: int
    reference: Pcm | None = None


@dataclass(frozen=True, slots=True)
class StopListening:
    """The player's utterance ends here; the context is as of now."""

    turn: int
    npc: int
    context: Context


@dataclass(frozen=True, slots=True)
class Ask:
    """The player typed a line; or, with an empty `text`, `event` happened and the character reacts."""

    turn: int
    npc: int
    text: str
    context: Context
    event: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """The character speaks exactly this."""

    turn: int
    npc: int
    text: str
    emotion: Emotion


@dataclass(frozen=True, slots=True)
class Recollect:
    """A turn is over: what the character now remembers, to be read ahead of the next question."""

    npc: int
    memory: Memory


@dataclass(frozen=True, slots=True)
class Cancel:
    """Whatever belongs to this turn is stale from now on."""

    turn: int


@dataclass(frozen=True, slots=True)
class Ease:
    """How much of the machine the mind leaves to the game: at 0 nothing, above as much as it can."""

    level: int


Command: TypeAlias = (
    Configure
    | Spawn
    | Despawn
    | Listen
    | Recontext
    | MicrophoneBlock
    | StopListening
    | Ask
    | Say
    | Recollect
    | Cancel
    | Ease
)

# ---------------------------------------------------------------- brain → game


@dataclass(frozen=True, slots=True)
class Loading:
    """A part of the brain is being loaded; `fraction` of the whole brain is done (0–1)."""

    what: str
    fraction: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """All stages have been loaded, or have failed and said so."""


@dataclass(frozen=True, slots=True)
class UtteranceStarted:
    """The open microphone heard the player begin to speak."""

    turn: int
    npc: int


@dataclass(frozen=True, slots=True)
class Transcribed:
    """What the player said; an empty final text means that nobody spoke.

    Attributes:
        text: All of the utterance so far, with the unanswered words before it; not `final` while the player speaks.
        took_ms: From the end of the utterance to this text.
        aside: The player did not want the turn: a cough, an "mhm", or the character's own voice. Only of an utterance
            that talked over the character, which goes on.
    """

    turn: int
    npc: int
    text: str
    final: bool
    confidence: float
    took_ms: float
    aside: bool = False


@dataclass(frozen=True, slots=True)
class FirstToken:
    """The mind began to answer, `took_ms` after the end of the player's input."""

    turn: int
    npc: int
    took_ms: float


@dataclass(frozen=True, slots=True)
class Felt:
    """The emotion of the reply from here on."""

    turn: int
    npc: int
    emotion: Emotion


@dataclass(frozen=True, slots=True)
class Acted:
    """The character wants this done."""

    turn: int
    npc: int
    call: ActionCall


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """A piece of speech, ready to play.

    Attributes:
        text: What it says, as a subtitle shows it.
        pcm: Mono int16, at the rate that `Configure` named.
        words: With the sample of this piece at which each ends.
        curves: The face over this piece.
        filler: It is said while the reply is thought of.
    """

    turn: int
    npc: int
    text: str
    pcm: NDArray[np.int16]
    words: tuple[SpokenWord, ...]
    curves: FaceCurves
    filler: bool = False


@dataclass(frozen=True, slots=True)
class Replied:
    """The mind has finished its reply; `prompt` is what the model was shown for it, empty where none was asked."""

    turn: int
    npc: int
    text: str
    source: Source
    knowledge_used: tuple[str, ...]
    took_ms: float
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Voiced:
    """No further `Spoken` comes for this turn."""

    turn: int
    npc: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A stage failed; `recovered` when the turn goes on in a lesser way. Turn 0 is no turn."""

    stage: str
    message: str
    turn: int = 0
    npc: int = 0
    recovered: bool = False


@dataclass(frozen=True, slots=True)
class BrainRestarted:
    """The brain had died and a new one runs; made by the game's end of the link."""

    reason: str


@dataclass(frozen=True, slots=True)
class BrainLost:
    """The brain died and can't be started again; made by the game's end of the link."""

    reason: str


Report: TypeAlias = (
    Loading
    | Loaded
    | UtteranceStarted
    | Transcribed
    | FirstToken
    | Felt
    | Acted
    | Spoken
    | Replied
    | Voiced
    | Failed
    | BrainRestarted
    | BrainLost
)
