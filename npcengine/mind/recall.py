"""Finds what a character knows about the player when they ask for it; English rules, no model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from npcengine.mind.memory import Memory
from npcengine.mind.notes import LEARNT, WHO, NoteKind
from npcengine.persona import Fact

NOTE = "notes."
"""Begins the ids of the facts made from a character's notes."""

MOST_AT_ONCE = 3
"""So many promises or gifts are named in one answer, the newest last."""

_DO_YOU = r"(?:do |did |can |could )?you (?:still )?(?:know|remember|recall|tell me)"
_I_AM = "i(?:'m| am| was)"
_SEEKING = "(?:looking|searching|hunting) for"
_WORDINGS: Mapping[NoteKind, Sequence[str]] = MappingProxyType(
    {
        "name": (
            "what(?:'s| is| was) my (?:own )?name",
            "who am i",
            "what am i called",
            f"{_DO_YOU} (?:what )?my name",
            f"{_DO_YOU} (?:who i am|what {_I_AM} called)",
            "say my name",
            "(?:have you forgotten|did you forget|you forgot) my name",
            "what do (?:they|people) call me",
        ),
        "home": (
            "where (?:am i|do i come|did i come|do i hail) from",
            "where was i born",
            f"{_DO_YOU} where i(?:'m| am| come| came| hail) from",
            "(?:what|where)(?:'s| is) my (?:home|hometown|home town|homeland|home village)",
        ),
        "errand": (
            f"(?:what|who|whom) (?:am|was) i {_SEEKING}",
            f"{_DO_YOU} (?:what|who|whom) {_I_AM} {_SEEKING}",
            "why (?:am|was) i here",
            "why did i come here",
            "what(?:'s| is) my (?:errand|quest|business|mission)",
            f"{_DO_YOU} why i(?:'m| am| came) here",
            "what (?:brought|brings) me here",
        ),
        "promise": (
            "what (?:did|have|had) i promised?",
            "what was my promise",
            "what i(?:'ve)? promised",
            f"{_DO_YOU} my promises?",
            "did i promise (?:you )?(?:anything|something)",
        ),
        "gift": (
            "what (?:did|have) i (?:give|given|gave|bring|brought) (?:to )?you",
            "what i (?:gave|brought|have given) (?:to )?you",
            f"{_DO_YOU} my (?:gift|present)s?",
            "did i give you (?:anything|something)",
        ),
    }
)
_QUESTIONS = tuple(
    (kind, re.compile(rf"\b(?:{'|'.join(wordings)})\b", re.IGNORECASE)) for kind, wordings in _WORDINGS.items()
)
_OF_OLD = re.compile(
    r"\b(?:(?:do )?you (?:still )?(?:know|remember|recognise|recognize) me|have we met)\b", re.IGNORECASE
)
_OF_PLAYER = re.compile(r"\b(?:i|i'm|i've|me|my|mine|we|us|our)\b", re.IGNORECASE)
_OF_CHARACTER = re.compile(
    r"\b(?:do|are|were|can|could|would|will|have|did|should) you\b|\byour(?:s|self)?\b", re.IGNORECASE
)


def asked_about(question: str, memory: Memory) -> NoteKind | None:
    """What the player asks the character to know about them; None when they ask for something else.

    "Do you remember me?" asks for a name only where there is one to tell.
    """
    plain = question.replace("’", "'")
    asked = next((kind for kind, pattern in _QUESTIONS if pattern.search(plain)), None)
    if asked is None and _OF_OLD.search(plain) and answer_about(memory, "name"):
        return "name"
    return asked


def answer_about(memory: Memory, kind: NoteKind) -> Fact | None:
    """What is known of it, as one fact with the words that tell it to the player; None when nothing is."""
    notes = [note for note in memory.notes if note.kind == kind and note.say][-MOST_AT_ONCE:]
    if not notes:
        return None
    text = " ".join(note.text for note in notes)
    return Fact(id=f"{NOTE}{kind}", text=text, say=_joined([note.say for note in notes]))


def note_facts(memory: Memory, question: str) -> tuple[Fact, ...]:
    """The notes as facts that a question may be about, the newest first.

    Who the player is answers no question for somebody else: "What's your name?" is not about the player's. And what
    they promised, gave or look for answers none about the character: "Do you like iron?" is not about their promise.
    """
    own = _OF_PLAYER.search(question) is not None
    away = frozenset() if own else (LEARNT if _OF_CHARACTER.search(question) else WHO)
    found = [
        Fact(id=f"{NOTE}{index}", text=note.text, say=note.say.strip() or None)
        for index, note in enumerate(memory.notes)
        if note.text.strip() and note.kind not in away
    ]
    return tuple(reversed(found))


def _joined(sentences: Sequence[str]) -> str:
    """One sentence where all begin alike: that the player promised to bring iron, and to find a cat."""
    first, *others = (sentence.rstrip(".") for sentence in sentences)
    for opening in ("You promised ", "You gave me "):
        if others and all(each.startswith(opening) for each in (first, *others)):
            parts = [first, *(each.removeprefix(opening) for each in others)]
            return f"{', '.join(parts[:-1])}, and {parts[-1]}."
    return " ".join(sentences)
