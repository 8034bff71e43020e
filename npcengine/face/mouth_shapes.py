"""Rhubarb's letters and OVR's names over time, one per row, as drawn mouths need them; knows no weights.

A drawn mouth flickers when a shape shows for less than about 70 ms, so short shapes give their time to the next one,
while lip closures, which the eye looks for, take time from their neighbours instead (rules after Rhubarb Lip Sync's
timingOptimization.cpp and pauseAnimation.cpp).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from npcengine.face.gestures import Gesture

SHORTEST_ROWS = 7
"""A drawn mouth shows for at least 70 ms (rows of 10 ms)."""

HOLD_PAUSE_S, RELAX_PAUSE_S = 0.12, 0.35
"""A shorter pause keeps the shape before it, one up to the second figure relaxes it, a longer one rests."""

_RELAXED: Mapping[str, str] = dict(zip("ABCDEFGHX", "ABBCCBXBX", strict=True))
_LONG_OPEN_S = 0.2
"""A and uh open wide only in syllables that last."""

_CLOSURES = "AG"


def letters(gestures: Sequence[Gesture], row_count: int, rows_per_second: int) -> str:
    """One Rhubarb letter for each row, ``X`` in the first and the last."""
    shapes = [_letter(gestures, index) for index in range(len(gestures))]
    rows = keep_long_enough(_rows(shapes, gestures, row_count, rows_per_second))
    rows[0] = rows[-1] = "X"
    return "".join(rows)


def names(gestures: Sequence[Gesture], row_count: int, rows_per_second: int) -> tuple[str, ...]:
    """One OVR viseme for each row, ``sil`` in the first and the last."""
    rows = _rows([gesture.mouth.viseme for gesture in gestures], gestures, row_count, rows_per_second)
    rows[0] = rows[-1] = "sil"
    return tuple(rows)


def keep_long_enough(rows: Sequence[str], shortest_rows: int = SHORTEST_ROWS) -> list[str]:
    """Lets no shape show for less than `shortest_rows` where there is room.

    Between two lip closures short shapes join their neighbours, the shortest first, until all are long enough or one is
    left: it stays however short, since lips that never part would read as one long closure. A short closure then takes
    the rows it lacks from the shape before it, as far as that can spare them.
    """
    runs = [_Run(shape, len(list(group))) for shape, group in groupby(rows)]
    steady: list[_Run] = []
    for closes, stretch in groupby(runs, key=lambda run: run.shape in _CLOSURES):
        if not closes:
            steady += _joined(list(stretch), shortest_rows)
            continue
        for run in stretch:
            spare = max(0, steady[-1].rows - shortest_rows) if steady else 0
            taken = min(spare, max(0, shortest_rows - run.rows))
            if taken:
                steady[-1].rows -= taken
            steady.append(_Run(run.shape, run.rows + taken))
    return [run.shape for run in steady for _ in range(run.rows)]


@dataclass(slots=True)
class _Run:
    """A shape and for how many rows it shows."""

    shape: str
    rows: int


def _joined(runs: list[_Run], shortest_rows: int) -> list[_Run]:
    """The same rows, short runs given to the run after them, which so starts early, or else to the one before."""
    while len(runs) > 1 and (short := min(runs, key=lambda run: run.rows)).rows < shortest_rows:
        index = runs.index(short)
        heir = runs[index + 1] if index + 1 < len(runs) else runs[index - 1]
        heir.rows += short.rows
        runs = [run for run in runs if run is not short]
    return runs


def _letter(gestures: Sequence[Gesture], index: int) -> str:
    gesture = gestures[index]
    previous = gestures[index - 1].mouth.shape if index else "X"
    if gesture.mouth.lips == "rest":
        if 0 < index < len(gestures) - 1 and gesture.duration_s < HOLD_PAUSE_S:
            return previous
        return _RELAXED[previous] if gesture.duration_s <= RELAX_PAUSE_S and index < len(gestures) - 1 else "X"
    if gesture.mouth.shape == "H" and gesture.duration_s < _LONG_OPEN_S:
        return "B"
    if gesture.mouth.shape == "D" and gesture.duration_s < _LONG_OPEN_S / 2:
        return "C"
    return gesture.mouth.shape


def _rows(labels: Sequence[str], gestures: Sequence[Gesture], row_count: int, rows_per_second: int) -> list[str]:
    """`labels`, one per gesture, spread over the rows that their gestures begin on."""
    rows: list[str] = []
    for index, label in enumerate(labels):
        last = index == len(labels) - 1
        end = row_count if last else min(row_count, round(gestures[index + 1].start_s * rows_per_second))
        rows += [label] * (end - len(rows))
    return rows
