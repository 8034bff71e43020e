"""The demo game played by a script: the player's voice is made here, the rest is the game's own; knows no picture."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Protocol

import numpy as np

from npcengine.audio.wav import load_speech, write_wav
from npcengine.brain.registry import open_tts
from npcengine.cli.console import note
from npcengine.config import EngineConfig
from npcengine.types import LoadOptions, Pcm, Voice

PLAYER = Voice(speed=0.96, pitch=-1.0)
"""The player's voice: the speech engine's own, a little lower and slower, which is no character's."""


class Script(Protocol):
    """A script of the demo game, as far as the command needs to know it."""

    @property
    def spoken(self) -> list[str]:
        """All lines that are to be spoken, each once."""
        ...


def read_script(path: Path) -> Script:
    """Reads a script.

    Raises:
        ConfigError: It has mistakes; the message has a line for each.
    """
    script: Script = import_module("demo_game.scripted.script").read_script(path)
    return script


class PlayerSounds:
    """What the player says: recordings, and lines spoken by the speech engine before the game begins.

    Args:
        lines: All lines that will be spoken.
        folder: Where their recordings go.
        tts: Speech engine and voice.
    """

    def __init__(self, lines: Iterable[str], folder: Path, tts: str) -> None:
        self._files: dict[str, Path] = {}
        self._folder = folder
        wanted = list(lines)
        if wanted:
            self._speak(wanted, tts)

    def spoken(self, line: str) -> Pcm:
        """A line of the script, 16 kHz."""
        return self.recorded(self._files[line])

    def recorded(self, path: Path) -> Pcm:
        """A recording, 16 kHz.

        Raises:
            AudioError: There is none, or it can't be read.
        """
        return load_speech(path).pcm

    def _speak(self, lines: list[str], tts: str) -> None:
        from npcengine.voice.speaking import speak  # noqa: PLC0415 - a game's process can do without a voice

        engine = open_tts(tts, LoadOptions())
        try:
            for number, line in enumerate(lines, start=1):
                pieces = list(speak(engine, line, PLAYER))
                self._files[line] = self._folder / f"line{number}.wav"
                write_wav(self._files[line], np.concatenate([each.pcm for each in pieces]), pieces[0].sample_rate)
        finally:
            engine.close()


def rehearse(script: Script, config: EngineConfig, *, characters: Path, out: Path, headless: bool) -> bool:
    """Plays the demo game by a script; whether everything was as it expects.

    Args:
        script: What to do.
        config: Options of the engine.
        characters: Folder of character files.
        out: Folder for log, screenshots and saves.
        headless: Whether no window is opened and nothing sounds; the rest is the same.
    """
    if headless:
        os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    with tempfile.TemporaryDirectory() as folder:
        if script.spoken:
            note(f"speaking {len(script.spoken)} lines of the player")
        sounds = PlayerSounds(script.spoken, Path(folder), config.tts)
        session = import_module("demo_game.scripted.session")
        failures = session.play(script, config, sounds=sounds, characters=characters, out=out)
    note(f"log and screenshots are in {out}/")
    return not failures
