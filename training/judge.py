"""Which fact answers a line, or none: odds from what the engine compares. Knows no file and no step of learning."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from npcengine.mind.fact_index import FactIndex, texts_of
from npcengine.mind.protocol import Embeddings
from npcengine.studio.tune.world_file import World
from training.examples import NOTHING, Asked, lesson_of, line_of
from training.low_rank import TunedEmbedder

MET_THROUGH = ("whole", "sentences", "questions")
"""Kinds of texts by which a fact is met here: those of the engine but its bare topics."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A lesson, laid out in rows.

    Attributes:
        texts: Of all facts, each once.
        rows: For each kind of text and each fact, which of `texts` it is met through.
        words: Tells which words a line shares with each fact.
        asked: The questions.
    """

    texts: list[str]
    rows: list[list[list[int]]]
    words: FactIndex
    asked: tuple[Asked, ...]

    @property
    def nothing(self) -> int:
        """The place of "none of them", behind all facts."""
        return len(self.rows[0])


class Judge(nn.Module):
    """Turns likenesses into odds: one for each fact and one for none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.tensor([0.9, 1.8, 2.6, 1.0]).log())
        self.scale = nn.Parameter(torch.tensor(1.0))
        self.none = nn.Parameter(torch.tensor(2.4))

    def forward(self, lines: Sequence[str], rows: Tensor, laid: Laid) -> Tensor:
        """Odds as logarithms.

        Args:
            lines: In plain words.
            rows: Meanings of all lines, and of all texts behind them.
            laid: What they are asked about.

        Returns:
            Shape (lines, facts + 1).
        """
        near = rows[: len(lines)] @ rows[len(lines) :].T
        *weights, words = self.weights.exp()
        scores = words * torch.from_numpy(np.stack([laid.words.shared_words(line) for line in lines]))
        for weight, met in zip(weights, laid.rows, strict=True):
            scores = scores + weight * torch.stack([near[:, each].amax(1) for each in met], 1)
        none = self.none.expand(len(lines), 1)
        return 3.0 * self.scale.exp() * torch.cat([scores, none], 1)


def lay_out(world: World, chance: random.Random) -> Laid:
    """A world as a lesson, laid out."""
    lesson = lesson_of(world, chance)
    row: dict[str, int] = {}
    rows = [
        [[row.setdefault(text, len(row)) for text in texts_of(fact, kind)] for fact in lesson.facts]
        for kind in MET_THROUGH
    ]
    return Laid(list(row), rows, FactIndex(lesson.facts, _Unmeaning(), language="en"), lesson.asked)


@dataclass(frozen=True, slots=True)
class Figures:
    """How well a judge does.

    Attributes:
        right: Share of the answered questions whose fact came first.
        told_apart: How often an answered question's best fact is likelier than an unanswered one's (area under ROC).
    """

    right: float
    told_apart: float

    def __str__(self) -> str:
        return f"right fact first {self.right:.4f}, answered told from unanswered {self.told_apart:.4f}"


def measure(embedder: TunedEmbedder, judge: Judge, worlds: Sequence[World]) -> Figures:
    """Put all questions of some worlds."""
    right: list[bool] = []
    answered: list[float] = []
    unanswered: list[float] = []
    for world in worlds:
        laid = lay_out(world, random.Random(0))
        lines = [line_of(each) for each in laid.asked]
        with torch.no_grad():
            best, at = judge(lines, embedder([*lines, *laid.texts]), laid)[:, :-1].max(1)
        for each, odds, number in zip(laid.asked, best.tolist(), at.tolist(), strict=True):
            if each.fact == NOTHING:
                unanswered.append(odds)
            else:
                answered.append(odds)
                right.append(number == each.fact)
    lower = torch.tensor(unanswered)
    apart = sum(float((lower < odds).float().mean()) for odds in answered)
    return Figures(sum(right) / len(right), apart / len(answered))


class _Unmeaning:
    """Stands in for an embedder where words alone are compared."""

    dimensions = 1

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Nothing."""
        return np.zeros((len(texts), 1), dtype=np.float32)

    def close(self) -> None:
        """Nothing to free."""
