"""A turn's pieces of speech in a row, and what a position in them means; knows no line, no device and no time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from npcengine.types import FaceCurves, SpokenWord

_LONGEST_REWIND_S = 0.4
"""A held line goes on from the start of the word that was cut, but no further back than this from what was heard."""

_FADE_IN_S = 0.005
"""Speech that goes on in the middle of a sound swells for so long, so that it doesn't click."""


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


class Track:
    """The pieces of a turn in a row, and the position in them.

    What a position means is kept as it grows, so that a frame costs the same however long the turn is.

    Attributes:
        position: Samples heard so far.
        text: Of all pieces.
        heard_text: The words heard to their end. A rewind takes none of them back, since it ends behind them.
    """

    def __init__(self) -> None:
        self.position = 0
        self.text = ""
        self.heard_text = ""
        self._pieces: list[Piece] = []
        self._length = 0
        self._furthest = 0  # that the position has been
        self._index = 0  # of the piece at the position
        self._start = 0  # of that piece
        self._words = 0  # of that piece, heard
        self._heard_before = ""  # that piece

    @property
    def begun(self) -> bool:
        """Whether there are any pieces."""
        return bool(self._pieces)

    @property
    def ended(self) -> bool:
        """Whether all of them have been heard."""
        return self.position >= self._length

    def add(self, piece: Piece) -> None:
        """Appends `piece`."""
        self.text = f"{self.text} {piece.text}" if self._pieces else piece.text
        self._pieces.append(piece)
        self._length += len(piece.pcm)

    def move_to(self, position: int) -> None:
        """So many samples have been heard."""
        self.position = min(position, self._length)
        self._furthest = max(self._furthest, self.position)
        while (piece := self._piece()) and self.position >= self._start + len(piece.pcm):
            self._heard_before = self.heard_text = _joined(self._heard_before, piece.text)
            self._start += len(piece.pcm)
            self._index += 1
            self._words = 0
        if piece is None:
            return
        while self._words < len(piece.words) and self._start + piece.words[self._words].end <= self.position:
            self.heard_text = _joined(self.heard_text, piece.words[self._words].text)
            self._words += 1

    def rewind(self) -> int:
        """Goes back to where a cut word begins; by how many samples."""
        piece = self._piece()
        if piece is None or 0 < len(piece.words) == self._words:
            return 0
        word_start = self._start + (piece.words[self._words - 1].end if self._words else 0)
        earliest = self._furthest - round(_LONGEST_REWIND_S * piece.curves.sample_rate)
        back = max(0, self.position - max(word_start, earliest))
        self.position -= back
        return back

    def rest(self) -> list[Piece]:
        """What lies behind the position, for a line to play."""
        piece = self._piece()
        return [_from(piece, self.position - self._start), *self._pieces[self._index + 1 :]] if piece else []

    def face_position(self) -> tuple[FaceCurves, int] | None:
        """The curves of the piece at the position, and the position in them; None behind the last."""
        piece = self._piece()
        return (piece.curves, self.position - self._start) if piece else None

    def _piece(self) -> Piece | None:
        """The one at the position."""
        return self._pieces[self._index] if self._index < len(self._pieces) else None


def _joined(before: str, text: str) -> str:
    return f"{before} {text}" if before and text else before or text


def _from(piece: Piece, sample: int) -> Piece:
    """`piece` from `sample` on, faded in; only for a line, which looks at nothing but the sound."""
    if not sample:
        return piece
    pcm = piece.pcm[sample:].copy()
    fade = round(_FADE_IN_S * piece.curves.sample_rate)
    gain = np.sin(np.arange(fade) / fade * (np.pi / 2)) ** 2
    pcm[:fade] = (pcm[:fade] * gain[: len(pcm)]).astype(np.int16)
    return replace(piece, pcm=pcm)
