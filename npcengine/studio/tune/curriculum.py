"""What is taught in which epoch, and what is kept back to measure with; knows prompts and tokens, and no PyTorch."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import ConfigError
from npcengine.mind.page import Page
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.studio.tune.lessons import Teacher
from npcengine.studio.tune.packing import Packed, Tokenize, pack
from npcengine.studio.tune.pupil import Pupil

HELD_OUT = ("lighthouse_keeper", "monastery_brewer", "submarine_cook", "theatre_prompter")
"""Worlds that nobody is taught where they are among the pupils: they tell what carries over to other characters."""

EVERY = 10
"""Of a studio's own characters, one line in so many is kept back."""

BRANCHES = 24
MOST_TOKENS = 1400
"""Moments of a lesson, and tokens of a row."""

MEASURED = 24
"""So many rows at most are measured with."""


@dataclass(frozen=True, slots=True)
class Division:
    """Who is taught what, and what is kept back.

    Attributes:
        taught: Pupils with what they are taught.
        kept_back: Pupils with what is only measured.
    """

    taught: tuple[Pupil, ...]
    kept_back: tuple[Pupil, ...]


def divide(pupils: Sequence[Pupil], hold_out: Sequence[str] = ()) -> Division:
    """Keep something back to measure with.

    Args:
        pupils: All of them.
        hold_out: Names of those that are kept back whole; without, those of `HELD_OUT` that are there, and where none
            is, one line in `EVERY` of each.

    Raises:
        ConfigError: A name is not there, or nothing is left to teach.
    """
    names = [pupil.name for pupil in pupils]
    if strangers := [name for name in hold_out if name not in names]:
        raise ConfigError(f"--hold-out {strangers[0]}: no file of that name is among: {', '.join(names)}")
    back = [name for name in hold_out or HELD_OUT if name in names]
    if back:
        taught = tuple(pupil for pupil in pupils if pupil.name not in back)
        division = Division(taught, tuple(pupil for pupil in pupils if pupil.name in back))
    else:
        parts = [_split(pupil) for pupil in pupils]
        division = Division(tuple(part for part, _ in parts), tuple(part for _, part in parts))
    if not any(pupil.taught for pupil in division.taught):
        raise ConfigError(
            "there is nothing to teach in these files: a character needs examples, lines or facts with topics, or "
            "exchanges written for it"
        )
    return division


def _split(pupil: Pupil) -> tuple[Pupil, Pupil]:
    """Without one line in `EVERY`, and these alone; what is taught about one line stays together."""
    lines = list(dict.fromkeys(each.player or each.event for each in pupil.taught))
    back = set(lines[EVERY - 1 :: EVERY])
    taught = [each for each in pupil.taught if (each.player or each.event) not in back]
    kept = [each for each in pupil.taught if (each.player or each.event) in back]
    return replace(pupil, taught=tuple(taught)), replace(pupil, taught=tuple(kept))


class Curriculum:
    """Rows of tokens, epoch by epoch."""

    def __init__(
        self, division: Division, *, embedder: SentenceEmbedder | None, page: Page, tokenize: Tokenize, seed: int
    ) -> None:
        self._division = division
        self._tokenize = tokenize
        self._seed = seed
        self._teachers = {
            id(pupil): Teacher(pupil, embedder, page) for pupil in (*division.taught, *division.kept_back)
        }
        self._epochs: dict[int, list[Packed]] = {}

    @property
    def moments(self) -> int:
        """How many are taught in an epoch."""
        return sum(len(pupil.taught) for pupil in self._division.taught)

    @property
    def fingerprint(self) -> str:
        """Tells one division of one set of files from any other."""
        parts = (f"{pupil.persona.model_dump_json()}{pupil.taught}{pupil.voices}" for pupil in self._division.taught)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]

    def epoch(self, number: int) -> list[Packed]:
        """All that is taught, once, in an order and with talk before it that hang on the number; the last is kept."""
        if number not in self._epochs:
            self._epochs = {number: self._rows(self._division.taught, number)}
        return self._epochs[number]

    def measured(self) -> list[Packed]:
        """Rows of what is kept back, chosen by chance."""
        rows = self._rows(self._division.kept_back, 0)
        random.Random(f"{self._seed} measured").shuffle(rows)
        return rows[:MEASURED]

    def vocabulary(self) -> NDArray[np.int64]:
        """Every token of a reply that is taught; each epoch has the same."""
        return np.unique(np.concatenate([row.wanted for row in self.epoch(0)]))

    def _rows(self, pupils: Sequence[Pupil], number: int) -> list[Packed]:
        return [
            row
            for pupil in pupils
            for lesson in self._teachers[id(pupil)].lessons(
                branches=BRANCHES, chance=random.Random(f"{self._seed} {number} {pupil.name}")
            )
            for row in pack(lesson, self._tokenize, most=MOST_TOKENS)
        ]
