"""Opens the demo as `main` does, but for a script: its own microphone, its own settings, its own folder for saves."""

from __future__ import annotations

from pathlib import Path

import pygame

import npcengine
from demo_game.app import App
from demo_game.cast import gather
from demo_game.main import FRAMES_PER_SECOND, open_window
from demo_game.scripted.microphone import ScriptedMicrophone
from demo_game.scripted.performer import PlayerVoice, Sounds
from demo_game.scripted.run import perform
from demo_game.scripted.script import Script
from demo_game.settings import Settings


def play(script: Script, config: npcengine.EngineConfig, *, sounds: Sounds, characters: Path, out: Path) -> list[str]:
    """Plays a script from the title to its last step; gives what was not as expected.

    Args:
        script: What to do.
        config: Options of the engine; its microphone is the script's.
        sounds: Where lines that are spoken come from.
        characters: Folder of character files.
        out: Folder for log, screenshots and saves.

    Raises:
        pygame.error: There is no display.
        npcengine.NpcEngineError: An option or a character file has a mistake.
    """
    window = open_window(script.size)
    microphone = ScriptedMicrophone()
    clock = pygame.time.Clock()
    try:
        with npcengine.Engine(config, microphone=microphone) as engine:
            villagers = gather(engine, characters)
            app = App(engine, villagers, settings=Settings(), size=window.get_size(), save_path=out / "oakhollow.json")
            return perform(
                script,
                app.shell.game,
                PlayerVoice(microphone, sounds),
                screens=app,
                out=out,
                pace=lambda: clock.tick(FRAMES_PER_SECOND),
            )
    finally:
        pygame.quit()
