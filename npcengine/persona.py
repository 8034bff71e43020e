"""The character file: what a character is made of, and how one is loaded; knows no stage and no model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from npcengine.errors import PersonaError
from npcengine.lore import Shelf, is_lore, open_shelf
from npcengine.models import adapters
from npcengine.neighbours import neighbour
from npcengine.persona_file import FieldPath, Mistake, read_document
from npcengine.persona_parts import (
    PRONUNCIATION,
    BackendName,
    Colour,
    Count,
    Fact,
    Language,
    Name,
    Number,
    OptionalText,
    Part,
    Pronunciations,
    StateName,
    Text,
    Texts,
    When,
    WholeFile,
    validated,
)
from npcengine.persona_problems import MISSING, Problem, cross_mistakes, field_name
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
    "Reading",
    "VoiceSettings",
    "check_persona",
    "load_persona",
    "persona_from_dict",
    "read_persona",
]


class Example(Part):
    """A line of the player and how this character answers it."""

    player: Text = Field(description="What the player says.")
    npc: Text = Field(description="What the character answers, in its own voice.")
    emotion: Emotion = Field("neutral", description="How the answer feels.")


class Line(Part):
    """An author's exact words, spoken as they stand."""

    when_asked: Texts = Field(min_length=1, description="Ways a player might ask for it.")
    say: Text = Field(description="The exact words.")
    emotion: Emotion = Field("neutral", description="How they feel.")


class Action(Part):
    """Something the character can ask the game to do."""

    name: Name = Field(description="What the game receives, e.g. open_gate.")
    description: Text = Field(description="What it does and when it fits, in a plain sentence.")
    args: dict[Name, Name] = Field(
        default_factory=dict,
        description="For each argument, the registry in engine.world that its values come from.",
    )
    when: When = None


class VoiceSettings(Part):
    """How the character sounds."""

    tts: BackendName | None = Field(
        None, description="Speech engine and model, e.g. piper:en_US-joe-medium; left out, the engine's default."
    )
    speed: Number = Field(1.0, ge=0.5, le=2.0, description="1 is normal, more is faster.")
    pitch: Number = Field(0.0, ge=-12.0, le=12.0, description="Semitones up or down; within 4 sounds natural.")
    timbre: Number = Field(1.0, ge=0.6, le=1.6, description="Above 1 sounds smaller, below 1 larger.")
    volume: Number = Field(1.0, ge=0.0, le=2.0, description="1 is normal, 0 is silent.")


class FaceSettings(Part):
    """How the face moves, and how a preview paints it; a colour left out is chosen by the character's name."""

    expressiveness: Number = Field(1.0, ge=0.0, le=2.0, description="0 is a mask, 1 normal, 2 a clown.")
    blink_per_minute: Number = Field(16.0, ge=0.0, le=60.0, description="People blink 10 to 20 times.")
    skin: Colour | None = Field(None, description='Colour of the skin in previews, e.g. "#e2a682".')
    hair: Colour | None = Field(None, description='Colour of the hair in previews, e.g. "#b0562c".')
    eyes: Colour | None = Field(None, description='Colour of the eyes in previews, e.g. "#467c88".')
    clothes: Colour | None = Field(None, description='Colour of the clothes in previews, e.g. "#744830".')
    hair_style: Literal["short", "bob", "bun"] | None = Field(None, description="How the hair is worn in previews.")


class MemorySettings(Part):
    """How much the character remembers."""

    turns: Count = Field(12, ge=0, le=200, description="Exchanges kept word for word.")
    facts: Count = Field(20, ge=0, le=500, description="Things about the player kept for good.")


