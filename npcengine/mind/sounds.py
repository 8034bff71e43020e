"""How words sound, roughly, so that a name that was misheard or misspelt can be told; knows no character.

A code keeps the consonants in order, those alike in sound as one, and a vowel only where it opens the word: "Tobias",
"tow bias" and "to buy us" all are ``tbs``. The rules are those of English spelling, read without the r before a
consonant, which half of its speakers do not say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^wh", "w"),
        (r"^x", "s"),
        (r"mb$", "m"),
        (r"bt$", "t"),
        (r"(?<=a)l(?=[fmkv])", ""),
        (r"tch|sch|sh|ch|ti(?=o)", "X"),
        (r"ph", "f"),
        (r"dge?(?=[eiy])|ge?(?=[eiy])", "j"),
        (r"gh", ""),
        (r"ck|c(?=[^eiyX]|$)|q", "k"),
        (r"c|z", "s"),
        (r"th", "t"),
        (r"x", "ks"),
        (r"v", "f"),
        (r"r(?=[^aeiouy]|$)", ""),
        (r"(?<=.)[hwy]", ""),
        (r"^[aeiou]+", "A"),
        (r"[aeiou]", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""Applied in order; the upper-case letters stand for sounds that one letter does not write."""


LETTERS_A_SLIP = 5
"""So many letters of the longer word for each slip that is looked past; shorter words have too many neighbours."""

SAME_LETTERS = 60.0
SAME_LETTERS_SHORT = 75.0
"""Words that sound alike share so many of their letters (0–100), those with few consonants more of them."""


def is_meant(heard: str, word: str) -> bool:
    """Whether `heard` may stand for `word`: the same sound, or a slip of the finger away."""
    if heard == word:
        return True
    slips = max(len(heard), len(word)) // LETTERS_A_SLIP
    if heard[:1] == word[:1] and slips and OSA.distance(heard, word, score_cutoff=slips) <= slips:
        return True
    code = sound_of(heard)
    alike = SAME_LETTERS if len(code) > 2 else SAME_LETTERS_SHORT
    return len(word) > 2 and code == sound_of(word) and fuzz.ratio(heard, word) >= alike


@lru_cache(maxsize=8192)
def sound_of(word: str) -> str:
    """The code of a word, or of several read as one."""
    code = word.lower()
    for pattern, sound in _RULES:
        code = pattern.sub(sound, code)
    return code
