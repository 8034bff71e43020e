"""`npcengine eval` from paths to printed scores, with a model that says what it is told to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from npcengine.cli import eval as eval_command
from npcengine.cli import suite_run
from npcengine.cli.app import app
from npcengine.errors import AdapterBroken, ConfigError
from npcengine.studio.evaluation.sitting import Sitting, Turn
from npcengine.testing.fakes import FakeModel
from npcengine.types import Limits, LoadOptions, Prompt

CHARACTER = """npcengine: 1
name: Tom
description: Tom keeps the inn, and he has heard what became of the barn. It was full of hay.
state: {trust: 50}
actions:
  - {name: open_door, description: Open the door., when: trust >= 40}
fillers: []
unknown: [Ask someone else.]
"""
SUITE = """suite: inn
persona: tom.yaml
cases:
  - ask: ["What happened to the barn?", "What became of the barn?"]
    any_of: [burn, burned]
  - ask: Open the door.
    state: {trust: 10}
    action: none
    kind: action
  - ask: Open the door, please.
    action: open_door
    kind: action
"""


@pytest.fixture
def inn(tmp_path: Path) -> Path:
    """A suite file beside its character."""
    (tmp_path / "tom.yaml").write_text(CHARACTER)
    (tmp_path / "inn.yaml").write_text(SUITE)
    return tmp_path / "inn.yaml"


def run(*arguments: str | Path, model: str = "fake:The barn burned down.") -> Result:
    """The command with a fake model."""
    result = CliRunner().invoke(app, ["eval", *map(str, arguments), "--model", model, "--embedding", "none"])
    if isinstance(result.exception, Exception):
        raise result.exception
    return result


def printed(result: Result) -> dict[str, Any]:
    """The one JSON object on standard output."""
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def test_json(inn: Path) -> None:
    """Standard output is one object with the score of the whole mind: words, conditions and actions."""
    scored = printed(run(inn, "--json"))
    assert (scored["cases"], scored["turns"], scored["passed"], scored["score"]) == (3, 4, 4, 1.0)
    assert scored["by_kind"]["action"] == 1.0
    assert scored["paraphrase_spread"] == 0.0
    assert scored["failures"] == []
    assert scored["sources"]["action"] == {"model": 2}
    assert scored["model"] == "fake:The barn burned down."


def test_wordings_that_disagree(inn: Path) -> None:
    """Each wording has a fresh character, and the model's other reply fails one of two."""
    scored = printed(run(inn, "--json", model="fake:The barn burned down.|The barn is full."))
    assert scored["by_kind"]["recall"] == 0.5
    assert scored["paraphrase_spread"] == 1.0
    (failure,) = scored["failures"]
    assert failure["ask"] == "What became of the barn?"
    assert failure["reply"] == "The barn is full."
    assert failure["why"] == 'says none of "burn", "burned"'
    assert failure["case"] == f"{inn}:4"


def test_the_report_says_what_to_do(inn: Path) -> None:
    """Without --json a writer reads the question, the reply, why, and what to change."""
    shown = run(inn, model="fake:The barn is full.").stdout
    for part in (
        "What became of the barn?",
        "says none of",
        "2 of 4 replies pass",
    ):
        assert part in shown


def test_character_and_suite_named_apart(inn: Path) -> None:
    """The character on the command line sits the suite, whatever its file is called."""
    other = inn.parent / "other.yaml"
    other.write_text(CHARACTER.replace("Tom", "Ann"))
    scored = printed(run(other, "--suite", inn, "--json"))
    assert scored["suites"][0]["persona"] == str(other)


def test_the_least_score(inn: Path) -> None:
    """Below it the command fails, after it has told all; at or above it does not."""
    failing = run(inn, "--json", "--min-score", "0.9", model="fake:The barn is full.")
    assert failing.exit_code == 1
    assert printed(failing)["score"] == 0.5
    assert run(inn, "--json", "--min-score", "0.5", model="fake:The barn is full.").exit_code == 0


