"""`npcengine check`, `schema` and `new`, as a writer runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel
from typer.testing import CliRunner

from npcengine.cli.check import check
from npcengine.cli.new import new
from npcengine.cli.schema import DIALECT, persona_schema, schema
from npcengine.errors import ConfigError
from npcengine.lore import Lore
from npcengine.persona import Persona, check_persona, load_persona
from npcengine.persona_advice import hints_for

app = typer.Typer()
for command in (check, schema, new):
    app.command()(command)

BAD = "npcengine: 1\nname: Tom\nmod: happy\n"


def run(*arguments: str | Path) -> tuple[int, list[str]]:
    """The exit code and the lines printed."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(result.exception, Exception) and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout.splitlines()


def test_check_passes_the_four_characters_without_a_hint(characters: Path) -> None:
    """A folder is opened, the lore that its characters include is read; no mistake is exit code 0."""
    assert run("check", characters) == (0, ["5 files, no mistakes"])


def test_check_tells_all_mistakes_of_all_files(tmp_path: Path) -> None:
    """One line a mistake in every file asked for, each file once, then a summary; exit code 1."""
    one, two = tmp_path / "one.yaml", tmp_path / "two.yml"
    one.write_text(BAD, encoding="utf-8")
    two.write_text(BAD + "rol: smith\n", encoding="utf-8")
    code, lines = run("check", tmp_path, one, tmp_path / "absent.yaml")
    assert code == 1
    assert lines == [
        f'{one}:3: mod: is not a known key; did you mean "mood"?',
        f'{two}:3: mod: is not a known key; did you mean "mood"?',
        f'{two}:4: rol: is not a known key; did you mean "role"?',
        f"{tmp_path / 'absent.yaml'}:1: file: there is no such file",
        "3 files, 4 mistakes",
    ]


def test_check_marks_hints_and_does_not_fail(tmp_path: Path) -> None:
    """A hint is worth a line, not a failed build, and can be turned off."""
    path = tmp_path / "tom.yaml"
    path.write_text("npcengine: 1\nname: Tom\n", encoding="utf-8")
    code, lines = run("check", path)
    assert code == 0
    assert lines[0].startswith(f"{path}:1: knowledge: hint: ")
    assert lines[-1] == "1 file, no mistakes, 2 hints"
    assert run("check", path, "--no-hints") == (0, ["1 file, no mistakes"])


def test_check_says_when_a_folder_holds_nothing(tmp_path: Path) -> None:
    """An empty folder is more likely a mistyped one."""
    code, lines = run("check", tmp_path)
    assert code == 1
    assert "holds no .yaml file" in lines[0]


LORE = """\
npcengine_lore: 1
facts:
  - {id: mill, text: The mill burned., tier: private, known_by: [Tom, Tam]}
  - {id: well, text: The well is dry., tier: local, places: [the gren]}
"""


def test_check_tells_a_mistake_in_shared_lore_once(tmp_path: Path) -> None:
    """However many characters include the file, and whether or not it is named itself."""
    lore = tmp_path / "lore" / "village.yaml"
    lore.parent.mkdir()
    lore.write_text(LORE.replace("text", "txt"), encoding="utf-8")
    for name in ("Tom", "Ann"):
        (tmp_path / f"{name}.yaml").write_text(
            f"npcengine: 1\nname: {name}\nlore: lore/village.yaml\n", encoding="utf-8"
        )
    for paths in ([tmp_path], [lore.parent, tmp_path], [lore]):
        code, lines = run("check", *paths)
        assert code == 1
        assert [line for line in lines if "txt" in line] == [
            f'{lore}:3: facts[0].txt: is not a known key; did you mean "text"?',
            f'{lore}:4: facts[1].txt: is not a known key; did you mean "text"?',
        ]


def test_check_says_whom_shared_facts_reach(tmp_path: Path) -> None:
    """A name or a place that no character has, which keeps a fact from everybody, is worth a hint."""
    lore = tmp_path / "lore" / "village.yaml"
    lore.parent.mkdir()
    lore.write_text(LORE, encoding="utf-8")
    assert run("check", lore) == (0, ["1 file, no mistakes"])
    tom = tmp_path / "tom.yaml"
    tom.write_text(
        "npcengine: 1\nname: Tom\nlore: lore/village.yaml\nplaces: the green\nexamples: [{player: Hi., npc: Ho.}]\n",
        encoding="utf-8",
    )
    no_one = "hint: no character checked here that includes this file"
    assert run("check", tom) == (
        0,
        [
            f'{lore}:3: facts[0].known_by[1]: {no_one} is called "Tam"; did you mean "Tom"?',
            f'{lore}:4: facts[1].places[0]: {no_one} has among its places "the gren"; did you mean "the green"?',
            "2 files, no mistakes, 2 hints",
        ],
    )


@pytest.mark.parametrize(
    ("options", "model", "required"),
    [((), Persona, ["npcengine", "name"]), (("--lore",), Lore, ["npcengine_lore", "facts"])],
)
def test_schema_describes_every_key(options: tuple[str, ...], model: type[BaseModel], required: list[str]) -> None:
    """The schema is JSON of the dialect it names, and an editor has a word on every key."""
    code, lines = run("schema", *options)
    printed = json.loads("\n".join(lines))
    assert code == 0
    assert printed["$schema"] == DIALECT
    assert set(printed["properties"]) == set(model.model_fields)
    assert printed["required"] == required
    groups = [printed, *printed["$defs"].values()]
    assert [key for group in groups for key, value in group["properties"].items() if not value.get("description")] == []
    assert all(group["additionalProperties"] is False for group in groups)


def test_an_editor_takes_a_fact_in_own_words() -> None:
    """An entry of `knowledge` needs no text where a lore file has it."""
    assert persona_schema()["$defs"]["Fact"]["required"] == ["id"]


@pytest.mark.parametrize(
    ("name", "file"),
    [("Old Tom", "old_tom.yaml"), ('Zoë: "the Great"', "zoe_the_great.yaml"), ("李", "character.yaml")],
)
def test_new_writes_a_file_that_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, file: str) -> None:
    """The file is named after the character, loads, and gives no hint; any name will do."""
    monkeypatch.chdir(tmp_path)
    code, _ = run("new", name)
    assert code == 0
    assert check_persona(tmp_path / file) == []
    assert hints_for(tmp_path / file) == []
    assert load_persona(tmp_path / file).name == name


def test_new_teaches_every_key(tmp_path: Path) -> None:
    """Each key of a character file stands in it, used or as a comment."""
    run("new", "Tom", "-o", tmp_path)
    text = (tmp_path / "tom.yaml").read_text(encoding="utf-8")
    assert [key for key in Persona.model_fields if not re.search(rf"^(# )?{key}:", text, re.MULTILINE)] == []


def test_new_never_overwrites(tmp_path: Path) -> None:
    """A second run leaves the first file as it is."""
    path = tmp_path / "tom.yaml"
    run("new", "Tom", "-o", path)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="already there"):
        run("new", "Tom", "-o", tmp_path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["", "  ", "a\nb"])
def test_new_wants_a_name(name: str) -> None:
    """A name that can't be printed is refused before a file is made."""
    with pytest.raises(ConfigError, match="needs a name"):
        run("new", name)


def test_new_tells_where_it_can_not_write(tmp_path: Path) -> None:
    """A missing folder is a message, not a traceback."""
    with pytest.raises(ConfigError, match="can't be written"):
        run("new", "Tom", "-o", tmp_path / "absent" / "tom.yaml")
