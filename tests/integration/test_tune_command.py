"""`npcengine tune` before it learns: what it refuses, and that no other command pays for it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from npcengine.cli import tune as tune_command
from npcengine.cli.app import app
from npcengine.errors import AdapterBroken, BackendMissing, ConfigError
from npcengine.models.adapters import SHIPPED
from npcengine.models.formats import ADAPTER_KEY
from npcengine.studio.tune.recipe import Recipe

PROJECT = Path(__file__).resolve().parents[2]
HEADER = b"GGUF\x03\0\0\0" + bytes(16) + ADAPTER_KEY
"""As much of an adapter as the command line looks at."""


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


def test_a_model_is_no_adapter_to_begin_with(tmp_path: Path) -> None:
    """A base's own file has the same ending."""
    (tmp_path / "base.gguf").write_bytes(b"GGUF\x03\0\0\0" + bytes(16))
    error = refused(tmp_path, "-o", tmp_path / "pirate.gguf", "--from", tmp_path / "base.gguf")
    assert isinstance(error, AdapterBroken)
    assert "no LoRA adapter" in str(error)


@pytest.mark.parametrize("base", ["smollm2-135m-instruct", "llama:smollm2-135m-instruct", "/models/my_own.gguf"])
def test_a_base_without_an_adapter_has_none_to_begin_with(tmp_path: Path, base: str) -> None:
    """And nobody is left to guess what to name instead."""
    error = refused(tmp_path, "-o", tmp_path / "pirate.gguf", "--model", base, "--from", "default")
    assert isinstance(error, ConfigError)
    named = base.removeprefix("llama:")
    assert f"--from default: no adapter is shipped for {named}; name a file, or leave it out" in str(error)


def test_part_of_an_adapter_is_not_begun_with(tmp_path: Path) -> None:
    """A strength, which a character file may give, would otherwise be passed over in silence."""
    (tmp_path / "a.gguf").write_bytes(HEADER)
    error = refused(tmp_path, "-o", tmp_path / "pirate.gguf", "--from", f"{tmp_path / 'a.gguf'}@0.8")
    assert isinstance(error, ConfigError)
    assert "is taught further as it is" in str(error)


@pytest.mark.parametrize(
    ("name", "begins_with"),
    [(None, None), ("none", None), ("default", SHIPPED / "gemma-3-270m.gguf"), ("a.gguf", Path("a.gguf"))],
)
def test_what_is_begun_with(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str | None, begins_with: Path | None
) -> None:
    """The base alone, as an engine's option names it too, the shipped adapter of the default base, or a file."""
    recipes: list[Recipe] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tune_command, "_run", lambda recipe, _: recipes.append(recipe))
    Path("a.gguf").write_bytes(HEADER)
    assert refused("characters", "-o", "pirate.gguf", *(("--from", name) if name else ())) is None
    assert [recipe.begin_with for recipe in recipes] == [begins_with]
