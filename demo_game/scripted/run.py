"""A scripted session, from the opened window to the last line of its report: the loop of `main` and a performer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pygame

from demo_game.game import Game
from demo_game.scripted.performer import Performer, PlayerVoice
from demo_game.scripted.record import Record
from demo_game.scripted.script import Script


class Screens(Protocol):
    """What the player sees and presses."""

    def handle(self, event: pygame.event.Event) -> bool:
        """Takes one event of the window; False when the player leaves."""
        ...

    def frame(self, window: pygame.Surface, dt: float) -> list[pygame.Rect]:
        """Moves the game on by a frame and draws it; gives the areas that have changed."""
        ...


Pace = Callable[[], int]
"""Waits for the next frame, and gives the milliseconds since the last one."""


def perform(
    script: Script,
    game: Game,
    voice: PlayerVoice,
    *,
    screens: Screens,
    out: Path,
    pace: Pace,
) -> list[str]:
    """Plays a script to its end, in the window that is open; gives what was not as expected.

    Args:
        script: What to do.
        game: Its engine listens to the voice's microphone.
        voice: How the player is heard.
        screens: What the player sees and presses.
        out: Folder for log, screenshots and saves.
        pace: Waits for the next frame.
    """
    record = Record(out)
    game.watcher = record.event
    performer = Performer(game, script, voice, record)
    playing = True
    while playing and not performer.finished:
        took_ms = pace()
        for event in pygame.event.get():
            playing = screens.handle(event) and playing
        window = pygame.display.get_surface()
        changed = screens.frame(window, took_ms / 1000)
        performer.frame(took_ms / 1000)
        pygame.display.update(changed)
        record.frame(took_ms, window)
    print("\n".join(record.summary(performer.failures)))  # noqa: T201 - the report of a command
    return performer.failures
