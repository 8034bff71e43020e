"""One turn's speech on its way to the ear, and how far the ear has got; knows no device and no model.

The position heard, in samples, is the master clock of the mouth, of the subtitle and of memory.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

from npcengine.audio.echo_reference import EchoReference
from npcengine.audio.track import Piece, Track
from npcengine.types import FaceCurves

__all__ = ["OutputLine", "Piece", "Playback", "Speaker"]


class OutputLine(Protocol):
    """One character's way to the ear; it plays one piece and holds the next."""

    def accept(self, piece: Piece) -> bool:
        """Takes `piece` to play it after what it holds, without a gap; False when it has no room yet."""
        ...

    def heard(self) -> int | None:
        """Samples heard so far, over all pieces; stands still while nothing plays.

        None once someone else has silenced the line: the rest of what it held will not be heard.
        """
        ...

    def stop(self) -> None:
        """Silence, at once: what was accepted and not heard never will be. `accept` starts anew."""
        ...

    def place(self, pan: float, volume: float) -> None:
        """Where the sound comes from: `pan` −1 left … 1 right, `volume` 0–1."""
        ...


class Speaker(Protocol):
    """A sound device."""

    rate: int
    """Samples a second of the pieces that its lines take (Hz)."""
    problem: str | None
    """Why nothing can be heard, in one line; None when it can."""
    echo: EchoReference
    """What all lines together play, for whoever takes it out of a microphone's sound."""

    def line(self) -> OutputLine:
        """A new line, silent and in the middle."""
        ...

    def close(self) -> None:
        """Stops every line."""
        ...


class Playback:
    """Feeds a turn's pieces to a line and tells what has been heard of them."""

    def __init__(self, line: OutputLine) -> None:
        self._line = line
        self._track = Track()
        self._waiting: deque[Piece] = deque()
        self._rewound = 0  # samples that the line has counted more than once
        self._held = False
        self._stopped = False
        self._silenced = False

    def add(self, piece: Piece) -> None:
        """Appends `piece`, which waits while the playback is held; ignored after `stop`."""
        if self._stopped:
            return
        self._track.add(piece)
        if not self._held:
            self._waiting.append(piece)
            self.feed()

    def feed(self) -> None:
        """Hands the line what it has room for, and stops if it was silenced; call once per frame."""
        if not self._listen():
            self._silenced = True
            self.stop()
        while self._waiting and self._line.accept(self._waiting[0]):
            self._waiting.popleft()

    def hold(self) -> None:
        """Silence at once, and everything stands still until `resume` or `stop`: somebody may be interrupting."""
        if self._stopped or self._held:
            return
        self._line.stop()
        self._listen()
        self._waiting.clear()
        self._held = True

    def resume(self) -> None:
        """Goes on from the start of the word in which `hold` came, or 400 ms back where that is later."""
        if not self._held:
            return
        self._held = False
        self._rewound += self._track.rewind()
        self._waiting.extend(self._track.rest())
        self.feed()

    def stop(self) -> None:
        """Silence at once; what was heard until now stays known."""
        if not self._stopped:
            self._listen()
            self._stopped = True
            self._held = False
            self._waiting.clear()
            self._line.stop()

    def place(self, pan: float, volume: float) -> None:
        """Moves the sound while it plays."""
        self._line.place(pan, volume)

    @property
    def position(self) -> int:
        """Samples heard so far; goes back when `resume` repeats the beginning of a word."""
        self._listen()
        return self._track.position

    @property
    def held(self) -> bool:
        """Whether everything stands still between `hold` and `resume`."""
        return self._held

    @property
    def silenced(self) -> bool:
        """Whether the game silenced the device, so that the rest will never be heard."""
        return self._silenced

    @property
    def begun(self) -> bool:
        """Whether there is anything to hear."""
        return self._track.begun

    @property
    def finished(self) -> bool:
        """Whether everything added so far has been heard, or playing was stopped."""
        self._listen()
        return self._stopped or self._track.ended

    @property
    def text(self) -> str:
        """All of the text added so far."""
        return self._track.text

    def heard_text(self) -> str:
        """The words heard to their end so far; a word cut off in its middle was not heard."""
        self._listen()
        return self._track.heard_text

    def face_position(self) -> tuple[FaceCurves, int] | None:
        """The curves at the sample being heard and the position in them; None when no sound is."""
        self._listen()
        return None if self._stopped or self._held else self._track.face_position()

    def _listen(self) -> bool:
        """Notes how far the ear has got; False when the line was silenced, which leaves what is known."""
        if self._stopped or self._held:
            return True
        heard = self._line.heard()
        if heard is not None:
            self._track.move_to(heard - self._rewound)
        return heard is not None
