"""Where models lie on this machine; finds them and never fetches."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from npcengine.errors import ModelBroken, ModelMissing
from npcengine.models import formats
from npcengine.models.formats import Kind

FOLDER_VARIABLE = "NPCENGINE_MODELS"
HUB_PREFIX = "hf:"

_SUFFIXES: dict[Kind, str] = {"stt": "", "llm": ".gguf", "tts": ".onnx"}
_WANTED: dict[Kind, str] = {
    "stt": "speech recognition model",
    "llm": "language model",
    "tts": "voice",
}


def folder() -> Path:
    """The folder that holds all models: ``$NPCENGINE_MODELS``, else the user's cache folder."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    return Path(platformdirs.user_cache_dir("npcengine")) / "models"


def locate(kind: Kind, name: str) -> Path:
    """Find a model on this machine.

    Args:
        kind: What it is wanted for.
        name: A catalogue name (``"tiny.en"``), ``"hf:owner/repo/file"``, or a path to one's own file or folder.

    Returns:
        ``"stt"``: a CTranslate2 folder; ``"llm"``: a .gguf file; ``"tts"``: an .onnx file, its .onnx.json beside it.

    Raises:
        ModelMissing: Nothing is there; the message tells how to get it.
        ModelBroken: Something is there, but of the wrong kind or incomplete.
    """
    if is_path(name):
        path = Path(name).expanduser()
        if not path.exists():
            raise ModelMissing(f"There is no {_WANTED[kind]} at {path}. Check the path.")
        formats.check(kind, path)
        return path
    found = _in_store(kind, name)
    if found is None:
        raise ModelMissing(
            f"The {_WANTED[kind]} '{name}' is not on this machine. Fetch it: npcengine setup --model {name}"
        )
    try:
        formats.check(kind, found)
    except ModelBroken as error:
        raise ModelBroken(f"{error} To fetch it again: npcengine setup --model {name}") from error
    return found


def is_path(name: str) -> bool:
    """Whether `name` means the user's own file or folder rather than a model by name."""
    if name.startswith(HUB_PREFIX):
        return False
    return "/" in name or os.sep in name or name.startswith(("~", ".")) or name.endswith((".gguf", ".onnx"))


def place_of_hub_file(name: str) -> Path:
    """Where ``hf:owner/repo/file`` lies once fetched, below `folder()`."""
    parts = name.removeprefix(HUB_PREFIX).split("/")
    if len(parts) < 3 or any(part in ("", ".", "..") or "\\" in part for part in parts):
        raise ModelBroken(f"'{name}' names no file on the hub. Write hf:owner/repo/file.")
    return folder() / "hf" / Path(*parts)


def _in_store(kind: Kind, name: str) -> Path | None:
    if name.startswith(HUB_PREFIX):
        place = place_of_hub_file(name)
        if not place.exists():
            return None
        return place.parent if kind == "stt" and place.is_file() else place
    place = folder() / name
    if not place.is_dir():
        return None
    if kind == "stt":
        return place
    return next(iter(sorted(place.glob(f"*{_SUFFIXES[kind]}"))), None)
