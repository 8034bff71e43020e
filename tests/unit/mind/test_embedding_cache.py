"""What is embedded once is not embedded again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from npcengine.mind.embedding_cache import FILES_KEPT, LINES_KEPT, MANY, PAIRS_KEPT, CachedEmbedder, CachedJudge
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


class CountingJudge(CountingEmbedder):
    """Judges a text by its length, and counts the texts that it reads."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0

    def judge(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += len(texts)
        return np.array([len(question) + len(text) for text in texts], dtype=np.float32)


def test_a_question_and_a_text_are_read_together_once() -> None:
    """A line that is looked at while it is being said and again when it is over is judged once."""
    inner = CountingJudge()
    judge = CachedJudge(inner, name="fake", folder=None)
    assert judge.judge("Who?", ["a", "bb", "a"]).tolist() == [5.0, 6.0, 5.0]
    assert judge.judge("Who?", ["bb", "ccc"]).tolist() == [6.0, 7.0]
    assert judge.judge("Where?", ["a"]).tolist() == [7.0]
    assert inner.read == 4


def test_judgements_are_forgotten() -> None:
    """Memory stays flat, and one call for more than is kept gives them all."""
    inner = CountingJudge()
    judge = CachedJudge(inner, name="fake", folder=None)
    texts = [str(number) for number in range(PAIRS_KEPT + 1)]
    assert len(judge.judge("Who?", texts)) == PAIRS_KEPT + 1
    judge.judge("Who?", texts[:1])
    assert inner.read == PAIRS_KEPT + 2
