"""How long each phoneme of a Piper voice sounds: where that is told, and spans from its numbers; bytes and arrays only.

A Piper voice is a VITS network. Its duration predictor rounds up (`Ceil`) the decoder frames that every input id lasts,
and the decoder turns each frame into the same number of samples, so the sum of those frames is the sound's exact
length. The tensor is not among a stock voice's outputs, but protobuf messages may be concatenated: bytes that hold
nothing but one more graph output, appended to the model, merge into it on reading
(protobuf.dev/programming-guides/encoding, "Last One Wins").
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from npcengine.types import Phoneme

_TENSOR = b"Ceil_output_0"
_NAME_BEFORE = re.compile(rb"[\w./]*\Z")
_GRAPH, _OUTPUT, _NAME = b"\x3a", b"\x62", b"\x0a"
"""Tags of ModelProto.graph (7), GraphProto.output (12) and ValueInfoProto.name (1), length-delimited (onnx.proto)."""
_BEGIN, _END, _PAD = "^", "$", "_"


def durations_output(model: bytes) -> bytes:
    """Bytes which, appended to `model`, make its durations a second output; empty where it has no such tensor."""
    found = model.find(_TENSOR)
    if found < 0:
        return b""
    before = _NAME_BEFORE.search(model, max(found - 100, 0), found)
    name = (before.group() if before else b"") + _TENSOR
    # The byte before a name is its length; a letter's or slash's own code can be that length.
    while name and model[found + len(_TENSOR) - len(name) - 1] != len(name):
        name = name[1:]
    return _field(_GRAPH, _field(_OUTPUT, _field(_NAME, name))) if len(name) >= len(_TENSOR) else b""


def _field(tag: bytes, content: bytes) -> bytes:
    if len(content) > 127:
        raise ValueError(f"A tensor name of {len(content)} bytes needs a longer length field than is written here.")
    return tag + bytes([len(content)]) + content


def network_input(
    symbols: Sequence[str], known: Mapping[str, Sequence[int]]
) -> tuple[list[int], list[tuple[str, int]]]:
    """The ids of a sentence, and each symbol with how many of them it took, its padding included.

    Symbols that the voice does not know are left out.
    """
    ids: list[int] = []
    counts = []
    for symbol in (_BEGIN, *symbols, _END):
        if symbol in known:
            taken = [*known[symbol], *([] if symbol == _END else known[_PAD])]
            ids += taken
            counts.append((symbol, len(taken)))
    return ids, counts


def phoneme_spans(symbols: Sequence[tuple[str, int]], frames: NDArray[np.float64], length: int) -> tuple[Phoneme, ...]:
    """Spans that cover 0 … `length` in order.

    Args:
        symbols: Each phoneme and how many of the network's input ids it took.
        frames: Decoder frames per input id, shape (ids,).
        length: Of the sound (samples).
    """
    per_frame = length / max(float(frames.sum()), 1.0)
    last_ids = np.cumsum([count for _, count in symbols]) - 1
    ends = np.rint(np.cumsum(frames)[last_ids] * per_frame).astype(int).tolist()
    starts = itertools.chain((0,), ends)
    return tuple(Phoneme(symbol, start, end) for (symbol, _), start, end in zip(symbols, starts, ends, strict=False))
