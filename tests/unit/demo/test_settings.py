"""What the player chose outlives the game, and a broken file does no harm."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from demo_game.actions import DEFAULT_KEYS, Action
from demo_game.settings import Settings


@pytest.fixture(autouse=True)
def _display(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of keys are the video system's."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()


def test_choices_are_kept(tmp_path: Path) -> None:
    """All of them, keys too."""
    path = tmp_path / "folder" / "settings.json"
    chosen = Settings(open_microphone=True, volume=0.4, subtitle_size="large", hints_seen={"walk"}, path=path)
    chosen.bindings.bind(Action.TALK, pygame.K_LCTRL)
    assert chosen.save() is None
    assert Settings.load(path) == Settings(
        open_microphone=True,
        volume=0.4,
        subtitle_size="large",
        bindings=chosen.bindings,
        hints_seen={"walk"},
        path=path,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"volume": 7, "subtitle_size": "huge", "keys": {"talk": "no such key", "fly": "a"}}',
        '{"keys": 3}',
    ],
)
def test_a_file_that_makes_no_sense_changes_nothing(tmp_path: Path, text: str) -> None:
    """The game starts as it does for the first time."""
    path = tmp_path / "settings.json"
    path.write_text(text, "utf-8")
    settings = Settings.load(path)
    assert (settings.volume, settings.subtitle_size, settings.bindings.keys) == (1.0, "medium", dict(DEFAULT_KEYS))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """In one line, and nothing is raised."""
    (tmp_path / "file").touch()
    assert "could not be kept" in (Settings(path=tmp_path / "file" / "settings.json").save() or "")


def test_volume_and_size_stop_at_their_ends() -> None:
    """However often a key is pressed."""
    settings = Settings()
    for _ in range(20):
        settings.louder(-1)
        settings.larger(1)
    assert (settings.volume, settings.subtitle_size) == (0.0, "large")
