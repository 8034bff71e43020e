"""What a source of captured sound is, and the one that hears nothing; knows no device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from npcengine.types import Pcm

Sink: TypeAlias = Callable[[Pcm, int], None]
"""Takes a block of mono sound, shape (samples,), and its rate (Hz), on the capture thread: it must not wait."""

BLOCK_MS = 32
"""How much sound a block holds: 512 samples at 16 kHz, the voice detector's own step."""


class CaptureSource(Protocol):
    """Somewhere sound comes from; what goes wrong with it shows in `problem` and is never raised."""

    @property
    def device_name(self) -> str:
        """What a settings screen shows; empty until it is known."""
        ...

    @property
    def problem(self) -> str | None:
        """One line on why there is no sound and what to do about it; None while all is well."""
        ...

    def start(self, sink: Sink) -> None:
        """Begins to hand blocks to `sink`; returns at once and does nothing when already started."""
        ...

    def stop(self) -> None:
        """Ends capture and its thread and frees the device; safe to call twice, and `start` may follow."""
        ...

    def attend(self) -> None:
        """The player is about to speak: a recording starts from its beginning, a device takes no notice."""
        ...


class NullSource:
    """No microphone at all."""

    device_name = "none"

    def __init__(self, problem: str | None = None) -> None:
        self.problem = problem

    def start(self, sink: Sink) -> None:
        """Hands nothing over, ever."""

    def stop(self) -> None:
        """Does nothing."""

    def attend(self) -> None:
        """Does nothing."""


class PushedSource:
    """Sound that a program hands over itself, block by block: for servers, tools and tests."""

    device_name = "pushed"
    problem = None

    def __init__(self) -> None:
        self._sink: Sink | None = None

    def start(self, sink: Sink) -> None:
        """Takes what is pushed from now on."""
        self._sink = sink

    def stop(self) -> None:
        """Drops what is pushed from now on."""
        self._sink = None

    def attend(self) -> None:
        """Does nothing: the program decides when it pushes."""

    def push(self, pcm: Pcm, sample_rate: int) -> None:
        """Hands over the next block, mono float32, shape (samples,), at any rate (Hz)."""
        if self._sink:
            self._sink(pcm, sample_rate)
