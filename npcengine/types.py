"""The words all stages share: turns, sound, speech and faces as plain values; knows no stage, no thread, no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

Pcm: TypeAlias = NDArray[np.float32]
"""Mono sound, shape (samples,), full scale ±1."""

Emotion: TypeAlias = Literal[
    "neutral", "happy", "amused", "sad", "angry", "afraid",
    "surprised", "disgusted", "firm", "content", "worried", "tender",
]  # fmt: skip
EMOTIONS: tuple[Emotion, ...] = get_args(Emotion)

Status: TypeAlias = Literal["idle", "listening", "thinking", "speaking"]

Value: TypeAlias = bool | int | float | str
"""What a character's state and an action's argument may hold."""

World: TypeAlias = Mapping[str, Value | tuple[str, ...]]
"""What the game shares: plain values, and registries (names an action's argument is drawn from)."""

HEARING_RATE = 16_000
"""Samples a second that the hearing stage takes (Hz)."""


@dataclass(slots=True)
class Turn:
    """One exchange: at once its identity and its cancel scope. Stays this small."""

    number: int
    npc: int
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it sounds, in seconds from the start of the sound."""

    text: str
    start_s: float
    end_s: float
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard.

    Attributes:
        text: The words, trimmed; empty when nobody spoke.
        words: Timed words where the engine gives them.
        confidence: 0–1, the mean probability of the text's tokens.
        no_speech: 0–1, how likely the sound held no speech.
    """

    text: str
    words: tuple[Word, ...] = ()
    confidence: float = 1.0
    no_speech: float = 0.0


@dataclass(frozen=True, slots=True)
class Prompt:
    """Text for a language model, split where caching ends.

    Attributes:
        conversation: Which cached sequence this prompt extends; one per character.
        prefix: The stable part (persona, rules, examples, finished history): the same from turn to turn but for growth.
        tail: The volatile part (facts for this line, state, the player's line, the start of the reply).
        adapter: Path of the LoRA adapter to be answered with, ``"pirate.gguf"`` or ``"pirate.gguf@0.8"``; empty for
            the model's own.
    """

    conversation: str
    prefix: str
    tail: str
    adapter: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a reply ends and how freely it is drawn.

    Attributes:
        max_tokens: At most so many tokens are generated.
        stop: The text ends before the first of these.
        temperature: 0 is greedy.
        seed: The same seed, prompt and model give the same text, if the prompt is read in the same steps.
        reluctance: Log-odds of an empty reply, in nats, from which on it is empty; None leaves that to the draw.
    """

    max_tokens: int = 64
    stop: tuple[str, ...] = ("\n",)
    temperature: float = 0.0
    repeat_penalty: float = 1.0
    seed: int = 0
    reluctance: float | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """How a character sounds.

    Attributes:
        tts: Engine and model, ``"piper:en_US-joe-medium"``; empty for the engine's default.
        speed: 1 is normal, more is faster.
        pitch: Semitones, up is positive.
        timbre: Multiplies the formants; above 1 sounds smaller, below 1 larger.
        volume: Linear gain.
        pronunciation: Names, and the phonemes that a voice says for them (as `npcengine.pronunciation` gives them).
    """

    tts: str = ""
    speed: float = 1.0
    pitch: float = 0.0
    timbre: float = 1.0
    volume: float = 1.0
    pronunciation: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Phoneme:
    """A symbol of speech over samples `start` ≤ i < `end`.

    Symbols are espeak's IPA, code point by code point, with stress and length marks, spaces and punctuation as the
    voice counted them; ``"^"`` opens and ``"$"`` closes a stretch.
    """

    symbol: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word of a subtitle and the sample at which it has been heard to its end."""

    text: str
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """One stretch of synthesised speech.

    Attributes:
        text: What it says, as written.
        pcm: Mono sound, shape (samples,).
        sample_rate: Of `pcm` and of every span here (Hz).
        phonemes: Cover 0 … len(pcm) in order without overlap, as the voice labels them (`npcengine.face` corrects the
            labels to the sound); empty when the voice tells none.
        words: In order, with the sample at which each ends.
    """

    text: str
    pcm: Pcm
    sample_rate: int
    phonemes: tuple[Phoneme, ...] = ()
    words: tuple[SpokenWord, ...] = ()


@dataclass(frozen=True, slots=True)
class Accent:
    """A syllable that stands out, to which a speaker nods.

    Attributes:
        sample: Where its vowel begins.
        strength: 0–1, how much it stands out.
    """

    sample: int
    strength: float


@dataclass(frozen=True, slots=True, eq=False)
class FaceCurves:
    """The lower face over one stretch of speech.

    Attributes:
        sample_rate: Of the sound the curves belong to (Hz).
        frame_samples: Sound samples from one row of `weights` to the next.
        weights: float32 (frames, 52) in ARKit order, 0–1; row i holds at sample ``i * frame_samples``.
        visemes: One OVR name per row.
        mouth_shapes: One of Rhubarb's ``A``…``H``, ``X`` per row, as one string.
        accents: The syllables that head and brows go along with, in order.
    """

    sample_rate: int
    frame_samples: float
    weights: NDArray[np.float32]
    visemes: tuple[str, ...]
    mouth_shapes: str
    accents: tuple[Accent, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face at one instant.

    Attributes:
        weights: float32 (52,) in ARKit order, 0–1.
        mouth_shape: Rhubarb's ``A``…``H`` or ``X`` (rest).
        viseme: One of the 15 OVR names, ``"sil"`` at rest.
        gaze: (right, up) −1…1, where the eyes point as the viewer sees it.
        head: (yaw, pitch, roll) in degrees; positive turns to the viewer's right, looks up, tilts to their right.
        breath: 0–1, how far the chest has risen.
    """

    weights: NDArray[np.float32]
    mouth_shape: str = "X"
    viseme: str = "sil"
    gaze: tuple[float, float] = (0.0, 0.0)
    head: tuple[float, float, float] = (0.0, 0.0, 0.0)
    breath: float = 0.0


@dataclass(frozen=True, slots=True)
class Subtitle:
    """What a character is saying: the whole text so far, the words heard so far, and who speaks."""

    text: str = ""
    spoken: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class ActionCall:
    """An action a character wants the game to carry out."""

    name: str
    args: Mapping[str, str] = field(default_factory=dict)


Source: TypeAlias = Literal["model", "line", "fact", "unknown", "out_of_world"]
"""Where a reply's words come from."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds of one turn, from the end of the player's input; None where a step did not happen.

    Attributes:
        stt: The final transcript.
        first_token: The mind's first word.
        first_audio: The first sound that could be played.
        first_words: The same of what is no filler; later than `first_audio` where a reply began with one.
        reply_done: The mind's last word.
    """

    stt: float | None = None
    first_token: float | None = None
    first_audio: float | None = None
    first_words: float | None = None
    reply_done: float | None = None


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What a back-end is told when it loads.

    Attributes:
        threads: How many CPU threads it may use.
        seed: Makes its choices repeatable.
        context_tokens: How much text a language model can hold.
        conversations: How many cached sequences a language model keeps.
        adapter: A language model's own: ``"default"`` (the one shipped for it), ``"none"``, or as in `Prompt`.
    """

    threads: int = 2
    seed: int = 0
    context_tokens: int = 4096
    conversations: int = 8
    adapter: str = "default"
