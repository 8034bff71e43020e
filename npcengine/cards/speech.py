"""Roleplay text as words a character can say aloud, and as sentences told about it; knows no card."""

from __future__ import annotations

import re

from npcengine.cards.macros import PLAYER
from npcengine.cards.plain_text import clean, one_line, sentences
from npcengine.persona_advice import MAX_SPOKEN_WORDS

_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_STARRED = re.compile(r"\*([^*]*)\*")
_QUOTED = re.compile(r'["“”„«]([^"“”„«»]*[.,!?…~—-])["”“»]')
"""Speech in a novel's style ends with a mark inside the quotes; `called "the mill"` does not."""
_UNSAYABLE = re.compile(r"[*_#<>\[\]{}|~`]+")


def told(text: str) -> str:
    """Text about the character, the player named as such."""
    text = re.sub(rf"(?:(?<=[.!?]\s)|(?<=\n)|\A){PLAYER}", "The player", text)
    return clean(text.replace(PLAYER, "the player"))


def spoken(text: str) -> str:
    """What of a roleplay text is said aloud: no stage directions, no narration; empty if nothing is."""
    text = _without_directions(text)
    if speech := _QUOTED.findall(text):
        text = " ".join(speech)
    text = one_line(_addressed(text))
    return _tidy(_UNSAYABLE.sub(" ", text))


def fitting(text: str, most_words: int = MAX_SPOKEN_WORDS) -> str:
    """As many whole sentences as a player listens to; of an endless one, its beginning."""
    kept: list[str] = []
    words = 0
    for sentence in sentences(text):
        words += len(sentence.split())
        if words > most_words:
            break
        kept.append(sentence)
    if kept or not text:
        return " ".join(kept)
    head = " ".join(text.split()[:most_words])
    clause = re.match(r".{20,}[,;:—](?=\s)", head)
    return _tidy(clause[0] if clause else head)


def _without_directions(text: str) -> str:
    """Without what stands between asterisks, unless that is a stressed word inside a sentence."""
    text = _BOLD.sub(r"\1", text)
    return _STARRED.sub(lambda match: match[1] if _is_stress(match, text) else " ", text)


def _is_stress(match: re.Match[str], text: str) -> bool:
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    inside = bool(re.fullmatch(r"[\w,]\s", before)) or before[-1:].isalnum()
    return len(match[1].split()) == 1 and inside and bool(re.match(r"\s?[a-z]|[.,!?]", after))


def _addressed(text: str) -> str:
    """The player as "you", and not at all where only called by name."""
    text = re.sub(rf",\s*{PLAYER}(?=\s*[.,!?…~\"]|\s*\Z)", "", text)
    text = re.sub(rf"(\A|[.!?…]\s+)\s*{PLAYER},\s*(\w)", lambda match: match[1] + match[2].upper(), text)
    text = re.sub(rf"(\A|[.!?…]\s+){PLAYER}['’]s\b", r"\1Your", text)
    text = re.sub(rf"(\A|[.!?…]\s+){PLAYER}", r"\1You", text)
    return re.sub(rf"{PLAYER}['’]s\b", "your", text).replace(PLAYER, "you")


def _tidy(text: str) -> str:
    """Spaces and end marks as they were meant, after parts were taken out."""
    text = re.sub(r"\s+([.,!?;:…])", r"\1", " ".join(text.split()))
    text = text.strip(' "“”„«»').lstrip(".,;:!?… -—")
    if not any(character.isalnum() for character in text):
        return ""
    ended = text.rstrip(" ,;:—-")
    return text if ended == text else f"{ended}."
