"""Judges a reply, and a question, against what the character knows; knows no model."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from npcengine.mind.knowledge import Found
from npcengine.mind.words import stems, words
from npcengine.persona import Persona

SURE = 0.5
"""A fact that explains so much of a question (0–1) is what the question is about."""

ENOUGH_NEWS = 2
"""A reply about a sure fact must hold so many of its words that were not in the question."""

STRANGE_SHARE = 0.34
"""More of a reply's words than this from nowhere, and the model has made it up."""

_NUMBERS = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty"}
    | {"thirty", "forty", "fifty", "sixty", "hundred", "thousand"}
)
_SENTENCE = re.compile(r"[^.!?…]+")
_FIRST_SENTENCE = re.compile(r".*?[.!?…](?=\s|$)", re.DOTALL)
_ASKS_FOR_FACTS = re.compile(
    r"\b(?:who|whom|whose|what|where|when|which|why|how|explain|heard (?:of|about)|know (?:of|about|any|who|what|where)"
    r"|tell me (?:of|about|who|what|where))\b"
)
_OF_ONESELF = re.compile(r"\b(?:you|your|yours|yourself|i|me|my|we|us|our)\b(?! know| tell| heard)")


def first_sentence(text: str) -> str:
    """The first sentence of `text`, empty while it is not complete."""
    match = _FIRST_SENTENCE.match(text)
    return match[0].strip() if match else ""


def sentences(text: str) -> list[str]:
    """The sentences of `text`, without the signs that end them."""
    return _SENTENCE.findall(text)


def must_tell(found: Sequence[Found]) -> bool:
    """Whether a reply must keep to the best fact: it is surely asked for, and the author has words for it."""
    return bool(found) and found[0].score >= SURE and found[0].fact.say is not None


def is_grounded(reply: str, found: Sequence[Found], question: str, *, language: str) -> bool:
    """Whether a reply to a question about a sure fact tells of that fact and makes up nothing around it.

    A question about no sure fact, or about one that the author did not put into the character's words, is not judged:
    there is nothing better to say.
    """
    if not must_tell(found):
        return True
    asked = set(stems(question, language))
    told = set(stems(f"{found[0].fact.text} {found[0].fact.say}", language))
    news = told - asked
    tells = len(news & set(stems(reply, language))) >= min(ENOUGH_NEWS, len(news))
    return tells and not is_made_up(reply, found, question, language=language)


def is_made_up(reply: str, found: Sequence[Found], question: str, *, language: str) -> bool:
    """Whether words of a reply about a sure fact, or any number in it, come from nowhere."""
    if not found or found[0].score < SURE:
        return False
    said = set(stems(reply, language))
    strange = said - set(stems(_given(found, question), language))
    return has_strange_figures(reply, found, question) or len(strange) > STRANGE_SHARE * len(said)


def has_strange_figures(reply: str, found: Sequence[Found], question: str) -> bool:
    """Whether a number in a reply stands neither in the question nor in the facts."""
    figures = {word for word in words(reply) if word.isdigit() or word in _NUMBERS}
    return bool(figures) and not figures <= set(words(_given(found, question)))


def _given(found: Sequence[Found], question: str) -> str:
    return " ".join([question, *(f"{each.fact.text} {each.fact.say or ''}" for each in found)])


def is_beyond(question: str, known: Collection[str], *, language: str) -> bool:
    """Whether a question asks for facts about something that the character has never heard of.

    Args:
        question: The player's line.
        known: Stems of all words that the character has met.
        language: Of both.
    """
    said = " ".join(words(question))
    if not _ASKS_FOR_FACTS.search(said) or _OF_ONESELF.search(said):
        return False
    subjects = set(stems(question, language))
    return len(subjects - set(known)) * 3 > len(subjects)


def vocabulary(persona: Persona) -> frozenset[str]:
    """Stems of all words in a character's file."""
    parts = [persona.name, persona.role, persona.description, persona.style, *persona.greeting]
    parts += [f"{example.player} {example.npc}" for example in persona.examples]
    parts += [f"{fact.text} {fact.say or ''} {' '.join(fact.topics)}" for fact in persona.knowledge]
    parts += [f"{name} {tie}" for name, tie in persona.relations.items()]
    parts += [f"{line.say} {' '.join(line.when_asked)}" for line in persona.lines]
    return frozenset(stems(" ".join(parts), persona.language))
