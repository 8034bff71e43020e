"""What a character knows: which facts may be told now, and which of them a question is about; knows no model."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from npcengine.conditions import parse_condition
from npcengine.mind.words import FILLER, stems, words
from npcengine.persona import Fact, Persona
from npcengine.types import Value, World

TOPIC_WEIGHT = 3.0
"""A topic counts like so many mentions in the text: the author named it as what one asks by."""

SATURATION = 1.2
"""BM25's k1 (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework"): more mentions gain less and less."""

UNHEARD_WEIGHT = 0.4
"""How much a word counts against a match that stands in no fact at all: often it is only the question's verb."""

CONTEXT_WEIGHT = 0.4
"""How much the words of the previous exchange count in a question that leans on it."""

_LEANING = frozenset(
    {"he", "her", "him", "his", "it", "its", "she", "that", "their", "them", "then", "there", "they", "this", "why"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A fact and how much of the question's weight it explains, 0–1."""

    fact: Fact
    score: float


def is_known(fact: Fact, persona: Persona, state: Mapping[str, Value], world: World) -> bool:
    """Whether the player may be told `fact` now."""
    return fact.when is None or parse_condition(fact.when, persona.state.keys()).holds(state, world)


def known_facts(persona: Persona, state: Mapping[str, Value], world: World) -> tuple[Fact, ...]:
    """All facts that the player may be told now."""
    return tuple(fact for fact in persona.knowledge if is_known(fact, persona, state, world))


def relevant(
    facts: Sequence[Fact], question: str, *, before: str = "", ignore: str = "", language: str = "en"
) -> tuple[Found, ...]:
    """The facts a question is about, the best first.

    Args:
        facts: Where to look.
        question: The player's line.
        before: What was said last; used when the question leans on it ("And why?").
        ignore: Words that say nothing here, such as the name of the one who is asked.
        language: Of all of these, for word endings.
    """
    asked = _weights(question, before, language)
    for stem in stems(ignore, language):
        asked.pop(stem, None)
    documents = [_document(fact, language) for fact in facts]
    rarity = {stem: _rarity(stem, documents) for stem in asked}
    whole = sum(weight * rarity[stem] for stem, weight in asked.items())
    if whole <= 0:
        return ()
    found = []
    for fact, document in zip(facts, documents, strict=True):
        matched = sum(
            weight * rarity[stem] * _saturated(document[stem]) for stem, weight in asked.items() if document[stem]
        )
        if matched > 0:
            found.append(Found(fact, min(1.0, matched / whole)))
    return tuple(sorted(found, key=lambda each: -each.score))


def leans_on_before(question: str) -> bool:
    """Whether a question can only be understood from what was said before it."""
    said = words(question)
    subjects = [word for word in said if word not in FILLER]
    return not subjects or (len(subjects) < 3 and any(word in _LEANING for word in said))


def _weights(question: str, before: str, language: str) -> dict[str, float]:
    asked = dict.fromkeys(stems(question, language), 1.0)
    if before and leans_on_before(question):
        for stem in stems(before, language):
            asked.setdefault(stem, CONTEXT_WEIGHT)
    return asked


def _document(fact: Fact, language: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    counts.update(stems(f"{fact.text} {fact.say or ''}", language))
    for stem in stems(" ".join(fact.topics), language):
        counts[stem] += TOPIC_WEIGHT  # type: ignore[assignment] # weights are not whole
    return counts


def _rarity(stem: str, documents: Sequence[Counter[str]]) -> float:
    """BM25's inverse document frequency, of the smoothed kind that is never negative."""
    holding = sum(1 for document in documents if document[stem])
    rarity = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
    return rarity if holding else rarity * UNHEARD_WEIGHT


def _saturated(count: float) -> float:
    """BM25's term frequency, scaled so that a topic counts 1. Facts are short: their length is left out."""
    return min(1.0, count * (SATURATION + TOPIC_WEIGHT) / ((count + SATURATION) * TOPIC_WEIGHT))
