"""Whether something was said before, remembered in a few bytes a sentence; knows no character and no language."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

_BREAK = re.compile(r"(?<=[.!?…])[\"'”’]?\s+")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(2048)
def marks(text: str) -> tuple[str, ...]:
    """A mark for each sentence of a text, the same for the same words whatever their case and punctuation."""
    sentences = (_WORD.findall(each.lower()) for each in _BREAK.split(text))
    return tuple(blake2b(" ".join(words).encode(), digest_size=3).hexdigest() for words in sentences if words)
