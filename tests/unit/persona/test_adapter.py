"""A character file that names an adapter."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from npcengine.cli.app import app
from npcengine.models import formats
from npcengine.persona import check_persona, load_persona


def character(folder: Path, adapter: str) -> Path:
    """A character file in this folder."""
    path = folder / "tom.yaml"
    path.write_text(f"npcengine: 1\nname: Tom\nadapter: {adapter}\n", encoding="utf-8")
    return path


def test_its_path_starts_at_the_file(tmp_path: Path) -> None:
    """The loaded character has the whole path, and the scale as written; the file need not be there to talk."""
    path = character(tmp_path, "adapters/pirate.gguf@0.8")
    assert load_persona(path).adapter == f"{tmp_path / 'adapters' / 'pirate.gguf'}@0.8"
    assert load_persona(character(tmp_path, '""')).adapter == ""


@pytest.mark.parametrize("name", ["/etc/pirate.gguf", "../../pirate.gguf", "pirate.bin", "pirate.gguf@loud"])
def test_a_name_that_is_no_neighbour_is_a_mistake(tmp_path: Path, name: str) -> None:
    """A character from a stranger reads no file beyond its game's, and none of another kind."""
    [problem] = check_persona(character(tmp_path, name))
    assert (problem.line, problem.field) == (3, "adapter")


def test_check_tells_what_is_missing_or_no_adapter(tmp_path: Path) -> None:
    """Both are mistakes on the field's line with exit code 1; an adapter passes."""
    path = character(tmp_path, "pirate.gguf@0.5")
    for content, word in ((None, "There is no adapter"), (b"text", "is no GGUF file")):
        if content is not None:
            (tmp_path / "pirate.gguf").write_bytes(content)
        result = CliRunner().invoke(app, ["check", str(path)])
        assert result.exit_code == 1
        assert f"{path}:3: adapter: " in result.output
        assert word in result.output
    (tmp_path / "pirate.gguf").write_bytes(b"GGUF\x03\0\0\0" + formats.ADAPTER_KEY)
    assert CliRunner().invoke(app, ["check", str(path)]).exit_code == 0
