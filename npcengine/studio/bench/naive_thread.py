"""The naive chain in a thread of the game, turn after turn, as a first attempt runs it; draws nothing."""

from __future__ import annotations

from threading import Event, Thread

from npcengine.studio.bench.naive_chain import NaiveChain
from npcengine.types import Pcm


class NaiveThread:
    """Answers the same recording again and again while it is told to, and waits as long as each reply sounds."""

    def __init__(self, chain: NaiveChain, pcm: Pcm) -> None:
        self._chain = chain
        self._pcm = pcm
        self._go = Event()
        self._resting = Event()
        self._closing = Event()
        self._thread = Thread(target=self._work, name="npcengine-bench-naive", daemon=True)
        self._resting.set()
        self._thread.start()

    def resume(self) -> None:
        """Talks from now on."""
        self._resting.clear()
        self._go.set()

    def pause(self) -> None:
        """No further turn; the present one goes on until `resting`."""
        self._go.clear()

    @property
    def resting(self) -> bool:
        """Whether it has come to the end of its last turn."""
        return self._resting.is_set()

    def close(self) -> None:
        """Ends the thread after the present turn."""
        self._closing.set()
        self._go.set()
        self._thread.join()

    def _work(self) -> None:
        while True:
            if not self._go.is_set():
                self._resting.set()
            self._go.wait()
            if self._closing.is_set():
                return
            turn = self._chain.answer(self._pcm)
            self._closing.wait(turn.spoken_s)
