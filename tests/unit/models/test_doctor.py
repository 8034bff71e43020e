"""What `npcengine doctor` says."""

from __future__ import annotations

import sys
from importlib import util
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from npcengine.cli import devices, doctor
from npcengine.models import store


@pytest.fixture(autouse=True)
def healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    """All packages, models and devices are there, unless a test takes one away."""
    monkeypatch.setattr(doctor, "_version", lambda _: "1.0")
    monkeypatch.setattr(util, "find_spec", lambda _: object())
    monkeypatch.setattr(store, "verify", lambda _: None)
    monkeypatch.setattr(store, "locate", lambda _kind, name: Path(name))
    for name in ("display", "speaker", "microphone"):
        monkeypatch.setattr(devices, name, lambda name=name: devices.Device(f"a {name}"))


def _run() -> tuple[int, list[str]]:
    app = typer.Typer()
    app.command()(doctor.doctor)
    result = CliRunner().invoke(app, [])
    return result.exit_code, result.output.splitlines()


def test_all_is_well() -> None:
    """One line each, all ok but for what a small machine is told, and exit code 0."""
    code, lines = _run()
    assert code == 0
    assert not [line for line in lines if line.startswith("problem")]
    assert lines[-1].startswith("Talking works here")


def test_no_devices_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without display, speaker and microphone talking still works, and each line says what to do instead."""
    for name in ("display", "speaker", "microphone"):
        monkeypatch.setattr(devices, name, lambda: devices.Device(None, "unplugged"))
    code, lines = _run()
    assert code == 0
    assert len([line for line in lines if "none (unplugged) -> " in line]) == 3


@pytest.mark.parametrize("gone", ["faster-whisper", "llama-cpp-python", "piper-tts"])
def test_missing_engine_is_a_problem(monkeypatch: pytest.MonkeyPatch, gone: str) -> None:
    """Without an engine talking would fail, and the line says which pip command cures it."""
    monkeypatch.setattr(doctor, "_version", lambda name: None if name == gone else "1.0")
    code, lines = _run()
    assert code == 1
    (line,) = [line for line in lines if line.startswith("problem")]
    assert gone in line
    assert "pip install 'npcengine[" in line


def test_missing_pygame_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pygame there is no window, but a conversation in the terminal."""
    monkeypatch.setattr(doctor, "_version", lambda name: None if name == "pygame" else "1.0")
    code, lines = _run()
    assert code == 0
    assert [line for line in lines if line.startswith("warning  pygame")]


def test_missing_models_are_problems(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without models talking would fail, or only wait and understand worse; each names its cure."""
    monkeypatch.undo()
    monkeypatch.setenv("NPCENGINE_MODELS", str(tmp_path))
    for name in ("display", "speaker", "microphone"):
        monkeypatch.setattr(devices, name, lambda: devices.Device(None, "not looked for"))
    code, lines = _run()
    assert code == 1
    advised = [line.split()[0] for line in lines if "npcengine setup --model" in line]
    assert advised == ["problem", "problem", "problem", "warning", "warning"]


@pytest.mark.parametrize(
    ("code", "name", "why_not"),
    [
        ("print('noise'); print('Speaker')", "Speaker", ""),
        ("raise OSError('PortAudio library not found')", None, "OSError: PortAudio library not found"),
        ("import os; os.abort()", None, "exit code -6"),
    ],
)
def test_device_drivers_may_die(code: str, name: str | None, why_not: str) -> None:
    """A driver that raises or aborts takes only the child with it."""
    if sys.platform == "win32" and "abort" in code:
        pytest.skip("exit codes differ")
    assert devices._look("pytest", code) == devices.Device(name, why_not)
