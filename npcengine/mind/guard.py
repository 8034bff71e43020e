"""Judges the beginning of a reply against what the character was given to say; knows no model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from npcengine.mind.knowledge import Found
from npcengine.mind.words import stems, words

SURE = 0.5
"""A fact that explains so much of a question (0–1) is what the question is about."""

_FIRST_SENTENCE = re.compile(r".*?[.!?…](?=\s|$)", re.DOTALL)


def first_sentence(text: str) -> str:
    """The first sentence of `text`, empty while it is not complete."""
    match = _FIRST_SENTENCE.match(text)
    return match[0].strip() if match else ""


def grounded(reply: str, found: Sequence[Found], question: str, language: str) -> bool:
    """Whether a reply to a question about a sure fact says any of it, beyond the words of the question."""
    if not found or found[0].score < SURE or found[0].fact.say is None:
        return True
    told = set(stems(f"{found[0].fact.text} {found[0].fact.say}", language)) - set(stems(question, language))
    return not told or bool(told & set(stems(reply, language)))


def repeats(reply: str, before: Sequence[str]) -> bool:
    """Whether a reply begins as one of those before did."""
    begun = words(first_sentence(reply) or reply)
    return bool(begun) and any(words(first_sentence(each) or each) == begun for each in before)


def empty_of_words(reply: str) -> bool:
    """Whether there is nothing in a reply to speak."""
    return not words(reply)
