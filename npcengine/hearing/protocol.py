"""What the engine asks of ears; back-ends satisfy it, nothing here knows them."""

from __future__ import annotations

from typing import Protocol

from npcengine.types import Pcm, Transcript


class SpeechToText(Protocol):
    """Turns the player's speech into text."""

    def transcribe(self, pcm: Pcm, *, opening: str = "") -> Transcript:
        """The words in `pcm`.

        Args:
            pcm: Mono float32, shape (samples,), 16 kHz, full scale ±1; may be empty.
            opening: Words already agreed on for the start of this recording. An engine may take them as given and look
                for the rest only, or pay them no heed.

        Returns:
            The transcript of the whole recording, its opening included; its text is empty when nobody spoke.

        Raises:
            BackendError: The engine failed.
        """
        ...

    def close(self) -> None:
        """Frees the model; safe to call twice."""
        ...
