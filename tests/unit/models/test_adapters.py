"""How adapters are named, which one a model has, and what is taken for one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from npcengine.cli import doctor
from npcengine.cli.app import app
from npcengine.errors import AdapterBroken, ModelBroken
from npcengine.models import adapters, formats, hardware, store
from npcengine.models.adapters import Adapter
from npcengine.models.catalogue import catalogue

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


def test_setup_and_doctor_tell_of_a_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`setup --list` names the model that speaks through it, its size and its licence; so does doctor."""
    monkeypatch.setattr(adapters, "SHIPPED", tmp_path)
    monkeypatch.setattr(store, "verify", lambda _: None)
    monkeypatch.setattr(store, "locate", lambda _kind, name: Path(name))
    choices = hardware.choose(hardware.probe(), catalogue())
    choice = next(each for each in choices if each.model.kind == "llm")
    assert "adapter" not in doctor._model(choice).finding
    (tmp_path / f"{choice.model.name}.gguf").write_bytes(HEADER + b"\0" * 3_000_000)
    listed = CliRunner().invoke(app, ["setup", "--list"]).output
    assert re.search(rf"{choice.model.name} speaks through .*3(\.\d)? MB.*same licence", listed)
    assert re.search(rf"adapter \(3(\.\d)? MB, licence: {choice.model.licence.name}\)", doctor._model(choice).finding)
