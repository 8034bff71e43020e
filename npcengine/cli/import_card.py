"""`npcengine import-card`: turns another program's character card into a character file; loads no model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from npcengine.cards.card import read_card
from npcengine.cards.character_file import character_file
from npcengine.cards.container import open_card
from npcengine.cards.mapping import Character, character_from, summary
from npcengine.cards.plain_text import slug
from npcengine.errors import CardError, ConfigError

MAX_NOTES = 100


def import_card(
    card: Annotated[
        Path,
        typer.Argument(
            metavar="CARD", help="A character card, version 1 to 3: JSON, PNG or CHARX.", show_default=False
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="File or folder to write to; without it, the character's name with .yaml, here.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is already there.")] = False,
) -> None:
    """Turn a character card of another program into a character file, and tell what did not map."""
    character = _character(card)
    path = _written(character, card, output, force=force)
    print(f"{path} is ready: {summary(character.fields)}.")
    _print_notes(character)
    print(f"Read it and make it yours, then: npcengine check {path}, npcengine talk {path}")


def _character(card: Path) -> Character:
    try:
        opened = open_card(card)
        read = read_card(opened.value)
        character = character_from(read)
    except CardError as error:
        raise CardError(f"{card}: {error}") from None
    return Character(character.fields, character.origin, (*opened.notes, *character.notes))


def _written(character: Character, card: Path, output: Path | None, *, force: bool) -> Path:
    """Writes the character's file and tells where it is."""
    header = (
        "Imported from a character card. What its writer must still do stands beside each part.",
        *character.origin,
    )
    text = character_file(character.fields, header=header)
    path = output or Path()
    try:
        if output is None or output.is_dir():
            path /= f"{slug(str(character.fields['name'])) or 'character'}.yaml"
        if path.exists() and card.samefile(path):
            raise ConfigError(f"{path} is the card itself; choose another file with -o")
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise ConfigError(
            f"{path} is already there; choose another file with -o, or overwrite it with --force"
        ) from None
    except OSError as error:
        raise ConfigError(f"{path} can't be written: {error.strerror or error}; choose another file with -o") from None
    return path


def _print_notes(character: Character) -> None:
    if not character.notes:
        print("Everything in the card mapped.")
        return
    print("What did not map, or not as it stood:")
    for note in character.notes[:MAX_NOTES]:
        print(f"  {note}")
    if len(character.notes) > MAX_NOTES:
        print(f"  and {len(character.notes) - MAX_NOTES} more")
