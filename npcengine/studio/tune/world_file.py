"""The file of a training world: a character, its facts, questions they do and do not answer. Knows no model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from ruamel.yaml import YAML

Words = Annotated[str, Field(min_length=2)]


class Strict(BaseModel):
    """Refuses keys that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


def read_world(path: Path) -> World:
    """Read one file.

    Raises:
        pydantic.ValidationError: A key is missing, unknown or has too few entries.
    """
    return World.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))


def read_worlds(folder: Path) -> dict[str, World]:
    """All worlds of a folder by file name, in alphabetical order."""
    return {path.stem: read_world(path) for path in sorted(folder.glob("*.yaml"))}
