"""Whether llama.cpp says of an adapter what PyTorch says: the two read the same moments, and their odds are compared.

llama.cpp rounds what flows between the layers of a quantised model, so the two differ a little even over the base
alone: that is measured too, as the yardstick.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from npcengine.mind.llama_decoder import BATCH, Decoder
from npcengine.mind.sequences import common_length
from npcengine.models.adapters import Adapter
from npcengine.studio.tune.packing import Moment, Packed
from npcengine.studio.tune.student import Shape, Student

MOMENTS = 12
"""So many moments are compared, of as many rows as it takes."""

A_ROW = 4
"""Moments of one row, so that several characters are among them."""

ENOUGH = 0.9
"""Share of places where both have to find the same token the likeliest."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two engines agree.

    Attributes:
        same_first: Share of places at which both find the same token the likeliest, 0–1.
        apart_nats: How far the logarithms of the wanted tokens' odds are apart, on average.
    """

    same_first: float
    apart_nats: float


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of it.

    Attributes:
        moments: How many were read.
        places: Tokens of replies in them.
        base: Likeness over the base alone.
        adapter: Likeness over the base with the adapter.
    """

    moments: int
    places: int
    base: Likeness
    adapter: Likeness

    @property
    def holds(self) -> bool:
        """Whether the adapter does in llama.cpp what it learnt to do."""
        return self.adapter.same_first >= ENOUGH


def prove(base: Path, adapter: Path, shape: Shape, learnt: dict[str, Tensor], rows: Sequence[Packed]) -> Proof:
    """Compare both engines, without the adapter and with it.

    Args:
        base: The GGUF file.
        adapter: What was written for it.
        shape: Of its corrections.
        learnt: The corrections, by PEFT's names.
        rows: Moments that were not taught.
    """
    chosen = list(_chosen(rows))
    student = Student(base, shape, precision="float32", vocabulary=np.zeros(0, np.int64))
    taught_nothing = [_expected(student, row, moments) for row, moments in chosen]
    student.teach_again(learnt)
    taught = [_expected(student, row, moments) for row, moments in chosen]
    del student
    figures = [_compare(base, with_it, chosen, odds) for with_it, odds in ((None, taught_nothing), (adapter, taught))]
    places = sum(len(moment.asked) for _, moments in chosen for moment in moments)
    return Proof(sum(len(moments) for _, moments in chosen), places, *figures)


def _chosen(rows: Sequence[Packed]) -> Iterator[tuple[Packed, list[Moment]]]:
    left = MOMENTS
    for number, row in enumerate(rows):
        fair = max(A_ROW, -(-left // (len(rows) - number)))
        moments = list(row.moments())[: min(left, fair)]
        left -= len(moments)
        if moments:
            yield row, moments


def _expected(student: Student, row: Packed, moments: Sequence[Moment]) -> list[NDArray[np.float32]]:
    """PyTorch's odds at the places of each moment."""
    scores = student.scores(row).numpy()
    return [_log_odds(scores[moment.places]) for moment in moments]


def _compare(
    base: Path,
    adapter: Path | None,
    chosen: Sequence[tuple[Packed, list[Moment]]],
    odds: Sequence[Sequence[NDArray[np.float32]]],
) -> Likeness:
    """Read everything with llama.cpp, and hold it against PyTorch's odds."""
    same: list[bool] = []
    apart: list[float] = []
    known: list[int] = []
    cells = max(len(moment.tokens) for _, moments in chosen for moment in moments) + BATCH
    decoder = Decoder(base, cells=cells, sequences=1, threads=1)
    try:
        if adapter:
            decoder.load_adapter(adapter)
            decoder.use_adapter(Adapter(adapter))
        for (row, moments), theirs in zip(chosen, odds, strict=True):
            for moment, expected in zip(moments, theirs, strict=True):
                wanted = row.wanted[moment.places]
                ours = _log_odds(np.stack(list(_scores(decoder, moment, known))))
                known = moment.tokens.tolist()
                same += (ours.argmax(1) == expected.argmax(1)).tolist()
                at = np.arange(len(wanted))
                apart += np.abs(ours[at, wanted] - expected[at, wanted]).tolist()
    finally:
        decoder.close()
    return Likeness(float(np.mean(same)), float(np.mean(apart)))


def _scores(decoder: Decoder, moment: Moment, known: Sequence[int]) -> Iterator[NDArray[np.float32]]:
    """What may follow each place that is asked for, as llama.cpp has it; `known` is what it read last."""
    read = min(common_length(known, moment.tokens.tolist()), int(moment.asked[0]))  # the opening is read once
    decoder.forget(0, position=read)
    for place in moment.asked.tolist():
        while read <= place:
            end = min(place + 1, read + BATCH)
            decoder.decode(0, moment.tokens[read:end].tolist(), position=read, scores=end == place + 1)
            read = end
        yield decoder.scores().copy()


def _log_odds(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logarithms of the odds, shape as `scores`."""
    odds: NDArray[np.float32] = scores - scores.max(axis=1, keepdims=True)
    odds -= np.log(np.exp(odds).sum(axis=1, keepdims=True))
    return odds
