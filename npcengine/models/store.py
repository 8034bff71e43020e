"""Where models lie on this machine and whether they are whole; finds them and never fetches."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from npcengine.errors import ModelBroken, ModelError, ModelMissing
from npcengine.models import formats
from npcengine.models.catalogue import Model, known_names, lookup
from npcengine.models.checksum import sha256_of
from npcengine.models.formats import Kind

FOLDER_VARIABLE = "NPCENGINE_MODELS"
HUB_PREFIX = "hf:"

_WANTED: dict[Kind, str] = {
    "stt": "speech recognition model",
    "llm": "language model",
    "tts": "voice",
    "turn": "end-of-turn model",
    "embedding": "sentence embedder",
}


def folder() -> Path:
    """The folder that holds all models: ``$NPCENGINE_MODELS``, else one in the user's cache folder."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    return Path(platformdirs.user_cache_dir("npcengine")) / "models"


def locate(kind: Kind, name: str) -> Path:
    """Find a model on this machine.

    Args:
        kind: What it is wanted for.
        name: A catalogue name (``"tiny.en"``), ``"hf:owner/repo/file"``, or a path to one's own file or
            folder.

    Returns:
        ``"stt"``: a CTranslate2 folder; ``"llm"``: a .gguf file; ``"tts"``: an .onnx file, its .onnx.json
        beside it; ``"turn"``: an .onnx file; ``"embedding"``: a folder with safetensors weights.

    Raises:
        ModelMissing: Nothing is there; the message tells how to get it.
        ModelBroken: Something is there, but of the wrong kind or incomplete.
    """
    if name.startswith(HUB_PREFIX):
        return _fetched(kind, name, folder_of(name) / name.rpartition("/")[2])
    model = lookup(name)
    if model is not None:
        return _of_catalogue(kind, model)
    path = Path(name).expanduser()
    if not path.exists():
        advice = "Check the path." if _is_path(name) else known_names(name, kind)
        raise ModelMissing(f"There is no {_WANTED[kind]} '{name}'. {advice}")
    formats.check(kind, path)
    return path


def folder_of(name: str) -> Path:
    """Where a model of the catalogue or of a hub lies once fetched.

    Raises:
        ModelMissing: `name` starts with ``hf:`` but names no file.
    """
    if not name.startswith(HUB_PREFIX):
        return folder() / name
    parts = name.removeprefix(HUB_PREFIX).split("/")
    if len(parts) < 3 or any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts):
        raise ModelMissing(f"'{name}' names no file on the hub. Write hf:owner/repo/file.")
    return folder() / "hf" / Path(*parts[:-1])


def kind_of_hub_file(name: str) -> Kind:
    """The kind of model that a hub file is, by its name."""
    if name.endswith(".gguf"):
        return "llm"
    if name.endswith(".onnx"):
        return "tts"
    if name.endswith("/model.bin"):
        return "stt"
    raise ModelMissing(
        f"'{name}' is of no known kind. Name a .gguf (language model), an .onnx (piper voice) or the model.bin of a "
        f"CTranslate2 Whisper folder."
    )


def verify(model: Model) -> None:
    """Check every file of an installed model against its checksum (about a second for 500 MB).

    Raises:
        ModelMissing: It is not installed.
        ModelBroken: A file is missing or changed; the message names it.
    """
    _check_sizes(model)
    for file in model.files:
        path = folder_of(model.name) / file.name
        if file.sha256 is not None and sha256_of(path) != file.sha256:
            raise ModelBroken(f"{path} is damaged: its checksum is wrong. {_cure(model.name)}")


def is_installed(model: Model) -> bool:
    """Whether all files of a model are here, whole and unchanged."""
    try:
        verify(model)
    except ModelError:
        return False
    return True


def _of_catalogue(kind: Kind, model: Model) -> Path:
    if model.kind != kind:
        raise ModelBroken(
            f"'{model.name}' is a {_WANTED[model.kind]}, but a {_WANTED[kind]} is wanted. See npcengine setup --list"
        )
    _check_sizes(model)
    return _fetched(kind, model.name, folder_of(model.name) / model.files[0].name)


def _fetched(kind: Kind, name: str, file: Path) -> Path:
    if not file.exists():
        raise ModelMissing(f"The {_WANTED[kind]} '{name}' is not on this machine. {_cure(name)}")
    path = file.parent if kind in ("stt", "embedding") and file.is_file() else file
    try:
        formats.check(kind, path)
    except ModelBroken as error:
        raise ModelBroken(f"{error} {_cure(name)}") from error
    return path


def _check_sizes(model: Model) -> None:
    place = folder_of(model.name)
    if not (place / model.files[0].name).is_file():
        raise ModelMissing(f"The {_WANTED[model.kind]} '{model.name}' is not on this machine. {_cure(model.name)}")
    for file in model.files:
        path = place / file.name
        if not path.is_file():
            raise ModelBroken(f"{path} is missing. {_cure(model.name)}")
        if path.stat().st_size != file.bytes:
            raise ModelBroken(f"{path} has {path.stat().st_size} bytes instead of {file.bytes}. {_cure(model.name)}")


def _cure(name: str) -> str:
    return f"Fetch it: npcengine setup --model {name}"


def _is_path(name: str) -> bool:
    return "/" in name or os.sep in name or name.startswith(("~", ".")) or name.endswith((".gguf", ".onnx"))
