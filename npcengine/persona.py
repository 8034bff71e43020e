"""The character file: what a character is made of, and how one is loaded; knows no stage and no model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeAlias, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from npcengine.conditions import RESERVED
from npcengine.errors import PersonaError
from npcengine.persona_file import FieldPath, Mistake, read_document
from npcengine.persona_problems import Problem, cross_mistakes, field_name, schema_mistakes
from npcengine.types import Emotion, Value, Voice

__all__ = [
    "Action",
    "Example",
    "FaceSettings",
    "Fact",
    "Line",
    "MemorySettings",
    "Persona",
    "Problem",
    "VoiceSettings",
    "check_persona",
    "load_persona",
    "persona_from_dict",
]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _name(text: str) -> str:
    if not text.isidentifier() or unicodedata.normalize("NFKC", text) != text:
        raise ValueError(f'"{text}" must be one word of letters, digits and _, not starting with a digit')
    return text


def _readable_name(text: str) -> str:
    if text in RESERVED:
        raise ValueError(f'"{text}" is a word of its own in conditions; call it "{text.lower()}_flag"')
    return _name(text)


def _fact_id(text: str) -> str:
    if not re.fullmatch(r"\w[\w.-]*", text):
        raise ValueError(f'"{text}" must be letters, digits, _, - or dots, without spaces')
    return text


def _backend_name(text: str) -> str:
    if not re.fullmatch(r"[\w-]+(:\S+)?", text):
        raise ValueError(f'"{text}" must be "engine:model", for example piper:en_US-joe-medium')
    return text


def _language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", text):
        raise ValueError(f'"{text}" must be a language code, for example en or pt-BR')
    return text


Text: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
OptionalText: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True)]
Texts: TypeAlias = Annotated[tuple[Text, ...], BeforeValidator(_as_list, json_schema_input_type=str | list[str])]
"""One text or a list of them."""
Name: TypeAlias = Annotated[str, AfterValidator(_name)]
StateName: TypeAlias = Annotated[str, AfterValidator(_readable_name)]
Number: TypeAlias = Annotated[float, Field(strict=True)]
Count: TypeAlias = Annotated[int, Field(strict=True)]
When: TypeAlias = Annotated[
    str | None,
    Field(description="Only while this holds, e.g. `trust >= 60 and met_aldo`; left out, always."),
]


class _Part(BaseModel):
    """What all parts share: nothing changes after loading, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Example(_Part):
    """A line of the player and how this character answers it."""

    player: Text = Field(description="What the player says.")
    npc: Text = Field(description="What the character answers, in its own voice.")
    emotion: Emotion = Field("neutral", description="How the answer feels.")


class Fact(_Part):
    """Something the character knows."""

    id: Annotated[Text, AfterValidator(_fact_id)] = Field(description="A short name, different for each fact.")
    text: Text = Field(description="The fact, in plain sentences and in the third person.")
    topics: Texts = Field((), description="Words a player might use to ask for it.")
    say: Text | None = Field(None, description="How the character would put it, short and easy to speak.")
    when: When = None
    secret: bool = Field(default=False, description="Never hinted at before `when` holds.")


class Line(_Part):
    """An author's exact words, spoken as they stand."""

    when_asked: Texts = Field(min_length=1, description="Ways a player might ask for it.")
    say: Text = Field(description="The exact words.")
    emotion: Emotion = Field("neutral", description="How they feel.")


class Action(_Part):
    """Something the character can ask the game to do."""

    name: Name = Field(description="What the game receives, e.g. open_gate.")
    description: Text = Field(description="What it does and when it fits, in a plain sentence.")
    args: dict[Name, Name] = Field(
        default_factory=dict,
        description="For each argument, the registry in engine.world that its values come from.",
    )
    when: When = None


class VoiceSettings(_Part):
    """How the character sounds."""

    tts: Annotated[Text, AfterValidator(_backend_name)] | None = Field(
        None, description="Speech engine and model, e.g. piper:en_US-joe-medium; left out, the engine's default."
    )
    speed: Number = Field(1.0, ge=0.5, le=2.0, description="1 is normal, more is faster.")
    pitch: Number = Field(0.0, ge=-12.0, le=12.0, description="Semitones up or down; within 4 sounds natural.")
    timbre: Number = Field(1.0, ge=0.6, le=1.6, description="Above 1 sounds smaller, below 1 larger.")
    volume: Number = Field(1.0, ge=0.0, le=2.0, description="1 is normal, 0 is silent.")

    def to_voice(self) -> Voice:
        """The same settings as the voice stage takes them."""
        return Voice(self.tts or "", self.speed, self.pitch, self.timbre, self.volume)