def test_the_page(inn: Path, tmp_path: Path) -> None:
    """--html leaves one file that holds what failed."""
    page = tmp_path / "report.html"
    run(inn, "--html", page, model="fake:The barn is full.")
    assert "What became of the barn?" in page.read_text(encoding="utf-8")
    with pytest.raises(ConfigError, match="can't be written"):
        run(inn, "--html", tmp_path / "absent" / "report.html")


def test_mistakes_are_told_before_any_model_is_loaded(inn: Path) -> None:
    """All of them on standard error with file and line, nothing on standard output, code 1."""
    inn.write_text(SUITE.replace("any_of", "any_off").replace("kind: action", "kind: act"))
    result = run(inn, "--json", model="fake-of-no-engine:x")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f'{inn}:5: cases[0].any_off: is not a known key; did you mean "any_of"?' in result.stderr
    assert result.stderr.count("kind: must be one of") == 2


def test_nothing_to_score() -> None:
    """No path is a message with what to name."""
    with pytest.raises(ConfigError, match="name a character, a suite"):
        run("--json")


def test_a_model_that_fails_is_scored_as_failing(inn: Path) -> None:
    """The other questions are still asked, and what needs no model still passes."""
    scored = printed(run(inn, "--json", model="fake:!"))
    assert scored["turns"] == 4
    assert any("told to fail" in failure["why"] for failure in scored["failures"])


class _InterruptedModel(FakeModel):
    """Answers once; then the user presses Ctrl-C."""

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        """The first reply only."""
        if self.prompts:
            raise KeyboardInterrupt
        yield from super().generate(prompt, limits)


def test_ctrl_c_reports_what_was_scored(inn: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was answered before counts; the exit code tells that it was not all."""
    monkeypatch.setattr(suite_run, "open_llm", lambda *_: _InterruptedModel(["The barn burned down."]))
    result = run(inn, "--json")
    assert result.exit_code == 130
    scored = printed(result)
    assert (scored["turns"], scored["passed"], scored["complete"]) == (1, 1, False)
    assert "1 of 4 questions were asked" in result.stderr


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[LoadOptions]:
    """What each model was loaded with."""
    options_given: list[LoadOptions] = []

    def open_model(_: str, options: LoadOptions) -> FakeModel:
        options_given.append(options)
        return FakeModel(["The barn burned down."])

    monkeypatch.setattr(suite_run, "open_llm", open_model)
    return options_given


def test_the_adapter_reaches_the_model(inn: Path, given: list[LoadOptions]) -> None:
    """The model's own is used unless told otherwise; a file that is none ends the command before a model is loaded."""
    run(inn, "--json")
    run(inn, "--json", "--adapter", "none")
    assert [options.adapter for options in given] == ["default", "none"]
    with pytest.raises(AdapterBroken, match=r"no adapter absent\.gguf"):
        CliRunner().invoke(app, ["eval", str(inn), "--adapter", "absent.gguf"], catch_exceptions=False)
    assert len(given) == 2


def test_threads_reach_the_model(inn: Path, given: list[LoadOptions]) -> None:
    """Whoever asks for one thread gets one."""
    run(inn, "--json", "--threads", "1")
    assert [options.threads for options in given] == [1]


def test_the_seed_reaches_the_model(inn: Path, given: list[LoadOptions]) -> None:
    """Another seed is other chance."""
    run(inn, "--json")
    run(inn, "--json", "--seed", "2")
    assert [options.seed for options in given] == [0, 2]


def test_who_words_what_is_known(inn: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command's choice goes before the character file's."""
    wordings: list[str] = []

    def played(sittings: list[Sitting], *_: object) -> tuple[list[Turn], bool]:
        wordings.extend(each.persona.wording for each in sittings)
        return [], True

    monkeypatch.setattr(eval_command, "play_suites", played)
    run(inn, "--json")
    run(inn, "--json", "--wording", "model")
    assert wordings == ["author", "model"]
