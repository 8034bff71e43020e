"""Where memories are while a character is not in the game: in a save, and in a file if there is one; never waits."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from npcengine.errors import MemoryFileError
from npcengine.memory_file import MemoryFile
from npcengine.save import Saved, SavedCharacter, keep, read_save, recall, write_save
from npcengine.state import World

logger = logging.getLogger(__name__)


class Archive:
    """Gives memories back to characters that come, and keeps those of characters that go.

    State is not in the file: the game changes it at moments that no turn marks, and keeps it in its own save.

    Args:
        path: The file that keeps them from one start of the game to the next; None for no file. Opening it takes some
            milliseconds.

    Attributes:
        problems: What went wrong with the file, one message each; emptied by whoever tells them.
    """

    def __init__(self, path: Path | None) -> None:
        self.problems: deque[str] = deque()
        self._absent: dict[str, SavedCharacter] = {}
        self._file: MemoryFile | None = None
        if path is not None:
            self._open(path)

    def meet(self, character: Saved) -> None:
        """A character comes into the game, and remembers."""
        if saved := self._absent.pop(character.npc.key, None):
            recall(saved, character)

    def part(self, character: Saved) -> None:
        """A character leaves the game."""
        self._absent[character.npc.key] = keep(character)

    def write(self, character: Saved) -> None:
        """What `character` remembers of turns that are over is in the file, soon."""
        if self._file:
            self._file.put(character.npc.key, SavedCharacter({}, character.memory, character.kept_mood))

    def snapshot(self, world: World, present: Iterable[Saved]) -> dict[str, Any]:
        """All there is, for the game's own save."""
        return write_save(world, present, self._absent)

    def restore(self, saved: Mapping[str, Any], world: World, present: Iterable[Saved]) -> None:
        """Goes back to `saved`, in the file, too.

        Raises:
            ConfigError: This is no snapshot; nothing was changed.
        """
        restored = read_save(saved)
        world.clear()
        world.update(restored.world)
        here = list(present)
        for character in here:
            character.interrupt()  # first of all: who stands by remembers what breaks off
        for character in here:
            restored.apply(character)
        keys = {character.npc.key for character in here}
        self._absent = {key: each for key, each in restored.characters.items() if key not in keys}
        if self._file:
            everyone = {**self._absent, **{character.npc.key: keep(character) for character in here}}
            self._file.replace({key: replace(each, state={}) for key, each in everyone.items()})

    def close(self) -> None:
        """Writes what is left; what goes wrong now no frame can tell any more."""
        if self._file:
            self._file.close()
        for problem in self.problems:
            logger.warning("%s", problem)

    def _open(self, path: Path) -> None:
        try:
            self._file = MemoryFile(path, self.problems.append)
            self._absent.update(self._file.found)
        except MemoryFileError as error:
            self.problems.append(str(error))
