"""The demo's window, driven by keys and a game pad, over an engine that only notes what it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest

import npcengine
from demo_game import main
from demo_game.screens.ending import EndingPage
from demo_game.screens.notebook import NotebookPage
from demo_game.screens.pause import PausePage
from demo_game.screens.settings_page import KeysPage, SettingsPage
from demo_game.screens.title import TitlePage
from demo_game.screens.village import VillageScreen
from demo_game.tile_map import read_map
from tests.integration.noting_game import SMALL, NotingEngine, Playing, key_event


@pytest.fixture(autouse=True)
def _no_screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SDL draws to memory and plays to nobody."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    yield
    pygame.quit()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four character files, which the noting engine does not read."""
    for stem in ("aldo", "gerta", "maren", "oswin"):
        (tmp_path / f"{stem}.yaml").touch()
    return tmp_path


@pytest.fixture
def play(folder: Path) -> Callable[..., Playing]:
    """Opens games."""

    def open_one(size: tuple[int, int] = SMALL, **options: Any) -> Playing:  # noqa: ANN401
        return Playing(folder, NotingEngine(**options), size)

    return open_one


Play = Callable[..., Playing]


def test_the_title_shows_progress_and_one_may_begin_before_it_is_done(play: Play) -> None:
    """Models load below the title; ENTER begins, one walks and types, and the line waits until they are ready."""
    playing = play(ready=False)
    playing.engine.coming = [npcengine.ModelProgress("voice", 0.5)]
    playing.run(1)
    assert isinstance(playing.screen, TitlePage)
    assert playing.screen.shown()[-1] == ("voice", 100)
    playing.village()
    before = playing.game.world.player.spot
    playing.do(key_event(pygame.K_w))
    playing.run(20)
    playing.do(key_event(pygame.K_w, up=True))
    assert playing.game.world.player.spot != before
    playing.visit("gerta")
    playing.type("hello")
    playing.strike(pygame.K_RETURN)
    assert playing.engine.calls == []
    playing.engine.coming = [npcengine.EngineReady()]
    playing.run(3)
    assert playing.engine.calls == [("Gerta", "tell", "hello")]


def test_holding_the_key_speaks_to_who_is_near(play: Play) -> None:
    """Space down listens, space up ends the player's turn."""
    playing = play()
    playing.village()
    playing.visit("gerta")
    playing.do(key_event(pygame.K_SPACE))
    playing.do(key_event(pygame.K_SPACE, up=True))
    assert playing.engine.calls == [("Gerta", "listen"), ("Gerta", "stop_listening")]


def test_with_nobody_near_the_key_says_so(play: Play) -> None:
    """Nothing listens, and the player reads why."""
    playing = play()
    playing.village()
    playing.do(key_event(pygame.K_SPACE))
    assert playing.engine.calls == []
    assert "nobody near" in playing.game.notice


