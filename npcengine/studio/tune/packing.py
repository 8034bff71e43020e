"""A lesson as one row of tokens: the opening once, then every moment as a branch that sees the opening and itself only.

Reading a character's opening once for a dozen moments makes learning three times as fast. Knows no model library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from npcengine.studio.tune.lessons import Branch, Lesson


class Tokenize(Protocol):
    """Cuts text as the engine does."""

    def __call__(self, text: str, *, first: bool = False) -> list[int]:
        """The tokens of a text, and whether it opens a sequence."""
        ...


@dataclass(frozen=True, slots=True)
class Packed:
    """A lesson for a model.

    Attributes:
        tokens: Shape (n,).
        positions: How many tokens each one has before it, in what it sees; shape (n,).
        branches: The number of the moment that each one belongs to, from 1; 0 in the opening; shape (n,).
        asked: Places whose next token is learnt; shape (m,).
        wanted: These next tokens; shape (m,).
        first: Whether each one begins a reply, or is all of an empty one; shape (m,).
        skills: What each teaches, m names.
    """

    tokens: NDArray[np.int64]
    positions: NDArray[np.int64]
    branches: NDArray[np.int64]
    asked: NDArray[np.int64]
    wanted: NDArray[np.int64]
    first: NDArray[np.bool_]
    skills: tuple[str, ...]

    @property
    def sees(self) -> NDArray[np.bool_]:
        """Which tokens (columns) each one (rows) sees: the opening and its own moment so far; shape (n, n).

        Made when it is asked for: of all rows at once it would be gigabytes.
        """
        shared = (self.branches == 0)[None, :] | (self.branches[:, None] == self.branches[None, :])
        sees: NDArray[np.bool_] = shared & np.tri(len(self.tokens), dtype=np.bool_)
        return sees

    def moments(self) -> Iterator[Moment]:
        """Each moment as it would be read alone."""
        opening = self.tokens[self.branches == 0]
        whose = self.branches[self.asked]
        for number in range(1, int(self.branches.max(initial=0)) + 1):
            inside = np.flatnonzero(self.branches == number)
            places = np.flatnonzero(whose == number)
            asked = len(opening) + self.asked[places] - inside[0]
            yield Moment(np.concatenate([opening, self.tokens[inside]]), asked, places)


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a row, laid out alone.

    Attributes:
        tokens: The opening, and the moment; shape (n,).
        asked: Places in `tokens` whose next token is learnt; shape (m,).
        places: Where the row has these among all that are asked for; shape (m,).
    """

    tokens: NDArray[np.int64]
    asked: NDArray[np.int64]
    places: NDArray[np.int64]


def pack(lesson: Lesson, tokenize: Tokenize, *, most: int) -> list[Packed]:
    """A lesson as rows of at most `most` tokens, unless one moment alone takes more."""
    opening = tokenize(lesson.opening, first=True)
    rows: list[Packed] = []
    waiting: list[tuple[list[int], list[int], str]] = []
    length = len(opening)
    for branch in lesson.branches:
        before, reply = _tokens(branch, tokenize)
        if waiting and length + len(before) + len(reply) > most:
            rows.append(_row(opening, waiting))
            waiting, length = [], len(opening)
        waiting.append((before, reply, branch.skill))
        length += len(before) + len(reply)
    return [*rows, _row(opening, waiting)] if waiting else rows


def _tokens(branch: Branch, tokenize: Tokenize) -> tuple[list[int], list[int]]:
    before = tokenize(branch.history) if branch.history else []
    return before + tokenize(branch.tail), tokenize(branch.reply)


def _row(opening: Sequence[int], branches: Sequence[tuple[list[int], list[int], str]]) -> Packed:
    total = len(opening) + sum(len(before) + len(reply) - 1 for before, reply, _ in branches)
    tokens, positions, whose = (np.zeros(total, np.int64) for _ in range(3))
    asked: list[int] = []
    wanted: list[int] = []
    first: list[bool] = []
    skills: list[str] = []
    tokens[: len(opening)], positions[: len(opening)] = opening, np.arange(len(opening))
    start = len(opening)
    for number, (before, reply, skill) in enumerate(branches, 1):
        inside = [*before, *reply[:-1]]  # the last token of a reply is wanted, and followed by nothing
        end = start + len(inside)
        tokens[start:end] = inside
        positions[start:end] = len(opening) + np.arange(len(inside))
        whose[start:end] = number
        asked += range(start + len(before) - 1, end)
        wanted += reply
        first += [True, *[False] * (len(reply) - 1)]
        skills += [skill] * len(reply)
        start = end
    columns = (np.array(asked), np.array(wanted), np.array(first))
    return Packed(tokens, positions, whose, *columns, tuple(skills))
