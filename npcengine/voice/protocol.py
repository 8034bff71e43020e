"""What the engine asks of a voice; back-ends satisfy it, nothing here knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from npcengine.types import Speech, Voice


@dataclass(frozen=True, slots=True)
class TextToSpeechCapabilities:
    """What a voice can do, as data.

    Attributes:
        sample_rate: Of the speech it makes (Hz).
        phonemes: Whether it tells when each phoneme sounds.
    """

    sample_rate: int
    phonemes: bool


class TextToSpeech(Protocol):
    """Speaks."""

    capabilities: TextToSpeechCapabilities

    def speak(self, text: str, voice: Voice) -> Iterator[Speech]:
        """Speech for `text`, in pieces of at most a sentence, in order; nothing for text without a speakable word.

        Args:
            text: Plain words as one would write them; never markup.
            voice: Speed is the engine's to honour; pitch, timbre and volume are applied by `npcengine.voice.effects`.

        Raises:
            BackendError: The engine failed.
        """
        ...

    def close(self) -> None:
        """Frees the model; safe to call twice."""
        ...
