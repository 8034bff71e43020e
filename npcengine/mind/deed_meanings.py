"""How much a wish means what an action is declared to do, and not anything else; knows an embedder by its protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from npcengine.mind.naming import MISHEARD, Naming
from npcengine.mind.other_requests import OTHER_REQUESTS
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.requests import Deed, Evidence
from npcengine.mind.wishes import Wish

OWN_WORDS = 0.6
"""A request of anybody that is more like an action than this (−1…1) is that action in other words, and no rival."""

SAID_PLAINLY = 0.8
"""Likeness at least of a wish that is put in the action's own words, however short."""


class DeedMeanings:
    """The meanings of a character's actions; reads them once.

    Args:
        deeds: The actions.
        embedder: Tells the meaning of texts.
    """

    def __init__(self, deeds: Sequence[Deed], embedder: SentenceEmbedder) -> None:
        self._deeds = deeds
        self._embedder = embedder
        rows = embedder.embed((*OTHER_REQUESTS, *(text for deed in deeds for text in deed.texts)))
        others, own = rows[: len(OTHER_REQUESTS)], rows[len(OTHER_REQUESTS) :]
        self._own = np.split(own, np.cumsum([len(deed.texts) for deed in deeds])[:-1])
        self._others = [others[(others @ each.T).max(axis=1) < OWN_WORDS] for each in self._own]

    def compare(self, wish: Wish, text: str, namings: Sequence[Naming], found: Sequence[Evidence]) -> list[Evidence]:
        """The evidence that words give, one for each action, with what the meanings say.

        Args:
            wish: What is asked for.
            text: The player's whole line.
            namings: What the wish names of each action's arguments.
            found: What its words say.
        """
        alike = self._likenesses(text, namings, found)
        out = self._out_of_question(wish, namings, found)
        fit = [-1.0 if is_out else likeness for is_out, likeness in zip(out, alike, strict=True)]
        rivals = self._rivals(wish, found)
        return [
            replace(each, likeness=alike[index], margin=fit[index] - max(rivals[index], *_without(fit, index), 0.0))
            for index, each in enumerate(found)
        ]

    def _out_of_question(self, wish: Wish, namings: Sequence[Naming], found: Sequence[Evidence]) -> list[bool]:
        """Which actions are ruled out, or take nothing of what the wish names while another one does."""
        out = [deed.is_ruled_out(wish, naming.words) for deed, naming in zip(self._deeds, namings, strict=True)]
        named = any(each.named >= MISHEARD and not is_out for each, is_out in zip(found, out, strict=True))
        return [is_out or (named and not each.named and not each.verb) for each, is_out in zip(found, out, strict=True)]

    def _likenesses(self, text: str, namings: Sequence[Naming], found: Sequence[Evidence]) -> list[float]:
        """Of each action to the wish, as it was said or with misheard words put right, or to the whole line."""
        likenesses = []
        for deed, own, naming, each in zip(self._deeds, self._own, namings, found, strict=True):
            put = dict.fromkeys((text, " ".join(naming.words), deed.corrected(naming.words)))
            likeness = float((own @ self._embedder.embed([way for way in put if way]).T).max())
            plain = deed.is_said_plainly(each, naming.words)
            likenesses.append(max(likeness, SAID_PLAINLY) if plain else likeness)
        return likenesses

    def _rivals(self, wish: Wish, found: Sequence[Evidence]) -> list[float]:
        """The likeness of the wish to what is asked of anybody; a value that is named is asked of no one else."""
        (said,) = self._embedder.embed([" ".join(wish.words)])
        return [
            0.0 if each.named >= MISHEARD and not each.other else float(max(others @ said, default=0.0))
            for each, others in zip(found, self._others, strict=True)
        ]


def _without(values: Sequence[float], index: int) -> tuple[float, ...]:
    return (*values[:index], *values[index + 1 :])
