"""The naive chain in a process of its own, at normal priority: recordings in, timed turns out; both of its ends."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Self, cast

import numpy as np

from npcengine.brain.pipeline import load_options
from npcengine.clock import SystemClock
from npcengine.errors import BackendError, NpcEngineError
from npcengine.studio.bench.naive_chain import NaiveChain, NaiveTurn
from npcengine.studio.bench.scenario import Options
from npcengine.types import Pcm


class NaiveProcess:
    """Starts the process; use it as a context manager.

    Raises:
        BackendError: The chain can't be loaded here; the message tells why.
    """

    def __init__(self) -> None:
        command = (sys.executable, "-m", __name__)
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        self._folder = TemporaryDirectory(prefix="npcengine-bench-")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()  # nothing there is worth saving, and a native call can't be stopped any other way
        self._process.communicate()
        self._folder.cleanup()

    def wait_until_ready(self) -> None:
        """Waits for the models."""
        self._read()

    def answer(self, pcm: Pcm) -> NaiveTurn:
        """One turn on what the player said (mono float32, 16 kHz); waits for it."""
        path = Path(self._folder.name) / "clip.npy"
        np.save(path, pcm)
        stdin = cast(IO[str], self._process.stdin)
        print(path, file=stdin, flush=True)
        return NaiveTurn(**self._read())

    def _read(self) -> dict[str, Any]:
        for line in cast(IO[str], self._process.stdout):
            if line.startswith("{"):
                told = json.loads(line)
                if "error" in told:
                    raise BackendError(told["error"])
                return cast(dict[str, Any], told)
        raise BackendError("the naive chain's process ended without an answer")


def main() -> None:
    """Answers recordings until standard input ends."""
    options = Options()
    config = options.config()
    try:
        chain = NaiveChain(config, options.character(), load_options(config), SystemClock())
        chain.warm_up()
    except NpcEngineError as error:
        _tell({"error": str(error)})
        return
    _tell({})
    for line in sys.stdin:
        _tell(asdict(chain.answer(np.load(line.strip()))))


def _tell(told: dict[str, Any]) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201 - the other end reads it


if __name__ == "__main__":
    main()
