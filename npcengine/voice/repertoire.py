"""Lines that were spoken before anybody asked for them, the least recently used forgotten first; owns no model."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from npcengine.types import Pcm, Speech, Voice

Line: TypeAlias = tuple[str, Voice]
"""What is said, as written, and whose voice says it."""

_FULL_SCALE = np.float32(np.iinfo(np.int16).max)
_NO_SOUND: Pcm = np.zeros(0, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Take:
    """One piece of speech, its sound in two bytes a sample."""

    speech: Speech
    sound: NDArray[np.int16]


class Repertoire:
    """Keeps lines ready to be played.

    Args:
        capacity_bytes: Of sound, 88 kB a second at 44,100 Hz; a line that is longer than all of it is not kept.
    """

    def __init__(self, capacity_bytes: int) -> None:
        self._capacity_bytes = capacity_bytes
        self._lines: OrderedDict[Line, tuple[_Take, ...]] = OrderedDict()
        self._bytes = 0

    def __contains__(self, line: Line) -> bool:
        return line in self._lines

    def learn(self, line: Line, pieces: Sequence[Speech]) -> None:
        """Keeps `line` as it was spoken."""
        self._forget(line)
        takes = tuple(_Take(replace(piece, pcm=_NO_SOUND), _compact(piece.pcm)) for piece in pieces)
        self._lines[line] = takes
        self._bytes += _size(takes)
        while self._bytes > self._capacity_bytes:
            self._forget(next(iter(self._lines)))

    def recall(self, line: Line) -> tuple[Speech, ...] | None:
        """The pieces of `line` in order; None where it was not learnt, or was forgotten."""
        takes = self._lines.get(line)
        if takes is None:
            return None
        self._lines.move_to_end(line)
        return tuple(replace(take.speech, pcm=take.sound.astype(np.float32) / _FULL_SCALE) for take in takes)

    def _forget(self, line: Line) -> None:
        self._bytes -= _size(self._lines.pop(line, ()))


def _compact(pcm: Pcm) -> NDArray[np.int16]:
    return np.round(np.clip(pcm, -1.0, 1.0) * _FULL_SCALE).astype(np.int16)


def _size(takes: Sequence[_Take]) -> int:
    return sum(take.sound.nbytes for take in takes)
