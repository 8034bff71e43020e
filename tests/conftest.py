"""What every test gets: no leaked threads or processes, no sound card and no screen."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def nothing_leaks() -> Iterator[None]:
    """A test that leaves an engine's thread or a child process behind fails."""
    before = set(psutil.Process().children(recursive=True))
    yield
    threads = [thread.name for thread in threading.enumerate() if thread.name.startswith("npcengine-")]
    assert not threads, f"threads left behind: {threads}"
    children = [child for child in psutil.Process().children(recursive=True) if child not in before]
    assert not [child for child in children if child.status() != psutil.STATUS_ZOMBIE], "processes left behind"


@pytest.fixture
def characters() -> Path:
    """The folder of the four characters."""
    return PROJECT / "characters"


@pytest.fixture
def human_speech() -> Path:
    """The folder of recorded human speech, which is no part of the project."""
    folder = PROJECT.parent / "shared" / "speech"
    if not folder.is_dir():
        pytest.skip(f"no human speech at {folder}")
    return folder
