"""Files that a character's file names: where they lie, and which it must not name; reads nothing."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from npcengine.errors import PersonaError


def neighbour(name: str, folder: Path, *, suffixes: tuple[str, ...], example: str) -> Path:
    """The file that a character in `folder` means, there or not.

    Args:
        name: As the character's file has it.
        folder: Holds that file.
        suffixes: How the name may end; the first is told to who forgot it.
        example: A name as it should be.

    Raises:
        PersonaError: It must not be read: a character from a stranger reads no file beyond its game's.
    """
    name = name.strip()
    if "\\" in name or PureWindowsPath(name).drive or PurePosixPath(name).is_absolute():
        raise PersonaError(f'must be a path from this file on, with "/", for example {example}')
    path = Path(os.path.normpath(folder / name))
    if path.suffix not in suffixes:
        raise PersonaError(f"must name a {suffixes[0]} file, for example {example}")
    try:
        inside = path.resolve().is_relative_to(folder.resolve().parent)
    except (OSError, ValueError, RuntimeError):
        raise PersonaError("is no path that can be followed") from None
    if not inside:
        raise PersonaError("leads too far away; keep the file in this folder or in one beside it")
    return path