def test_a_lost_window_lets_go_of_all_keys(play: Play) -> None:
    """Alt-tab while speaking and walking: the microphone is shut and nobody walks on."""
    playing = play()
    playing.village()
    playing.visit("gerta")
    playing.do(key_event(pygame.K_SPACE), key_event(pygame.K_a))
    playing.do(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    assert playing.engine.calls[-1] == ("Gerta", "stop_listening")
    before = playing.game.world.player.spot
    playing.run(10)
    assert playing.game.world.player.spot == before


def test_a_typed_line_is_told_and_no_key_in_it_walks(play: Play) -> None:
    """ENTER opens the field; letters, also those that walk or open pages, are text in it; ENTER sends the line."""
    playing = play()
    screen = playing.village()
    playing.visit("gerta")
    before = playing.game.world.player.spot
    playing.type("a wand, now")
    playing.strike(pygame.K_w, pygame.K_n, pygame.K_q, pygame.K_SPACE)
    assert screen.field.open
    playing.strike(pygame.K_RETURN)
    assert playing.engine.calls == [("Gerta", "tell", "a wand, now")]
    assert playing.game.world.player.spot == before


def test_escape_leaves_the_field_without_sending(play: Play) -> None:
    """Only then does it open the menu."""
    playing = play()
    screen = playing.village()
    playing.visit("gerta")
    playing.type("hm")
    playing.strike(pygame.K_ESCAPE)
    assert not screen.field.open
    assert playing.screen is screen
    playing.strike(pygame.K_ESCAPE)
    assert isinstance(playing.screen, PausePage)
    assert playing.engine.calls == [("engine", "pause")]


def test_the_menu_stops_everything(play: Play) -> None:
    """Voices pause with the menu and go on after it; time stands still meanwhile."""
    playing = play()
    playing.village()
    playing.strike(pygame.K_ESCAPE)
    before = playing.game.time_s
    playing.run(30)
    assert playing.game.time_s == before
    playing.strike(pygame.K_ESCAPE)
    assert [call[1] for call in playing.engine.calls] == ["pause", "resume"]
    playing.run(2)
    assert playing.game.time_s > before


def test_the_wheel_says_a_line_by_number_key_mouse_and_pad(play: Play) -> None:
    """Whatever chooses, the same line is said; the wheel closes with it."""
    playing = play()
    screen = playing.village()
    playing.visit("gerta")
    for way in ("number", "keys", "mouse", "pad"):
        playing.strike(pygame.K_q)
        wheel = screen.wheel
        assert wheel is not None
        line = wheel.intents[0].line
        if way == "number":
            playing.strike(pygame.K_1)
        elif way == "keys":
            playing.strike(pygame.K_UP, pygame.K_e)
        elif way == "mouse":
            playing.do(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=wheel.place(0).center))
        else:
            playing.do(pygame.event.Event(pygame.CONTROLLERBUTTONDOWN, button=pygame.CONTROLLER_BUTTON_A))
        assert playing.engine.calls[-1] == ("Gerta", "tell", line), way
        assert screen.wheel is None


def test_a_game_pad_plays_the_whole_game(play: Play) -> None:
    """Stick walks, X speaks, Y opens the wheel, START the menu, in which B goes back; hints name the pad's buttons."""
    playing = play()

    def button(name: str, *, up: bool = False) -> pygame.event.Event:
        kind = pygame.CONTROLLERBUTTONUP if up else pygame.CONTROLLERBUTTONDOWN
        return pygame.event.Event(kind, button=getattr(pygame, f"CONTROLLER_BUTTON_{name}"))

    def stick(value: float) -> pygame.event.Event:
        return pygame.event.Event(
            pygame.CONTROLLERAXISMOTION, axis=pygame.CONTROLLER_AXIS_LEFTY, value=round(value * 32767)
        )

    playing.do(button("A"), button("A", up=True))
    assert isinstance(playing.screen, VillageScreen)
    before = playing.game.world.player.spot
    playing.do(stick(-0.9))
    playing.run(10)
    playing.do(stick(0.0))
    assert playing.game.world.player.y < before[1]
    playing.visit("gerta")
    playing.do(button("X"))
    playing.do(button("X", up=True))
    assert playing.engine.calls[-2:] == [("Gerta", "listen"), ("Gerta", "stop_listening")]
    playing.do(button("Y"), button("Y", up=True))
    assert playing.screen.wheel is not None
    playing.do(button("Y"), button("Y", up=True))
    playing.do(button("START"), button("START", up=True))
    assert isinstance(playing.screen, PausePage)
    playing.do(button("B"), button("B", up=True))
    assert isinstance(playing.screen, VillageScreen)
    assert playing.app.shell.inputs.by_pad
    assert "RETURN" not in playing.screen.hint


def test_without_a_microphone_the_key_says_so(play: Play) -> None:
    """Nothing listens, nothing breaks, and the player reads what is missing; settings say it too."""
    playing = play(microphone_problem="No microphone was found.")
    playing.village()
    playing.visit("gerta")
    playing.strike(pygame.K_SPACE)
    assert playing.engine.calls == []
    assert playing.game.notice == "No microphone was found."
    playing.app.shell.open(SettingsPage(playing.app.shell))
    playing.run(1)
    assert any("none found" in row.value() for row in playing.screen.rows)  # type: ignore[attr-defined]
    playing.strike(pygame.K_RIGHT)
    assert not playing.app.shell.settings.open_microphone


