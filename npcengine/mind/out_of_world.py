"""Tells talk about computers, prompts and the real world from talk about the character's own."""

from __future__ import annotations

import numpy as np

from npcengine.mind.foreign_lines import FOREIGN, ORDINARY
from npcengine.mind.foreign_signs import MACHINES, STEERING
from npcengine.mind.foreign_words import AT_HOME, WORDS
from npcengine.mind.moving_lines import MOVING
from npcengine.mind.nearness import nearness
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.words import stems, words
from npcengine.persona import Persona

MARGIN = 0.05
"""A line that is by so much (−1…1) nearer to foreign talk than to all other is foreign; docs/experiments.md."""


class OutOfWorld:
    """Judges lines to one character; reads its file once.

    Args:
        persona: The character.
        embedder: Tells the meaning of texts. Without it, and for other languages than English, signs alone decide.
    """

    def __init__(self, persona: Persona, embedder: SentenceEmbedder | None = None) -> None:
        self._language = persona.language
        own = _own_texts(persona)
        said = {word for text in own for word in words(text)}
        self._own = frozenset(stems(" ".join(own), persona.language))
        kinds = [kind for kind in FOREIGN if not said & _home(kind)]
        self._words = frozenset(word for kind in kinds for word in WORDS.get(kind, "").split()) - said
        self._embedder = embedder if persona.language.startswith("en") else None
        if self._embedder:
            moving = [line for lines in MOVING.values() for line in lines]
            foreign = self._embedder.embed([line for lines in FOREIGN.values() for line in lines])
            chosen = np.repeat([kind in kinds for kind in FOREIGN], [len(lines) for lines in FOREIGN.values()])
            self._foreign = foreign[chosen]
            self._ordinary = np.concatenate([self._embedder.embed((*ORDINARY, *moving)), self._embedder.embed(own)])

    def is_foreign(self, text: str) -> bool:
        """Whether `text` speaks of what the character can't know of; words of its own world are never foreign to it.

        Raises:
            BackendError: The embedder failed.
        """
        said = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        if any(sign.search(said) for sign in STEERING):
            return True
        met = [match[0] for sign in MACHINES for match in sign.finditer(said)]
        if any(self._is_strange(term) for term in met) or not self._words.isdisjoint(words(said)):
            return True
        if met or not self._embedder:
            return False
        (row,) = self._embedder.embed([text])
        return nearness(row, self._foreign) - nearness(row, self._ordinary) > MARGIN

    def _is_strange(self, term: str) -> bool:
        """Whether the last word of `term`, the one that names the thing, is missing from the character's file."""
        named = stems(term, self._language)
        return not named or named[-1] not in self._own


def is_out_of_world(persona: Persona, text: str, embedder: SentenceEmbedder | None = None) -> bool:
    """Whether `text` speaks of what the character can't know of."""
    return OutOfWorld(persona, embedder).is_foreign(text)


def _own_texts(persona: Persona) -> list[str]:
    """What the character's file says of its world."""
    facts = [text for fact in persona.knowledge for text in (fact.text, fact.say, " ".join(fact.topics)) if text]
    asked = [question for line in persona.lines for question in line.when_asked]
    examples = [example.player for example in persona.examples]
    actions = [action.description for action in persona.actions]
    return [persona.name, persona.role, persona.description, *facts, *asked, *examples, *actions]


def _home(kind: str) -> set[str]:
    """Words that show a kind of talk to be at home; who lives with our machines knows our world."""
    here = set(AT_HOME.get(kind, "").split())
    return here | set(WORDS["earth"].split()) | _home("modern") if kind == "earth" else here
