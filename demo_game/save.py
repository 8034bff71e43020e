"""The save: one JSON file with the engine's snapshot and the game's own state; knows neither from inside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

VERSION = 1


class SaveError(Exception):
    """A save can't be read or written; the message says why."""


def write(path: Path, parts: Mapping[str, Any]) -> None:
    """Writes a save, so that a crash in the middle leaves the one before.

    Raises:
        SaveError: The file can't be written.
    """
    beside = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"oakhollow": VERSION, **parts}, ensure_ascii=False, indent=1), "utf-8")
        beside.replace(path)
    except OSError as error:
        raise SaveError(f"The game can't be saved to {path}: {error.strerror}.") from error


def read(path: Path) -> dict[str, Any]:
    """What was written.

    Raises:
        SaveError: There is no save, or it is none of this game.
    """
    try:
        kept = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SaveError("There is no saved game yet.") from None
    except (OSError, ValueError) as error:
        raise SaveError(f"{path} can't be read: {error}.") from error
    if not isinstance(kept, dict) or kept.get("oakhollow") != VERSION:
        raise SaveError(f"{path} is no saved game of this version.")
    return kept
