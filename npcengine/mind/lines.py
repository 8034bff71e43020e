"""Which of an author's exact lines answers what was asked, by meaning and words; knows no language model."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rapidfuzz import fuzz

from npcengine.mind.asking import Wanted, deed, wanted
from npcengine.mind.heard import plain
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.reading import Reading
from npcengine.mind.words import stems
from npcengine.persona import Line, Persona

FROM_MEANING, FROM_WORDING, FROM_SUBJECTS, FROM_KIND = 7.3, 6.4, 1.8, 0.5
AS_EXAMPLE, FROM_NOTHING = -1.75, -10.0
"""Logistic regression on whether two questions ask the same: how near they are in meaning, in wording, in the words
that say something, whether both want the same kind of answer, and whether the line is only an example of the voice."""

DOUBT = 0.03
"""A guess at what was said counts so much less in meaning."""

SAME = 0.15
"""Two questions that are the same with this likelihood get the same answer, where nothing else answers."""

SAME_BESIDE_FACT = 0.35
"""Where a fact answers too, it takes so much."""

_DIFFERENT: frozenset[Wanted] = frozenset(
    {"who", "when", "where", "why", "how_long", "how_many", "how_much", "how_old", "how_far"}
)
"""Two questions of which each wants one of these, and not the same, are never the same question."""


SAME_DEED = 0.45
"""Two questions who did something ask the same only if what was done is so near in meaning."""

_SPECIFIC = _DIFFERENT - {"how_much", "why"}
"""Neither is one of these the same as a question that wants a yes, or as no question at all."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A wording that an author foresaw."""

    text: str
    subjects: frozenset[str]
    wanted: Wanted
    line: Line
    example: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """A line that answers.

    Attributes:
        line: The line.
        score: How surely it answers, 0–1.
        near: How near what was said is in meaning to the wording that matches, −1…1.
    """

    line: Line
    score: float
    near: float


class Lines:
    """The lines of one character, and what its examples answer; built once for a character."""

    def __init__(self, persona: Persona, embedder: SentenceEmbedder) -> None:
        self._language = persona.language
        self._embedder = embedder
        examples = [Line(when_asked=(each.player,), say=each.npc, emotion=each.emotion) for each in persona.examples]
        self._asked = [
            self._foresee(question, line, example=example)
            for lines, example in ((persona.lines, False), (examples, True))
            for line in lines
            for question in line.when_asked
        ]
        self._meanings = embedder.embed([asked.text for asked in self._asked])

    def match(self, reading: Reading) -> Matched | None:
        """The line that answers; None when in doubt."""
        best: Matched | None = None
        for version in reading.versions:
            if not self._asked or not version.text.strip("? ") or version.doubt not in (0.0, 1.0):
                continue
            nearness = self._meanings @ self._embedder.embed([version.text])[0] - DOUBT * version.doubt
            subjects = frozenset(stems(version.text, self._language))
            for asked, near in zip(self._asked, nearness, strict=True):
                if self._are_other_deeds(version.text, asked.text):
                    continue
                score = _sameness(asked, version.text, subjects, reading.wanted, float(near))
                if best is None or score > best.score:
                    best = Matched(asked.line, score, float(near))
        return best if best and best.score >= SAME else None

    def _are_other_deeds(self, one: str, other: str) -> bool:
        """Whether two questions ask who did two things that are not the same."""
        deeds = [done for done in (deed(one), deed(other)) if done]
        if len(deeds) < 2 or deeds[0] == deeds[1]:
            return False
        first, second = self._embedder.embed(deeds)
        return float(first @ second) < SAME_DEED

    def _foresee(self, question: str, line: Line, *, example: bool) -> _Asked:
        text = plain(question)
        return _Asked(text, frozenset(stems(text, self._language)), wanted(text), line, example)


def _are_different(one: Wanted, other: Wanted) -> bool:
    """Whether questions that want these can't be the same."""
    if {one, other} <= _DIFFERENT:
        return True
    return bool({one, other} & _SPECIFIC) and bool({one, other} & {"yes_no", ""})


def _sameness(asked: _Asked, text: str, subjects: frozenset[str], kind: Wanted, near: float) -> float:
    if asked.text.rstrip("?") == text.rstrip("?"):
        return 1.0
    if kind != asked.wanted and _are_different(kind, asked.wanted):
        return 0.0
    wording = fuzz.token_sort_ratio(text, asked.text) / 100
    shared = len(subjects & asked.subjects) / max(1, len(subjects | asked.subjects))
    evidence = (
        FROM_MEANING * near
        + FROM_WORDING * wording
        + FROM_SUBJECTS * shared
        + FROM_KIND * (kind == asked.wanted)
        + AS_EXAMPLE * asked.example
        + FROM_NOTHING
    )
    return 1.0 / (1.0 + math.exp(-evidence))
