"""Taking a model's files out of archives."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcengine.errors import FetchError
from npcengine.models.assemble import assemble
from npcengine.models.catalogue import File, Piece
from npcengine.models.progress import silent

DATA = b"weights" * 1000


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with one good member and one that wants out."""
    path = tmp_path / "package.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("data/a", DATA)
        file.writestr("../outside", DATA)
    return path


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """Where files are written."""
    folder = tmp_path / "inner" / "ready"
    folder.mkdir(parents=True)
    return folder


def _file(name: str = "m.gguf", *pieces: Piece, content: bytes = DATA) -> File:
    sha256 = hashlib.sha256(content).hexdigest()
    return File(name, sha256, len(content), pieces or (Piece(0, "data/a"),))


@pytest.mark.parametrize("name", ["../m.gguf", "/m.gguf", "a/b", "a\\b", "..", "", "C:m", "m\0"])
def test_name_that_leaves_the_folder(archive: Path, ready: Path, tmp_path: Path, name: str) -> None:
    """A model whose list of files names another folder is refused, and nothing is written."""
    before = set(tmp_path.rglob("*"))
    with pytest.raises(FetchError, match="would leave its folder"):
        assemble(_file(name), [archive], ready, silent)
    assert set(tmp_path.rglob("*")) == before


def test_member_that_wants_out_stays_in(archive: Path, ready: Path) -> None:
    """Even when such a member is taken, its bytes land under our name, in our folder."""
    path = assemble(_file("m.gguf", Piece(0, "../outside")), [archive], ready, silent)
    assert path == ready / "m.gguf"
    assert not (ready.parent / "outside").exists()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.binary(max_size=2000), min_size=1, max_size=5))
def test_parts_join_in_order(tmp_path: Path, parts: list[bytes]) -> None:
    """However a file was cut, joining gives it back."""
    sources = [tmp_path / f"part{number}" for number in range(len(parts))]
    for source, part in zip(sources, parts, strict=True):
        source.write_bytes(part)
    whole = b"".join(parts)
    pieces = tuple(Piece(number) for number in range(len(parts)))
    path = assemble(_file("whole", *pieces, content=whole), sources, tmp_path, silent)
    assert path.read_bytes() == whole


def test_member_is_missing(archive: Path, ready: Path) -> None:
    """A package of another layout is named."""
    with pytest.raises(FetchError, match=r"package\.whl holds no data/b"):
        assemble(_file("m.gguf", Piece(0, "data/b")), [archive], ready, silent)


def test_member_is_larger_than_promised(archive: Path, ready: Path) -> None:
    """An archive that unpacks to more than the catalogue says is stopped."""
    with pytest.raises(FetchError, match="longer than it should be"):
        assemble(_file(content=DATA[:10]), [archive], ready, silent)


def test_content_is_wrong(archive: Path, ready: Path) -> None:
    """The same size with other content fails the checksum."""
    with pytest.raises(FetchError, match="wrong checksum after unpacking"):
        assemble(_file(content=b"x" * len(DATA)), [archive], ready, silent)


def test_archive_is_damaged(archive: Path, ready: Path) -> None:
    """A file that is no archive is named."""
    archive.write_bytes(b"no archive")
    with pytest.raises(FetchError, match=r"package\.whl is damaged"):
        assemble(_file(), [archive], ready, silent)
