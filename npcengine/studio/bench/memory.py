"""What the engine adds to a game's memory, and what its brain takes, once a character has spoken.

A process's own memory is counted (USS: what would be free again if it ended), since shared libraries are there anyway.
Both games are scripts as a developer would write them: the benchmark's own modules are not in their memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

import psutil

from npcengine.errors import BrainError
from npcengine.persona import Persona
from npcengine.studio.bench.scenario import Options, Progress, Result, characters_folder, run

_WINDOW = """
import sys
import numpy
import pygame

pygame.mixer.init(44100, -16, 2, 512)
pygame.display.init()
screen = pygame.display.set_mode((960, 540))
ticker = pygame.time.Clock()

def frame():
    ticker.tick(60)
    screen.fill((24, 28, 34))
    pygame.draw.circle(screen, (200, 180, 90), (480, 270), 60)
    pygame.display.flip()
"""
_BARE = """
for _ in range(120):
    frame()
"""
_TALKING = """
import npcengine

engine = npcengine.Engine(npcengine.EngineConfig.model_validate_json(sys.argv[1]))
npc = engine.spawn(sys.argv[2])
npc.tell("Do you like working here, all alone by the fire?")
over = False
while not over:
    frame()
    for event in engine.update(1 / 60):
        over = over or isinstance(event, npcengine.TurnFinished)
"""
_END = """
print("ready", flush=True)
sys.stdin.read()
"""


def measure(options: Options, progress: Progress) -> Result:
    """Memory of a game without and with the engine, and of the brain."""
    with _process(_WINDOW + _BARE + _END) as game:
        bare_mb = _own_mb(game)
    progress(0.3)
    with TemporaryDirectory() as folder:
        config = options.config(microphone="none").model_dump_json()
        with _process(_WINDOW + _TALKING + _END, config, str(_character_file(options, Path(folder)))) as game:
            game_mb = _own_mb(game)
            brains = [_own_mb(child) for child in game.children(recursive=True)]
    return {
        "memory_mb": {
            "game": round(game_mb, 1),
            "brain": round(sum(brains), 1),
            "bare_window": round(bare_mb, 1),
            "game_above_window": round(game_mb - bare_mb, 1),
        }
    }


def _character_file(options: Options, folder: Path) -> Path:
    """The same character for both kinds of models; a fake one needs a fake voice."""
    if not options.fakes:
        return characters_folder() / "gerta.yaml"
    persona: Persona = options.character()
    path = folder / "fake.yaml"
    path.write_text(f"npcengine: 1\nname: {persona.name}\nvoice: {{tts: '{persona.voice.tts}'}}\n", encoding="utf-8")
    return path


@contextmanager
def _process(script: str, *arguments: str) -> Iterator[psutil.Process]:
    """A game that has come to its end and waits to be weighed."""
    command = (sys.executable, "-c", script, *arguments)
    process = subprocess.Popen(  # noqa: S603 - our own script
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
    )
    try:
        if "ready\n" not in cast(IO[str], process.stdout):
            raise BrainError("the game that was to be weighed ended before its character had spoken")
        yield psutil.Process(process.pid)
    finally:
        process.kill()
        process.communicate()


def _own_mb(process: psutil.Process) -> float:
    return float(process.memory_full_info().uss) / 1e6


if __name__ == "__main__":
    run(measure)
