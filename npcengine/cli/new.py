"""`npcengine new`: writes a commented character file to start from; loads no model."""

from __future__ import annotations

import json
import re
import unicodedata
from importlib import resources
from pathlib import Path
from string import Template
from typing import Annotated

import typer

from npcengine.errors import ConfigError


def new(
    name: Annotated[str, typer.Argument(help='What the character is called, e.g. "Old Tom".')],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="File or folder to write to; without it, the name with .yaml, here.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write a commented character file to start from; never overwrites one."""
    if not name.strip() or not name.isprintable():
        raise ConfigError('a character needs a name that can be printed, for example: npcengine new "Old Tom"')
    path = _path_for(name, output)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_character(name.strip()))
    except FileExistsError:
        raise ConfigError(f"{path} is already there; choose another name or another file with -o") from None
    except OSError as error:
        raise ConfigError(f"{path} can't be written: {error.strerror or error}") from None
    print(f"{path} is ready. Edit it, then: npcengine check {path}, npcengine talk {path}")


def _path_for(name: str, output: Path | None) -> Path:
    if output is None:
        return Path(f"{_slug(name)}.yaml")
    return output / f"{_slug(name)}.yaml" if output.is_dir() else output


def _slug(name: str) -> str:
    """A name as a file's: lower case, accents dropped, anything else an underscore."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "character"


def _character(name: str) -> str:
    template = resources.files("npcengine.cli").joinpath("new_character.yaml").read_text(encoding="utf-8")
    return Template(template).substitute(name=json.dumps(name, ensure_ascii=False))
