"""Lore files: facts that several characters share, and who knows which of them; knows no character's other parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from pydantic import Field

from npcengine.errors import PersonaError
from npcengine.neighbours import neighbour
from npcengine.persona_file import Document, FieldPath, Mistake, read_document
from npcengine.persona_parts import PRONUNCIATION, Fact, FactId, Pronunciations, Texts, WholeFile, validated
from npcengine.persona_problems import Problem, condition_mistakes, field_name, groups, used_twice

MAX_LORE_FILES = 8
"""That one character may include; each as large as a character file at most."""

VERSION_KEY = "npcengine_lore"
"""Tells a lore file from a character file."""

_SUFFIXES = (".yaml", ".yml")
_EXAMPLE = "lore/village.yaml"

Tier: TypeAlias = Literal["common", "local", "private"]

_WHOM: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"local": ("places", "the green"), "private": ("known_by", "Gerta Holt")}
)
"""The key that says whom a tier's facts are for, and an example."""


class LoreFact(Fact):
    """A fact that several characters know."""

    id: FactId = Field(description="A short name, different for each fact; a character puts it in its own words by it.")
    tier: Tier = Field(
        "common",
        description="common: all who include the file know it; local: those of the same place; private: those named.",
    )
    places: Texts = Field((), description="For `tier: local`: whoever has one of these among its `places` knows it.")
    known_by: Texts = Field((), description="For `tier: private`: the full names of the characters who know it.")

    def is_known_to(self, name: str, places: Iterable[str]) -> bool:
        """Whether the character of this name and these places knows it; upper and lower case are the same."""
        if self.tier == "private":
            return name.strip().casefold() in {each.casefold() for each in self.known_by}
        here = {each.strip().casefold() for each in places}
        return self.tier == "common" or not here.isdisjoint(each.casefold() for each in self.places)


class Lore(WholeFile):
    """A lore file."""

    npcengine_lore: Literal[1] = Field(description="Version of this format; always 1.")
    facts: tuple[LoreFact, ...] = Field(min_length=1, description="What the characters share.")
    pronunciation: Pronunciations = Field(default_factory=dict, description=PRONUNCIATION)

    @classmethod
    def cross_mistakes(cls, data: Mapping[str, object]) -> Iterator[Mistake]:
        """Ids used twice, conditions, and facts that do not say whom they are for."""
        yield from used_twice("facts", "id", data)
        yield from condition_mistakes("facts", data, None)
        for index, entry in groups(data.get("facts")):
            yield from _tier_mistakes(("facts", index), entry)


def _tier_mistakes(path: FieldPath, entry: Mapping[str, object]) -> Iterator[Mistake]:
    """Keys that do not go with the tier: a slip of the pen must not make a private fact common."""
    tier = entry.get("tier", "common")
    if not isinstance(tier, str) or tier not in {"common", *_WHOM}:
        return
    for owner, (key, example) in _WHOM.items():
        if tier == owner and not entry.get(key):
            yield Mistake((*path, key), f"is missing; `tier: {owner}` needs it, for example {key}: [{example}]")
        elif tier != owner and entry.get(key):
            yield Mistake((*path, key), f"says nothing with `tier: {tier}`; write `tier: {owner}`, or remove it")


@dataclass(frozen=True, slots=True)
class LoreReading:
    """A lore file as far as it could be read; `lore` is None where `problems` says why."""

    path: Path
    lore: Lore | None
    problems: tuple[Problem, ...]
    document: Document

    def problem(self, path: FieldPath, message: str) -> Problem:
        """Something about one of its fields."""
        return Problem(str(self.path), self.document.line_of(path), field_name(path), message)


def read_lore(path: Path) -> LoreReading:
    """Reads a lore file; whatever is wrong stands in `problems`, nothing is raised."""
    document = read_document(path)
    lore, mistakes = _validated(document.data) if document.readable else (None, [])
    reading = LoreReading(path, lore, (), document)
    problems = [reading.problem(each.path, each.message) for each in (*document.mistakes, *mistakes)]
    ordered = tuple(sorted(problems, key=lambda problem: problem.line))
    return LoreReading(path, None if problems else lore, ordered, document)


def is_lore(data: object) -> bool:
    """Whether a file's values are those of a lore file, right or wrong."""
    return isinstance(data, Mapping) and VERSION_KEY in data


