"""One turn's speech on its way to the ear, and how far the ear has got; knows no device and no model.

The position heard, in samples, is the master clock of the mouth, of the subtitle and of memory.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from npcengine.types import FaceCurves, SpokenWord


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of speech to play.

    Attributes:
        text: As a subtitle shows it.
        pcm: Mono int16 at the speaker's rate.
        words: With the sample of this piece at which each ends.
        curves: The face over this piece.
    """

    text: str
    pcm: NDArray[np.int16]
    words: tuple[SpokenWord, ...]
    curves: FaceCurves


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
        """Silence, at once."""
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
        self._pieces: list[Piece] = []
        self._starts: list[int] = []
        self._waiting: deque[Piece] = deque()
        self._length = 0
        self._heard = 0
        self._stopped = False
        self._silenced = False

    def add(self, piece: Piece) -> None:
        """Appends `piece`; ignored after `stop`."""
        if self._stopped:
            return
        self._pieces.append(piece)
        self._starts.append(self._length)
        self._length += len(piece.pcm)
        self._waiting.append(piece)
        self.feed()

    def feed(self) -> None:
        """Hands the line what it has room for, and stops if it was silenced; call once per frame."""
        if not self._stopped and not self._listen():
            self._silenced = True
            self.stop()
        while self._waiting and self._line.accept(self._waiting[0]):
            self._waiting.popleft()

    def stop(self) -> None:
        """Silence at once; what was heard until now stays known."""
        if not self._stopped:
            self._listen()
            self._stopped = True
            self._waiting.clear()
            self._line.stop()

    def place(self, pan: float, volume: float) -> None:
        """Moves the sound while it plays."""
        self._line.place(pan, volume)

    @property
    def position(self) -> int:
        """Samples heard so far."""
        if not self._stopped:
            self._listen()
        return self._heard

    @property
    def silenced(self) -> bool:
        """Whether the game silenced the device, so that the rest will never be heard."""
        return self._silenced

    @property
    def begun(self) -> bool:
        """Whether there is anything to hear."""
        return bool(self._pieces)

    @property
    def finished(self) -> bool:
        """Whether everything added so far has been heard, or playing was stopped."""
        return self._stopped or self.position >= self._length

    @property
    def text(self) -> str:
        """All of the text added so far."""
        return " ".join(piece.text for piece in self._pieces)

    def heard_text(self) -> str:
        """The words heard to their end so far; a word cut off in its middle was not heard."""
        position = self.position
        heard: list[str] = []
        for piece, start in zip(self._pieces, self._starts, strict=True):
            if position >= start + len(piece.pcm):
                heard.append(piece.text)
                continue
            heard.extend(word.text for word in piece.words if start + word.end <= position)
            break
        return " ".join(filter(None, heard))

    def face_position(self) -> tuple[FaceCurves, int] | None:
        """The curves at the sample being heard and the position in them; None when no sound is."""
        position = self.position
        if self._stopped or not self._pieces or position >= self._length:
            return None
        index = next(i for i in reversed(range(len(self._starts))) if self._starts[i] <= position)
        return self._pieces[index].curves, position - self._starts[index]

    def _listen(self) -> bool:
        """Notes how far the ear has got; False when the line was silenced, which leaves what is known."""
        heard = self._line.heard()
        if heard is not None:
            self._heard = min(heard, self._length)
        return heard is not None
