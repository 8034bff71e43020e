"""Cards are found in every kind of file that holds them, and nothing such a file claims costs more than a card does."""

from __future__ import annotations

import base64
import io
import json
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcengine.cards.container import MAX_CARD_BYTES, open_card
from npcengine.errors import CardError
from tests.unit.cards.files import GERTA, SIGNATURE, charx, packed, png, text_chunk, version_2, version_3

JSON = json.dumps(GERTA).encode()
CARD = packed(GERTA)


@pytest.fixture
def holding(tmp_path: Path) -> Callable[[bytes], Path]:
    """Writes a file."""

    def write(content: bytes) -> Path:
        path = tmp_path / "card"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    "content",
    [
        JSON,
        b"\xef\xbb\xbf" + JSON,
        json.dumps(GERTA, indent=1).encode(),
        png(text_chunk(b"chara", CARD)),
        png((b"tEXt", b"Comment\0hello"), text_chunk(b"chara", CARD)),
        png(text_chunk(b"chara", b"\n".join(CARD[at : at + 76] for at in range(0, len(CARD), 76)))),
        png((b"zTXt", b"chara\0\0" + zlib.compress(CARD))),
        png((b"iTXt", b"chara\0\0\0en\0Karte\0" + CARD)),
        png((b"iTXt", b"ccv3\0\1\0\0\0" + zlib.compress(CARD))),
        charx(("card.json", JSON)),
        charx(("card.json", JSON), packing=zipfile.ZIP_STORED),
        b"\xff\xd8\xff\xe0 a picture" + charx(("card.json", JSON)),
    ],
    ids=(
        *["json", "marked", "indented", "png", "commented", "wrapped", "ztxt", "itxt"],
        "packed itxt",
        "charx",
        "stored",
        "behind a picture",
    ),
)
def test_a_card_is_found_in_every_kind_of_file(content: bytes, holding: Callable[[bytes], Path]) -> None:
    """By what the file holds, whatever it is called."""
    assert open_card(holding(content)).value == GERTA


def test_the_newer_card_of_a_picture_counts(holding: Callable[[bytes], Path]) -> None:
    """Whichever stands first."""
    old, new = text_chunk(b"chara", packed(version_2())), text_chunk(b"ccv3", packed(version_3()))
    assert open_card(holding(png(old, new))).value == open_card(holding(png(new, old))).value == version_3()


def test_what_lies_beside_a_card_is_told_and_left(holding: Callable[[bytes], Path]) -> None:
    """Names that lead out of a folder lead nowhere, since nothing is unpacked."""
    path = holding(
        charx(("../../evil.yaml", b"x"), ("/etc/evil", b"x"), ("card.json", JSON), ("assets/icon.png", b"x"))
    )
    opened = open_card(path)
    assert opened.value == GERTA
    assert [str(note) for note in opened.notes] == ["file: 3 files beside the card (pictures, sounds) left out"]
    assert [each.name for each in path.parent.iterdir()] == ["card"]


def _nested(opening: bytes, closing: bytes) -> bytes:
    return opening * 10**6 + closing * 10**6


def _deflated_zeros(mebibytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(mebibytes)) + packer.flush()


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("card.json", "w") as file:
        for _ in range(64):
            file.write(b" " * 2**20)
    return stream.getvalue()


def _lying_bomb() -> bytes:
    """The zip says that the card unpacks to 100 bytes."""
    content = bytearray(_bomb())
    size = struct.pack("<I", 64 * 2**20)
    for at in (content.find(size), content.rfind(size)):
        content[at : at + 4] = struct.pack("<I", 100)
    return bytes(content)


def _endless_directory() -> bytes:
    """A zip of half a million files, most of which are not there."""
    header = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = header * 500_000
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(directory), 4, 0)
    return b"PK\3\4" + directory + end


def _encrypted() -> bytes:
    content = bytearray(charx(("card.json", JSON)))
    content[content.find(b"PK\1\2") + 8] |= 1
    return bytes(content)


ATTACKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is empty"),
    "spaces": (lambda: b" \n", "is empty"),
    "no json": (lambda: b"name: Gerta", "no JSON, PNG or CHARX"),
    "cut json": (lambda: JSON[:-9], "line 1"),
    "not utf-8": (lambda: JSON.replace(b"Gerta", b"G\xe9rta"), "save it as UTF-8"),
    "utf-16": (lambda: JSON.decode().encode("utf-16"), "save it as UTF-8"),
    "huge json": (lambda: b'"' + b"a" * MAX_CARD_BYTES + b'"', "longer than 4 MiB"),
    "nested lists": (lambda: _nested(b"[", b"]"), "made to do harm"),
    "nested groups": (lambda: _nested(b'{"a":', b"}")[: MAX_CARD_BYTES - 1], "made to do harm"),
    "endless number": (lambda: b'{"name": ' + b"9" * 10_000 + b"}", "made to do harm"),
    "webp": (lambda: b"RIFF\0\0\0\0WEBPVP8 ", "PNG files"),
    "jpeg": (lambda: b"\xff\xd8\xff\xe0 a picture", "zip is damaged"),
    "plain png": (png, "holds no card"),
    "signature alone": (lambda: SIGNATURE, "holds no card"),
    "cut png": (lambda: png(text_chunk(b"chara", CARD))[:200], "in the middle"),
    "endless chunk": (lambda: SIGNATURE + b"\xff\xff\xff\xfftEXtchara\0" + CARD, "longer than 8 MiB"),
    "long chunk": (lambda: png(text_chunk(b"chara", b"QUFB" * (3 * 2**19))), "longer than 4 MiB"),
    "countless chunks": (lambda: SIGNATURE + b"\0\0\0\0aaaa\0\0\0\0" * 60_000, "more than 50000 parts"),
    "no base64": (lambda: png(text_chunk(b"chara", b"@@@@!!!!")), "not base64"),
    "half base64": (lambda: png(text_chunk(b"chara", CARD[: len(CARD) // 8 * 4])), "JSON"),
    "base64 of nothing": (lambda: png(text_chunk(b"chara", b"")), "is empty"),
    "broken ztxt": (lambda: png((b"zTXt", b"chara\0\0" + b"nonsense")), "damaged"),
    "ztxt bomb": (lambda: png((b"zTXt", b"chara\0\0" + _deflated_zeros(64))), "made to do harm"),
    "itxt bomb": (lambda: png((b"iTXt", b"ccv3\0\1\0\0\0" + _deflated_zeros(64))), "made to do harm"),
    "zip bomb": (_bomb, "unpacks to more than 4 MiB"),
    "lying zip bomb": (_lying_bomb, "damaged"),
    "endless directory": (_endless_directory, "more memory than a card needs"),
    "no card in zip": (lambda: charx(("other.json", JSON)), "holds no card.json"),
    "card elsewhere": (lambda: charx(("../card.json", JSON)), "holds no card.json"),
    "cut zip": (lambda: charx(("card.json", JSON))[:-30], "zip is damaged"),
    "encrypted": (_encrypted, "without a password"),
    "bzip2": (lambda: charx(("card.json", JSON), packing=zipfile.ZIP_BZIP2), "unzip it"),
    "lzma": (lambda: charx(("card.json", JSON), packing=zipfile.ZIP_LZMA), "unzip it"),
}


@pytest.fixture
def modest() -> Iterator[None]:
    """Fails a test that takes more memory than the longest card needs."""
    tracemalloc.start()
    yield
    peak_mib = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    assert peak_mib < 48


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_no_card_is_refused(
    attack: str, holding: Callable[[bytes], Path], request: pytest.FixtureRequest
) -> None:
    """With one message that says what to do, and with little memory."""
    build, said = ATTACKS[attack]
    path = holding(build())
    request.getfixturevalue("modest")
    with pytest.raises(CardError, match=said) as told:
        open_card(path)
    assert "\n" not in str(told.value)


def test_a_huge_picture_around_a_small_card_is_no_hindrance(tmp_path: Path) -> None:
    """A gibibyte of picture is skipped, not read."""
    path = tmp_path / "card.png"
    with path.open("wb") as file:
        file.write(SIGNATURE + struct.pack(">I4s", 2**30, b"IDAT"))
        file.seek(2**30 + 4, io.SEEK_CUR)
        kind, content = text_chunk(b"chara", CARD)
        file.write(struct.pack(">I", len(content)) + kind + content + bytes(4))
    assert open_card(path).value == GERTA


def test_places_that_hold_no_file_are_refused(tmp_path: Path) -> None:
    """A folder, nothing at all, a device without an end."""
    for path, said in ((tmp_path, "folder"), (tmp_path / "absent", "no such file"), (Path("/dev/zero"), "file")):
        with pytest.raises(CardError, match=said):
            open_card(path)


GOOD = [
    JSON,
    png(text_chunk(b"chara", CARD)),
    png((b"zTXt", b"ccv3\0\0" + zlib.compress(CARD))),
    charx(("card.json", JSON)),
]


def refusal(path: Path) -> str:
    """Why there is no card in a file; nothing where there is one."""
    try:
        open_card(path)
    except CardError as error:
        return str(error)
    return ""


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    good=st.sampled_from(GOOD), changes=st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=4)))
)
def test_a_damaged_card_is_read_or_refused(
    good: bytes, changes: list[tuple[int, bytes]], holding: Callable[[bytes], Path]
) -> None:
    """Whatever bytes change, there is a value or our own error."""
    content = bytearray(good)
    for at, replaced in changes:
        content[at % len(content) : at % len(content) + len(replaced)] = replaced
    assert "\n" not in refusal(holding(bytes(content)))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from([b"", SIGNATURE, b"PK\3\4", b"\xff\xd8\xff"]), rest=st.binary())
def test_any_bytes_are_read_or_refused(start: bytes, rest: bytes, holding: Callable[[bytes], Path]) -> None:
    """Also those that begin like a card's file."""
    assert "\n" not in refusal(holding(start + rest))


def test_base64_that_lost_its_padding_is_read(holding: Callable[[bytes], Path]) -> None:
    """Some programs leave it out."""
    for spaces in range(3):
        card = base64.b64encode(JSON + b" " * spaces).rstrip(b"=")
        assert open_card(holding(png(text_chunk(b"chara", card)))).value == GERTA
