"""How adapters are named, which one a model has, and what is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from npcengine.errors import AdapterBroken, ModelBroken
from npcengine.models import adapters, formats
from npcengine.models.adapters import Adapter

HEADER = b"GGUF\x03\0\0\0" + b"\0" * 16 + formats.ADAPTER_KEY


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pirate.gguf", Adapter(Path("pirate.gguf"))),
        ("a/pirate.gguf@0.8", Adapter(Path("a/pirate.gguf"), 0.8)),
        ("pirate.gguf@0", Adapter(Path("pirate.gguf"), 0.0)),
        ("me@home/pirate.gguf", Adapter(Path("me@home/pirate.gguf"))),
        ("pirate.gguf@-1", Adapter(Path("pirate.gguf@-1"))),
        ("pirate.gguf@nan", Adapter(Path("pirate.gguf@nan"))),
        ("@1", Adapter(Path("@1"))),
    ],
)
def test_a_name_is_a_path_and_perhaps_a_scale(name: str, expected: Adapter) -> None:
    """Only a plain number after the last "@" is a scale."""
    assert adapters.parse(name) == expected


def test_only_models_of_the_catalogue_have_a_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file of the model's name, if there is one; never one for a path, however it is called."""
    monkeypatch.setattr(adapters, "SHIPPED", tmp_path)
    for name in ("gemma-3-270m", "mine"):
        (tmp_path / f"{name}.gguf").write_bytes(HEADER)
    assert adapters.chosen("default", "gemma-3-270m") == Adapter(tmp_path / "gemma-3-270m.gguf")
    assert adapters.chosen("default", "smollm2-135m-instruct") is None
    assert adapters.chosen("default", str(tmp_path / "mine")) is None
    assert adapters.chosen("none", "gemma-3-270m") is None
    assert adapters.chosen("mine.gguf@0.5", "gemma-3-270m") == Adapter(Path("mine.gguf"), 0.5)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (None, "There is no adapter"),
        (b"<html>", "web page"),
        (b"", "empty"),
        (b"GGUF\x03\0\0\0rest", "no LoRA adapter"),
    ],
)
def test_what_is_no_adapter_is_told(tmp_path: Path, content: bytes | None, word: str) -> None:
    """A missing file, a file of another kind and a whole model each have their message."""
    path = tmp_path / "pirate.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AdapterBroken, match=word):
        adapters.check(path)


def test_an_adapter_is_one_and_no_model(tmp_path: Path) -> None:
    """Its header passes; given as the language model, it is refused with what it is."""
    path = tmp_path / "pirate.gguf"
    path.write_bytes(HEADER)
    adapters.check(path)
    with pytest.raises(ModelBroken, match="adapter"):
        formats.check("llm", path)
