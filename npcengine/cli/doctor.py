"""`npcengine doctor`: one line for each thing that talking needs, and what to do about it; loads no model."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata, util
from typing import Literal

import typer
from rich.console import Console

from npcengine.cli import devices
from npcengine.errors import ModelError
from npcengine.models import adapters, hardware, store
from npcengine.models.catalogue import catalogue
from npcengine.models.progress import megabytes

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was looked at.

    Attributes:
        level: ``"ok"``; ``"warning"``: talking works, but something is left out; ``"problem"``: talking would fail.
        subject: What was looked at.
        finding: What was found.
        cure: What to do; empty when all is well.
    """

    level: Literal["ok", "warning", "problem"]
    subject: str
    finding: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that something depends on: how it is imported, what it is for, which extra brings it."""

    name: str
    module: str
    purpose: str
    extra: str
    needed: bool = True


PACKAGES = (
    Package("faster-whisper", "faster_whisper", "hearing", "hearing"),
    Package("llama-cpp-python", "llama_cpp", "thinking", "mind"),
    Package("piper-tts", "piper", "speaking", "voice"),
    Package("pygame", "pygame", "the demo's window and sound", "game", needed=False),
    Package("sounddevice", "sounddevice", "the microphone", "microphone", needed=False),
)

_OPTIONAL = ("turn", "embedding")
"""Without a judge of turns the engine waits for longer silence, without an embedder it compares words; without the
others it can't talk."""


def doctor() -> None:
    """Say whether characters can talk on this machine, and what to do if not.

    Looks at versions, packages, models, display, speaker and microphone: one line each. A missing display, speaker or
    microphone is only a warning, since typed conversations work without them.
    """
    console = Console(soft_wrap=True, markup=False, highlight=False, emoji=False)
    problems = 0
    for verdict in examine():
        problems += verdict.level == "problem"
        cure = f" -> {verdict.cure}" if verdict.cure else ""
        console.print(f"{verdict.level:8} {verdict.subject}: {verdict.finding}{cure}")
    if problems:
        console.print(f"Talking would fail: {problems} problem{'s' * (problems > 1)} above.")
        raise typer.Exit(1)
    console.print("Talking works here: npcengine demo")


def examine() -> Iterator[Verdict]:
    """Look at everything, one verdict each."""
    yield _python()
    yield Verdict("ok", "npcengine", _version("npcengine") or "run from its source folder")
    machine = hardware.probe()
    memory = f"{machine.memory_mb / 1000:.1f} GB of memory"
    yield Verdict("ok", "machine", f"{machine.system}, {machine.cores} cores, {memory}")
    for package in PACKAGES:
        yield _package(package)
    for choice in hardware.choose(machine, catalogue()):
        yield _model(choice)
    yield _device(
        "display", devices.display, "conversations run in the terminal; open a desktop session for the window"
    )
    yield _device("speaker", devices.speaker, "replies are shown as text; talk --out DIR writes them as WAV files")
    yield _device("microphone", devices.microphone, "type what you say, or pass a recording: talk FILE --wav SOUND.wav")


def _python() -> Verdict:
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Verdict("problem", "python", platform.python_version(), "install Python 3.11 or newer")
    return Verdict("ok", "python", platform.python_version())


def _package(package: Package) -> Verdict:
    version = _version(package.name)
    if version is not None and util.find_spec(package.module) is not None:
        return Verdict("ok", package.name, f"{version}, for {package.purpose}")
    level: Literal["warning", "problem"] = "problem" if package.needed else "warning"
    return Verdict(
        level, package.name, f"not installed, needed for {package.purpose}", f"pip install 'npcengine[{package.extra}]'"
    )


def _model(choice: hardware.Choice) -> Verdict:
    model = choice.model
    try:
        store.verify(model)
        store.locate(model.kind, model.name)
    except ModelError as error:
        return Verdict("warning" if model.kind in _OPTIONAL else "problem", model.name, str(error))
    if not choice.fits:
        return Verdict("warning", model.name, choice.why)
    found = f"{model.purpose}; {megabytes(model.disk_bytes)}, all checksums right"
    if adapter := adapters.shipped(model.name):
        found += f"; with npcengine's adapter ({megabytes(adapter.stat().st_size)}, licence: {model.licence.name})"
    return Verdict("ok", model.name, found)


def _device(subject: str, look: Callable[[], devices.Device], instead: str) -> Verdict:
    device = look()
    if device.name is None:
        return Verdict("warning", subject, f"none ({device.why_not})", instead)
    return Verdict("ok", subject, device.name)


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None
