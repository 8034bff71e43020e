"""Facts as a question meets them: by what they mean and by their words, all in arrays; knows no state and no rule.

Built once for a character. A fact is met through several texts: what it says, each sentence of it, its topics, a
question about them, and the questions its author foresaw; the nearest counts.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.words import FILLER, stems, stems_of, words
from npcengine.persona import Fact

Column: TypeAlias = NDArray[np.float32]
"""One figure for each fact, shape (facts,)."""

NEAREST = 24
"""So many facts are compared word by word."""

MOST_WORDS = 24
"""Of a line are compared one by one."""

UNHEARD_WEIGHT = 0.4
"""How much a word counts in `words` that stands in no fact at all: often it is only the question's verb."""

UNHEARD_RARITY = 3.0
"""How much such a word counts in `coverage`: much, since it may be just what is asked for."""

TOPIC_SHARE = 0.4
"""A word that is a topic counts more than one in the text: the author named it as what one asks by."""

KINDS = ("whole", "topics", "sentences", "questions", "foreseen")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a line is to each fact, 0–1 (a meaning may also be a little below 0).

    Attributes:
        whole: To all that it says.
        topics: To its topics.
        sentences: To the nearest of its sentences.
        questions: To a question about its topics.
        foreseen: To the nearest of the questions that its author foresaw; 0 where there are none.
        words: Share of the line's words, the rare ones counting more, that are the fact's.
        named: 1 where the line holds a word of its topics.
        coverage: How near the line's words are to the nearest of the fact's, on average; 0 for facts that are far.
    """

    whole: Column
    topics: Column
    sentences: Column
    questions: Column
    foreseen: Column
    words: Column
    named: Column
    coverage: Column


class FactIndex:
    """The facts of one character.

    Attributes:
        facts: In the order of all columns.
    """

    def __init__(self, facts: Sequence[Fact], embedder: SentenceEmbedder, *, language: str) -> None:
        self.facts = tuple(facts)
        self._embedder = embedder
        self._language = language
        rows: dict[str, int] = {}
        self._stretches = [_Stretch(self.facts, kind, rows) for kind in KINDS]
        self._texts = embedder.embed(list(rows))
        self._read_words([tuple(dict.fromkeys(_telling(_all_of(fact)))) for fact in self.facts])

    def compare(self, lines: Sequence[str], *, ignore: frozenset[str]) -> list[Likeness]:
        """How like each of some lines in plain words is to each fact.

        Args:
            lines: The lines.
            ignore: Words that say nothing here, such as the name of the one who is asked.
        """
        nearness = self._texts @ self._embedder.embed(lines).T
        return [self._likeness(line, nearness[:, number], ignore) for number, line in enumerate(lines)]

    def shared_words(self, line: str) -> Column:
        """Share of a line's words, the rare ones counting more, that are each fact's."""
        return self._meet(list(dict.fromkeys(_telling(line)))[:MOST_WORDS])[0]

    def speaks_of(self, number: int, some_words: Sequence[str]) -> float:
        """How near the nearest of some words is to a word of a fact: 1 for the same word.

        Args:
            number: The fact's place in `facts`.
            some_words: At least one.
        """
        if self._stems[number].intersection(stems_of(some_words, self._language)):
            return 1.0
        rows = self._rows[number]
        return float((self._embedder.embed(some_words) @ self._vocabulary[rows].T).max()) if len(rows) else 0.0

    def _likeness(self, line: str, nearness: Column, ignore: frozenset[str]) -> Likeness:
        whole, topics, sentences, questions, foreseen = (stretch.nearest(nearness) for stretch in self._stretches)
        asked = [word for word in dict.fromkeys(_telling(line)) if word not in ignore][:MOST_WORDS]
        met, named = self._meet(asked)
        rough = whole + topics + sentences + 0.5 * met
        return Likeness(whole, topics, sentences, questions, foreseen, met, named, self._cover(asked, rough))

    def _read_words(self, words_of: Sequence[Sequence[str]]) -> None:
        self._stems = [frozenset(stems_of(each, self._language)) for each in words_of]
        topics = [frozenset(stems(" ".join(fact.topics), self._language)) for fact in self.facts]
        self._holding = _holders(self._stems)
        self._topic_of = _holders(topics)
        vocabulary = sorted({word for each in words_of for word in each})
        row = {word: number for number, word in enumerate(vocabulary)}
        self._rows = [np.array([row[word] for word in each], dtype=np.intp) for each in words_of]
        self._vocabulary = self._embedder.embed(vocabulary)

    def _rarity(self, stem: str) -> float:
        """BM25's inverse document frequency, smoothed so that it is never negative (Robertson & Zaragoza 2009)."""
        holding = len(self._holding.get(stem, ()))
        return math.log(1 + (len(self.facts) - holding + 0.5) / (holding + 0.5))

    def _meet(self, asked: Sequence[str]) -> tuple[Column, Column]:
        met = np.zeros(len(self.facts), dtype=np.float32)
        named = np.zeros(len(self.facts), dtype=np.float32)
        whole = 0.0
        for stem in stems_of(asked, self._language):
            holding = self._holding.get(stem)
            weight = self._rarity(stem) * (UNHEARD_WEIGHT if holding is None else 1.0)
            whole += weight
            if holding is not None:
                met[holding] += weight * (1.0 - TOPIC_SHARE)
            if (topical := self._topic_of.get(stem)) is not None:
                met[topical] += weight * TOPIC_SHARE
                named[topical] = 1.0
        return met / max(whole, 1e-6), named

    def _cover(self, asked: Sequence[str], rough: Column) -> Column:
        coverage = np.zeros(len(self.facts), dtype=np.float32)
        if not asked or not len(self.facts):
            return coverage
        stems_asked = stems_of(asked, self._language)
        weights = np.array(
            [self._rarity(stem) if stem in self._holding else UNHEARD_RARITY for stem in stems_asked], dtype=np.float32
        )
        meanings = self._embedder.embed(asked)
        for number in np.argsort(-rough)[:NEAREST]:
            rows, own = self._rows[number], self._stems[number]
            nearest = (meanings @ self._vocabulary[rows].T).max(axis=1) if len(rows) else 0.0
            same = np.array([stem in own for stem in stems_asked])
            coverage[number] = float(weights @ np.where(same, 1.0, nearest)) / max(float(weights.sum()), 1e-6)
        return coverage


