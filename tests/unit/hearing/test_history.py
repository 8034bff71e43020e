"""The ring of recent sound."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from npcengine.hearing.history import History


@given(
    st.integers(1, 50),
    st.lists(st.integers(0, 120), max_size=20),
    st.integers(0, 600),
    st.integers(0, 600),
)
def test_it_is_the_end_of_the_stream(capacity: int, lengths: list[int], start: int, end: int) -> None:
    """Whatever the pieces, a position holds the sample that came there, and the last `capacity` are held."""
    stream = np.arange(sum(lengths), dtype=np.float32)
    history = History(capacity)
    for piece in np.split(stream, np.cumsum(lengths)[:-1]) if lengths else []:
        history.append(piece)
    assert history.end == len(stream)
    assert history.begin == max(0, len(stream) - capacity)
    np.testing.assert_array_equal(history.between(start, end), stream[max(start, history.begin) : end])


def test_what_it_hands_out_stays_as_it_is() -> None:
    """Later sound does not overwrite a stretch taken earlier."""
    history = History(4)
    history.append(np.ones(4, dtype=np.float32))
    taken = history.between(0, 4)
    history.append(np.zeros(4, dtype=np.float32))
    assert taken.tolist() == [1, 1, 1, 1]
