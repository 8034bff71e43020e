"""A recording that stands in for a microphone, in demos without one and in tests; knows no device."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import numpy as np

from npcengine.audio.capture import BLOCK_MS, Sink
from npcengine.audio.wav import read_wav
from npcengine.clock import Clock, SystemClock
from npcengine.types import Pcm


class WavSource:
    """Plays a recording into the sink, as fast as it was spoken and then silence, or all at once."""

    problem = None

    def __init__(
        self,
        pcm: Pcm,
        sample_rate: int,
        *,
        name: str = "recording",
        realtime: bool = True,
        tail_s: float = 1.0,
        clock: Clock | None = None,
    ) -> None:
        """Takes the sound to play.

        Args:
            pcm: Mono float32, shape (samples,).
            sample_rate: Of `pcm` (Hz).
            name: Shown as the device's name.
            realtime: False hands over everything within `start`, on the caller's thread.
            tail_s: With `realtime` False, seconds of silence after the recording, by which an open microphone
                notices that speech has ended. In real time silence goes on until `stop`, as from a microphone.
            clock: Paces the blocks.
        """
        self.device_name = name
        self._pcm = pcm
        self._rate = sample_rate
        self._realtime = realtime
        self._tail_s = tail_s
        self._clock: Clock = clock or SystemClock()
        self._thread: Thread | None = None
        self._stopped = Event()
        self._again = False

    @classmethod
    def from_file(cls, path: Path | str, *, realtime: bool = True, clock: Clock | None = None) -> WavSource:
        """A WAV file as a microphone.

        Raises:
            AudioError: The file can't be read as sound.
        """
        pcm, sample_rate = read_wav(path)
        return cls(pcm, sample_rate, name=Path(path).name, realtime=realtime, clock=clock)

    def start(self, sink: Sink) -> None:
        """Plays from the beginning."""
        if not self._realtime:
            for block in self._blocks():
                sink(block, self._rate)
            return
        if self._thread is not None:
            return
        self._stopped.clear()
        self._thread = Thread(target=self._pace, args=(sink,), name="npcengine-wav-source", daemon=True)
        self._thread.start()

    def attend(self) -> None:
        """Plays from the beginning again; nothing when all was handed over at once."""
        self._again = True

    def stop(self) -> None:
        """Ends playing and its thread."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    @property
    def _block_samples(self) -> int:
        return max(1, self._rate * BLOCK_MS // 1000)

    def _blocks(self) -> Iterator[Pcm]:
        """The recording and its tail in blocks, the last one filled up with silence."""
        size = self._block_samples
        needed = len(self._pcm) + round(self._tail_s * self._rate)
        padded = np.zeros(-(-needed // size) * size, dtype=np.float32)
        padded[: len(self._pcm)] = self._pcm
        for start in range(0, len(padded), size):
            yield padded[start : start + size]

    def _pace(self, sink: Sink) -> None:
        """Hands over each block when its last sample would have been captured."""
        began_s = self._clock.now()
        sent = 0
        blocks = self._blocks()
        silence = np.zeros(self._block_samples, dtype=np.float32)
        while True:
            if self._again:
                self._again = False
                blocks = self._blocks()
            block = next(blocks, silence)
            sent += len(block)
            due_s = began_s + sent / self._rate
            if self._stopped.wait(timeout=max(0.0, due_s - self._clock.now())):
                return
            sink(block, self._rate)