def _holders(stems_by_fact: Sequence[frozenset[str]]) -> dict[str, NDArray[np.intp]]:
    """Which facts each stem stands in."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, held in enumerate(stems_by_fact):
        for stem in held:
            holders[stem].append(number)
    return {stem: np.array(numbers, dtype=np.intp) for stem, numbers in holders.items()}


class _Stretch:
    """The texts of one kind, fact by fact."""

    def __init__(self, facts: Sequence[Fact], kind: str, rows: dict[str, int]) -> None:
        """Lay the texts out.

        Args:
            facts: Whose.
            kind: One of `KINDS`.
            rows: The row of each text that there is so far; new ones are added.
        """
        first: list[int] = []
        mine: list[int] = []
        self._without = np.zeros(len(facts), dtype=np.bool_)
        for number, fact in enumerate(facts):
            if texts := texts_of(fact, kind):
                first.append(len(mine))
                mine += [rows.setdefault(text, len(rows)) for text in texts]
            self._without[number] = not texts
        self._first = np.array(first, dtype=np.intp)
        self._rows = np.array(mine, dtype=np.intp)

    def nearest(self, nearness: Column) -> Column:
        """The best figure of each fact's texts, 0 for a fact without any."""
        best = np.zeros(len(self._without), dtype=np.float32)
        if len(self._first):
            best[~self._without] = np.maximum.reduceat(nearness[self._rows], self._first)
        return best


def texts_of(fact: Fact, kind: str) -> list[str]:
    """The texts of one kind through which a fact is met."""
    match kind:
        case "whole":
            return [_told(fact)]
        case "topics":
            return [", ".join(fact.topics) or fact.text]
        case "sentences":
            return [*_SENTENCE.split(fact.text), *([fact.say] if fact.say else [])]
        case "foreseen":
            return list(fact.when_asked)
        case _:
            return [f"What about {', '.join(fact.topics)}?" if fact.topics else fact.text]


def _told(fact: Fact) -> str:
    return f"{fact.text} {fact.say or ''}".strip()


def _all_of(fact: Fact) -> str:
    return f"{_told(fact)} {' '.join(fact.topics)}"


def _telling(text: str) -> list[str]:
    return [word for word in words(text) if word not in FILLER]
