"""The file of a training world: a character, its facts, questions they do and do not answer. Knows no model."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from npcengine.errors import PersonaError
from npcengine.mind.words import FILLER, words
from npcengine.persona import Fact as KnownFact
from npcengine.persona import Persona
from npcengine.persona_file import Mistake, read_document
from npcengine.persona_problems import Problem, field_name

Words = Annotated[str, Field(min_length=2)]


class Strict(BaseModel):
    """Refuses keys that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


AnyFile = TypeVar("AnyFile", bound=Strict)


class Character(Strict):
    """Who answers."""

    name: Words
    role: Words
    description: Words
    style: Words


class FollowUp(Strict):
    """A short question that means something only after another one."""

    after: Words
    """A question that the fact answers; it was asked before."""
    ask: Words
    fact: str
    """Id of the fact that answers `ask`, this or another one."""


class Fact(Strict):
    """One fact, with questions that it answers and questions that only sound so."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    text: Words
    say: Words | None = None
    ask: Annotated[list[Words], Field(min_length=6)]
    near: Annotated[list[Words], Field(min_length=2)]
    """They mention the same things, yet no fact of the file answers them."""
    follow_up: list[FollowUp] = []


class World(Strict):
    """A whole file."""

    npcengine_training: Annotated[int, Field(ge=1, le=1)]
    character: Character
    facts: Annotated[list[Fact], Field(min_length=18, max_length=30)]
    unanswerable: Annotated[list[Words], Field(min_length=20)]
    statements: Annotated[list[Words], Field(min_length=10)]
    """What a player says without asking for anything."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        known = [fact.id for fact in self.facts]
        if len(set(known)) < len(known):
            raise ValueError("two facts have one id")
        for follow_up in (each for fact in self.facts for each in fact.follow_up):
            if follow_up.fact not in known:
                raise ValueError(f"the follow-up {follow_up.ask!r} names no fact: {follow_up.fact!r}")
        return self

    @property
    def questions(self) -> list[str]:
        """Every question of the file, answered or not, in order."""
        found = [question for fact in self.facts for question in (*fact.ask, *fact.near)]
        return found + [each.ask for fact in self.facts for each in fact.follow_up] + self.unanswerable


def read_strictly(path: Path, kind: type[AnyFile]) -> AnyFile:
    """Read one file of training data.

    Raises:
        PersonaError: With every mistake, a line for each: ``file:line: field: message``.
    """
    try:
        return kind.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise PersonaError(_told(path, [])) from error
    except ValidationError as error:
        found = [Mistake(tuple(each["loc"]), each["msg"].removeprefix("Value error, ")) for each in error.errors()]
        raise PersonaError(_told(path, found)) from error


def _told(path: Path, found: list[Mistake]) -> str:
    """A file's mistakes with the lines where they stand."""
    document = read_document(path)
    return "\n".join(
        str(Problem(str(path), document.line_of(each.path), field_name(each.path), each.message))
        for each in [*document.mistakes, *found]
    )


def as_known(fact: Fact, chance: random.Random) -> tuple[KnownFact, str]:
    """A fact as a character file holds it, and the one of its questions that its author is taken to have foreseen.

    Its topics are words of the fact and of that question, which is therefore not to be asked.
    """
    foreseen = chance.choice(fact.ask)
    topics = [*_some_words(foreseen, 2, chance), *_some_words(fact.text, 4, chance)]
    return KnownFact(id=fact.id, text=fact.text, say=fact.say, topics=tuple(dict.fromkeys(topics))), foreseen


def as_persona(world: World, knowledge: tuple[KnownFact, ...]) -> Persona:
    """The character of a world, as a character file holds it."""
    about = world.character
    return Persona(
        npcengine=1,
        name=about.name,
        role=about.role,
        description=about.description,
        style=about.style,
        knowledge=knowledge,
    )


def _some_words(text: str, most: int, chance: random.Random) -> list[str]:
    telling = list(dict.fromkeys(word for word in words(text) if word not in FILLER and len(word) > 2))
    return chance.sample(telling, min(most, len(telling)))


def read_world(path: Path) -> World:
    """Read one file.

    Raises:
        PersonaError: A key is missing, unknown or has too few entries.
    """
    return read_strictly(path, World)


def read_worlds(folder: Path) -> dict[str, World]:
    """All worlds of a folder by file name, in alphabetical order."""
    return {path.stem: read_world(path) for path in sorted(folder.glob("*.yaml"))}
