"""The example of a server, and the page on embedding, do what they promise."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pygame
import pytest

import npcengine
from tests.integration.conftest import FAKES
from tests.integration.oakhollow import CHARACTERS

PROJECT = Path(__file__).resolve().parents[2]
CODE = re.search(r"^```python\n(.*?)^```", (PROJECT / "docs" / "embed.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)


def _example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, PROJECT / "examples" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_server_answers_line_by_line_and_remembers(tmp_path: Path) -> None:
    """Words as soon as they are known, the facts they came from, and a memory that a second run goes on with."""
    server = _example("headless_server")
    config = npcengine.EngineConfig.model_validate({"brain": "thread", "llm": "fake:Aye.", "speaker": "none", **FAKES})
    save = tmp_path / "conversation.json"
    persona = (
        (CHARACTERS / "gerta.yaml").read_text("utf-8").replace("lore: lore/oakhollow.yaml", "").partition("voice:")[0]
    )
    character = tmp_path / "gerta.yaml"
    known = re.sub(r"  - id: (mill_fire|bandits|flour|reeve)\n(    .*\n|      .*\n)+", "", persona)
    character.write_text(f'{known}voice: {{tts: "fake:hum"}}\n', "utf-8")
    told = [json.loads(line) for line in server.converse(["What is the cat called?"], str(character), config, save)]
    assert "Clinker" in told[0]["says"]
    assert told[-1] == {"done": "fact", "facts": ["cat"]}
    list(server.converse(["Hello again."], str(character), config, save))
    (kept,) = json.loads(save.read_text("utf-8"))["characters"].values()
    assert [exchange["player"] for exchange in kept["memory"]["exchanges"]] == [
        "What is the cat called?",
        "Hello again.",
    ]


def test_the_embedding_page_is_forty_lines_that_talk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A typed line reaches the character, the key to speak listens, and closing the window ends it."""
    assert CODE
    code = CODE.group(1)
    assert len([line for line in code.splitlines() if line.strip()]) <= 40
    config = npcengine.EngineConfig.model_validate({"brain": "thread", "llm": "fake:Aye.", "speaker": "none", **FAKES})
    engine = npcengine.Engine
    monkeypatch.setattr(npcengine, "Engine", lambda: engine(config))
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.chdir(PROJECT)
    said: list[str] = []
    monkeypatch.setattr(npcengine.Npc, "tell", lambda _npc, line: said.append(line))
    monkeypatch.setattr(npcengine.Npc, "listen", lambda _npc: said.append("(listens)"))
    pygame.init()
    press: dict[str, Any] = {"mod": 0, "unicode": ""}
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE, **press))
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=pygame.K_SPACE, **press))
    for letter in " Hi":
        pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text=letter))
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_RETURN, **press))
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    exec(compile(code, "docs/embed.md", "exec"), {})  # noqa: S102 - our own example
    pygame.quit()
    assert said == ["(listens)", "Hi"]
