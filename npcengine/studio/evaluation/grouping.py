"""Failing replies as a writer goes through them: by what to do, then by case; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from npcengine.studio.evaluation.advice import HEADINGS, Advice, ToDo, advise
from npcengine.studio.evaluation.sitting import Turn


@dataclass(frozen=True, slots=True)
class Failure:
    """A reply that failed, and what to do about it."""

    turn: Turn
    advice: Advice


def grouped(turns: Iterable[Turn]) -> dict[ToDo, list[Failure]]:
    """The failing turns by what to do, the most pressing first; groups without any are left out."""
    failures = [Failure(turn, advise(turn)) for turn in turns if not turn.passed]
    groups = {to_do: [each for each in failures if each.advice.to_do == to_do] for to_do in HEADINGS}
    return {to_do: among for to_do, among in groups.items() if among}