class FaceSettings(_Part):
    """How the face moves."""

    expressiveness: Number = Field(1.0, ge=0.0, le=2.0, description="0 is a mask, 1 normal, 2 a clown.")
    blink_per_minute: Number = Field(16.0, ge=0.0, le=60.0, description="People blink 10 to 20 times.")


class MemorySettings(_Part):
    """How much the character remembers."""

    turns: Count = Field(12, ge=0, le=200, description="Exchanges kept word for word.")
    facts: Count = Field(20, ge=0, le=500, description="Things about the player kept for good.")


class Persona(_Part):
    """A character, as its file describes it."""

    npcengine: Literal[1] = Field(description="Version of this format; always 1.")
    name: Text = Field(description="What the character is called.")
    role: OptionalText = Field("", description="What it is in its world, e.g. blacksmith of Oakhollow.")
    description: OptionalText = Field("", description="Who it is, in a few sentences and in the third person.")
    personality: Texts = Field((), description="A few adjectives.")
    style: OptionalText = Field("", description="How it talks: length of sentences, favourite words, oaths.")
    mood: Emotion = Field("neutral", description="The resting emotion.")
    state: dict[StateName, Value] = Field(
        default_factory=dict,
        description="What conditions may read, with starting values; the game changes them as it goes.",
    )
    greeting: Texts = Field((), description="What it says first; one of these.")
    examples: tuple[Example, ...] = Field((), description="Exchanges that show the voice to imitate.")
    knowledge: tuple[Fact, ...] = Field((), description="All it knows; it makes up nothing else.")
    lines: tuple[Line, ...] = Field((), description="Answers to be given in exactly these words.")
    actions: tuple[Action, ...] = Field((), description="What it can ask the game to do.")
    unknown: Texts = Field(("I don't know.",), min_length=1, description="What it says when it does not know.")
    out_of_world: Texts = Field(
        ("I don't follow you.",),
        min_length=1,
        description="What it says to talk of computers, prompts or the real world.",
    )
    relations: dict[Text, Text] = Field(default_factory=dict, description="Whom it knows, and what they are to it.")
    voice: VoiceSettings = Field(default_factory=VoiceSettings, description="How it sounds.")
    face: FaceSettings = Field(default_factory=FaceSettings, description="How its face moves.")
    memory: MemorySettings = Field(default_factory=MemorySettings, description="How much it remembers.")
    language: Annotated[str, AfterValidator(_language)] = Field("en", description="The language it speaks, e.g. en.")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if mistakes := list(cross_mistakes(self.model_dump())):
            raise ValueError("\n".join(f"{field_name(each.path)}: {each.message}" for each in mistakes))
        return self


def load_persona(path: str | Path) -> Persona:
    """Reads a character file.

    Raises:
        PersonaError: With every mistake in the file, a line for each: ``file:line: field: message``.
    """
    persona, problems = _read(Path(path))
    if persona is None:
        raise PersonaError("\n".join(map(str, problems)))
    return persona


def check_persona(path: str | Path) -> list[Problem]:
    """Every mistake in a character file, in the order of its lines; empty when it loads."""
    return _read(Path(path))[1]


def persona_from_dict(data: Mapping[str, Any]) -> Persona:
    """A character from plain values, as its file would hold them.

    Raises:
        PersonaError: With every mistake, a line for each: ``field: message``.
    """
    persona, mistakes = _validate(dict(data))
    if persona is None:
        raise PersonaError("\n".join(f"{field_name(each.path)}: {each.message}" for each in mistakes))
    return persona


def _read(path: Path) -> tuple[Persona | None, list[Problem]]:
    document = read_document(path)
    persona, mistakes = _validate(document.data) if document.readable else (None, [])
    problems = [
        Problem(str(path), document.line_of(each.path), field_name(each.path), each.message)
        for each in (*document.mistakes, *mistakes)
    ]
    return (None if problems else persona), sorted(problems, key=lambda problem: problem.line)


def _validate(data: object) -> tuple[Persona | None, list[Mistake]]:
    if not isinstance(data, dict):
        return None, [Mistake((), 'must hold keys such as "npcengine: 1" and "name: …", each on its own line')]
    try:
        return Persona.model_validate(data), []
    except ValidationError as error:
        found = schema_mistakes(error.errors(), data, _keys_at)
    return None, found + [each for each in cross_mistakes(data) if each.path not in {m.path for m in found}]


def _keys_at(path: FieldPath) -> tuple[str, ...]:
    """The keys of the group at a path of the schema."""
    model: type[BaseModel] = Persona
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            annotation = model.model_fields[part].annotation
            candidates = (annotation, *get_args(annotation))
            model = next((each for each in candidates if isinstance(each, type) and issubclass(each, _Part)), model)
    return tuple(model.model_fields)
