"""`npcengine tune` before it learns: what it refuses, and that no other command pays for it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from npcengine.cli.app import app
from npcengine.errors import AdapterBroken, BackendMissing, ConfigError

PROJECT = Path(__file__).resolve().parents[2]


def refused(*arguments: str | Path) -> BaseException | None:
    """What the command ends with."""
    return CliRunner().invoke(app, ["tune", *map(str, arguments)]).exception


def test_the_command_line_loads_nothing_that_teaches() -> None:
    """Every command would wait for seconds."""
    heavy = "{'torch', 'transformers', 'peft', 'gguf', 'matplotlib', 'llama_cpp'}"
    code = f"import sys, npcengine.cli.app; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert found.stdout.strip() == "[]"


def test_an_adapter_has_its_ending(tmp_path: Path) -> None:
    """Nobody finds out after an hour."""
    error = refused(tmp_path, "-o", tmp_path / "pirate.bin")
    assert isinstance(error, ConfigError)
    assert "an adapter is a .gguf file, not pirate.bin" in str(error)


def test_its_folder_is_there(tmp_path: Path) -> None:
    """Nor that there is no place for it."""
    error = refused(tmp_path, "-o", tmp_path / "nowhere" / "pirate.gguf")
    assert isinstance(error, ConfigError)
    assert "make it first" in str(error)


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="PyTorch is installed")
def test_a_missing_library_is_told_with_its_cure(tmp_path: Path) -> None:
    """The extra that brings it."""
    error = refused(tmp_path, "-o", tmp_path / "pirate.gguf")
    assert isinstance(error, BackendMissing)
    assert "pip install 'npcengine[tune]'" in str(error)


def test_an_adapter_to_begin_with_is_there(tmp_path: Path) -> None:
    """It is looked at before the base is read."""
    error = refused(tmp_path, "-o", tmp_path / "pirate.gguf", "--from", tmp_path / "absent.gguf")
    assert isinstance(error, AdapterBroken)
    assert "no adapter" in str(error)
    (tmp_path / "text.gguf").write_text("no adapter at all")
    assert isinstance(refused(tmp_path, "-o", tmp_path / "a.gguf", "--from", tmp_path / "text.gguf"), AdapterBroken)


@pytest.mark.parametrize("name", ["default", "none"])
def test_a_base_without_an_adapter_has_none_to_begin_with(tmp_path: Path, name: str) -> None:
    """And nobody is left to guess what to name instead."""
    error = refused(tmp_path, "-o", tmp_path / "pirate.gguf", "--model", "smollm2-135m-instruct", "--from", name)
    assert isinstance(error, ConfigError)
    assert f"--from {name}: no adapter is shipped for smollm2-135m-instruct; name a file, or leave it out" in str(error)
