"""How words sound, roughly, so that a name that was misheard or misspelt can be told; knows no character.

A code keeps the consonants in order, those alike in sound as one, and a vowel only where it opens the word: "Tobias",
"tow bias" and "to buy us" all are ``tbs``. The rules are those of English spelling, read without the r before a
consonant, which half of its speakers do not say.
"""

from __future__ import annotations

import re
from functools import lru_cache

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


@lru_cache(maxsize=8192)
def sound_of(word: str) -> str:
    """The code of a word, or of several read as one."""
    code = word.lower()
    for pattern, sound in _RULES:
        code = pattern.sub(sound, code)
    return code
