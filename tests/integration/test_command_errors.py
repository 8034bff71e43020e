"""What a user does wrong on the command line ends in one message with cause and cure, exit code 1 and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest

FIVE_MISTAKES = """npcengine: 1
nmae: Gerta
name: Gerta
mood: grumpy
state: {trust: 50}
knowledge:
  - {id: a, text: Something., when: trsut >= 3}
actions:
  - {name: open gate, description: Opens the gate.}
voice: {speed: fast}
"""


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`npcengine` with these arguments, in `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "npcengine", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good character and everything that can be wrong with files."""
    (tmp_path / "good.yaml").write_text("npcengine: 1\nname: Gerta\n")
    (tmp_path / "bad.yaml").write_text(FIVE_MISTAKES)
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.wav").write_text("this is no sound")
    (tmp_path / "text.gguf").write_text("this is no model")
    with wave.open(str(tmp_path / "nothing.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["talk", "good.yaml", "--wav", "absent.wav"], ["absent.wav", "no such file"]),
        (["talk", "good.yaml", "--wav", "empty.wav"], ["empty.wav", "empty"]),
        (["talk", "good.yaml", "--wav", "text.wav"], ["text.wav", "not a sound file", "save it as PCM WAV"]),
        (["talk", "good.yaml", "--wav", "nothing.wav"], ["nothing.wav", "without any samples"]),
        (["talk", "absent.yaml", "--text", "Hi"], ["absent.yaml", "no such file"]),
        (["talk", "good.yaml", "--text", " "], ["--text", "at least a word"]),
        (["talk", "good.yaml", "--text", "Hi", "--model", "text.gguf"], ["text.gguf", "no GGUF file"]),
        (["talk", "good.yaml", "--text", "Hi", "--model", "gemma-3"], ["gemma-3", "gemma-3-270m"]),
        (["talk", "good.yaml", "--text", "Hi", "--adapter", "absent.gguf"], ["absent.gguf", "Check the path"]),
        (["talk", "good.yaml", "--text", "Hi", "--adapter", "text.gguf@0.5"], ["text.gguf", "no GGUF file"]),
        (["talk", "good.yaml", "--text", "Hi", "--state", "trust"], ["NAME=VALUE"]),
        (["face", "..."], ["no word to speak"]),
        (["face", "Hi.", "--emotion", "hapy"], ["hapy", "happy"]),
        (["face", "Hi.", "--voice", "piper:nobody"], ["nobody", "en_US-joe-medium"]),
        (["face", "Hi.", "--voice", "parrot:x"], ["parrot", "piper"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_one_message_names_cause_and_cure(folder: Path, arguments: list[str], said: list[str]) -> None:
    """Nothing on standard output, one message on standard error."""
    done = run(folder, *arguments)
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for part in said:
        assert part in done.stderr


def test_a_missing_model_says_how_to_get_it(folder: Path) -> None:
    """The message is a command to type."""
    done = run(folder, "talk", "good.yaml", "--text", "Hi", NPCENGINE_MODELS=str(folder / "models"))
    assert done.returncode == 1
    assert "npcengine setup" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_character_file_s_mistakes_are_told_all_at_once(folder: Path) -> None:
    """`check` and `talk` tell the same five, each with its line."""
    for done in (run(folder, "check", "bad.yaml"), run(folder, "talk", "bad.yaml", "--text", "Hi")):
        assert done.returncode == 1
        told = done.stdout + done.stderr
        for line in (2, 4, 7, 9, 10):
            assert f"bad.yaml:{line}:" in told
        assert "Traceback" not in told


@pytest.mark.parametrize("arguments", [[], ["--help"], ["talk", "--help"], ["--version"], ["schema"]])
def test_asking_for_help_is_no_error(folder: Path, arguments: list[str]) -> None:
    """Exit code 0, something to read."""
    done = run(folder, *arguments)
    assert done.returncode in (0, 2 if not arguments else 0)
    assert done.stdout + done.stderr