@dataclass(frozen=True, slots=True)
class Shelf:
    """The lore files that a character includes.

    Attributes:
        readings: Of each file that is there and may be read.
        files: All that may be read, also those that are not there yet.
        mistakes: In the character's own `lore` key.
        clashes: Ids that two of the files use, and names that two of them pronounce.
    """

    readings: tuple[LoreReading, ...] = ()
    files: tuple[Path, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    clashes: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the files."""
        return (*(problem for reading in self.readings for problem in reading.problems), *self.clashes)

    def facts_for(self, name: object, places: object) -> dict[str, dict[str, object]]:
        """What the character of this name and these places knows of it, by id, as a character file would hold it."""
        listed = [places] if isinstance(places, str) else places
        here = [each for each in listed if isinstance(each, str)] if isinstance(listed, (list, tuple)) else []
        return {
            fact.id: fact.model_dump(include=set(Fact.model_fields))
            for fact in self._facts()
            if fact.is_known_to(str(name), here)
        }

    @property
    def pronunciation(self) -> dict[str, str]:
        """How the files say names."""
        return {
            name: phonemes
            for reading in self.readings
            if reading.lore
            for name, phonemes in reading.lore.pronunciation.items()
        }

    def why_not(self, name: str) -> str:
        """Why an entry of `knowledge` with this id and without a text is no fact of the lore."""
        tiers = {fact.id: fact.tier for fact in self._facts()}
        if name in tiers:
            key = _WHOM[tiers[name]][0]
            return f'is missing, and the lore\'s "{name}" is not for this character; see `{key}` there'
        near = get_close_matches(name, tiers, n=1)
        meant = f'did you mean the lore\'s "{near[0]}"?' if near else "write the fact here"
        return f'is missing, and the lore holds no fact "{name}"; {meant}'

    def _facts(self) -> Iterator[LoreFact]:
        return (fact for reading in self.readings if reading.lore for fact in reading.lore.facts)


def open_shelf(names: object, folder: Path) -> Shelf:
    """Reads the lore files that a character in `folder` names; a list of the wrong kind is left to the schema."""
    listed = [names] if isinstance(names, str) else names
    if not isinstance(listed, (list, tuple)):
        return Shelf()
    if len(listed) > MAX_LORE_FILES:
        return Shelf(mistakes=(Mistake(("lore",), f"names more than {MAX_LORE_FILES} files; put some together"),))
    paths: dict[Path, Path] = {}
    mistakes = []
    for index, name in enumerate(listed):
        try:
            path = (
                neighbour(name, folder, suffixes=_SUFFIXES, example=_EXAMPLE)
                if isinstance(name, str) and name.strip()
                else None
            )
        except PersonaError as error:
            mistakes.append(Mistake(("lore", index), str(error)))
            continue
        if path is None:
            continue
        if path.resolve() in paths:
            mistakes.append(Mistake(("lore", index), "stands here twice; keep one"))
        elif not path.is_file():
            mistakes.append(Mistake(("lore", index), f"there is no file {path}"))
        paths.setdefault(path.resolve(), path)
    readings = tuple(read_lore(path) for path in paths.values() if path.is_file())
    return Shelf(readings, tuple(paths.values()), tuple(mistakes), tuple(_clashes(readings)))


def _clashes(readings: Iterable[LoreReading]) -> Iterator[Problem]:
    """Ids that a file before has taken, and names that it says otherwise."""
    taken: dict[str, str] = {}
    said: dict[str, tuple[str, Path]] = {}
    for reading in readings:
        for index, fact in enumerate(reading.lore.facts if reading.lore else ()):
            if fact.id in taken:
                message = f'"{fact.id}" is taken by {taken[fact.id]}, and a character includes both; choose another'
                yield reading.problem(("facts", index, "id"), message)
            else:
                taken[fact.id] = f"facts[{index}] of {reading.path}"
        for name, phonemes in reading.lore.pronunciation.items() if reading.lore else ():
            known, where = said.setdefault(name, (phonemes, reading.path))
            if known != phonemes:
                message = f"is said otherwise in {where}, and a character includes both; keep one"
                yield reading.problem(("pronunciation", name), message)


def _validated(data: object) -> tuple[Lore | None, list[Mistake]]:
    if not isinstance(data, Mapping):
        return None, [Mistake((), f'must hold keys: "{VERSION_KEY}: 1" and "facts:"')]
    if VERSION_KEY not in data and "npcengine" in data:
        return None, [Mistake((), f'this is a character file; a lore file begins with "{VERSION_KEY}: 1"')]
    return validated(Lore, data)
