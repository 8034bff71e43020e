"""Every example in the documents runs, and every link leads somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest
from typer.testing import CliRunner

import npcengine
from npcengine.cli.app import app
from npcengine.persona_file import parse_document
from tests.integration.conftest import FAKES

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENTS = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def blocks(language: str) -> list[object]:
    """Every block in this language, named by its document and number."""
    return list(_blocks(language))


def _blocks(language: str) -> Iterator[object]:
    for document in DOCUMENTS:
        for number, (kind, code) in enumerate(BLOCK.findall(document.read_text(encoding="utf-8"))):
            if kind == language:
                yield pytest.param(code, id=f"{document.relative_to(PROJECT)}-{number}")


@pytest.mark.parametrize("code", blocks("python"))
def test_python_runs(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With fake models, and a player who leaves at once."""
    engine: Callable[..., npcengine.Engine] = npcengine.Engine
    config = npcengine.EngineConfig.model_validate({"brain": "thread", "llm": "fake:Aye.", "speaker": "none", **FAKES})
    monkeypatch.setattr(npcengine, "Engine", lambda: engine(config))
    monkeypatch.chdir(PROJECT)
    pygame.init()
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    exec(compile(code, "document", "exec"), {})  # noqa: S102 - our own examples
    pygame.quit()


@pytest.mark.parametrize("code", blocks("yaml"))
def test_yaml_can_be_read(code: str) -> None:
    """No example has a mistake of form."""
    assert parse_document(code).readable


@pytest.mark.parametrize("code", blocks("sh"))
def test_commands_exist(code: str) -> None:
    """Every npcengine command and every make target that is named is there, with its options."""
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for line in code.splitlines():
        words = shlex.split(line, comments=True)
        if words and words[0] == "make":
            assert words[1] in targets
        if words and words[0].endswith("npcengine"):
            shown = CliRunner().invoke(app, [words[1], "--help"])
            assert shown.exit_code == 0
            assert all(word in shown.output for word in words[2:] if word.startswith("--"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_links_lead_somewhere(document: Path) -> None:
    """Every relative link names a file that is there."""
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target
