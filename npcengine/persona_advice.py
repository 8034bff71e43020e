"""What is allowed in a character file but seldom meant: hints, not mistakes; knows no stage and no model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from npcengine.persona import Persona, persona_from_dict
from npcengine.persona_file import FieldPath, Mistake, read_document
from npcengine.persona_problems import Problem, field_name

MAX_SPOKEN_WORDS = 30
"""At a usual 150 words a minute this takes twelve seconds; players stop listening before that."""

_Spoken: TypeAlias = tuple[FieldPath, str]


def hints_for(path: str | Path) -> list[Problem]:
    """Hints for a character file that loads, in the order of its lines.

    Raises:
        PersonaError: It does not load; `check_persona` tells why.
    """
    document = read_document(Path(path))
    data = document.data if isinstance(document.data, dict) else {}
    hints = [
        Problem(str(path), document.line_of(each.path), field_name(each.path), each.message)
        for each in advise(persona_from_dict(data))
    ]
    return sorted(hints, key=lambda hint: hint.line)


def advise(persona: Persona) -> Iterator[Mistake]:
    """Every hint about a character."""
    if not persona.knowledge:
        yield Mistake(("knowledge",), "is empty, so the character answers every question with `unknown`")
    if not persona.examples:
        yield Mistake(("examples",), "is empty; three or more exchanges teach the character its voice")
    for index, fact in enumerate(persona.knowledge):
        if fact.secret and fact.when is None:
            yield Mistake(("knowledge", index, "secret"), "is true without a `when`, so nothing ever keeps it secret")
    yield from _about_state(persona)
    yield from _about_voice(persona)
    for path, text in _spoken(persona):
        yield from _about_speech(path, text)


def _about_state(persona: Persona) -> Iterator[Mistake]:
    for name, value in persona.state.items():
        if isinstance(value, str) and value.lower() in {"yes", "no", "on", "off"}:
            meant = "true" if value.lower() in {"yes", "on"} else "false"
            yield Mistake(
                ("state", name), f'is the word "{value}", and any word counts as true; write {meant} for a flag'
            )


def _about_voice(persona: Persona) -> Iterator[Mistake]:
    voice = persona.voice
    if abs(voice.pitch) > 4:
        yield Mistake(("voice", "pitch"), "sounds artificial beyond 4 semitones")
    if not 0.85 <= voice.timbre <= 1.2:
        yield Mistake(("voice", "timbre"), "sounds artificial outside 0.85 to 1.2")


def _about_speech(path: FieldPath, text: str) -> Iterator[Mistake]:
    if (words := len(text.split())) > MAX_SPOKEN_WORDS:
        yield Mistake(path, f"has {words} words; beyond {MAX_SPOKEN_WORDS} players stop listening")
    if found := re.search(r"[*_#<>\[\]{}|~`]", text):
        yield Mistake(path, f'holds a "{found[0]}", which nobody can say aloud')


def _spoken(persona: Persona) -> Iterator[_Spoken]:
    """Whatever is meant to be said, with its place."""
    for name in ("greeting", "unknown", "out_of_world"):
        for index, text in enumerate(getattr(persona, name)):
            yield (name, index), text
    for index, example in enumerate(persona.examples):
        yield ("examples", index, "npc"), example.npc
    for index, fact in enumerate(persona.knowledge):
        if fact.say is not None:
            yield ("knowledge", index, "say"), fact.say
    for index, line in enumerate(persona.lines):
        yield ("lines", index, "say"), line.say
