"""Looks for a display, a speaker and a microphone in child processes; imports no device library itself.

A driver may hang, abort or write its complaints to the terminal: in a child none of that reaches the command.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from importlib import util

TIMEOUT_S = 20

_NO_WINDOW_DRIVERS = frozenset({"dummy", "offscreen", "evdev"})

_DISPLAY = "import pygame; pygame.display.init(); print(pygame.display.get_driver())"
_SPEAKER = (
    "import os, pygame; pygame.mixer.init(); from pygame._sdl2 import audio; "
    "print(os.environ.get('SDL_AUDIODRIVER', '') + ':' + (audio.get_audio_device_names(False) or ['default'])[0])"
)
_MICROPHONE = "import sounddevice; print(sounddevice.query_devices(kind='input')['name'])"


@dataclass(frozen=True, slots=True)
class Device:
    """What was found: its name, or None and why not."""

    name: str | None
    why_not: str = ""


def display() -> Device:
    """The display that a window would open on."""
    found = _look("pygame", _DISPLAY)
    if found.name in _NO_WINDOW_DRIVERS:
        return Device(None, "no screen is connected to this session")
    return found


def speaker() -> Device:
    """The default speaker, as pygame's mixer opens it."""
    found = _look("pygame", _SPEAKER)
    if found.name is None:
        return found
    driver, _, name = found.name.partition(":")
    if driver in ("dummy", "disk"):
        return Device(None, f"SDL_AUDIODRIVER={driver} plays to nobody")
    return Device(name)


def microphone() -> Device:
    """The default microphone, as PortAudio lists it."""
    found = _look("sounddevice", _MICROPHONE)
    if "PortAudio library not found" in found.why_not:
        return Device(None, "the PortAudio library is missing (on Debian and Ubuntu: apt install libportaudio2)")
    if "Error querying device" in found.why_not or "No Input Device" in found.why_not:
        return Device(None, "none is plugged in or chosen in the system's sound settings")
    return found


def _look(package: str, code: str) -> Device:
    """Run a line of code that prints a device's name."""
    if util.find_spec(package) is None:
        return Device(None, f"the package {package} is not installed")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and constant code
            [sys.executable, "-c", code],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT_S,
            env={**os.environ, "PYGAME_HIDE_SUPPORT_PROMPT": "1"},
        )
    except subprocess.TimeoutExpired:
        return Device(None, f"the driver did not answer within {TIMEOUT_S} s")
    lines = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
    last = lines[-1].strip() if lines else f"exit code {done.returncode}"
    return Device(last) if done.returncode == 0 else Device(None, last.removeprefix("pygame.error: "))
