"""Picks the next token from a row of scores; knows numbers only."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from npcengine.types import Limits

TOP_K = 40
"""Only so many of the best tokens are drawn from."""

MIN_P = 0.05
"""Tokens less likely than this share of the best one's probability are never drawn."""


def choose(
    scores: NDArray[np.float32],
    limits: Limits,
    *,
    never: NDArray[np.intp],
    spoken: Collection[int],
    random: np.random.Generator,
) -> int:
    """The next token.

    Args:
        scores: One logit per token of the vocabulary, shape (vocabulary,); changed in place.
        limits: Temperature and repeat penalty.
        never: Tokens that are not drawn whatever their score; not all there are.
        spoken: Tokens generated so far, which the penalty makes less likely. Those of the prompt stay
            untouched: a reply must be free to use the words of the facts it was given.
        random: Draws when the temperature is above 0.
    """
    if limits.repeat_penalty != 1.0 and spoken:
        _penalise(scores, limits.repeat_penalty, spoken)
    scores[never] = -np.inf
    if limits.temperature <= 0:
        return int(np.argmax(scores))
    best = np.argpartition(scores, -min(TOP_K, scores.size))[-TOP_K:]
    likelihood = np.exp((scores[best] - scores[best].max()) / limits.temperature, dtype=np.float64)
    likelihood[likelihood < MIN_P] = 0.0
    return int(random.choice(best, p=likelihood / likelihood.sum()))


def log_odds(scores: NDArray[np.float32], some: NDArray[np.intp]) -> float:
    """How much likelier some tokens are than all the others, in nats.

    Args:
        scores: One logit per token of the vocabulary, shape (vocabulary,).
        some: The tokens; neither none nor all there are.
    """
    likelihood = np.exp(scores - scores.max(), dtype=np.float64)
    these = likelihood[some].sum()
    return float(np.log(these) - np.log(likelihood.sum() - these))


def _penalise(scores: NDArray[np.float32], penalty: float, spoken: Collection[int]) -> None:
    rows = np.fromiter(set(spoken), dtype=np.intp)
    values = scores[rows]
    scores[rows] = np.where(values > 0, values / penalty, values * penalty)
