"""A microphone that says what it is told, as fast as a person would; knows no device."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event, Lock, Thread

import numpy as np

from npcengine.audio.capture import BLOCK_MS, Sink
from npcengine.clock import Clock
from npcengine.types import HEARING_RATE, Pcm

_BLOCK = HEARING_RATE * BLOCK_MS // 1000


@dataclass(slots=True)
class Saying:
    """A clip on its way into the microphone.

    Attributes:
        began_s: When its first sample was captured, on the clock; None before.
    """

    began_s: float | None = None


class PacedMicrophone:
    """Hands over each block when its last sample would have been captured: a clip when there is one, else silence.

    Args:
        clock: Paces the blocks.
        speed: 1 is real time; more for sound of which only the content counts.
    """

    device_name = "benchmark"
    problem = None

    def __init__(self, clock: Clock, *, speed: float = 1.0) -> None:
        self._clock = clock
        self._block_s = BLOCK_MS / 1000.0 / speed
        self._stopped = Event()
        self._thread: Thread | None = None
        self._lock = Lock()
        self._rest: Pcm = np.zeros(0, dtype=np.float32)
        self._saying: Saying | None = None

    def say(self, pcm: Pcm) -> Saying:
        """Begins to play `pcm` (mono float32, 16 kHz) with the next block."""
        with self._lock:
            self._rest = pcm
            self._saying = Saying()
            return self._saying

    def start(self, sink: Sink) -> None:
        """Begins with silence."""
        self._thread = Thread(target=self._pace, args=(sink,), name="npcengine-bench-microphone", daemon=True)
        self._thread.start()

    def attend(self) -> None:
        """Takes no notice, like a device."""

    def stop(self) -> None:
        """Ends the thread."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _pace(self, sink: Sink) -> None:
        began_s = self._clock.now()
        due_s = began_s
        while True:
            block = self._next_block(due_s)
            due_s += self._block_s
            if self._stopped.wait(timeout=max(0.0, due_s - self._clock.now())):
                return
            sink(block, HEARING_RATE)

    def _next_block(self, begins_s: float) -> Pcm:
        block = np.zeros(_BLOCK, dtype=np.float32)
        with self._lock:
            if self._saying and self._saying.began_s is None:
                self._saying.began_s = begins_s
            part, self._rest = self._rest[:_BLOCK], self._rest[_BLOCK:]
        block[: len(part)] = part
        return block
