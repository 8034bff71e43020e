"""What a character knows: which facts may be told now, and which of them answers a line; knows no language model."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from npcengine.conditions import parse_condition
from npcengine.mind.asking import can_answer, can_tell, deed, sought
from npcengine.mind.fact_index import Column, FactIndex, Likeness
from npcengine.mind.memory import Memory
from npcengine.mind.prompt import fact_text, speaker
from npcengine.mind.protocol import AnswerJudge, SentenceEmbedder
from npcengine.mind.reading import Reading
from npcengine.mind.recall import note_facts
from npcengine.mind.words import words
from npcengine.persona import Fact, Persona
from npcengine.types import Value, World

WHOLE, TOPICS, SENTENCES, QUESTIONS, WORDS, COVERAGE = 0.9, 1.4, 1.8, 1.2, 0.2, 1.6
DOUBT = -0.75
"""What each likeness adds to a fact's score; fitted to the questions in `evaluation/`, see docs/decisions."""

FORESEEN, UNLIKE = 3.0, 0.35
"""What likeness to a question that the author foresaw adds, so far as it exceeds that of any two questions."""

LIKE_NO_OTHER = 0.6
"""From here on a line is nearer to a foreseen question than everyday talk is to any."""

SAME_AS_FORESEEN = 0.8
"""A line so near to a question that the author foresaw is answered by that fact, whatever its words lack."""

JUST_TOLD = -0.8
"""A line that leans on the last reply asks for more than what was said there."""

BESIDE = -0.4
"""A fact that lacks what the question asks for, a number or a colour, gives way to one that has it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Logistic regression on whether the best fact answers a line.

    Attributes:
        score: Weight of its score.
        lead: Weight of its lead on the second.
        lack: Weight of its lacking what the question asks for.
        odds: Weight of the judge's log-odds.
        nothing: The constant.
    """

    score: float
    lead: float
    lack: float
    odds: float
    nothing: float


COMPARED = Evidence(score=1.12, lead=1.66, lack=-4.3, odds=0.0, nothing=-2.9)
"""Where meanings and words are all that is compared; fitted to the questions in `evaluation/`."""

READ_TOGETHER = Evidence(score=0.3, lead=1.78, lack=-2.08, odds=0.27, nothing=-0.8)
"""Where a judge has read line and fact together; fitted to the same, and to four worlds that it did not learn from. Its
constant is 0.3 above what fits best, where `SURE` divides the answered from the others with fewest mistakes."""

LOCKED_LEAD = 0.3
"""A fact that may not be told answers better than one that may and that answers too, if its score is so much higher."""

USUAL_LEAD = 0.5
"""The lead of a fact that has none behind it."""

MOST_LEAD = 1.0
"""A lead counts no further: where a character knows little, every fact is far ahead of the next."""

LACKING = 0.3
"""A fact that lacks what the question asks for answers no likelier than this."""

THING, DEED = 0.5, 0.45
"""A fact speaks of the thing that a question seeks, or of the deed whose doer it seeks, if a word of it is so near."""

SURE = 0.46
"""A fact that answers with this likelihood is told. Telling a fact that is near is better than knowing nothing."""

READ = 8
"""So many of the best facts are read together with the line, by a judge that can; it takes 4 ms for each."""

SURE_ALONE, AGREES = 0.9, 1.0
"""Where meanings and words say that a fact answers with this likelihood, a judge reads that fact only, and no other if
it agrees with these log-odds."""

JUDGED = 0.1
"""What a nat of the judge's log-odds adds to a fact's score."""

_MOST = 6
"""So many of the best facts are looked at closely."""


@dataclass(frozen=True, slots=True)
class Found:
    """A fact, and how it answers a line.

    Attributes:
        fact: The fact.
        score: How likely it answers, 0–1.
        merit: What it is put in order by, whatever the next one has; without bounds.
        near: How near the line is to it in meaning, −1…1.
        foreseen: How near the line is to a question that its author foresaw; 0 where there is none.
        named: Whether the line names one of its topics.
    """

    fact: Fact
    score: float
    merit: float = 0.0
    near: float = 0.0
    foreseen: float = 0.0
    named: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for a line.

    Attributes:
        known: Facts that may be told, the best first.
        locked: How likely one that may not be told answers better than all of these; 0 where none does.
    """

    known: tuple[Found, ...] = ()
    locked: float = 0.0

    @property
    def likeliest(self) -> float:
        """How likely the best of all answers, told or not."""
        return max(self.locked, self.known[0].score if self.known else 0.0)

    @property
    def sure(self) -> bool:
        """Whether the best fact answers the line."""
        return bool(self.known) and self.known[0].score >= SURE


@dataclass(frozen=True, slots=True)
class _Scored:
    """All facts with their scores, how near in meaning they are, and whether a topic of theirs is named."""

    facts: tuple[Fact, ...]
    scores: Column
    near: Column
    foreseen: Column
    named: Column
    line: str
    """The line as the best fact answers it."""
    odds: Column | None = None
    """The judge's log-odds of each fact, if there is one."""


