"""The demo's loop, to be read top to bottom: open, spawn, then for each frame take inputs, update, draw."""

from __future__ import annotations

import os
from pathlib import Path

import pygame
from pygame._sdl2 import controller

import npcengine
from demo_game.app import App
from demo_game.cast import gather
from demo_game.layout import SMALLEST
from demo_game.settings import Settings, save_file, settings_file

FRAMES_PER_SECOND = 60
WINDOW = (1100, 720)

CHARACTERS = Path(__file__).parent.parent / "characters"


def run(config: npcengine.EngineConfig | None = None, *, characters: Path | None = None) -> int:
    """Plays the demo in a window until the player leaves; returns the exit code.

    Args:
        config: Options of the engine.
        characters: Folder of character files.

    Raises:
        pygame.error: There is no display.
        npcengine.NpcEngineError: An option or a character file has a mistake, or a file of the demo is missing.
    """
    window = open_window()
    try:
        with npcengine.Engine(config) as engine:
            app = App(
                engine,
                gather(engine, characters or CHARACTERS),
                settings=Settings.load(settings_file()),
                size=window.get_size(),
                save_path=save_file(),
            )
            play(app, window)
    finally:
        pygame.quit()
    return 0


def open_window(size: tuple[int, int] = WINDOW) -> pygame.Surface:
    """A window that can be resized.

    Raises:
        pygame.error: There is no display.
    """
    # SDL would upload the whole window as a texture for every changed corner of it: 10 ms where it draws in software.
    os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    pygame.display.init()
    pygame.font.init()
    controller.init()
    window = pygame.display.set_mode(size, pygame.RESIZABLE)
    pygame.display.set_caption("Oakhollow")
    return window


def play(app: App, window: pygame.Surface) -> None:
    """The game itself, until the player leaves."""
    clock = pygame.time.Clock()
    while app.running:
        dt = clock.tick(FRAMES_PER_SECOND) / 1000
        for event in pygame.event.get():
            app.handle(event)
        window = _at_least(pygame.display.get_surface() or window)
        pygame.display.update(app.frame(window, dt))


def _at_least(window: pygame.Surface) -> pygame.Surface:
    """The window, enlarged if it was made too small to read."""
    width, height = window.get_size()
    if width >= SMALLEST[0] and height >= SMALLEST[1]:
        return window
    return pygame.display.set_mode((max(width, SMALLEST[0]), max(height, SMALLEST[1])), pygame.RESIZABLE)
