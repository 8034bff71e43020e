"""Whether a writer's words stand in a reply: whole words, stems and phrases; pure, knows no suite."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_APOSTROPHES = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{LEFT SINGLE QUOTATION MARK}": "'"})
_BETWEEN = r"(?:[^\S\n]*[-\N{NON-BREAKING HYPHEN}][^\S\n]*|\s+)"
"""What may part the words of a phrase: a space or a hyphen, never the end of a sentence."""
_BEFORE = r"(?<!\w)(?<!\w')"
_AFTER = r"(?!\w|'t\b)"
"""A word ends before an apostrophe ("Aldo's" holds "Aldo"), but "can't" is a word of its own and no "can"."""


def plain(text: str) -> str:
    """`text` as it is compared: case, kinds of apostrophe and compatibility forms do not count."""
    return unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold()


def pattern_mistake(pattern: str) -> str | None:
    """What is wrong with a pattern, for its writer; None if it can be used."""
    words = _words(pattern)
    if not words or not all(any(letter.isalnum() for letter in word) for word in words):
        return f'"{pattern}" holds no word to look for'
    if any("*" in word[:-1] for word in words):
        return f'"{pattern}": a star stands only at the end of a word, as in burn*'
    return None


def holds(text: str, pattern: str) -> bool:
    """Whether `text` holds the pattern.

    Args:
        text: A reply.
        pattern: A word, or words side by side; a word with a trailing ``*`` also matches every longer one.
    """
    return _compiled(pattern).search(plain(text)) is not None


def held(text: str, patterns: Iterable[str]) -> tuple[str, ...]:
    """Those of the patterns that `text` holds, in their order."""
    return tuple(pattern for pattern in patterns if holds(text, pattern))


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for case, spacing and kinds of apostrophe; every other mark counts."""
    return plain(one).split() == plain(other).split()


def _words(pattern: str) -> list[str]:
    return [word for word in re.split(r"[\s\-\N{NON-BREAKING HYPHEN}]+", plain(pattern)) if word]


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = []
    for word in _words(pattern):
        stem = word.removesuffix("*")
        parts.append(re.escape(stem) + (r"\w*" if stem != word else ""))
    return re.compile(_BEFORE + _BETWEEN.join(parts) + _AFTER)
