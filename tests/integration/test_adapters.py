"""Adapters in a running game: each character's prompts name its own, and a bad one silences nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from npcengine import CharacterReloaded, EngineConfig, StageFailed, TurnFinished
from npcengine.brain import registry
from npcengine.cli.session import Session
from npcengine.errors import AdapterBroken
from npcengine.testing.fakes import FakeModel
from npcengine.types import LoadOptions
from tests.integration.conftest import FAKES, Game

Start = Callable[..., Game]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    """The language model of the game, whatever adapter of its own it is to have."""
    fake = FakeModel(["The iron is hot."])

    def load(_: str, options: LoadOptions) -> FakeModel:
        if "broken" in options.adapter:
            raise AdapterBroken("it is broken")
        return fake

    monkeypatch.setattr("npcengine.testing.fakes.load_model", load)
    assert registry.open_llm("fake:x", LoadOptions()) is fake
    return fake


def write(folder: Path, name: str, adapter: str) -> Path:
    """A character file."""
    path = folder / f"{name}.yaml"
    path.write_text(
        f'npcengine: 1\nname: {name}\nadapter: {adapter}\nfillers: []\nvoice: {{tts: "fake:hum"}}\n', encoding="utf-8"
    )
    return path


def test_characters_answer_with_their_own(start: Start, model: FakeModel, tmp_path: Path) -> None:
    """Two characters share the model, each prompt names its character's adapter, and an edited file changes it."""
    game = start()
    for name in ("Gerta", "Aldo"):
        npc = game.engine.spawn(write(tmp_path, name, f"{name}.gguf"))
        npc.tell("Do you like iron?")
        game.loop.await_event(TurnFinished)
        assert model.prompts[-1].adapter == str(tmp_path / f"{name}.gguf")
    write(tmp_path, "Aldo", "pirate.gguf@0.8")
    npc.reload()
    game.loop.await_event(CharacterReloaded)
    npc.tell("Do you like hammers?")
    game.loop.await_event(TurnFinished)
    assert model.prompts[-1].adapter == f"{tmp_path / 'pirate.gguf'}@0.8"


@pytest.mark.parametrize("early", [True, False])
def test_a_bad_adapter_is_told_and_left_out(start: Start, model: FakeModel, tmp_path: Path, *, early: bool) -> None:
    """The character answers in the model's own way, spawned before the models are loaded or after."""
    game = start()
    if not early:
        game.loop.run_until(lambda: game.engine.ready)
    npc = game.engine.spawn(write(tmp_path, "Gerta", "broken.gguf"))
    failed = game.loop.await_event(StageFailed)
    assert (failed.stage, failed.recovered) == ("mind", True)
    assert "Gerta talks without its adapter" in failed.message
    npc.tell("Do you like iron?")
    assert game.loop.await_event(TurnFinished).text == "The iron is hot."
    assert {prompt.adapter for prompt in (*model.prompts, *model.warmed)} == {""}


def test_a_bad_adapter_of_the_engines_is_told_and_left_out(start: Start, model: FakeModel) -> None:
    """The model is loaded as it is."""
    game = start(adapter="broken.gguf")
    failed = game.loop.await_event(StageFailed)
    assert (failed.stage, failed.recovered) == ("mind", True)
    game.spawn().tell("Do you like iron?")
    assert game.loop.await_event(TurnFinished).text == "The iron is hot."
    assert model.prompts[-1].adapter == ""


def test_a_command_says_that_the_model_works_without_its_adapter() -> None:
    """What the engine makes do without while it loads is told before the first turn."""
    config = EngineConfig(brain="thread", llm="fake:Aye.", adapter="broken.gguf", speaker="none", **FAKES)
    with Session(config) as session:
        [problem] = session.wait_until_ready(needed=("mind",))
    assert "broken.gguf" in problem
