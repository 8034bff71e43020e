"""Which characters a reply may hold, and which tokens can therefore never be drawn; knows no model.

A grammar would have to test all tokens of a vocabulary at each step. What is forbidden here never changes, so that one
array made once will do, and no stage direction, markup or table can be begun.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

UNSPOKEN_SIGNS = frozenset("()[]{}<>*|#~_^\\`")
"""Of brackets, markup and tables."""

_UNSPOKEN_KINDS = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Sk", "So", "Zl", "Zp"})
"""Unicode's categories of control signs, of what is not assigned, of emoji and of separators of lines."""

_SPOKEN_ALL_THE_SAME = frozenset("\n\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
"""The end of a line, which ends a reply, and what some scripts are spelt with."""

_FOUR_BYTES = frozenset(range(0xF0, 0x100))
"""First bytes of characters beyond U+FFFF in UTF-8, emoji nearly all, or of none at all."""


def is_speakable(character: str) -> bool:
    """Whether a reply may hold this character; the end of a line counts as one that it may."""
    if character in UNSPOKEN_SIGNS:
        return False
    return character in _SPOKEN_ALL_THE_SAME or unicodedata.category(character) not in _UNSPOKEN_KINDS


def unspeakable(pieces: Sequence[bytes]) -> NDArray[np.bool_]:
    """Which tokens no reply may hold.

    Parts of a character's bytes count as speakable, since they may make a letter, unless they begin one of four bytes.

    Args:
        pieces: The bytes of each token; none for markers, which are not speakable.

    Returns:
        Shape (tokens,).
    """
    texts = [piece.decode("utf-8", errors="ignore") for piece in pieces]
    code_points = np.frombuffer("".join(texts).encode("utf-32-le", errors="surrogatepass"), dtype=np.uint32)
    forbidden = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
    forbidden[code_points] = True
    there_are = np.flatnonzero(forbidden)
    forbidden[there_are] = [not is_speakable(chr(each)) for each in there_are]
    met = np.concatenate([[0], np.cumsum(forbidden[code_points])])
    ends = np.cumsum(np.fromiter(map(len, texts), dtype=np.intp, count=len(texts)))
    begins = np.concatenate([[0], ends[:-1]])
    empty = np.fromiter((not piece for piece in pieces), dtype=np.bool_, count=len(pieces))
    return np.asarray((met[ends] > met[begins]) | empty | _begin_long(pieces, texts), dtype=np.bool_)


def _begin_long(pieces: Sequence[bytes], texts: Sequence[str]) -> NDArray[np.bool_]:
    """Which tokens hold the beginning of a long character and not its end."""
    torn = (
        len(text) != len(piece) and not _FOUR_BYTES.isdisjoint(piece) and len(text.encode()) < len(piece)
        for piece, text in zip(pieces, texts, strict=True)
    )
    return np.fromiter(torn, dtype=np.bool_, count=len(pieces))
