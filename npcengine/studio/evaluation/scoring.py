"""Counts what passed: the score, by kind, by suite, and how far wordings of one question differ; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from npcengine.studio.evaluation.sitting import Turn
from npcengine.studio.evaluation.suite import KINDS, Kind
from npcengine.types import Source


@dataclass(frozen=True, slots=True)
class Score:
    """How well questions were answered.

    Attributes:
        cases: How many were asked at least once.
        turns: How many questions were asked: every wording is one.
        passed: How many replies passed.
        by_kind: Share of replies of a kind that passed, 0–1; None where a kind was not asked.
        turns_by_kind: How many questions each kind has.
        sources: For each kind that was asked, how many replies came from where.
        paraphrase_spread: Share of the cases with two or more wordings whose wordings disagree, 0–1.
        seconds_per_turn: Median from question to the reply's end.
    """

    cases: int
    turns: int
    passed: int
    by_kind: dict[Kind, float | None]
    turns_by_kind: dict[Kind, int]
    sources: dict[Kind, dict[Source, int]]
    paraphrase_spread: float
    seconds_per_turn: float

    @property
    def score(self) -> float:
        """Share of replies that passed, 0–1; 0 if nothing was asked."""
        return self.passed / self.turns if self.turns else 0.0


def score(turns: Sequence[Turn]) -> Score:
    """What comes of these turns."""
    of_kind: dict[Kind, list[Turn]] = {kind: [turn for turn in turns if turn.case.kind == kind] for kind in KINDS}
    return Score(
        cases=len(_cases(turns)),
        turns=len(turns),
        passed=sum(turn.passed for turn in turns),
        by_kind={kind: _share(turn.passed for turn in among) for kind, among in of_kind.items()},
        turns_by_kind={kind: len(among) for kind, among in of_kind.items()},
        sources={kind: dict(Counter(turn.reply.source for turn in among)) for kind, among in of_kind.items() if among},
        paraphrase_spread=_share(_is_split(case) for case in _cases(turns) if len(case) > 1) or 0.0,
        seconds_per_turn=median([turn.reply.took_s for turn in turns]) if turns else 0.0,
    )


def by_suite(turns: Sequence[Turn]) -> list[list[Turn]]:
    """The turns of each suite, in the order in which they were sat."""
    return [list(group) for _, group in groupby(turns, key=lambda turn: id(turn.sitting))]


def _cases(turns: Sequence[Turn]) -> list[list[Turn]]:
    """The turns of each case; a case's wordings are asked one after the other."""
    return [list(group) for _, group in groupby(turns, key=lambda turn: (id(turn.sitting), turn.number))]


def _is_split(case: Sequence[Turn]) -> bool:
    return len({turn.passed for turn in case}) > 1


def _share(outcomes: Iterable[bool]) -> float | None:
    counted = list(outcomes)
    return sum(counted) / len(counted) if counted else None
