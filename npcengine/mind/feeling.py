"""How a reply feels, told from the player's words and, with an embedder, from their meaning and what they ask about.

Tiny language models choose badly and cost time.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import cast

from npcengine.mind.kinds import Kinds, shared
from npcengine.mind.moving_lines import MOVING, MOVING_FACTS, UNMOVED
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.words import stems, words
from npcengine.persona import Fact, Persona
from npcengine.types import Emotion

ALIKE = 0.5
"""Share of common words from which on a line counts as one of the author's examples."""

LEAST = -0.1
"""How much surer (0–1) than that a line moves nobody it must be that it moves; below zero, since the lines that move
nobody are the largest group and weigh on the others. Figures in docs/experiments.md."""

TOLD_LEAST = -0.2
"""The same for a fact that is told; below zero, since most examples of facts move nobody and weigh on the rest."""

_TONES = MappingProxyType(
    {
        "angry": "hate stupid idiot fool ugly liar coward insult shut worthless pathetic dumb thief filthy scum",
        "happy": "thanks thank grateful great wonderful friend love welcome congratulations celebrate hooray",
        "tender": "beautiful lovely sorry comfort hug miss brave lonely forgive",
        "sad": "die died dead death grave buried funeral mourn widow grief lost orphan",
        "afraid": "kill threaten murder attack monster ghost dragon",
        "amused": "joke funny laugh haha silly tease riddle",
        "surprised": "guess secret treasure impossible unbelievable",
        "worried": "trouble danger sick ill missing worried hurt wound",
    }
)
"""Words that move a character, by the emotion they call up."""


class Feelings:
    """What moves one character.

    Args:
        persona: The character.
        embedder: Tells the meaning of texts. Without it, and for other languages than English, words alone decide.
    """

    def __init__(self, persona: Persona, embedder: SentenceEmbedder | None = None) -> None:
        self._persona = persona
        self._examples = [(example, set(stems(example.player, persona.language))) for example in persona.examples]
        self._embedder = embedder if persona.language.startswith("en") else None
        if self._embedder:
            self._lines, self._facts = _read(self._embedder)

    def feel(self, text: str, *, told: Fact | None = None, mood: Emotion | None = None) -> Emotion:
        """The emotion of a reply to `text`.

        The author's for a line like it, else what it calls up, else what the fact does that is told, else the mood.

        Args:
            text: What the player says, or what happens.
            told: The fact that the reply surely tells.
            mood: What the character feels already; None for its resting emotion.

        Raises:
            BackendError: The embedder failed.
        """
        return self._written(text) or self._called_up(text) or self._told(told) or mood or self._persona.mood

    def _written(self, text: str) -> Emotion | None:
        asked = set(stems(text, self._persona.language))
        for example, player in self._examples:
            if words(text) == words(example.player) or (asked and len(asked & player) >= ALIKE * len(asked | player)):
                return example.emotion
        return None

    def _called_up(self, text: str) -> Emotion | None:
        if self._embedder:
            return _strongest(text, self._lines, self._embedder, LEAST)
        said = set(words(text))
        return next((emotion for emotion, signs in _tones() if said & signs), None)

    def _told(self, fact: Fact | None) -> Emotion | None:
        return _strongest(fact.text, self._facts, self._embedder, TOLD_LEAST) if fact and self._embedder else None


@shared
def _read(embedder: SentenceEmbedder) -> tuple[Kinds, Kinds]:
    """What moves whoever hears it, and whoever tells it."""
    return Kinds(MOVING, embedder), Kinds(MOVING_FACTS, embedder)


def _strongest(text: str, kinds: Kinds, embedder: SentenceEmbedder, least: float) -> Emotion | None:
    """The emotion that a text calls up, if that is surer by `least` than that it moves nobody."""
    (row,) = embedder.embed([text])
    scores = kinds.scores(row)
    unmoved = scores.pop(UNMOVED)
    strongest = max(scores, key=lambda kind: scores[kind])
    return cast(Emotion, strongest) if scores[strongest] - unmoved > least else None


def _tones() -> list[tuple[Emotion, set[str]]]:
    return [(cast(Emotion, emotion), set(signs.split())) for emotion, signs in _TONES.items()]