class Persona(WholeFile):
    """A character, as its file describes it."""

    npcengine: Literal[1] = Field(description="Version of this format; always 1.")
    name: Text = Field(description="What the character is called.")
    role: OptionalText = Field("", description="What it is in its world, e.g. blacksmith of Oakhollow.")
    description: OptionalText = Field("", description="Who it is, in a few sentences and in the third person.")
    personality: Texts = Field((), description="A few adjectives.")
    style: OptionalText = Field("", description="How it talks: length of sentences, favourite words, oaths.")
    mood: Emotion = Field("neutral", description="The resting emotion.")
    lore: Texts = Field(
        (), description="Lore files whose facts it shares, as paths from this file on, e.g. lore/oakhollow.yaml."
    )
    places: Texts = Field((), description="Where it is at home; it knows the lore that is local to these places.")
    state: dict[StateName, Value] = Field(
        default_factory=dict,
        description="What conditions may read, with starting values; the game changes them as it goes.",
    )
    greeting: Texts = Field((), description="What it says first; one of these.")
    examples: tuple[Example, ...] = Field((), description="Exchanges that show the voice to imitate.")
    knowledge: tuple[Fact, ...] = Field((), description="All it knows; it makes up nothing else.")
    lines: tuple[Line, ...] = Field((), description="Answers to be given in exactly these words.")
    actions: tuple[Action, ...] = Field((), description="What it can ask the game to do.")
    wording: Literal["author", "model"] = Field(
        "author",
        description="Who words a fact that answers: its author (`say`, as it stands), or a taught model, which may go "
        "further from the file and comes later; the author's words then stand behind it.",
    )
    fillers: Texts | None = Field(
        None,
        description='What it says while it thinks of an answer, e.g. "Hmm."; ordinary ones if left out, none for [].',
    )
    unknown: Texts = Field(("I don't know.",), min_length=1, description="What it says when it does not know.")
    out_of_world: Texts = Field(
        ("I don't follow you.",),
        min_length=1,
        description="What it says to talk of computers, prompts or the real world.",
    )
    relations: dict[Text, Text] = Field(default_factory=dict, description="Whom it knows, and what they are to it.")
    adapter: OptionalText = Field(
        "",
        description="A LoRA adapter (.gguf) for the language model, as a path from this file on, e.g. "
        "adapters/pirate.gguf, or adapters/pirate.gguf@0.8 for a part of its effect.",
    )
    voice: VoiceSettings = Field(default_factory=VoiceSettings, description="How it sounds.")
    pronunciation: Pronunciations = Field(default_factory=dict, description=PRONUNCIATION)
    face: FaceSettings = Field(default_factory=FaceSettings, description="How its face moves and looks.")
    memory: MemorySettings = Field(default_factory=MemorySettings, description="How much it remembers.")
    language: Language = Field("en", description="The language it speaks, e.g. en.")

    @classmethod
    def cross_mistakes(cls, data: Mapping[str, object]) -> Iterator[Mistake]:
        """Names used twice, and conditions."""
        return cross_mistakes(data)

    def to_voice(self) -> Voice:
        """How it sounds and says names, as the voice stage takes it."""
        voice = self.voice
        names = tuple(self.pronunciation.items())
        return Voice(voice.tts or "", voice.speed, voice.pitch, voice.timbre, voice.volume, names)


@dataclass(frozen=True, slots=True)
class Reading:
    """A character file as it was read.

    Attributes:
        persona: None where `problems` says why.
        problems: All that is wrong with it and with its lore, in the order of lines; the character's own first.
        files: All that it was read from, also those that are not there yet.
        shared: How many facts, the first ones of `persona.knowledge`, stand in lore files alone.
    """

    persona: Persona | None
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    shared: int = 0


def load_persona(path: str | Path) -> Persona:
    """Reads a character file.

    Raises:
        PersonaError: With every mistake in the file, a line for each: ``file:line: field: message``.
    """
    return required(read_persona(path))


def required(reading: Reading) -> Persona:
    """The persona of a reading.

    Raises:
        PersonaError: There is none, because of these problems.
    """
    if reading.persona is None:
        raise PersonaError("\n".join(map(str, reading.problems)))
    return reading.persona


def check_persona(path: str | Path) -> list[Problem]:
    """Every mistake in a character file and in its lore, in the order of lines; empty when it loads."""
    return list(read_persona(path).problems)


def persona_from_dict(data: Mapping[str, Any]) -> Persona:
    """A character from plain values, as its file would hold them.

    Raises:
        PersonaError: With every mistake, a line for each: ``field: message``.
    """
    persona, mistakes = validated(Persona, data)
    if data.get("lore"):
        mistakes = [*mistakes, Mistake(("lore",), "can be read only beside a file; put the character into one")]
    if persona is None or mistakes:
        raise PersonaError("\n".join(f"{field_name(each.path)}: {each.message}" for each in mistakes))
    return persona


