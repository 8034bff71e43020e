"""The SQLite file that keeps characters' memories from one start of the game to the next; the only user of `sqlite3`.

A thread of its own writes; whoever hands something over never waits.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from threading import Condition, Thread

from npcengine.errors import MemoryFileError
from npcengine.save import SavedCharacter, read_character, write_character

SCHEMA_VERSION = 1
_APPLICATION = 0x6E706365
""""npce": how the file is told from other programs' databases."""
_PATIENCE_S = 2.0
"""How long a lock of another program is waited for."""
_TABLE = "CREATE TABLE IF NOT EXISTS memory (character TEXT PRIMARY KEY, saved TEXT NOT NULL) WITHOUT ROWID"


class MemoryFile:
    """One file of memories, a row for each character; each write is whole or not there at all.

    Args:
        path: Where it lies; made with its folder where there is none.
        failed: Called with a message, by the writing thread, when writing fails; once until it works again.

    Attributes:
        found: What the file held when it was opened, by `Npc.key`.

    Raises:
        MemoryFileError: It can't be used; it was left as it is.
    """

    def __init__(self, path: Path, failed: Callable[[str], None]) -> None:
        self._path = path
        self._failed = failed
        self._failing = False
        self._waiting: dict[str, SavedCharacter] = {}
        self._starts_anew = False
        self._changed = Condition()
        self._fresh = False
        self._closing = False
        self.found = self._open()
        self._thread = Thread(target=self._write_on, name="npcengine-memory", daemon=True)
        self._thread.start()

    def put(self, key: str, saved: SavedCharacter) -> None:
        """Writes what one character remembers, soon; never waits."""
        with self._changed:
            self._waiting[key] = saved
            self._wake()

    def replace(self, characters: Mapping[str, SavedCharacter]) -> None:
        """Writes that these are all there are, soon: whatever else the file holds never was."""
        with self._changed:
            self._waiting = dict(characters)
            self._starts_anew = True
            self._wake()

    def close(self) -> None:
        """Writes what is left."""
        with self._changed:
            self._closing = True
            self._wake()
        self._thread.join()

    def _wake(self) -> None:
        self._fresh = True
        self._changed.notify()

    def _open(self) -> dict[str, SavedCharacter]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect()) as database:
                self._prepare(database)
                rows = database.execute("SELECT character, saved FROM memory").fetchall()
            return {key: read_character(key, json.loads(saved)) for key, saved in rows}
        except (OSError, sqlite3.Error, TypeError, ValueError) as error:
            raise MemoryFileError(f"{explain(self._path, error)}; nothing is kept until then") from error

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=_PATIENCE_S, isolation_level=None)
        # A finished turn must outlive the machine's power, too; the waiting is this thread's alone.
        database.execute("PRAGMA synchronous = FULL")
        return database

    def _prepare(self, database: sqlite3.Connection) -> None:
        application, version, tables = (
            database.execute(query).fetchone()[0]
            for query in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
        )
        if tables and application != _APPLICATION:
            raise ValueError("it belongs to another program")
        if version > SCHEMA_VERSION:
            raise ValueError(f"a newer npcengine wrote it (version {version}, and this one reads {SCHEMA_VERSION})")
        if version:
            return
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("BEGIN IMMEDIATE")
        database.execute(_TABLE)
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        database.execute("COMMIT")

    def _write_on(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._fresh)
                self._fresh = False
                waiting, anew, last = self._waiting, self._starts_anew, self._closing
                self._waiting, self._starts_anew = {}, False
            if waiting or anew:
                self._write(waiting, anew=anew)
            if last:
                return

    def _write(self, characters: dict[str, SavedCharacter], *, anew: bool) -> None:
        rows = [(key, json.dumps(write_character(saved))) for key, saved in characters.items()]
        try:
            with closing(self._connect()) as database:
                database.execute("BEGIN IMMEDIATE")
                if anew:
                    database.execute("DELETE FROM memory")
                database.executemany("INSERT OR REPLACE INTO memory VALUES (?, ?)", rows)
                database.execute("COMMIT")
            self._failing = False
        except sqlite3.Error as error:
            self._keep_for_later(characters, anew=anew)
            if not self._failing:
                self._failing = True
                self._failed(f"{explain(self._path, error)}; memories are written with the next turn that is over")

    def _keep_for_later(self, characters: dict[str, SavedCharacter], *, anew: bool) -> None:
        with self._changed:
            if not self._starts_anew:
                self._waiting = {**characters, **self._waiting}
                self._starts_anew = anew


def explain(path: Path, error: Exception) -> str:
    """What happened to the file of memories at `path`, and the cure."""
    code = getattr(error, "sqlite_errorcode", None)
    reason = code & 0xFF if code is not None else None
    happened = (
        {
            sqlite3.SQLITE_BUSY: "another program is using it: close that one",
            sqlite3.SQLITE_LOCKED: "another program is using it: close that one",
            sqlite3.SQLITE_READONLY: "it can't be written to: make it writable, or choose another place",
            sqlite3.SQLITE_CANTOPEN: "it can't be opened: choose a file in a folder that can be written to",
            sqlite3.SQLITE_FULL: "the disk is full: make room on it",
            sqlite3.SQLITE_IOERR: "the disk does not work as it should: choose another place",
            sqlite3.SQLITE_NOTADB: "it is damaged, or no database: move it away, and a new one is made",
            sqlite3.SQLITE_CORRUPT: "it is damaged: move it away, and a new one is made",
        }.get(reason)
        if reason is not None
        else None
    )
    if happened is None and isinstance(error, OSError):
        happened = f"it can't be opened ({error.strerror}): choose a file in a folder that can be written to"
    if happened is None and isinstance(error, json.JSONDecodeError | TypeError):
        happened = f"it is damaged ({error}): move it away, and a new one is made"
    return f"the file of memories {path}: {happened or f'{error}: choose another file'}"
