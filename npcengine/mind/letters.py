"""Stands in where no sentence embedder is: texts are alike that share words or stretches of letters; knows no model."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from npcengine.mind.protocol import Embeddings
from npcengine.mind.words import FILLER, stems_of, words

STRETCH = 4
"""Letters that are compared together."""

_WORD_WEIGHT = 2.0
_FILLER_WEIGHT = 0.3


class LetterEmbedder:
    """Rows count a text's words and its stretches of letters, hashed; no meaning, but no model either."""

    dimensions = 512

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """One row of length 1 for each text."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for number, text in enumerate(texts):
            rows[number, _place("")] = 1e-3  # a text without a word has a direction too
            for word in words(text):
                self._count(rows[number], word)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def close(self) -> None:
        """Nothing to free."""

    def _count(self, row: Embeddings, word: str) -> None:
        weight = _FILLER_WEIGHT if word in FILLER else 1.0
        row[_place(stems_of((word,))[0])] += _WORD_WEIGHT * weight
        padded = f" {word} "
        for start in range(max(1, len(padded) - STRETCH + 1)):
            row[_place(padded[start : start + STRETCH])] += weight / max(1, len(padded) - STRETCH + 1)


def _place(token: str) -> int:
    return int.from_bytes(blake2b(token.encode(errors="replace"), digest_size=4).digest(), "little") % 512