def test_without_a_speaker_the_player_is_told(folder: Path) -> None:
    """Muted: the words are there to be read, and a notice says why nothing is heard."""
    engine = NotingEngine()
    engine.speaker_problem = "No sound device was found."
    assert Playing(folder, engine).game.notice == "No sound device was found."


def test_an_open_microphone_follows_whom_one_talks_to(play: Play) -> None:
    """F3 opens it, whoever is turned to takes it over, F3 shuts it; the choice is kept."""
    playing = play()
    playing.village()
    playing.visit("gerta")
    playing.game.talk.begin()
    playing.strike(pygame.K_F3)
    playing.visit("maren")
    playing.game.talk.begin()
    playing.strike(pygame.K_F3)
    focused = [call[2] for call in playing.engine.calls if call[:2] == ("engine", "focus")]
    assert focused[0] == "Gerta"
    assert focused[-2:] == ["Maren", None]
    assert playing.engine.microphone.mode == "push_to_talk"


def test_a_key_can_be_given_another_meaning_and_is_kept(play: Play, folder: Path) -> None:
    """The next key pressed is the new one; it works at once and after a restart, and the old one does not."""
    playing = play()
    playing.village()
    playing.app.shell.open(SettingsPage(playing.app.shell))
    playing.app.shell.open(KeysPage(playing.app.shell))
    rows = [row.label for row in playing.screen.rows]  # type: ignore[attr-defined]
    playing.screen.chosen = rows.index("Notebook")  # type: ignore[attr-defined]
    playing.strike(pygame.K_RETURN, pygame.K_j)
    playing.strike(pygame.K_ESCAPE, pygame.K_ESCAPE)
    playing.strike(pygame.K_n)
    assert isinstance(playing.screen, VillageScreen)
    playing.strike(pygame.K_j)
    assert isinstance(playing.screen, NotebookPage)
    again = Playing(folder, NotingEngine())
    again.village()
    again.strike(pygame.K_j)
    assert isinstance(again.screen, NotebookPage)


def test_the_volume_reaches_the_voices(play: Play) -> None:
    """Turned down in the settings, every voice is placed that much softer."""
    playing = play()
    playing.village()
    playing.visit("gerta")
    gerta = playing.engine.npcs[0]
    assert gerta.heard_from[1] == pytest.approx(1.0)
    playing.app.shell.open(SettingsPage(playing.app.shell))
    playing.strike(pygame.K_DOWN, pygame.K_DOWN, pygame.K_LEFT, pygame.K_LEFT)
    playing.strike(pygame.K_ESCAPE)
    playing.run(2)
    assert gerta.heard_from[1] == pytest.approx(0.8)


def test_saving_and_going_on(play: Play, folder: Path) -> None:
    """The menu saves; a new start offers to go on, and stands where the save was made."""
    playing = play()
    playing.village()
    playing.visit("oswin")
    spot = playing.game.world.player.spot
    playing.strike(pygame.K_ESCAPE, pygame.K_DOWN, pygame.K_DOWN, pygame.K_RETURN)
    assert (folder / "save.json").exists()
    again = Playing(folder, NotingEngine())
    again.strike(pygame.K_RETURN)
    assert isinstance(again.screen, VillageScreen)
    assert again.game.world.player.spot == pytest.approx(spot, abs=0.01)


def test_a_save_that_is_broken_leaves_the_game_playable(play: Play, folder: Path) -> None:
    """Going on with it begins anew and says why."""
    (folder / "save.json").write_text("{", "utf-8")
    playing = play()
    playing.strike(pygame.K_RETURN)
    assert isinstance(playing.screen, VillageScreen)
    assert "can't be read" in playing.game.notice


