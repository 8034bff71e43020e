"""When the player begins to speak and pauses, from voice probabilities block by block; no model, no I/O."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

from npcengine.errors import ConfigError
from npcengine.hearing.voice_activity import BLOCK_MS, BLOCK_SAMPLES


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Speech begins at this sample of the stream."""

    at_sample: int


@dataclass(frozen=True, slots=True)
class Paused:
    """The voice ended before this sample of the stream; whether the speaker is finished is not known yet.

    Attributes:
        at_sample: Where the silence begins.
        brief: It is so short that the last consonant may still be on its way.
    """

    at_sample: int
    brief: bool = False


SpeechEvent: TypeAlias = SpeechStarted | Paused


@dataclass(frozen=True, slots=True)
class EndpointingOptions:
    """What counts as speech and what as a pause in it.

    Attributes:
        on: A block at or above this probability is speech (silero's own default).
        off: Only a block below this is silence; between the two things stay as they are (silero: on − 0.15).
        start_ms: Speech must hold on for so long to begin: shorter bursts are clicks and bumps.
        pause_ms: Silence for so long is a pause: longer than the closure of most stops, shorter than between sentences.
        brief_ms: Silence for so long may be one; as long as `pause_ms` or longer, none is told.
    """

    on: float = 0.5
    off: float = 0.35
    start_ms: float = 64.0
    pause_ms: float = 64.0
    brief_ms: float = 32.0

    def __post_init__(self) -> None:
        if not 0.0 < self.off <= self.on <= 1.0:
            raise ConfigError(f"endpointing: 0 < off <= on <= 1 does not hold for off {self.off} and on {self.on}")
        if self.start_ms <= 0 or self.pause_ms <= 0:
            raise ConfigError("endpointing: start_ms and pause_ms must be above 0")


class Endpointing:
    """Follows one stream: speech starts, pauses any number of times, and is over when `finish` says so."""

    def __init__(self, options: EndpointingOptions | None = None) -> None:
        self._options = options or EndpointingOptions()
        self._start_blocks = math.ceil(self._options.start_ms / BLOCK_MS)
        self._pause_blocks = math.ceil(self._options.pause_ms / BLOCK_MS)
        self._brief_blocks = math.ceil(self._options.brief_ms / BLOCK_MS)
        self.reset()

    def reset(self) -> None:
        """Starts a new stream at sample 0, in silence."""
        self._heard_blocks = 0
        self._voiced_until = 0
        self.finish()

    def finish(self) -> None:
        """Speech is over: the stream goes on in silence."""
        self._speaking = False
        self._voiced_blocks = 0
        self._quiet_from: int | None = None

    @property
    def speaking(self) -> bool:
        """Whether speech has started and is not over."""
        return self._speaking

    @property
    def quiet_ms(self) -> float:
        """How long the silence within speech has lasted so far; 0 outside speech."""
        return 0.0 if self._quiet_from is None else (self._heard_blocks - self._quiet_from) * BLOCK_MS

    @property
    def quiet_from(self) -> int | None:
        """The sample from which on speech is silent; None while there is voice, and outside speech."""
        return None if self._quiet_from is None else self._quiet_from * BLOCK_SAMPLES

    @property
    def voiced_ms(self) -> float:
        """How much of the speech so far was voice; 0 outside speech."""
        return self._voiced_blocks * BLOCK_MS if self._speaking else 0.0

    @property
    def voiced_until(self) -> int:
        """The sample after the last voice of the stream's speech; 0 when there was none."""
        return self._voiced_until * BLOCK_SAMPLES

    def hear(self, probability: float) -> SpeechEvent | None:
        """Takes the next block's probability of speech and tells what it decided, if anything."""
        self._heard_blocks += 1
        return self._in_speech(probability) if self._speaking else self._in_silence(probability)

    def _in_silence(self, probability: float) -> SpeechStarted | None:
        self._voiced_blocks = self._voiced_blocks + 1 if probability >= self._options.on else 0
        if self._voiced_blocks < self._start_blocks:
            return None
        self._speaking = True
        self._voiced_until = self._heard_blocks
        return SpeechStarted((self._heard_blocks - self._voiced_blocks) * BLOCK_SAMPLES)

    def _in_speech(self, probability: float) -> Paused | None:
        if probability >= self._options.on:
            self._quiet_from = None
            self._voiced_blocks += 1
            self._voiced_until = self._heard_blocks
        elif probability < self._options.off and self._quiet_from is None:
            self._quiet_from = self._heard_blocks - 1
        if self._quiet_from is None:
            return None
        blocks = self._heard_blocks - self._quiet_from
        if blocks not in (self._brief_blocks, self._pause_blocks) or blocks > self._pause_blocks:
            return None
        return Paused(self._quiet_from * BLOCK_SAMPLES, brief=blocks < self._pause_blocks)
