"""LoRA adapters of language models: how they are named, which is shipped for a model, and whether a file is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from npcengine.errors import AdapterBroken, ModelBroken
from npcengine.models import formats
from npcengine.models.catalogue import lookup

DEFAULT = "default"
"""The adapter that is shipped for the model, if there is one."""
NONE = "none"
"""The model as it is."""

SHIPPED = Path(__file__).parents[1] / "mind" / "adapters"
"""Holds ``NAME.gguf`` for the model ``NAME`` of the catalogue."""

_NAME = re.compile(r"(?P<path>.+)@(?P<scale>\d+(\.\d+)?)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Adapter:
    """A file, and how strongly it changes the model: 0 not at all, 1 as it was taught."""

    path: Path
    scale: float = 1.0


def split(name: str) -> tuple[str, str, str]:
    """Path, "@" and scale; ``"pirate.gguf@0.8"`` has all three, and any other "@" is part of the path."""
    found = _NAME.fullmatch(name)
    return (found["path"], "@", found["scale"]) if found else (name, "", "")


def parse(name: str) -> Adapter:
    """What ``"pirate.gguf"`` or ``"pirate.gguf@0.8"`` stands for."""
    path, _, scale = split(name)
    return Adapter(Path(path).expanduser(), float(scale or 1))


def shipped(model: str) -> Path | None:
    """The adapter that comes with npcengine for a model of the catalogue; None for any other model."""
    path = SHIPPED / f"{model}.gguf"
    return path if lookup(model) is not None and path.is_file() else None


def chosen(option: str, model: str) -> Adapter | None:
    """What an engine's option means for a model: `DEFAULT`, `NONE` or an adapter's name."""
    if option == NONE:
        return None
    if option != DEFAULT:
        return parse(option)
    path = shipped(model)
    return Adapter(path) if path else None


def check(path: Path) -> None:
    """Looks at a file's header.

    Raises:
        AdapterBroken: There is no file, or it is no adapter.
    """
    if not path.exists():
        raise AdapterBroken(f"There is no adapter {path}. Check the path.")
    try:
        is_adapter = formats.is_adapter(path)
    except ModelBroken as error:
        raise AdapterBroken(str(error)) from error
    if not is_adapter:
        raise AdapterBroken(f"{path} is a GGUF file, but no LoRA adapter. Give an adapter made for the language model.")
