"""Tells kinds of lines apart, learnt from examples of each; plain numbers, knows an embedder by its protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from npcengine.mind.protocol import Embeddings, SentenceEmbedder

SHARPNESS = 3.0
"""How fast an example loses its say with distance; chosen by cross-validation over the examples."""

DOUBT = 0.1
"""How little a single example is believed (the ridge); chosen alike."""


Learnt = TypeVar("Learnt")


class Kinds:
    """Kernel ridge regression with Gaussian kernels (Hastie et al. 2009, "The Elements of Statistical Learning", 5.8).

    Args:
        examples: Lines by their kind.
        embedder: Tells their meaning; asked once, for all.
    """

    def __init__(self, examples: Mapping[str, Sequence[str]], embedder: SentenceEmbedder) -> None:
        self._names = tuple(examples)
        self._rows = embedder.embed([line for lines in examples.values() for line in lines])
        kinds = np.repeat(np.eye(len(examples)), [len(lines) for lines in examples.values()], axis=0)
        self._share = kinds.mean(axis=0)
        alike = _alike(self._rows, self._rows) + DOUBT * np.eye(len(self._rows))
        self._says = np.linalg.solve(alike, kinds - self._share)

    def scores(self, line: NDArray[np.float32]) -> dict[str, float]:
        """How surely a line, shape (dimensions,), is of each kind: about 0 to 1, in sum 1."""
        said = _alike(line[np.newaxis], self._rows)[0] @ self._says + self._share
        return dict(zip(self._names, map(float, said), strict=True))


def shared(learn: Callable[[SentenceEmbedder], Learnt]) -> Callable[[SentenceEmbedder], Learnt]:
    """Lets all characters share what is learnt with one embedder, for as long as that lives."""
    known: WeakKeyDictionary[SentenceEmbedder, Learnt] = WeakKeyDictionary()

    def learnt(embedder: SentenceEmbedder) -> Learnt:
        if embedder not in known:
            known[embedder] = learn(embedder)
        return known[embedder]

    return learnt


def _alike(some: Embeddings, others: Embeddings) -> NDArray[np.float64]:
    return np.asarray(np.exp(SHARPNESS * (some.astype(np.float64) @ others.T.astype(np.float64) - 1.0)))
