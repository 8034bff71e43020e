"""Words that a recogniser or a hasty typist may have meant by another; knows English spelling and no model."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

_SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:wr|rh)", "r"), (r"^(?:kn|gn|pn)", "n"), (r"^wh(?=o)", "h"), (r"^wh", "w"), (r"^ps", "s"), (r"^x", "s"),
        (r"mb$", "m"), (r"mn$", "m"), (r"igh", "I"), (r"ght", "t"), (r"ph", "f"), (r"tch", "ch"), (r"dge?", "j"),
        (r"ck", "k"), (r"sch", "sk"), (r"c(?=[eiy])", "s"), (r"c(?!h)", "k"), (r"qu", "kw"), (r"q", "k"), (r"z", "s"),
        (r"x", "ks"), (r"([^aeiou])\1", r"\1"),
        (r"(?:oughs?|ew|ue|oo|ui|ou(?=p|th|$))", "U"), (r"(?:ai|ay|eigh|ey|a(?=re$))", "A"), (r"(?:ye$|ie$|uy)", "I"),
        (r"(?:ee|ea|ie|ei)", "E"), (r"(?:oa|ow|oe)", "O"), (r"(?:au|aw)", "W"), (r"(?:ir|ur|er)", "R"),
        (r"a(?=[^aeiouAEIOUWR]e$)", "A"), (r"e(?=[^aeiouAEIOUWR]e$)", "E"), (r"[iy](?=[^aeiouAEIOUWR]e$)", "I"),
        (r"o(?=[^aeiouAEIOUWR]e$)", "O"), (r"u(?=[^aeiouAEIOUWR]e$)", "U"), (r"e$", ""), (r"y", "i"), (r"(?<=.)h", ""),
    )
)  # fmt: skip
"""How letters sound, roughly, in the order in which they are replaced; capitals are long vowels."""

LETTERS_A_SLIP = 5
"""So many letters of the longer word for each slip that is looked past; shorter words have too many neighbours."""


def is_meant(heard: str, word: str) -> bool:
    """Whether `heard` may stand for `word`: the same sound, or a slip of the finger away."""
    if heard == word:
        return True
    slips = max(len(heard), len(word)) // LETTERS_A_SLIP
    if heard[:1] == word[:1] and slips and OSA.distance(heard, word, score_cutoff=slips) <= slips:
        return True
    return len(word) > 2 and sound(heard) == sound(word)


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """A rough spelling of how an English word sounds; words that sound alike share it."""
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word