def is_known(fact: Fact, persona: Persona, state: Mapping[str, Value], world: World) -> bool:
    """Whether the player may be told `fact` now."""
    return fact.when is None or parse_condition(fact.when, persona.state.keys()).holds(state, world)


def known_facts(persona: Persona, state: Mapping[str, Value], world: World) -> tuple[Fact, ...]:
    """All facts that the player may be told now."""
    return tuple(fact for fact in persona.knowledge if is_known(fact, persona, state, world))


class Knowledge:
    """Everything that one character knows, ready to be asked; built once for a character."""

    def __init__(self, persona: Persona, embedder: SentenceEmbedder) -> None:
        self._persona = persona
        self._embedder = embedder
        english = persona.language.lower().startswith("en")  # what judges were taught
        self._judge = embedder if english and isinstance(embedder, AnswerJudge) else None
        self._ignored = frozenset(words(persona.name))
        self._file = FactIndex(persona.knowledge, embedder, language=persona.language)
        self._conditions = {
            number: parse_condition(fact.when, persona.state.keys())
            for number, fact in enumerate(persona.knowledge)
            if fact.when
        }
        self._notes = FactIndex((), embedder, language=persona.language)

    def find(self, reading: Reading, memory: Memory, *, state: Mapping[str, Value], world: World) -> Findings:
        """The facts that answer a line, those that the game told in notes among them."""
        if not reading.said.strip("? "):
            return Findings()
        scored = self._scored(reading, memory)
        scores = scored.scores
        known = np.ones(len(scores), dtype=np.bool_)
        for number, condition in self._conditions.items():
            known[number] = condition.holds(state, world)
        lacks_it = partial(self._lacks, reading, scored.foreseen)
        lacking = {int(number): lacks_it(int(number)) for number in np.argsort(-scores)[: 2 * _MOST]}
        for number in lacking:
            scores[number] += BESIDE * _is_of_another_kind(reading, scored.facts[number])
        findings = _findings(scored, known, lacking, lacks_it)
        if self._judge is None or not len(scores):
            return findings
        odds = partial(self._judge.judge, f"{speaker(self._persona)}: {scored.line}")
        if findings.likeliest >= SURE_ALONE and odds([fact_text(scored.facts[int(scores.argmax())])])[0] >= AGREES:
            return findings
        return _findings(_read_closely(scored, odds), known, lacking, lacks_it)

    def _scored(self, reading: Reading, memory: Memory) -> _Scored:
        notes = self._read_notes(note_facts(memory, reading.said))
        facts = (*self._file.facts, *notes.facts)
        scores = np.full(len(facts), -np.inf, dtype=np.float32)
        near, named, foreseen = scores.copy(), *np.zeros((2, len(facts)), dtype=np.float32)
        best = reading.said
        lines = [version.text for version in reading.versions]
        parts = [index.compare(lines, ignore=self._ignored) for index in (self._file, notes) if index.facts]
        for version, *likeness in zip(reading.versions, *parts, strict=True):
            score = np.concatenate([_score(each) for each in likeness]) if likeness else scores
            doubted = score + DOUBT * version.doubt
            if likeness and doubted.max() > scores.max():
                best = version.text
            scores = np.maximum(scores, doubted)
            if likeness:
                near = np.maximum(near, np.concatenate([_near(each) for each in likeness]))
                named = np.maximum(named, np.concatenate([each.named for each in likeness]))
                foreseen = np.maximum(foreseen, np.concatenate([each.foreseen for each in likeness]))
        if reading.leans and memory.exchanges:
            said = memory.exchanges[-1].npc
            told = [bool(fact.say and (fact.say in said or said in fact.say)) for fact in facts] if said else []
            scores += JUST_TOLD * np.array(told or [False] * len(facts), dtype=np.float32)
        return _Scored(facts, scores, near, foreseen, named, best)

    def _lacks(self, reading: Reading, foreseen: Column, number: int) -> bool:
        """Whether a fact can't be the answer, for what it does not hold."""
        if foreseen[number] >= SAME_AS_FORESEEN:
            return False
        files = len(self._file.facts)
        index, at = (self._file, number) if number < files else (self._notes, number - files)
        if _is_of_another_kind(reading, index.facts[at]):
            return True
        lines = [version.text for version in reading.versions if version.doubt in (0.0, 1.0)]
        return all(_is_missing(line, index, at) for line in lines)

    def _read_notes(self, facts: tuple[Fact, ...]) -> FactIndex:
        if facts != self._notes.facts:
            self._notes = FactIndex(facts, self._embedder, language=self._persona.language)
        return self._notes


