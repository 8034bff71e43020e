"""Reads a card file of any kind, JSON, PNG or CHARX, to plain values within bounds; knows no card fields."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from npcengine.cards.charx import card_in_charx
from npcengine.cards.metered import MeteredFile
from npcengine.cards.notes import Note, counted
from npcengine.cards.png import SIGNATURE, card_in_png
from npcengine.errors import CardError

MAX_CARD_BYTES = 4 * 2**20
"""A card's JSON; long ones, with hundreds of lore entries, take one."""
MAX_READ_BYTES = 4 * MAX_CARD_BYTES
"""All that is read of a file: a card's base64, or a zip's list of files and the packed card. Pictures are skipped."""

_ZIP, _JPEG = b"PK\x03\x04", b"\xff\xd8\xff"
_OTHER_PICTURES = (b"RIFF", b"GIF8", b"\x00\x00\x00")


@dataclass(frozen=True, slots=True)
class Opened:
    """A card's plain values as JSON holds them, and what its file holds besides."""

    value: object
    notes: tuple[Note, ...] = ()


def open_card(path: Path) -> Opened:
    """Reads the card in a file.

    Raises:
        CardError: There is no card in it, or it is damaged, too large or made to do harm. The message names no file.
    """
    try:
        _check(path)
        with MeteredFile(path, most_bytes=MAX_READ_BYTES) as file:
            return _read(file)
    except OSError as error:
        raise CardError(f"the file can't be read: {error.strerror or error}") from None


def _check(path: Path) -> None:
    """Devices and pipes may have no end."""
    if path.is_dir():
        raise CardError("this is a folder; name a card in it")
    if not path.is_file():
        raise CardError("this is no plain file" if path.exists() else "there is no such file; check the path")


def _read(file: MeteredFile) -> Opened:
    start = file.read(len(SIGNATURE))
    if start == SIGNATURE:
        return Opened(parse(card_in_png(file, most_bytes=MAX_CARD_BYTES)))
    if start.startswith((_ZIP, _JPEG)):
        charx = card_in_charx(file, most_bytes=MAX_CARD_BYTES)
        beside = (Note("file", f"{counted(charx.others, 'file')} beside the card (pictures, sounds) left out"),)
        return Opened(parse(charx.card), beside if charx.others > 0 else ())
    if start.startswith(_OTHER_PICTURES):
        raise CardError("this is no JSON, PNG or CHARX card; cards in pictures are PNG files")
    text = start + file.read(MAX_CARD_BYTES + 1 - len(start))
    if len(text) > MAX_CARD_BYTES:
        raise CardError(f"the card is longer than {MAX_CARD_BYTES // 2**20} MiB, more than any card needs")
    return Opened(parse(text))


def parse(text: bytes) -> object:
    """JSON as plain values.

    Raises:
        CardError: It is no UTF-8 or no JSON, or nested deeper than Python follows.
    """
    if not text.strip():
        raise CardError("the card is empty; download it again")
    try:
        return json.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CardError("the card is not UTF-8 text; save it as UTF-8") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise CardError(f"this is no JSON, PNG or CHARX card: {error.msg} at {place}") from None
    except (RecursionError, ValueError):
        raise CardError("the card nests lists or writes numbers as no card does; it is made to do harm") from None
