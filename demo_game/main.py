"""The demo's loop, to be read top to bottom: open, spawn, then for each frame handle, update, draw."""

from __future__ import annotations

from pathlib import Path

import pygame

import npcengine
from demo_game.cast import gather
from demo_game.controls import handle
from demo_game.layout import SMALLEST
from demo_game.scene import TalkScene
from demo_game.scene_view import SceneView
from demo_game.typography import PANEL
from demo_game.village import Village

FRAMES_PER_SECOND = 60
WINDOW = (1100, 720)
STEADY_S = 0.15
"""Everything is laid out and painted anew once a window that is being dragged has kept its size for so long."""

CHARACTERS = Path(__file__).parent.parent / "characters"


def run(config: npcengine.EngineConfig | None = None, *, characters: Path | None = None) -> int:
    """Plays the demo in a window until the player leaves; returns the exit code.

    Args:
        config: Options of the engine.
        characters: Folder of character files.

    Raises:
        pygame.error: There is no display.
        npcengine.NpcEngineError: An option or a character file has a mistake.
        FileNotFoundError: The folder holds no character file.
    """
    pygame.display.init()
    pygame.font.init()
    try:
        window = pygame.display.set_mode(WINDOW, pygame.RESIZABLE)
        pygame.display.set_caption("Oakhollow")
        with npcengine.Engine(config) as engine:
            play(engine, window, characters or CHARACTERS)
    finally:
        pygame.quit()
    return 0


def play(engine: npcengine.Engine, window: pygame.Surface, characters: Path) -> None:
    """The game itself, on an engine and a window that are open already."""
    scene = TalkScene(engine, gather(engine, characters), Village())
    view = SceneView(scene, window.get_size())
    clock = pygame.time.Clock()
    size, steady_s = window.get_size(), 0.0
    playing = True
    while playing:
        dt = clock.tick(FRAMES_PER_SECOND) / 1000
        for event in pygame.event.get():
            playing = handle(event, scene, view.portraits) and playing
        scene.update(dt)
        steady_s = steady_s + dt if window.get_size() == size else 0.0
        size = window.get_size()
        if size != view.layout.stage.size:
            window.fill(PANEL)
            if steady_s > STEADY_S:
                view = SceneView(scene, _at_least(window).get_size())
        view.draw(window)
        pygame.display.flip()


def _at_least(window: pygame.Surface) -> pygame.Surface:
    """The window, enlarged if it was made too small to read."""
    width, height = window.get_size()
    if width >= SMALLEST[0] and height >= SMALLEST[1]:
        return window
    return pygame.display.set_mode((max(width, SMALLEST[0]), max(height, SMALLEST[1])), pygame.RESIZABLE)