def _is_of_another_kind(reading: Reading, fact: Fact) -> bool:
    """Whether a fact holds no number, colour or name where a question wants one."""
    text = f"{fact.text} {fact.say or ''}"
    return not (can_answer(reading.wanted, text) and can_tell(reading.said, text))


def _is_missing(line: str, index: FactIndex, number: int) -> bool:
    """Whether a fact speaks neither of the thing that a line seeks nor of the deed that it asks about."""
    if things := sought(line):
        return index.speaks_of(number, things) < THING
    done = deed(line)
    return bool(done) and index.speaks_of(number, (done,)) < DEED


def _near(likeness: Likeness) -> Column:
    foreseen = np.where(likeness.foreseen >= LIKE_NO_OTHER, likeness.foreseen, 0.0)
    columns = [likeness.whole, likeness.topics, likeness.sentences, likeness.questions, foreseen]
    return np.asarray(np.maximum.reduce(columns), dtype=np.float32)


def _score(likeness: Likeness) -> Column:
    return np.asarray(
        WHOLE * likeness.whole
        + TOPICS * likeness.topics
        + SENTENCES * likeness.sentences
        + QUESTIONS * likeness.questions
        + FORESEEN * np.maximum(likeness.foreseen - UNLIKE, 0.0)
        + WORDS * likeness.words
        + COVERAGE * likeness.coverage,
        dtype=np.float32,
    )


def _read_closely(scored: _Scored, judge: Callable[[list[str]], Column]) -> _Scored:
    """Adds what a judge finds in the best facts; those that it does not read count like the worst that it did."""
    read = np.argsort(-scored.scores)[:READ]
    found = judge([fact_text(scored.facts[int(number)]) for number in read])
    odds = np.full(len(scored.scores), found.min(), dtype=np.float32)
    odds[read] = found
    return replace(scored, scores=scored.scores + JUDGED * odds, odds=odds)


def _findings(
    scored: _Scored, known: NDArray[np.bool_], lacking: Mapping[int, bool], lacks_it: Callable[[int], bool]
) -> Findings:
    """What scores say of facts, some of which may be told."""
    scores = scored.scores
    found = _judged(replace(scored, scores=np.where(known, scores, -np.inf)), lacking, lacks_it)
    best_known = float(scores[known].max()) if known.any() else -math.inf
    best_locked = float(scores[~known].max()) if not known.all() else -math.inf
    locked = best_locked > best_known + (LOCKED_LEAD if found and found[0].score >= SURE else 0.0)
    return Findings(found, _judged(scored, lacking, lacks_it)[0].score if locked else 0.0)


def _judged(scored: _Scored, lacking: Mapping[int, bool], lacks_it: Callable[[int], bool]) -> tuple[Found, ...]:
    """The best facts with the likelihood that they answer; a fact's lead is on the next one."""
    scores = scored.scores
    weights = COMPARED if scored.odds is None else READ_TOGETHER
    order = [int(number) for number in np.argsort(-scores)[: _MOST + 1] if scores[number] > -np.inf]
    found = []
    for place, number in enumerate(order[:_MOST]):
        score = float(scores[number])
        following = float(scores[order[place + 1]]) if place + 1 < len(order) else score - USUAL_LEAD
        lacks = lacking[number] if number in lacking else lacks_it(number)
        lead = min(score - following, MOST_LEAD)
        odds = 0.0 if scored.odds is None else float(scored.odds[number])
        evidence = weights.score * score + weights.lead * lead + weights.lack * lacks + weights.odds * odds
        evidence += weights.nothing
        likely = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, evidence))))
        found.append(
            Found(
                scored.facts[number],
                min(likely, LACKING) if lacks else likely,
                merit=score,
                near=float(scored.near[number]),
                foreseen=float(scored.foreseen[number]),
                named=bool(scored.named[number]),
            )
        )
    # The first is the best whatever the leads of those behind it.
    return tuple(found[:1] + sorted(found[1:], key=lambda each: -each.score))
