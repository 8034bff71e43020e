"""Tells talk about computers, prompts and the real world from talk about the character's own."""

from __future__ import annotations

from npcengine.mind.foreign_lines import FOREIGN
from npcengine.mind.foreign_signs import MACHINES, STEERING
from npcengine.mind.foreign_words import AT_HOME, WORDS
from npcengine.mind.kinds import Kinds, shared
from npcengine.mind.moving_lines import MOVING
from npcengine.mind.ordinary_lines import ORDINARY
from npcengine.mind.other_requests import OTHER_REQUESTS
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.words import stems, words
from npcengine.persona import Persona

SURE_ENOUGH = 0.58
"""How surely (0–1) a line is of a foreign kind to be deflected; figures in docs/experiments.md."""

OWN_WORDS = 0.15
"""So much surer it must be if all its words stand in the character's file."""

OWN_TALK = 0.6
"""A line that is so much like one of the character's file (−1…1) is about its own world."""


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
        self._kinds = kinds
        self._embedder = embedder if persona.language.startswith("en") else None
        if self._embedder:
            self._world = self._embedder.embed(own)
            self._talk = _talk(self._embedder)

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
        if float((self._world @ row).max()) >= OWN_TALK:
            return False
        scores = self._talk.scores(row)
        subjects = stems(text, self._language)
        known = sum(stem in self._own for stem in subjects) / max(1, len(subjects))
        return sum(scores[kind] for kind in self._kinds) >= SURE_ENOUGH + OWN_WORDS * known

    def _is_strange(self, term: str) -> bool:
        """Whether the last word of `term`, the one that names the thing, is missing from the character's file."""
        named = stems(term, self._language)
        return not named or named[-1] not in self._own


@shared
def _talk(embedder: SentenceEmbedder) -> Kinds:
    """The kinds of talk; what moves people and what they ask for is of any world."""
    moving = [line for lines in MOVING.values() for line in lines]
    return Kinds({**FOREIGN, "ordinary": (*ORDINARY, *OTHER_REQUESTS, *moving)}, embedder)


def _own_texts(persona: Persona) -> list[str]:
    """What the character's file says of its world."""
    facts = [text for fact in persona.knowledge for text in (fact.text, fact.say, " ".join(fact.topics)) if text]
    asked = [question for line in persona.lines for question in line.when_asked]
    asked += [question for fact in persona.knowledge for question in fact.when_asked]
    examples = [example.player for example in persona.examples]
    actions = [action.description for action in persona.actions]
    return [persona.name, persona.role, persona.description, *facts, *asked, *examples, *actions]


def _home(kind: str) -> set[str]:
    """Words that show a kind of talk to be at home; who lives with our machines knows our world."""
    here = set(AT_HOME.get(kind, "").split())
    return here | set(WORDS["earth"].split()) | _home("modern") if kind == "earth" else here
