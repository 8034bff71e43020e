"""Finds the card in a CHARX file, a zip; opens that one entry in memory and unpacks nothing; knows no card fields."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass

from npcengine.cards.metered import MeteredFile
from npcengine.errors import CardError

ENTRY = "card.json"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The others unpack whole blocks at a time, which no bound on a read holds back."""


@dataclass(frozen=True, slots=True)
class Charx:
    """A card's JSON, and how many other files lie beside it."""

    card: bytes
    others: int


def card_in_charx(file: MeteredFile, *, most_bytes: int) -> Charx:
    """The card's JSON.

    Args:
        file: The zip; something else, such as a picture, may stand before it.
        most_bytes: How long the JSON may be, whatever the zip says of it.

    Raises:
        CardError: There is none, it is too long, or the zip is damaged.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entry = archive.getinfo(ENTRY)
            _check(entry)
            with archive.open(entry) as stream:
                card = stream.read(most_bytes + 1)
            others = sum(not each.is_dir() for each in archive.infolist()) - 1
    except KeyError:
        raise CardError(f"the zip holds no {ENTRY}, so it is no CHARX card") from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        ValueError,
        OverflowError,
        NotImplementedError,
    ):
        raise CardError("the file looks like a CHARX card, but its zip is damaged; download it again") from None
    if len(card) > most_bytes:
        raise CardError(f"{ENTRY} unpacks to more than {most_bytes // 2**20} MiB, more than any card needs")
    return Charx(card, others)


def _check(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 1:
        raise CardError(f"{ENTRY} is encrypted; save the card without a password")
    if entry.compress_type not in _PACKINGS:
        raise CardError(f"{ENTRY} is packed in a way that cards don't use; unzip it and import {ENTRY} itself")
