"""What is embedded once is not embedded again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from npcengine.mind.embedding_cache import FILES_KEPT, LINES_KEPT, MANY, CachedEmbedder
from npcengine.mind.protocol import Embeddings
from npcengine.testing import FakeEmbedder

FILE = [f"Fact number {number} of the mill." for number in range(MANY)]


class CountingEmbedder(FakeEmbedder):
    """Counts the texts that it is asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def embed(self, texts: Sequence[str]) -> Embeddings:
        self.asked += len(texts)
        return super().embed(texts)


def cached(folder: Path | None = None, name: str = "fake") -> tuple[CountingEmbedder, CachedEmbedder]:
    """An embedder that remembers, and the one inside."""
    inner = CountingEmbedder()
    return inner, CachedEmbedder(inner, name=name, folder=folder)


def test_a_line_is_read_once() -> None:
    """Several parts of a mind ask about the same line, and it is embedded once; so is one that stands twice."""
    inner, embedder = cached()
    first = embedder.embed(["What happened?", "What happened?"])
    assert np.array_equal(first, embedder.embed(["What happened?", "What happened?"]))
    assert inner.asked == 1


def test_lines_are_forgotten() -> None:
    """Memory stays flat: after many lines the first is read again."""
    inner, embedder = cached()
    for number in range(LINES_KEPT + 1):
        embedder.embed([f"line {number}"])
    embedder.embed(["line 0"])
    assert inner.asked == LINES_KEPT + 2


def test_a_file_is_kept_on_disk(tmp_path: Path) -> None:
    """The next start of the engine reads the rows of an unchanged file instead of computing them."""
    _, before = cached(tmp_path)
    rows = before.embed(FILE)
    inner, after = cached(tmp_path)
    assert np.allclose(after.embed(FILE), rows, atol=1e-3)
    assert inner.asked == 0


def test_another_text_or_model_is_read_anew(tmp_path: Path) -> None:
    """Rows are found by content and by the model's name, so that old ones are never taken for new."""
    cached(tmp_path)[1].embed(FILE)
    changed, embedder = cached(tmp_path)
    embedder.embed([*FILE[1:], "Another fact."])
    other, stranger = cached(tmp_path, name="other")
    stranger.embed(FILE)
    assert (changed.asked, other.asked) == (MANY, MANY)


def test_a_damaged_file_is_read_anew(tmp_path: Path) -> None:
    """A file that is cut short is as if it were not there."""
    cached(tmp_path)[1].embed(FILE)
    for kept in tmp_path.glob("*.npy"):
        kept.write_bytes(kept.read_bytes()[:100])
    inner, embedder = cached(tmp_path)
    assert embedder.embed(FILE).shape == (MANY, embedder.dimensions)
    assert inner.asked == MANY


def test_the_folder_stays_small(tmp_path: Path) -> None:
    """An author who changes a file a thousand times does not fill the disk."""
    for number in range(FILES_KEPT + 1):
        (tmp_path / f"{number}.npy").touch()
    cached(tmp_path)[1].embed(FILE)
    assert len(list(tmp_path.iterdir())) == FILES_KEPT


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Without a place to keep them rows are computed each time, and nothing fails."""
    place = tmp_path / "taken"
    place.write_text("a file where a folder should be")
    assert cached(place)[1].embed(FILE).shape[0] == MANY
