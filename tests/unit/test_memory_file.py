"""The file of memories keeps what it was given, and what is wrong with it stops nobody."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from npcengine.errors import MemoryFileError
from npcengine.memory_file import MemoryFile, explain
from npcengine.mind.memory import Digest, Exchange, Memory
from npcengine.mind.mood import Mood
from npcengine.mind.notes import Note
from npcengine.save import SavedCharacter

GERTA = SavedCharacter(
    {},
    Memory(
        (Exchange("Hello?", "Aye.", emotion="firm", told=("cat",)),), (Note("Robin.", "name"),), Digest(3, ("mill",)), 2
    ),
    Mood("angry", 0.5),
)
ALDO = SavedCharacter({}, Memory((Exchange("", "Hm."),)))


@pytest.fixture
def problems() -> list[str]:
    """What was reported."""
    return []


@pytest.fixture
def open_file(tmp_path: Path, problems: list[str]) -> Iterator[Callable[..., MemoryFile]]:
    """Opens files; closes them after the test."""
    opened: list[MemoryFile] = []

    def start(path: Path = tmp_path / "saves" / "memories.sqlite") -> MemoryFile:
        opened.append(MemoryFile(path, problems.append))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def read(path: Path) -> dict[str, SavedCharacter]:
    """What a file holds."""
    file = MemoryFile(path, print)
    file.close()
    return file.found


def test_what_was_put_is_there_again(tmp_path: Path, open_file: Callable[..., MemoryFile]) -> None:
    """Word for word; the newest of each character, and its folder is made."""
    file = open_file()
    assert file.found == {}
    file.put("gerta", ALDO)
    file.put("gerta", GERTA)
    file.put("aldo", ALDO)
    file.close()
    assert read(tmp_path / "saves" / "memories.sqlite") == {"gerta": GERTA, "aldo": ALDO}


def test_a_loaded_save_takes_the_place_of_all(tmp_path: Path, open_file: Callable[..., MemoryFile]) -> None:
    """Whatever waited to be written, too; what comes after it is added."""
    file = open_file()
    file.put("gerta", GERTA)
    file.replace({"aldo": ALDO})
    file.put("mara", ALDO)
    file.close()
    assert read(tmp_path / "saves" / "memories.sqlite") == {"aldo": ALDO, "mara": ALDO}


def test_it_is_a_versioned_database_with_a_log_ahead(tmp_path: Path, open_file: Callable[..., MemoryFile]) -> None:
    """Another program can read it while the game runs."""
    open_file(tmp_path / "m.sqlite")
    with closing(sqlite3.connect(tmp_path / "m.sqlite")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("PRAGMA user_version").fetchone() == (1,)
        assert database.execute("SELECT count(*) FROM memory").fetchone() == (0,)


def a_newer_one(path: Path) -> None:
    """As a later version of this engine would write it."""
    MemoryFile(path, print).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 9")


def another_program_s(path: Path) -> None:
    """A database, and not ours."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE bookmarks (url TEXT)")


def a_damaged_row(path: Path) -> None:
    """A database of ours with nonsense in it."""
    MemoryFile(path, print).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("INSERT INTO memory VALUES ('gerta', '{\"state\": {}}')")
        database.commit()


def a_torn_row(path: Path) -> None:
    """Text that is no JSON."""
    MemoryFile(path, print).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("INSERT INTO memory VALUES ('gerta', '{')")
        database.commit()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.write_bytes(b"no database at all" * 100), "damaged, or no database: move it away"),
        (lambda path: path.mkdir(), "can't be opened: choose a file in a folder"),
        (a_newer_one, r"newer npcengine wrote it \(version 9.*choose another file"),
        (another_program_s, "another program.*choose another file"),
        (a_damaged_row, r"is damaged \(gerta: .*move it away"),
        (a_torn_row, r"is damaged \(.*move it away"),
    ],
)
def test_a_file_that_cannot_be_used_is_left_as_it_is(
    tmp_path: Path, spoil: Callable[[Path], object], message: str
) -> None:
    """One message says what is wrong and what to do; nothing in it is changed."""
    path = tmp_path / "m.sqlite"
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(MemoryFileError, match=message):
        MemoryFile(path, print)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_file_that_another_program_keeps_to_itself_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is waited for a moment."""
    monkeypatch.setattr("npcengine.memory_file._PATIENCE_S", 0.01)
    path = tmp_path / "m.sqlite"
    MemoryFile(path, print).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("DELETE FROM memory")
        with pytest.raises(MemoryFileError, match="another program is using it: close that one"):
            MemoryFile(path, print)


def test_a_file_that_can_only_be_read_is_read(
    tmp_path: Path, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it holds is known; that nothing can be added is told once."""
    path = tmp_path / "m.sqlite"
    before = MemoryFile(path, print)
    before.put("gerta", GERTA)
    before.close()
    connect = sqlite3.connect

    def read_only(path: Path, *, timeout: float, isolation_level: None) -> sqlite3.Connection:
        database = connect(path, timeout=timeout, isolation_level=isolation_level)
        database.execute("PRAGMA query_only = ON")
        return database

    monkeypatch.setattr("npcengine.memory_file.sqlite3.connect", read_only)
    file = MemoryFile(path, problems.append)
    assert file.found == {"gerta": GERTA}
    file.put("aldo", ALDO)
    file.close()
    assert len(problems) == 1
    assert "it can't be written to: make it writable" in problems[0]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "saves").write_text("")
    with pytest.raises(MemoryFileError, match="choose a file in a folder that can be written to"):
        MemoryFile(tmp_path / "saves" / "m.sqlite", print)


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        (sqlite3.SQLITE_BUSY, "close that one"),
        (sqlite3.SQLITE_READONLY, "make it writable"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "make it writable"),
        (sqlite3.SQLITE_FULL, "make room"),
        (sqlite3.SQLITE_CORRUPT, "move it away"),
    ],
)
def test_every_mishap_has_a_cure(code: int, cure: str) -> None:
    """By the database's own code, its extended ones included."""
    error = sqlite3.OperationalError("it did not work")
    error.sqlite_errorcode = code
    assert cure in explain(Path("m.sqlite"), error)


def test_what_could_not_be_written_is_written_later(
    tmp_path: Path, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program holds the file; it is told once."""
    monkeypatch.setattr("npcengine.memory_file._PATIENCE_S", 0.01)
    path = tmp_path / "m.sqlite"
    told = Event()

    def tell(problem: str) -> None:
        problems.append(problem)
        told.set()

    file = MemoryFile(path, tell)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        file.put("gerta", GERTA)
        assert told.wait(30)
        file.put("aldo", ALDO)
        other.rollback()
    file.put("mara", ALDO)
    file.close()
    assert set(read(path)) == {"gerta", "aldo", "mara"}
    assert len(problems) == 1
    assert "another program is using it" in problems[0]
