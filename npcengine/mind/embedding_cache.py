"""Remembers what sentences mean, so that a character's file is read once and a line once a turn; knows no model.

A line is asked about by several parts of a mind: the last few stay in memory. A file's texts come in one call: they are
kept on disk, under a name made of their content, so that a changed file is read anew and an old one is never mistaken.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from npcengine.mind.protocol import AnswerJudge, Embeddings, SentenceEmbedder

LINES_KEPT = 64
PAIRS_KEPT = 512
MANY = 32
"""So many texts at once are a file's, and worth keeping on disk."""
FILES_KEPT = 256

_log = logging.getLogger(__name__)


class CachedEmbedder:
    """An embedder that works only for what it has not seen.

    Args:
        inner: Does the work.
        name: Of its model; another model's rows are others.
        folder: Where a file's rows are kept; None keeps none.
    """

    def __init__(self, inner: SentenceEmbedder, *, name: str, folder: Path | None) -> None:
        self.dimensions = inner.dimensions
        self._inner = inner
        self._name = name
        self._folder = folder
        self._lines: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """One row of length 1 for each text.

        Raises:
            BackendError: The engine failed.
        """
        if len(texts) >= MANY:
            return self._embed_file(texts)
        new = [text for text in dict.fromkeys(texts) if text not in self._lines]
        rows = dict(zip(new, self._inner.embed(new), strict=True)) if new else {}
        for text in texts:
            rows[text] = self._lines.get(text, rows.get(text))
        for text in texts:
            self._lines[text] = rows[text]
            self._lines.move_to_end(text)
        while len(self._lines) > LINES_KEPT:
            self._lines.popitem(last=False)
        return np.stack([rows[text] for text in texts]) if texts else self._inner.embed(texts)

    def close(self) -> None:
        """Frees the model; safe to call twice."""
        self._inner.close()

    def _embed_file(self, texts: Sequence[str]) -> Embeddings:
        if self._folder is None:
            return self._inner.embed(texts)
        content = "\0".join((self._name, *texts)).encode("utf-8", errors="replace")
        kept = self._folder / f"{hashlib.sha256(content).hexdigest()[:32]}.npy"
        rows = _read(kept)
        if rows is None or rows.shape != (len(texts), self.dimensions):
            rows = self._inner.embed(texts)
            _write(kept, rows)
        return rows


class CachedJudge(CachedEmbedder):
    """An embedder that judges answers, too, once for each question and text."""

    def __init__(self, inner: AnswerJudge, *, name: str, folder: Path | None) -> None:
        super().__init__(inner, name=name, folder=folder)
        self._judge = inner
        self._judged: OrderedDict[tuple[str, str], float] = OrderedDict()

    def judge(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Log-odds that each text answers the question, in nats; shape (texts,).

        Raises:
            BackendError: The engine failed.
        """
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._judged]
        if new:
            odds = self._judge.judge(question, new)
            self._judged.update(((question, text), float(each)) for text, each in zip(new, odds, strict=True))
        found = np.array([self._judged[question, text] for text in texts], dtype=np.float32)
        while len(self._judged) > PAIRS_KEPT:
            self._judged.popitem(last=False)
        return found


def _read(path: Path) -> Embeddings | None:
    try:
        rows = np.load(path, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError, EOFError):
        return None
    path.touch()  # the oldest is the one that was not wanted for longest
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9) if rows.ndim == 2 else None


def _write(path: Path, rows: Embeddings) -> None:
    """In half the precision, far more than the model's own; a folder that can't be written costs nothing but time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            np.save(file, rows.astype(np.float16))
        Path(file.name).replace(path)
        by_age = sorted(path.parent.glob("*.npy"), key=lambda each: each.stat().st_mtime)
        for old in by_age[:-FILES_KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        _log.info("meanings of a character's file are not kept in %s: %s", path.parent, error)
