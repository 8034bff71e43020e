"""Judges what a model says against what the character may say; knows no model."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from npcengine.mind.asking import NUMBERS, SMALL_NUMBERS
from npcengine.mind.words import FILLER, capitals, stems, words
from npcengine.persona import Fact, Persona

ENOUGH_NEWS = 2
"""A reply that has to tell a fact holds so many of its words that were not in the question."""

ODD_SHARE = 0.5
"""The same for a model that was taught to put facts in its own words."""

STRANGE_SHARE = 0.34
"""More words than this in such a reply from nowhere, and the model has made it up."""

_SENTENCE = re.compile(r"[^.!?…]+")
_FIRST_SENTENCE = re.compile(r".*?[.!?…](?=\s|$)", re.DOTALL)
_DENIAL = frozenset(
    {"no", "not", "never", "nobody", "nothing", "none", "neither", "cannot", "without", "refused", "refuse"}
)
_FOREIGN = re.compile(
    r"\b(?:a\.?i\.?|artificial intelligence|language model|assistant|chat ?bot|chatgpt|openai|npc|video ?game|prompt"
    r"|the player|as an? (?:character|model)|script|programmed|software|computer|internet)\b",
    re.IGNORECASE,
)
"""What no character says of itself; a model that was trained on such talk does."""


def first_sentence(text: str) -> str:
    """The first sentence of `text`, empty while it is not complete."""
    match = _FIRST_SENTENCE.match(text)
    return match[0].strip() if match else ""


def sentences(text: str) -> list[str]:
    """The sentences of `text`, without the signs that end them."""
    return _SENTENCE.findall(text)


def told_text(fact: Fact) -> str:
    """All that is told of a fact."""
    return f"{fact.text} {fact.say or ''}".strip()


def tells(reply: str, fact: Fact, question: str, *, language: str) -> bool:
    """Whether a reply says what a fact says, without denying what it affirms and without making up the rest."""
    told = told_text(fact)
    asked = set(stems(question, language))
    said = set(stems(reply, language))
    news = set(stems(told, language)) - asked
    if len(news & said) < min(ENOUGH_NEWS, len(news)):
        return False
    strange = said - set(stems(told, language)) - asked
    return len(strange) <= STRANGE_SHARE * len(said) and not contradicts(reply, told)


def answers(reply: str, facts: Sequence[Fact], question: str, *, meant: Fact | None, language: str) -> bool:
    """Whether a reply tells one of some facts, or the one that is meant, without making up most of it."""
    asked = set(stems(question, language))
    said = set(stems(reply, language))
    held = [set(stems(told_text(fact), language)) for fact in facts]
    if not any(len(said & (each - asked)) >= min(ENOUGH_NEWS, len(each - asked)) for each in held):
        return False
    if len(said - asked - set().union(*held)) > ODD_SHARE * len(said):
        return False
    return meant is None or meant in told_in(reply, facts, language=language)


def told_in(reply: str, facts: Sequence[Fact], *, language: str) -> list[Fact]:
    """The facts that a reply tells: the one that it shares the most words with, and any that it shares as many with."""
    said = set(stems(reply, language))
    shared = [len(said & set(stems(told_text(fact), language))) for fact in facts]
    most = max(shared, default=0)
    return [fact for fact, count in zip(facts, shared, strict=True) if count == most and most > 0]


def contradicts(reply: str, told: str) -> bool:
    """Whether a reply denies what is told, or affirms what is denied."""
    return bool(_DENIAL & set(words(reply))) != bool(_DENIAL & set(words(told))) and bool(_DENIAL & set(words(reply)))


def strange_figures(reply: str, given: str, *, strict: bool) -> bool:
    """Whether a number in a reply stands nowhere in what it was given.

    Args:
        reply: What the model says.
        given: What it was given.
        strict: Small numbers in words count too, as they do where a fact is told; in talk one says "two words" lightly.
    """
    loose = frozenset({"one"}) if strict else SMALL_NUMBERS
    figures = {word for word in words(reply) if word.isdigit() or word in NUMBERS - loose}
    return bool(figures) and not figures <= set(words(given))


def strange_names(reply: str, names: Collection[str]) -> bool:
    """Whether a reply holds a name that the character was not given."""
    return any(name.lower() not in names for name in capitals(reply))


def parrots(reply: str, question: str, own: Collection[str]) -> bool:
    """Whether a character claims of itself what only the player spoke of, as "I'm a pirate"."""
    said = words(reply)
    if not said or said[0] not in {"i", "my"}:
        return False
    return any(word in words(question) and word not in own and word not in FILLER for word in said)


def leaves_the_world(reply: str, given: str) -> bool:
    """Whether a reply speaks of what no character is, in words that it was not given."""
    return any(met.lower() not in given.lower() for met in _FOREIGN.findall(reply))


def capitalised(text: str) -> frozenset[str]:
    """Words that may be written with a capital: all words of `text`, in lower case."""
    return frozenset(words(text))


def open_words(persona: Persona) -> frozenset[str]:
    """Words of a character's file that it may use at any time, in lower case."""
    parts = [persona.name, persona.role, persona.description, persona.style, *persona.greeting]
    parts += [f"{example.player} {example.npc}" for example in persona.examples]
    parts += [f"{name} {tie}" for name, tie in persona.relations.items()]
    parts += [f"{line.say} {' '.join(line.when_asked)}" for line in persona.lines]
    return capitalised(" ".join(parts)) | FILLER | _CAPITALS


_CAPITALS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "god",
        "lord",
        "lady",
        "sir",
        "madam",
        "mister",
    ]
)