def read_persona(path: str | Path) -> Reading:
    """Reads a character file and the lore that it includes; whatever is wrong is a problem, nothing is raised."""
    path = Path(path)
    document = read_document(path)
    shelf, shared, mistakes = Shelf(), 0, document.mistakes
    persona: Persona | None = None
    if document.readable:
        data = document.data if isinstance(document.data, Mapping) else {}
        shelf = open_shelf(data.get("lore"), path.parent)
        persona, shared, found = _with_lore(document.data, shelf)
        persona, misplaced = _with_adapter(persona, path.parent)
        mistakes = [*document.mistakes, *shelf.mistakes, *found, *misplaced]
    own = [
        Problem(str(path), document.line_of(each.path), field_name(each.path), each.message)
        for each in sorted(mistakes, key=lambda each: document.line_of(each.path))
    ]
    problems = (*own, *shelf.problems)
    return Reading(None if problems else persona, problems, (path, *shelf.files), shared)


def _with_adapter(persona: Persona | None, folder: Path) -> tuple[Persona | None, list[Mistake]]:
    """The character with the whole path of its adapter, and what is wrong with it as a path.

    Whether the file is there is for `npcengine check`: without it, a character talks all the same.
    """
    if persona is None or not persona.adapter:
        return persona, []
    name, at, scale = adapters.split(persona.adapter)
    try:
        path = neighbour(name, folder, suffixes=(".gguf",), example="adapters/pirate.gguf")
    except PersonaError as error:
        return persona, [Mistake(("adapter",), str(error))]
    return persona.model_copy(update={"adapter": f"{path.absolute()}{at}{scale}"}), []


def _with_lore(data: object, shelf: Shelf) -> tuple[Persona | None, int, list[Mistake]]:
    """The character, how many facts lore alone gives it, and what is wrong with its own file.

    An entry of `knowledge` with the id of a fact of the lore is that fact, with what the entry says of it instead; a
    name's pronunciation of its own goes before the lore's.
    """
    if is_lore(data):
        return None, 0, [Mistake((), "this is a lore file; a character includes it with `lore: [this file's path]`")]
    if not isinstance(data, Mapping):
        return None, 0, [Mistake((), 'must hold keys such as "npcengine: 1" and "name: …", each on its own line')]
    names = data.get("pronunciation", {})
    if isinstance(names, Mapping):
        data = {**data, "pronunciation": {**shelf.pronunciation, **names}}
    known = shelf.facts_for(data.get("name"), data.get("places"))
    entries = data.get("knowledge", [])
    if not known or not isinstance(entries, list):
        persona, mistakes = validated(Persona, data)
        return persona, 0, _explained(mistakes, entries, shelf)
    own = [known.get(str(each.get("id")), {}) | each if isinstance(each, dict) else each for each in entries]
    reworded = {str(each["id"]) for each in own if isinstance(each, dict) and "id" in each}
    rest = [fact for name, fact in known.items() if name not in reworded]
    persona, mistakes = validated(Persona, {**data, "knowledge": [*own, *rest]})
    if persona:  # the mind shows a character's last facts as examples of its voice: they must be its own
        facts = persona.knowledge
        persona = persona.model_copy(update={"knowledge": (*facts[len(own) :], *facts[: len(own)])})
    return persona, len(rest), _explained(mistakes, entries, shelf)


def _explained(mistakes: list[Mistake], entries: object, shelf: Shelf) -> list[Mistake]:
    """The mistakes; an entry without a text was meant to put a fact of the lore in own words."""
    if not shelf.readings or not isinstance(entries, list):
        return mistakes
    without = {path: each for each in mistakes if _is_text_of_a_fact(path := each.path) and each.message == MISSING}
    if any(reading.lore is None for reading in shelf.readings):
        return [each for each in mistakes if each.path not in without]  # the lore that can't be read may hold it
    return [
        Mistake(each.path, shelf.why_not(str(entries[int(each.path[1])].get("id")))) if each.path in without else each
        for each in mistakes
    ]


def _is_text_of_a_fact(path: FieldPath) -> bool:
    return len(path) == 3 and path[0] == "knowledge" and path[2] == "text"
