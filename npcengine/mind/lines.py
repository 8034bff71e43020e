"""Which of an author's exact lines answers a question; knows no model."""

from __future__ import annotations

from rapidfuzz import fuzz

from npcengine.mind.words import FILLER, stems_of, words
from npcengine.persona import Line, Persona

SAME_WORDING = 88.0
"""Similarity (0–100) of two wordings from which on they count as the same if their subjects are the same."""

SAME_SUBJECT = 0.66
"""Share of common words that say something, of all such words in both, from which on two questions are the same."""

_ASKING = frozenset({"how", "much", "not", "when", "where", "which", "who", "whose", "why"})
"""Filler elsewhere, but "how much" and "where" are different questions."""


def match_line(persona: Persona, text: str) -> Line | None:
    """The line that the author wrote for this question, or else the example; None when in doubt."""
    examples = [Line(when_asked=(each.player,), say=each.npc, emotion=each.emotion) for each in persona.examples]
    best: tuple[float, Line | None] = (0.0, None)
    for line in (*persona.lines, *examples):
        for question in line.when_asked:
            score = similarity(text, question, persona.language)
            if score > best[0]:
                best = (score, line)
    return best[1]


def similarity(asked: str, written: str, language: str = "en") -> float:
    """How surely two questions ask the same, 0–1; 0 when in doubt."""
    subject, other = _subject(asked, language), _subject(written, language)
    common = subject & other
    wording = fuzz.token_sort_ratio(" ".join(words(asked)), " ".join(words(written)))
    if wording >= SAME_WORDING and (subject == other or wording == 100):
        return float(wording) / 100
    shared = len(common) / max(1, len(subject | other))
    return shared * 0.99 if len(common) >= 2 and common - _ASKING and shared >= SAME_SUBJECT else 0.0


def _subject(text: str, language: str) -> frozenset[str]:
    said = words(text)
    return frozenset(stems_of((word for word in said if word in _ASKING or word not in FILLER), language))
