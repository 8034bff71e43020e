"""A microphone that plays what a script says, block by block in the game's own time; knows no device."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

BLOCK_S = 0.032
RATE = 16_000
"""Of all that is played (Hz)."""


class ScriptedMicrophone:
    """A source of sound for `npcengine.Engine(microphone=…)`: silence, and between it what it is given to play."""

    device_name = "script"
    problem: str | None = None

    def __init__(self) -> None:
        self._sink: Callable[[NDArray[np.float32], int], None] | None = None
        self._pcm = np.zeros(0, dtype=np.float32)
        self._owed_s = 0.0

    @property
    def playing(self) -> bool:
        """Whether something is left to be played."""
        return len(self._pcm) > 0

    def play(self, pcm: NDArray[np.float32]) -> None:
        """Plays mono sound of `RATE`, shape (samples,), from the next frame on."""
        self._pcm = pcm

    def frame(self, dt: float) -> None:
        """A frame passes: hands over as much sound as was captured in it."""
        self._owed_s += dt
        while self._owed_s >= BLOCK_S:
            self._owed_s -= BLOCK_S
            block = self._next_block()
            if self._sink:
                self._sink(block, RATE)

    def _next_block(self) -> NDArray[np.float32]:
        size = round(BLOCK_S * RATE)
        block = np.zeros(size, dtype=np.float32)
        taken = self._pcm[:size]
        block[: len(taken)] = taken
        self._pcm = self._pcm[size:]
        return block

    # ------------------------------------------------------------ what an engine asks of its microphone

    def start(self, sink: Callable[[NDArray[np.float32], int], None]) -> None:
        """Blocks go to `sink` from now on."""
        self._sink = sink

    def stop(self) -> None:
        """They go nowhere."""
        self._sink = None

    def attend(self) -> None:
        """The script decides when it speaks."""
