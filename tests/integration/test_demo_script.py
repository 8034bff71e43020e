"""The demo played by a script, over fake models: keys, voice, expectations, log and screenshots."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest
from typer.testing import CliRunner

from demo_game.app import App
from demo_game.scripted.performer import PlayerVoice
from demo_game.scripted.run import perform
from demo_game.scripted.script import read_script
from demo_game.settings import Settings
from npcengine.cli.app import app
from npcengine.cli.rehearsal import PlayerSounds
from tests.integration.oakhollow import Hum, KeysOnly, Oakhollow, open_oakhollow


@pytest.fixture(autouse=True)
def _no_screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SDL draws to memory and plays to nobody."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    pygame.display.init()
    pygame.font.init()
    yield
    pygame.quit()


@pytest.fixture
def oakhollow() -> Iterator[Oakhollow]:
    """A game at its start."""
    opened = open_oakhollow()
    yield opened
    opened.game.engine.close()


def _play(oakhollow: Oakhollow, folder: Path, steps: str) -> list[str]:
    path = folder / "play.yaml"
    path.write_text(f"npcengine_script: 1\nsize: [800, 600]\nsteps:\n{steps}", "utf-8")
    pygame.display.set_mode((800, 600))
    return perform(
        read_script(path),
        oakhollow.game,
        PlayerVoice(oakhollow.microphone, Hum()),
        screens=KeysOnly(oakhollow.game),
        out=folder / "out",
        pace=oakhollow.pace,
    )


def test_a_script_walks_speaks_types_and_looks(oakhollow: Oakhollow, tmp_path: Path) -> None:
    """By the player's own keys, as the log and the screenshots show."""
    steps = """
  - walk_to: board
  - press: USE
  - expect: {knows: notice, at: board}
  - walk_to: gerta
  - wait_for: idle
  - speak: What happened to the mill?
    picture: gerta
  - expect: {heard: mill, reply: beams, partner: gerta, trust: {gerta: 58}}
  - say: ["Tell me of the moon.", "What is the cat called?", "never said"]
    until: {reply: Clinker}
  - screenshot: village
"""
    assert _play(oakhollow, tmp_path, steps) == []
    log = [json.loads(line) for line in (tmp_path / "out" / "log.jsonl").read_text("utf-8").splitlines()]
    assert [line["turn"]["heard"] for line in log if "turn" in line] == [
        "What happened to the mill?",
        "Tell me of the moon.",
        "What is the cat called?",
    ]
    assert log[-1]["summary"]["result"] == "everything was as expected"
    for picture in ("gerta", "village"):
        assert pygame.image.load(tmp_path / "out" / f"{picture}.png").get_size() == (800, 600)


def test_what_is_not_as_expected_is_told_with_its_line(oakhollow: Oakhollow, tmp_path: Path) -> None:
    """And the script goes on to its end."""
    steps = """
  - expect: {gold: 99, has: crown}
  - walk_to: nowhere
  - walk_to: east
  - say: Is anybody there?
    until: {knows: truth}
  - give: crown
  - press: no such key
  - expect: {gold: 12}
"""
    failures = _play(oakhollow, tmp_path, steps)
    found = [failure.replace(str(tmp_path), "") for failure in failures]
    assert found == [
        "/play.yaml:5: the purse is 12",
        "/play.yaml:5: the bag lacks crown",
        "/play.yaml:6: there is neither a place nor a person 'nowhere'",
        "/play.yaml:7: the way to east is blocked",
        "/play.yaml:8: the notebook lacks truth",
        "/play.yaml:10: the bag lacks crown",
        "/play.yaml:11: there is no key 'no such key'",
    ]


def test_a_script_saves_and_loads(oakhollow: Oakhollow, tmp_path: Path) -> None:
    """What happened after the save is gone."""
    steps = """
  - save: kept.json
  - walk_to: board
  - press: USE
  - expect: {knows: notice}
  - pause: 0.5
  - load: kept.json
  - expect: {not_knows: notice}
"""
    assert _play(oakhollow, tmp_path, steps) == []


def test_the_real_screens_are_played_by_the_same_keys(oakhollow: Oakhollow, tmp_path: Path) -> None:
    """Title, village and notebook of the game itself, resized in the middle of it."""
    path = tmp_path / "play.yaml"
    path.write_text(
        """npcengine_script: 1
size: [800, 600]
steps:
  - screenshot: title
  - press: USE
  - walk_to: gerta
  - wait_for: idle
  - say: What happened to the mill?
    picture: gerta
  - expect: {reply: beams}
  - press: NOTEBOOK
  - wait: 0.3
  - screenshot: notebook
  - press: NOTEBOOK
  - size: [1280, 720]
  - press: OVERLAY
  - wait: 0.3
  - screenshot: overlay
""",
        "utf-8",
    )
    window = pygame.display.set_mode((800, 600))
    villagers = list(oakhollow.game.villagers.values())
    shown = App(
        oakhollow.game.engine,
        villagers,
        settings=Settings(),
        size=window.get_size(),
        save_path=tmp_path / "save.json",
    )
    oakhollow.game = shown.shell.game
    voice = PlayerVoice(oakhollow.microphone, Hum())
    script, out = read_script(path), tmp_path / "out"
    assert perform(script, shown.shell.game, voice, screens=shown, out=out, pace=oakhollow.pace) == []
    sizes = {name: pygame.image.load(out / f"{name}.png").get_size() for name in ("title", "gerta", "overlay")}
    assert sizes == {"title": (800, 600), "gerta": (800, 600), "overlay": (1280, 720)}


# ---------------------------------------------------------------- the command


def test_the_command_tells_a_script_s_mistakes(tmp_path: Path) -> None:
    """Before any model is loaded, each with file and line."""
    path = tmp_path / "play.yaml"
    path.write_text("npcengine_script: 1\nsteps:\n  - walk_too: gerta\n", "utf-8")
    shown = CliRunner().invoke(app, ["demo", "--script", str(path), "--headless"])
    assert shown.exit_code != 0
    assert "play.yaml:3: 'walk_too' is no step" in str(shown.exception)


def test_the_command_needs_a_script_to_be_headless() -> None:
    """Nobody could press a key."""
    shown = CliRunner().invoke(app, ["demo", "--headless"])
    assert "--headless needs a script" in str(shown.exception)


def test_the_player_s_lines_are_spoken_before_the_game(tmp_path: Path) -> None:
    """As recordings at the rate that ears take."""
    sounds = PlayerSounds(["Hello there.", "Good day."], tmp_path, "fake:hum")
    assert len(sounds.spoken("Hello there.")) > len(sounds.spoken("Good day.")) > 8000
