"""Tells talk about people whom a character can't place from other talk; knows no model.

Nobody can answer "But he did not broach it" who has not been told who he is, and a small model that tries makes
somebody up.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from npcengine.mind.words import capitals, words

_BETWEEN_US = frozenset(
    {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "you", "your", "yours", "yourself"}
)
_SOMEBODY = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_SMALL = re.compile(r"\b[a-z]+")


def names_in(*texts: str) -> frozenset[str]:
    """What is written with a capital within sentences, and nowhere without one; in lower case."""
    names = {name.lower() for text in texts for name in capitals(text)}
    return frozenset(names.difference(*(_SMALL.findall(text) for text in texts)))


def is_about_strangers(line: str, *, placed: Collection[str], before: str) -> bool:
    """Whether a statement is about somebody whom the character can't place.

    Args:
        line: The player's, as it was written or heard.
        placed: Names that the character can place, in lower case.
        before: What was said just before, by both.

    Returns:
        False for talk between the two of them, for names that are placed, and for "he" and "she" after one was named.
    """
    said = words(line)
    if not said or _BETWEEN_US & set(said) or any(word in placed for word in said):
        return False
    if names_in(line):
        return True
    return bool(_SOMEBODY & set(said)) and not any(word in placed for word in words(before))
