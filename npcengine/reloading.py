"""Reads character files again, beside the game's frame: when asked to, or when they change; knows no turn."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Thread
from typing import Protocol, TypeAlias

from npcengine.events import CharacterReloaded
from npcengine.npc import Npc
from npcengine.persona import Persona, Reading, read_persona, required

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 0.25
"""Between two looks at the files. A file that two looks found the same is one that an editor has finished writing."""

Stamp: TypeAlias = tuple[int, int, int] | None
"""When a file was last written (ns), how long it is and which it is; None when it is not there."""
Stamps: TypeAlias = Mapping[Path, Stamp]


def stamps_of(files: Iterable[Path]) -> Stamps:
    """How the files are now."""
    return {file: _stamp(file) for file in files}


def _stamp(file: Path) -> Stamp:
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)


class Rereadable(Protocol):
    """A character as far as its file is concerned."""

    npc: Npc
    persona: Persona

    def become(self, persona: Persona) -> None: ...  # noqa: D102 - see Conversation


@dataclass(slots=True)
class Settling:
    """Tells when files have changed and come to rest, since editors write a file in several steps.

    Attributes:
        read: As they were when they were read.
        seen: As the last look found them.
    """

    read: Stamps
    seen: Stamps

    def look(self, stamps: Stamps) -> bool:
        """Whether the files differ from what was read, and have not changed since the last look."""
        settled = stamps == self.seen and stamps != self.read
        self.seen = stamps
        return settled


@dataclass(slots=True)
class _Followed:
    """A character's files, the first of which is its own."""

    files: tuple[Path, ...]
    settling: Settling = field(init=False)

    def __post_init__(self) -> None:
        self.took(stamps_of(self.files))

    def took(self, stamps: Stamps) -> None:
        """The files were read while they were like this."""
        self.settling = Settling(stamps, stamps)


class Reloader:
    """A thread that reads files; what it has read waits until the game's thread takes it.

    Args:
        watch: Whether to look for changes; without it, only what is asked for is read, and until then there is no
            thread.
    """

    def __init__(self, *, watch: bool) -> None:
        self._watch = watch
        self._followed: dict[int, _Followed] = {}
        self._asked: dict[int, None] = {}
        self._read: deque[tuple[int, Reading]] = deque()
        self._closed = False
        self._changed = Condition()
        self._thread: Thread | None = None

    def read(self, number: int, path: str | Path) -> Persona:
        """The character of this number comes from this file, which is read now and followed from now on.

        Raises:
            PersonaError: The file has mistakes.
        """
        reading = read_persona(path)
        persona = required(reading)
        self.follow(number, reading.files)
        return persona

    def follow(self, number: int, files: tuple[Path, ...]) -> None:
        """The character of this number comes from these files, its own first."""
        with self._changed:
            self._followed[number] = _Followed(files)
        if self._watch:
            self._start()

    def forget(self, number: int) -> None:
        """The character is gone."""
        with self._changed:
            self._followed.pop(number, None)

    def ask(self, number: int) -> bool:
        """Has the character's files read again; False if it comes from none."""
        with self._changed:
            if number not in self._followed:
                return False
            self._asked[number] = None
            self._changed.notify()
        self._start()
        return True

    def deliver(self, characters: Mapping[int, Rereadable]) -> list[CharacterReloaded]:
        """Characters become what was read since the last call; those whose file has mistakes stay as they are."""
        told = []
        for number, reading in self.take():
            if (character := characters.get(number)) is None:
                continue
            if reading.persona and reading.persona != character.persona:
                character.become(reading.persona)
            problems = tuple(map(str, reading.problems))
            for problem in problems:
                logger.warning("not reloaded: %s", problem)
            told.append(CharacterReloaded(character.npc, problems))
        return told

    def take(self) -> list[tuple[int, Reading]]:
        """What was read since the last call, in order."""
        taken = []
        while self._read:
            taken.append(self._read.popleft())
        return taken

    def close(self) -> None:
        """Ends the thread, once it has read what it is reading."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread:
            self._thread.join()

    def _start(self) -> None:
        if self._thread is None and not self._closed:
            self._thread = Thread(target=self._work, name="npcengine-reloader", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._asked, LOOK_EVERY_S if self._watch else None)
                if self._closed:
                    return
                asked, self._asked = self._asked, {}
                followed = dict(self._followed)
            for number in asked or self._settled(followed):
                if number in followed:
                    self._reread(number, followed[number])

    def _settled(self, followed: Mapping[int, _Followed]) -> list[int]:
        return [number for number, each in followed.items() if each.settling.look(stamps_of(each.files))]

    def _reread(self, number: int, followed: _Followed) -> None:
        before = stamps_of(followed.files)
        reading = read_persona(followed.files[0])
        followed.files = reading.files
        followed.took({**stamps_of(reading.files), **{file: before[file] for file in reading.files if file in before}})
        self._read.append((number, reading))
