"""Turns a card into a character of ours and tells what did not map; pure values, knows no file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from npcengine.cards.card import Card
from npcengine.cards.dialogue import examples_from
from npcengine.cards.lorebook import facts_from
from npcengine.cards.macros import resolve
from npcengine.cards.notes import Note, counted
from npcengine.cards.plain_text import one_line, shorten
from npcengine.cards.wording import Wording
from npcengine.errors import CardError

MAX_NAME_CHARACTERS = 60
MAX_DESCRIPTION_CHARACTERS = 6_000
MAX_STYLE_CHARACTERS = 1_000
MAX_DESCRIPTION_WORDS = 120
"""Beyond this a writer is told that a prompt takes only the beginning."""
MAX_GREETINGS = 8
MAX_TRAITS = 10

UNKNOWN = ("I don't know anything about that.", "You'd have to ask somebody else.", "That's news to me.")
OUT_OF_WORLD = ("I don't follow you.", "Those words mean nothing to me.", "What a strange thing to say.")

_LABEL = re.compile(r"[^:=\n]{0,40}\bpersonality\s{0,3}[:=]\s*", re.IGNORECASE)
_NOTATION = re.compile(r'\(\s?"|"\s?\+\s?"|\[\s?\w{1,20}\s?[(=:]')
"""Lists for models, `Likes("tea" + "rain")` and the like, which writers of cards use instead of sentences."""


@dataclass(frozen=True, slots=True)
class Character:
    """A character as its file holds it, and what to tell of where it came from.

    Attributes:
        fields: Plain values, as `npcengine.persona.persona_from_dict` takes them.
        origin: The card's name, creator and version, a line each.
        notes: What did not map.
    """

    fields: Mapping[str, Any]
    origin: tuple[str, ...]
    notes: tuple[Note, ...]


def character_from(card: Card) -> Character:
    """The character that a card describes.

    Raises:
        CardError: Nothing of its name can be printed.
    """
    notes = list(card.notes)
    name = _name(card.name)
    if not name:
        raise CardError('nothing of the card\'s name can be printed; write a "name" into it, or import another')
    wording = Wording(_name(card.nickname) or name, notes)
    fields: dict[str, Any] = {"npcengine": 1, "name": name}
    fields["description"] = _description(card, wording)
    fields |= _personality(card.personality, wording)
    fields["greeting"] = _greetings(card.greetings, wording)
    fields["examples"] = examples_from(card.mes_example, _labels(name, wording.name), wording)
    fields["knowledge"] = facts_from(card.entries, wording)
    fields |= {"unknown": list(UNKNOWN), "out_of_world": list(OUT_OF_WORLD), "language": "en"}
    wording.note_macros()
    return Character({key: value for key, value in fields.items() if value}, _origin(card), tuple(notes))


def _name(text: str) -> str:
    """A name without what macros, markup and prompts are made of, so that it can stand anywhere."""
    bare = re.sub(r"[{}<>|\[\]]+", " ", one_line(resolve(text[: MAX_NAME_CHARACTERS * 8], "").text))
    return shorten(" ".join(bare.split()), MAX_NAME_CHARACTERS)


def _labels(*names: str) -> list[str]:
    """What stands before a character's lines: its whole name or the first word of it."""
    return sorted({part for name in names for part in (name, name.split()[0])}, key=len, reverse=True)


def _description(card: Card, wording: Wording) -> str:
    parts = [
        wording.told(text, place, most_characters=MAX_DESCRIPTION_CHARACTERS)
        for place, text in (("description", card.description), ("scenario", card.scenario))
    ]
    text = "\n\n".join(filter(None, parts))
    if (words := len(text.split())) > MAX_DESCRIPTION_WORDS:
        wording.note(
            "description",
            f"{words} words with the scenario; a prompt takes only the beginning, so move facts to knowledge",
        )
    if _NOTATION.search(text):
        wording.note("description", "holds lists in brackets, made for other models; write it as sentences")
    return text


def _personality(personality: str, wording: Wording) -> dict[str, Any]:
    """Adjectives as a list; sentences as style, since a prompt says "is" before each adjective."""
    text = wording.told(personality, "personality", most_characters=MAX_STYLE_CHARACTERS)
    bare = _LABEL.sub("", text, count=1)
    parts = [part.strip(" .\"'“”()[]{}*-•") for part in re.split(r"[,;+\n/]|\.\s", bare)]
    traits = list(dict.fromkeys(re.sub(r"\Aand\s+", "", part) for part in parts if part))
    if not traits or any(len(trait.split()) > 3 or len(trait) > 40 for trait in traits):
        return {"style": text}
    if len(traits) > MAX_TRAITS:
        wording.note("personality", f"{len(traits) - MAX_TRAITS} of {len(traits)} traits left out; a few say more")
    return {"personality": traits[:MAX_TRAITS]}


def _greetings(texts: Sequence[str], wording: Wording) -> list[str]:
    greetings: dict[str, None] = {}
    for index, text in enumerate(texts[:MAX_GREETINGS]):
        place = f"alternate_greetings[{index - 1}]" if index else "first_mes"
        if said := wording.short(text, place):
            greetings[said] = None
        elif text.strip():
            wording.note(place, "left out: nothing in it is said aloud")
    if len(texts) > MAX_GREETINGS:
        wording.note(
            "alternate_greetings", f"{len(texts) - MAX_GREETINGS} beyond the first {MAX_GREETINGS - 1} left out"
        )
    return list(greetings)


def _origin(card: Card) -> tuple[str, ...]:
    """Lines for people; each is one line whatever the card holds."""
    told = {
        "Card": f"{_line(card.name)} (character card, format version {card.version})",
        "Creator": _line(card.creator) or "unknown",
        "Version": _line(card.character_version) or "unknown",
        "Source": ", ".join(filter(None, map(_line, card.sources[:3]))),
        "Tags": ", ".join(filter(None, map(_line, card.tags[:12]))),
        "Licence": "unknown; ask the creator before you publish anything made from this card",
    }
    return tuple(f"{key}: {text}" for key, text in told.items() if text)


def _line(text: str) -> str:
    return shorten(one_line(text[:400]), 100)


def summary(fields: Mapping[str, Any]) -> str:
    """What the character holds, in a few words."""
    counts = {"greeting": "greetings", "examples": "examples", "knowledge": "facts"}
    return ", ".join(counted(len(fields.get(key, ())), noun[:-1], noun) for key, noun in counts.items())
