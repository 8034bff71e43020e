"""Word error rate of a transcript; knows no recogniser."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_APOSTROPHES = re.compile(r"['’]")
_NO_WORD = re.compile(r"[^\w]+")


def word_errors(said: Sequence[str], heard: Sequence[str]) -> float | None:
    """Words wrong, missing or added, as a share of all words said (Levenshtein's distance over words).

    Args:
        said: What was said, a text for each recording.
        heard: What was understood, in the same order.

    Returns:
        0 for a perfect transcript; None when nothing was said.
    """
    normal = _normaliser()
    pairs = [(normal(truth).split(), normal(guess).split()) for truth, guess in zip(said, heard, strict=True)]
    words = sum(len(truth) for truth, _ in pairs)
    return round(sum(_distance(truth, guess) for truth, guess in pairs) / words, 4) if words else None


def plain(text: str) -> str:
    """`text` in small letters without punctuation."""
    return _NO_WORD.sub(" ", _APOSTROPHES.sub("", text.casefold())).strip()


def _normaliser() -> Callable[[str], str]:
    """Whisper's own where it is installed: it also reads "twenty" and "20" as the same word."""
    try:
        from whisper_normalizer.english import EnglishTextNormalizer  # noqa: PLC0415 - a tool for developers only
    except ImportError:
        return plain
    normal: Callable[[str], str] = EnglishTextNormalizer()
    return normal


def _distance(truth: Sequence[str], guess: Sequence[str]) -> int:
    """The fewest words to change, add or take away."""
    row = list(range(len(guess) + 1))
    for index, word in enumerate(truth, start=1):
        before, row[0] = row[0], index
        for place, other in enumerate(guess, start=1):
            cheapest = min(row[place] + 1, row[place - 1] + 1, before + (word != other))
            before, row[place] = row[place], cheapest
    return row[-1]
