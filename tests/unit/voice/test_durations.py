"""The bytes that make a Piper voice tell its durations, and spans from them."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from npcengine.voice.durations import durations_output, network_input, phoneme_spans


def _field(name: bytes) -> bytes:
    return b"\x12" + bytes([len(name)]) + name + b"\x1a\x05/Ceil"


def test_the_output_is_named_after_the_tensor() -> None:
    """ModelProto{graph{output{name}}}, as it was checked against a real voice."""
    model = b"\n\x0f/Mul_1_output_0" + _field(b"/Ceil_output_0")
    assert durations_output(model) == b"\x3a\x12\x62\x10\x0a\x0e/Ceil_output_0"


def test_a_name_with_a_path() -> None:
    """The length byte before a name tells where it begins, though it may look like a letter."""
    name = b"/duration_predictor/a_rather_long_scope/with/more/than/enough/Ceil_output_0"
    assert durations_output(b"abc" + _field(name)).endswith(bytes([len(name)]) + name)


def test_a_voice_without_such_a_tensor() -> None:
    """Nothing is appended."""
    assert durations_output(b"no such thing here") == b""
    assert durations_output(b"Ceil_output_0") == b""


@given(counts=st.lists(st.integers(1, 3), min_size=1, max_size=20), length=st.integers(1, 100_000), data=st.data())
def test_spans_cover_the_sound(counts: list[int], length: int, data: st.DataObject) -> None:
    """From 0 to the end, in order, without gap or overlap."""
    ids = sum(counts)
    frames = np.array(data.draw(st.lists(st.integers(1, 40), min_size=ids, max_size=ids)), np.float64)
    spans = phoneme_spans([("a", count) for count in counts], frames, length)
    assert spans[0].start == 0
    assert spans[-1].end == length
    assert all(one.end == two.start for one, two in itertools.pairwise(spans))


def test_ids_of_a_sentence() -> None:
    """Every symbol takes its ids and a padding, the last none; unknown symbols take nothing."""
    known = {"^": [1], "$": [2], "_": [0], "a": [14], "b": [15, 16]}
    ids, counts = network_input(["a", "?", "b"], known)
    assert ids == [1, 0, 14, 0, 15, 16, 0, 2]
    assert counts == [("^", 2), ("a", 2), ("b", 3), ("$", 1)]