def test_the_end_of_the_story_shows_its_page_once(play: Play) -> None:
    """It can be left, and the village is still there."""
    playing = play()
    playing.village()
    playing.game.story.ending = "truth"
    playing.run(2)
    assert isinstance(playing.screen, EndingPage)
    playing.strike(pygame.K_RETURN)
    assert isinstance(playing.screen, VillageScreen)
    playing.run(5)
    assert isinstance(playing.screen, VillageScreen)


def test_mashing_keys_breaks_nothing(play: Play) -> None:
    """Every key in turn, down and up and down again, with pages and fields opening and closing under it."""
    playing = play()
    playing.village()
    playing.visit("gerta")
    keys = [key for key in range(32, 127) if key != pygame.K_ESCAPE] + list(
        playing.app.shell.settings.bindings.keys.values()
    )
    for key in keys:
        playing.do(key_event(key), pygame.event.Event(pygame.TEXTINPUT, text="x"))
    for key in reversed(keys):
        playing.do(key_event(key, up=True))
    while playing.app.running and not isinstance(playing.screen, VillageScreen):
        playing.strike(pygame.K_ESCAPE)
    assert not playing.app.shell.inputs.held


@pytest.mark.parametrize("size", [(640, 480), (800, 600), (1920, 1080)])
def test_every_page_is_drawn_at_any_size(play: Play, size: tuple[int, int]) -> None:
    """Title, village, wheel, overlay, notebook and menus end in a picture, also after the window was resized."""
    playing = play(size)
    playing.village()
    playing.visit("gerta")
    playing.engine.stats.append(
        npcengine.TurnStats(
            "Gerta",
            "hi",
            "hello",
            "model",
            npcengine.Timings(first_audio=640.0),
            0.9,
            ("mill_fire",),
            "You are Gerta.\n" * 90,
        )
    )
    playing.game.notify("A notice that is rather long, so that it has to be wrapped where the window is small. " * 3)
    playing.strike(pygame.K_F1, pygame.K_PAGEUP, pygame.K_F1, pygame.K_q, pygame.K_q)
    playing.strike(pygame.K_n, pygame.K_n, pygame.K_ESCAPE)
    pygame.display.set_mode((1000, 640), pygame.RESIZABLE)
    playing.run(30)
    assert playing.app.shell.layout.window.size == (1000, 640)
    assert isinstance(playing.screen, PausePage)


def test_a_failed_stage_is_told(play: Play) -> None:
    """The game goes on, and the player reads what failed and what to do."""
    playing = play()
    playing.village()
    playing.engine.coming = [
        npcengine.StageFailed("voice", "The voice could not be loaded: run npcengine setup.", recovered=False)
    ]
    playing.run(2)
    assert "npcengine setup" in playing.game.notice


def test_f2_reads_the_characters_again(play: Play) -> None:
    """All of them."""
    playing = play()
    playing.village()
    playing.strike(pygame.K_F2)
    assert playing.engine.calls == [(name, "reload") for name in ("Gerta", "Aldo", "Maren", "Oswin")]


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without characters, and a map that is gone: one line names the file, as the command line shows it."""
    monkeypatch.setattr(npcengine, "Engine", lambda _config: NotingEngine())
    with pytest.raises(npcengine.ConfigError, match=r"no character files"):
        main.run(characters=tmp_path)
    with pytest.raises(npcengine.ConfigError, match=r"gone\.map"):
        read_map(tmp_path / "gone.map")


def test_closing_the_window_ends_the_demo(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    """The loop returns, the engine is closed, the exit code is 0."""
    engine = NotingEngine()
    monkeypatch.setattr(npcengine, "Engine", lambda _config: engine)
    monkeypatch.setattr(main, "settings_file", lambda: tmp_path / "settings.json")
    monkeypatch.setattr(main, "save_file", lambda: tmp_path / "save.json")

    def leave(dt: float) -> list[npcengine.Event]:
        pygame.event.post(pygame.event.Event(pygame.QUIT))
        return NotingEngine.update(engine, dt)

    monkeypatch.setattr(engine, "update", leave)
    assert main.run(characters=folder) == 0
    assert engine.closed
