"""Joining token bytes: whole characters, and an end before the stop string."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from npcengine.mind.pieces import PieceJoiner


def join(data: bytes, cuts: list[int], stop: tuple[str, ...]) -> str:
    """What comes out of `data` when it is cut at `cuts`."""
    joiner = PieceJoiner(stop)
    places = sorted(min(cut, len(data)) for cut in cuts)
    pieces = [data[start:end] for start, end in zip([0, *places], [*places, len(data)], strict=True)]
    return "".join(joiner.feed(piece) for piece in pieces) + joiner.finish()


@given(st.text(alphabet="ab\né💬<|>"), st.lists(st.integers(0, 80), max_size=9))
def test_text_ends_before_the_first_stop(text: str, cuts: list[int]) -> None:
    """However the bytes are cut, the text comes out whole up to the first stop string."""
    stop = ("\n", "<|", "bb")
    places = [text.find(each) for each in stop if each in text]
    assert join(text.encode(), cuts, stop) == (text[: min(places)] if places else text)


def test_bytes_that_are_no_text_do_no_harm() -> None:
    """Broken UTF-8 becomes the replacement character."""
    assert join(b"a\xff\xe2\x82", [1, 2, 3], ()) == "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"
