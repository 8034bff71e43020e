"""What can be spoken, and that nothing else is ever drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.mind.sampling import choose
from npcengine.mind.speakable import UNSPOKEN_SIGNS, is_speakable, unspeakable
from npcengine.types import Limits

PIECES = (b" iron", b" (", b"*", b"", b"\n", b"ing_", b"?", b" \xf0\x9f\x98\x80", b"\t", b"\xc3", b"\xf0\x9f", b":")
NEVER = np.flatnonzero(unspeakable(PIECES))


@pytest.mark.parametrize(
    "piece", [" iron", "\n", "...", "“No”", " dürfen", "дом", "你好", "می\u200cخواهم", " £5", "a+b", "é"]
)
def test_words_of_any_script_may_be_said(piece: str) -> None:
    """Letters, figures, punctuation, quotes and the end of a line stay."""
    assert not unspeakable([piece.encode()]).any()


@pytest.mark.parametrize(
    "piece", [*UNSPOKEN_SIGNS, " (laughs", "word*", "\r\n", "\x00", "\N{GRINNING FACE}", "\u2028", "�"]
)
def test_signs_are_not_said(piece: str) -> None:
    """One sign is enough, wherever it stands in a token."""
    assert unspeakable([piece.encode()]).all()


def test_parts_of_characters() -> None:
    """Half a letter may become one; the first bytes of what is beyond U+FFFF, and markers, which have none, may not."""
    assert unspeakable([b"\xc3", b"\xa4", b"\xf0", b" \xf0\x9f", b""]).tolist() == [False, False, True, True, True]


@given(st.lists(st.text(max_size=6), min_size=1, max_size=20))
def test_a_token_is_as_speakable_as_its_characters(texts: list[str]) -> None:
    """Read all at once, tokens are judged as they are one by one."""
    expected = [not text or not all(map(is_speakable, text)) for text in texts]
    assert unspeakable([text.encode() for text in texts]).tolist() == expected


@given(
    st.lists(st.floats(-(2.0**100), 2.0**100, width=32), min_size=len(PIECES), max_size=len(PIECES)),
    st.sampled_from([0.0, 0.1, 0.7, 1.2, 5.0]),
    st.sets(st.integers(0, len(PIECES) - 1)),
    st.integers(0, 2**32),
)
def test_nothing_unspeakable_is_ever_drawn(
    scores: list[float], temperature: float, spoken: set[int], seed: int
) -> None:
    """Whatever the scores, the temperature and what was said before."""
    limits = Limits(temperature=temperature, repeat_penalty=1.3)
    row = np.array(scores, dtype=np.float32)
    token = choose(row, limits, never=NEVER, spoken=spoken, random=np.random.default_rng(seed))
    assert token not in NEVER
