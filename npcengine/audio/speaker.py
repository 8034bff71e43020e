"""Opens a speaker; and the ones that need no device: one plays to nobody in time, one is always done at once."""

from __future__ import annotations

from npcengine.audio.echo_reference import EchoReference
from npcengine.audio.mixer_speaker import MixerSpeaker
from npcengine.audio.playback import OutputLine, Piece, Speaker
from npcengine.audio.timeline import Timeline
from npcengine.clock import Clock
from npcengine.errors import AudioError, ConfigError

DEFAULT_RATE = 22_050
"""Hz; that of the default voice, so that nothing is resampled for nobody."""


class SilentLine:
    """Plays to nobody, as long as it would take to hear it."""

    def __init__(self, clock: Clock, rate: int, echo: EchoReference | None = None) -> None:
        self._clock = clock
        self._rate = rate
        self._timeline = Timeline(rate)
        self._echo = echo

    def accept(self, piece: Piece) -> bool:
        """Always has room: there is no device whose buffer could be full."""
        starts_s = self._timeline.add(len(piece.pcm), self._clock.now())
        if self._echo:
            self._echo.play(self, piece.pcm, self._rate, at_s=starts_s)
        return True

    def heard(self) -> int:
        """Samples that would have been heard by now."""
        return self._timeline.position(self._clock.now())

    def stop(self) -> None:
        """Silence."""
        now_s = self._clock.now()
        self._timeline.cut(now_s)
        if self._echo:
            self._echo.cut(self, now_s)

    def place(self, pan: float, volume: float) -> None:
        """Nobody can tell."""


class SilentSpeaker:
    """Stands in where the machine has no speaker; a conversation takes its time all the same.

    Args:
        clock: Times the playback.
        problem: Why there is no speaker.
        rate: Of the pieces (Hz).
        audible: Whether `echo` holds what would be played, for tests whose room the loudspeakers are in.
    """

    def __init__(
        self, clock: Clock, *, problem: str | None = None, rate: int = DEFAULT_RATE, audible: bool = False
    ) -> None:
        self.rate = rate
        self.problem = problem
        self.echo = EchoReference()
        self._clock = clock
        self._audible = audible

    def line(self) -> OutputLine:
        """A new line."""
        return SilentLine(self._clock, self.rate, self.echo if self._audible else None)

    def close(self) -> None:
        """Nothing to stop."""


class InstantLine:
    """Counts every piece as heard at once, and keeps it."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._heard = 0

    def accept(self, piece: Piece) -> bool:
        """Takes all."""
        self._pieces.append(piece)
        self._heard += len(piece.pcm)
        return True

    def heard(self) -> int:
        """All of it."""
        return self._heard

    def stop(self) -> None:
        """Nothing sounds."""

    def place(self, pan: float, volume: float) -> None:
        """Nobody can tell."""


class RecordingSpeaker:
    """Takes a conversation down faster than it could be heard; for tools and tests.

    Attributes:
        pieces: What was played since `take` was last called, in order.
    """

    problem: str | None = None

    def __init__(self, rate: int = DEFAULT_RATE) -> None:
        self.rate = rate
        self.echo = EchoReference()
        self.pieces: list[Piece] = []

    def line(self) -> OutputLine:
        """A new line; all lines record into the same list."""
        return InstantLine(self.pieces)

    def take(self) -> list[Piece]:
        """The pieces so far; the recording starts anew."""
        taken = list(self.pieces)
        self.pieces.clear()
        return taken

    def close(self) -> None:
        """Nothing to stop."""


def open_speaker(spec: str, clock: Clock, *, latency_s: float) -> Speaker:
    """The speaker that `spec` names; where there is no device, one that plays to nobody and says why.

    Args:
        spec: ``"auto"`` or ``"none"``.
        clock: Times the playback.
        latency_s: From the mixer to the ear.

    Raises:
        ConfigError: `spec` is neither.
    """
    if spec == "none":
        return SilentSpeaker(clock)
    if spec != "auto":
        raise ConfigError(f"speaker {spec!r} is not known; choose auto or none")
    try:
        return MixerSpeaker(clock, latency_s=latency_s)
    except AudioError as error:
        return SilentSpeaker(clock, problem=str(error))
