"""What is allowed in a character file but seldom meant: hints, not mistakes; knows no stage and no model."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

from npcengine.lore import LoreReading
from npcengine.persona import Fact, Persona, read_persona, required
from npcengine.persona_file import FieldPath, Mistake, read_document
from npcengine.persona_problems import Problem, field_name

MAX_SPOKEN_WORDS = 30
"""At a usual 150 words a minute this takes twelve seconds; players stop listening before that."""

_SEMITONES_OF_A_WOMAN, _TIMBRE_OF_A_WOMAN = 9.0, 1.17
"""Beside a man: 223 to 132 Hz, and formants by about a sixth (Peterson and Barney, "Control methods used in a study of
the vowels", JASA 24, 1952)."""
_ODD_SEMITONES = 4.0

_Spoken: TypeAlias = tuple[FieldPath, str]


def hints_for(path: str | Path) -> list[Problem]:
    """Hints for a character file that loads, in the order of its lines; those about shared facts are its lore's.

    Raises:
        PersonaError: It does not load; `check_persona` tells why.
    """
    reading = read_persona(path)
    document = read_document(Path(path))
    own = (_own(each, reading.shared) for each in advise(required(reading)))
    hints = [
        Problem(str(path), document.line_of(each.path), field_name(each.path), each.message) for each in own if each
    ]
    return sorted(hints, key=lambda hint: hint.line)


def lore_hints(reading: LoreReading, readers: Sequence[Persona]) -> list[Problem]:
    """Hints for a lore file that can be read, in the order of its lines.

    Args:
        reading: Of the file.
        readers: The characters that include it, as far as they are known; none tells nothing about names and places.
    """
    facts = reading.lore.facts if reading.lore else ()
    hints = [*_about_facts("facts", facts)]
    names = {persona.name.casefold(): persona.name for persona in readers}
    places = {place.casefold(): place for persona in readers for place in persona.places}
    for index, fact in enumerate(facts) if readers else ():
        for key, given, known in (("known_by", fact.known_by, names), ("places", fact.places, places)):
            whose = "is called" if key == "known_by" else "has among its places"
            for at, name in enumerate(given):
                if name.casefold() not in known:
                    near = get_close_matches(name, known.values(), n=1)
                    meant = f'; did you mean "{near[0]}"?' if near else ""
                    message = f'no character checked here that includes this file {whose} "{name}"{meant}'
                    hints.append(Mistake(("facts", index, key, at), message))
    problems = [reading.problem(each.path, each.message) for each in hints]
    return sorted(problems, key=lambda hint: hint.line)


def _own(hint: Mistake, shared: int) -> Mistake | None:
    """The hint with its place in the character's own file; None for a fact that stands in lore alone."""
    match hint.path:
        case ("knowledge", int() as index, *rest):
            return Mistake(("knowledge", index - shared, *rest), hint.message) if index >= shared else None
    return hint


def advise(persona: Persona) -> Iterator[Mistake]:
    """Every hint about a character."""
    if not persona.knowledge:
        yield Mistake(("knowledge",), "is empty, so the character answers every question with `unknown`")
    if not persona.examples:
        yield Mistake(("examples",), "is empty; three or more exchanges teach the character its voice")
    yield from _about_facts("knowledge", persona.knowledge)
    yield from _about_state(persona)
    yield from _about_voice(persona)
    for path, text in _spoken(persona):
        yield from _about_speech(path, text)


def _about_facts(listed: str, facts: Sequence[Fact]) -> Iterator[Mistake]:
    foreseen: dict[tuple[str, str | None], str] = {}
    for index, fact in enumerate(facts):
        for at, question in enumerate(fact.when_asked):
            # A lie and the truth may share a question: one condition excludes the other.
            first = foreseen.setdefault((question.casefold().strip(" ?.!"), fact.when), fact.id)
            if first != fact.id:
                yield Mistake((listed, index, "when_asked", at), f"stands at {first} too, and one answer is enough")
        if fact.secret and fact.when is None:
            yield Mistake((listed, index, "secret"), "is true without a `when`, so nothing ever keeps it secret")
        if fact.say is not None:
            yield from _about_speech((listed, index, "say"), fact.say)


def _about_state(persona: Persona) -> Iterator[Mistake]:
    for name, value in persona.state.items():
        if isinstance(value, str) and value.lower() in {"yes", "no", "on", "off"}:
            meant = "true" if value.lower() in {"yes", "on"} else "false"
            yield Mistake(
                ("state", name), f'is the word "{value}", and any word counts as true; write {meant} for a flag'
            )


def _about_voice(persona: Persona) -> Iterator[Mistake]:
    voice = persona.voice
    usual = pitch_of_size(voice.timbre)
    if abs(voice.pitch - usual) > _ODD_SEMITONES:
        yield Mistake(
            ("voice", "pitch"),
            f"sounds artificial for a speaker of this size; with `timbre: {voice.timbre:g}` goes about {usual:.0f}",
        )
    if not 0.85 <= voice.timbre <= 1.2:
        yield Mistake(("voice", "timbre"), "sounds artificial outside 0.85 to 1.2")


def pitch_of_size(timbre: float) -> float:
    """The pitch (semitones) that usually goes with a speaker whose formants are multiplied by this."""
    return _SEMITONES_OF_A_WOMAN * math.log(timbre) / math.log(_TIMBRE_OF_A_WOMAN)


def _about_speech(path: FieldPath, text: str) -> Iterator[Mistake]:
    if (words := len(text.split())) > MAX_SPOKEN_WORDS:
        yield Mistake(path, f"has {words} words; beyond {MAX_SPOKEN_WORDS} players stop listening")
    if found := re.search(r"[*_#<>\[\]{}|~`]", text):
        yield Mistake(path, f'holds a "{found[0]}", which nobody can say aloud')


def _spoken(persona: Persona) -> Iterator[_Spoken]:
    """Whatever is meant to be said besides facts, with its place."""
    for name in ("greeting", "fillers", "unknown", "out_of_world"):
        for index, text in enumerate(getattr(persona, name) or ()):
            yield (name, index), text
    for index, example in enumerate(persona.examples):
        yield ("examples", index, "npc"), example.npc
    for index, line in enumerate(persona.lines):
        yield ("lines", index, "say"), line.say
