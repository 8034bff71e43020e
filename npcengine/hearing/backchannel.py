"""What a listener says without wanting the turn: "mhm", "right", "ah"; pure, English, knows no sound."""

from __future__ import annotations

import re

LONGEST_MS = 1000.0
"""Voice for longer than this is no mere nod, whatever was understood of it."""

MOST_WORDS = 3
"""«Yeah, yeah, yeah.»"""

_SOUND = re.compile(
    r"m+|h+m+|m+h+m+|m+h+u+h+|a+h+|o+h+|o{2,}h*|u+h+|u+h*m+|e+r+m*|e+h+|h+u+h+|h+[ae]+(?:h+[ae]+)*h*|ts+k*|ph+e+w*"
)
"""Sounds, however long drawn: mm, hmm, mhm, ah, oh, ooh, uh, um, er, eh, huh, haha, tsk, phew."""

_AGREEMENT = re.compile(r"m+h+m+|m+h+u+h+|u+h+u+h+")
"""Sounds that mean yes; written "uh-huh" they are two sounds."""

_NOD_WORDS = """
yes yeah yea yep yup ya aye ok okay k right alright sure fine good great nice cool wow true indeed exactly absolutely
definitely really interesting
"""
_NODS = frozenset(_NOD_WORDS.split())

_PHRASE = re.compile(
    r"\b(?:i see|i know|i understand|go on|got it|of course|all right|sounds good|makes sense|fair enough)\b"
)


def is_backchannel(text: str, voiced_ms: float, *, answering: bool) -> bool:
    """Whether the player only shows that they listen, so that the character goes on.

    Args:
        text: What was understood, empty when nothing was.
        voiced_ms: For how long there was voice (`Listener.voiced_ms`).
        answering: Whether the character asked something; then "yes" is an answer, and only sounds are none.

    Returns:
        False for everything that wants the turn: "no", "stop", "wait", whatever is asked, whatever is longer.
    """
    if voiced_ms > LONGEST_MS or "?" in text:
        return False
    said = " ".join(_words(text))
    if answering:
        return all(_SOUND.fullmatch(word) for word in said.split()) and not _agrees(said)
    words = _PHRASE.sub("ok", said).split()
    return len(words) <= MOST_WORDS and all(word in _NODS or _SOUND.fullmatch(word) for word in words)


def _agrees(said: str) -> bool:
    return _AGREEMENT.fullmatch(said.replace(" ", "")) is not None


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower().replace("’", "'"))
