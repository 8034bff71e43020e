"""What the engine asks of a language model; back-ends satisfy it, nothing here knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from npcengine.types import Limits, Prompt


@dataclass(frozen=True, slots=True)
class LanguageModelCapabilities:
    """What a language model can do, as data.

    Attributes:
        context_tokens: Prompt and reply together must fit into so many tokens.
        family: Names the prompt template that suits the model: ``"screenplay"`` for base models,
            ``"chatml"``, ``"gemma"``, … for instruction-tuned ones.
    """

    context_tokens: int
    family: str


class LanguageModel(Protocol):
    """Continues a text."""

    capabilities: LanguageModelCapabilities

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        """Pieces of the continuation as they come; closing the iterator stops the work.

        Raises:
            BackendError: The engine failed, or the prompt can't fit.
        """
        ...

    def warm(self, prompt: Prompt) -> Iterator[None]:
        """Reads a prompt ahead of time, a little with each step; what was read counts even if it is left.

        The tail may be empty, or that of a line that is not over: the next prompt of this conversation then costs
        only what differs.
        """
        ...

    def ease(self, level: int) -> None:
        """Leaves the game more of the machine: 0 is full speed, from 1 on as little at a time as possible.

        May be called between any two steps of `generate` and `warm`, from the thread that runs them.
        """
        ...

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` takes."""
        ...

    def close(self) -> None:
        """Frees the model; safe to call twice."""
        ...
