"""Finds a card in a PNG's text chunks, within bounds and without decoding the picture; knows no card fields.

Sources: the PNG specification (W3C, third edition, sections 5.3 and 11.3.3) for chunks; the Character Card V3
specification for the keywords. Checksums are not compared: the text is parsed strictly afterwards, which finds any
damage that matters.
"""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from collections.abc import Iterator

from npcengine.cards.metered import MeteredFile
from npcengine.errors import CardError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORDS = (b"ccv3", b"chara")
"""The newer format first: a card that holds both keeps the old one for old programs."""

MAX_CHUNKS = 50_000
"""A picture of 64 MiB in the usual pieces of 8 KiB has 8,192."""


def card_in_png(file: MeteredFile, *, most_bytes: int) -> bytes:
    """The card's JSON, from a file that stands behind its signature.

    Args:
        file: The picture.
        most_bytes: How long the JSON may be.

    Raises:
        CardError: There is none, it is too long, or it is damaged.
    """
    found: dict[bytes, bytes] = {}
    for kind, content in _text_chunks(file, most_bytes * 2):
        keyword, _, rest = content.partition(b"\0")
        if keyword in KEYWORDS and keyword not in found:
            found[keyword] = _text(kind, rest, most_bytes * 2)
    for keyword in KEYWORDS:
        if keyword in found:
            return _decoded(found[keyword], most_bytes)
    raise CardError(
        "the picture holds no card; picture hosts and editors drop it, so download the original file and use that"
    )


def _text_chunks(file: MeteredFile, most_bytes: int) -> Iterator[tuple[bytes, bytes]]:
    for _ in range(MAX_CHUNKS):
        header = file.read(8)
        if len(header) < 8:
            return
        length, kind = struct.unpack(">I4s", header)
        if kind == b"IEND":
            return
        if kind not in {b"tEXt", b"zTXt", b"iTXt"}:
            file.seek(length + 4, 1)
            continue
        keyword = file.read(min(length, 6))
        if keyword.partition(b"\0")[0] not in KEYWORDS:
            file.seek(length - len(keyword) + 4, 1)
            continue
        if length > most_bytes:
            raise CardError(
                f"the card in the picture is longer than {most_bytes // 2**20} MiB, more than any card needs"
            )
        content = keyword + file.read(length - len(keyword))
        if len(content) < length:
            raise CardError("the picture ends in the middle of the card; download it again")
        file.seek(4, 1)
        yield kind, content
    raise CardError(f"the picture has more than {MAX_CHUNKS} parts; it is damaged or made to do harm")


def _text(kind: bytes, rest: bytes, most_bytes: int) -> bytes:
    """What follows the keyword: plain, compressed (zTXt), or with languages and either (iTXt)."""
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        return _inflated(rest[1:], most_bytes)
    compressed, rest = rest[:1] == b"\1", rest[2:]
    rest = rest.partition(b"\0")[2].partition(b"\0")[2]
    return _inflated(rest, most_bytes) if compressed else rest


def _inflated(data: bytes, most_bytes: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, most_bytes)
    except zlib.error:
        raise CardError("the card in the picture is damaged; download the picture again") from None
    if unpacker.unconsumed_tail:
        raise CardError(
            f"the card in the picture unpacks to more than {most_bytes // 2**20} MiB; it is made to do harm"
        )
    return text


def _decoded(text: bytes, most_bytes: int) -> bytes:
    packed = b"".join(text.split()).rstrip(b"=")
    try:
        card = base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except binascii.Error:
        raise CardError("the card in the picture is not base64 as cards are; download the picture again") from None
    if len(card) > most_bytes:
        raise CardError(f"the card in the picture is longer than {most_bytes // 2**20} MiB, more than any card needs")
    return card
