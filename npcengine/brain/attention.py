"""A language model that stops when its turn is cancelled, and works less while the game needs the machine."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

from npcengine.errors import AdapterBroken
from npcengine.mind.protocol import Adaptable, LanguageModel
from npcengine.types import Limits, Prompt, Turn

_REST_S = 0.02
"""About as long as a token takes: an eased model works half of the time."""


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
        self._wanted = self._level = 0
        self._closing = Event()

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        """Pieces of the continuation, to the end or to the cancellation."""
        pieces = self._model.generate(prompt, limits)
        try:
            for piece in pieces:
                if self.turn and self.turn.cancelled:
                    return
                self._keep_pace()
                yield piece
        finally:
            close = getattr(pieces, "close", None)  # any iterator may be one of pieces
            if close is not None:
                close()

    def warm(self, prompt: Prompt) -> Iterator[None]:
        """As the model."""
        for _ in self._model.warm(prompt):
            self._keep_pace()
            yield

    def load_adapter(self, name: str) -> None:
        """As the model.

        Raises:
            AdapterBroken: It can't be used with this model, or this model takes none.
        """
        if isinstance(self._model, Adaptable):
            self._model.load_adapter(name)
        elif name:
            raise AdapterBroken(f"This language model takes no adapters, so that {name} has no effect.")

    def count_tokens(self, text: str) -> int:
        """As the model."""
        return self._model.count_tokens(text)

    def ease(self, level: int) -> None:
        """As the model, from its next step on; may be called by any thread."""
        self._wanted = level

    def close(self) -> None:
        """As the model."""
        self._closing.set()
        self._model.close()

    def _keep_pace(self) -> None:
        if self._level != self._wanted:
            self._level = self._wanted
            self._model.ease(self._level)
        if self._level:
            self._closing.wait(_REST_S)
