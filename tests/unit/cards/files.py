"""Cards and the files that hold them, built in memory: good ones, and parts to build bad ones from."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from typing import Any

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PIXEL = (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\0\0\0"))
END = (b"IEND", b"")

GERTA: dict[str, Any] = {
    "name": "Gerta Holt",
    "description": "{{char}} runs the forge. She once made {{user}} a knife.",
    "personality": "blunt, warm-hearted, proud",
    "scenario": "{{user}} enters the forge at noon.",
    "first_mes": '*She wipes her hands.* "Mind the sparks, {{user}}."',
    "mes_example": "<START>\n{{user}}: Who are you?\n{{char}}: Gerta. I beat iron until it behaves.",
}
"""A card of version 1; later versions hold the same and more."""


def entry(content: str, **fields: object) -> dict[str, object]:
    """A lore entry with what versions 2 and 3 require."""
    return {"keys": [], "content": content, "enabled": True, "insertion_order": 0, "extensions": {}, **fields}


def version_2(**fields: object) -> dict[str, Any]:
    """Gerta as a card of version 2, some fields set or replaced."""
    return {"spec": "chara_card_v2", "spec_version": "2.0", "data": GERTA | fields}


def version_3(**fields: object) -> dict[str, Any]:
    """Gerta as a card of version 3."""
    return {"spec": "chara_card_v3", "spec_version": "3.0", "data": GERTA | fields}


def packed(card: object) -> bytes:
    """A card as pictures hold it: JSON in base64."""
    return base64.b64encode(json.dumps(card).encode())


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A picture of one pixel with these chunks besides."""
    return SIGNATURE + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in (*PIXEL, *chunks, END)
    )


def text_chunk(keyword: bytes, text: bytes) -> tuple[bytes, bytes]:
    """A tEXt chunk."""
    return b"tEXt", keyword + b"\0" + text


def charx(*entries: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return stream.getvalue()
