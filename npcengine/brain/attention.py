"""A language model that stops in mid-sentence when the turn it writes for is cancelled."""

from __future__ import annotations

from collections.abc import Iterator

from npcengine.mind.protocol import LanguageModel
from npcengine.types import Limits, Prompt, Turn


class AttentiveModel:
    """Stands between the mind and `model`, which know no turn.

    Attributes:
        capabilities: The model's.
        turn: What is being written for; None to finish whatever was begun.
    """

    def __init__(self, model: LanguageModel) -> None:
        self.capabilities = model.capabilities
        self.turn: Turn | None = None
        self._model = model

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        """Pieces of the continuation, to the end or to the cancellation."""
        pieces = self._model.generate(prompt, limits)
        try:
            for piece in pieces:
                if self.turn and self.turn.cancelled:
                    return
                yield piece
        finally:
            close = getattr(pieces, "close", None)  # any iterator may be one of pieces
            if close is not None:
                close()

    def warm(self, prompt: Prompt) -> Iterator[None]:
        """As the model."""
        return self._model.warm(prompt)

    def count_tokens(self, text: str) -> int:
        """As the model."""
        return self._model.count_tokens(text)

    def ease(self, level: int) -> None:
        """As the model."""
        self._model.ease(level)

    def close(self) -> None:
        """As the model."""
        self._model.close()
