"""What the mind asks of a language model and of a sentence embedder; back-ends satisfy it, nothing here knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from npcengine.types import Limits, Prompt

Embeddings: TypeAlias = NDArray[np.float32]
"""Meanings, shape (texts, dimensions); rows have length 1, so that the product of two is their likeness (−1…1)."""


@dataclass(frozen=True, slots=True)
class LanguageModelCapabilities:
    """What a language model can do, as data.

    Attributes:
        context_tokens: Prompt and reply together must fit into so many tokens.
        family: Names the prompt template that suits the model: ``"screenplay"`` for base models,
            ``"chatml"``, ``"gemma"``, … for instruction-tuned ones.
        taught: It was taught to speak for characters: to answer from the facts beside a line, and to write nothing
            where they hold no answer.
    """

    context_tokens: int
    family: str
    taught: bool = False


class LanguageModel(Protocol):
    """Continues a text."""

    capabilities: LanguageModelCapabilities

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        """Pieces of the continuation as they come; closing the iterator stops the work.

        A back-end that can draws only what can be spoken (`npcengine.mind.speakable`): no brackets, markup or emoji.

        Raises:
            BackendError: The engine failed, or the prompt can't fit.
            AdapterBroken: The prompt's adapter can't be used with this model.
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


@runtime_checkable
class Adaptable(Protocol):
    """A language model that heeds `Prompt.adapter`; any other is never given one."""

    def load_adapter(self, name: str) -> None:
        """Gets an adapter ready for prompts that name it; costs nothing when it is, and for the empty name.

        Raises:
            AdapterBroken: It can't be used with this model.
        """
        ...


class SentenceEmbedder(Protocol):
    """Puts sentences where others of like meaning are near.

    Attributes:
        dimensions: Length of each row.
    """

    dimensions: int

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """One row of length 1 for each text; the same text gives the same row.

        Raises:
            BackendError: The engine failed.
        """
        ...

    def close(self) -> None:
        """Frees the model; safe to call twice."""
        ...


@runtime_checkable
class AnswerJudge(SentenceEmbedder, Protocol):
    """A sentence embedder that can also read a question and a text together; any other is not asked."""

    def judge(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Log-odds that each text answers the question, in nats; shape (texts,).

        Raises:
            BackendError: The engine failed.
        """
        ...
