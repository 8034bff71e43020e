"""Word error rates."""

from __future__ import annotations

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whisper_normalizer.english import EnglishTextNormalizer

from npcengine.studio.bench.wording import plain, word_errors

WORDS = st.lists(st.sampled_from(["the", "mill", "burned", "down", "last", "winter"]), min_size=1, max_size=8)


@given(WORDS, WORDS)
def test_it_counts_as_the_library_that_papers_use(said: list[str], heard: list[str]) -> None:
    """Any two texts have the rate that jiwer gives them."""
    truth, guess = " ".join(said), " ".join(heard)
    assert word_errors([truth], [guess]) == pytest.approx(jiwer.wer(truth, guess), abs=1e-4)


def test_all_recordings_count_by_their_words() -> None:
    """A missing word in ten is a tenth, whichever recording it was in; case and commas count nothing."""
    assert (
        word_errors(
            ["Mind, the hot sparks", "my brother owes the bandits silver"],
            ["mind the hot", "My brother owes the bandits silver!"],
        )
        == 0.1
    )
    assert word_errors([], []) is None


def test_without_the_library_words_are_compared_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed Whisper's normaliser gets a rate all the same."""
    monkeypatch.setitem(__import__("sys").modules, "whisper_normalizer.english", None)
    assert word_errors(["You're a devil!"], ["youre a devil"]) == 0.0
    assert plain("You’re, a  Devil.") == "youre a devil"
    assert EnglishTextNormalizer()("twenty") == "20"
