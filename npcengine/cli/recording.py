"""Writes what was said in a turn: the sound and the face's curves side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from npcengine.audio.playback import Piece
from npcengine.audio.wav import write_wav
from npcengine.errors import AudioError
from npcengine.expression import live_face
from npcengine.face import exporters
from npcengine.face.performance import perform
from npcengine.persona import Persona
from npcengine.types import Emotion


@dataclass(frozen=True, slots=True)
class Recording:
    """What a turn left behind.

    Attributes:
        pieces: What was played, in order.
        rate: Of the pieces (Hz).
        emotion: Felt while it was said.
    """

    pieces: Sequence[Piece]
    rate: int
    emotion: Emotion


def write_turn(out: Path, number: int, said: Recording, persona: Persona) -> tuple[Path | None, Path | None]:
    """``out/turnN.wav`` and ``out/turnN.csv``, the whole face as a game would show it; nothing where nothing was said.

    Raises:
        AudioError: The folder can't be made.
    """
    if not said.pieces:
        return None, None
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AudioError(
            f"{out}: can't make this folder for the recordings ({error.strerror}); choose another"
        ) from error
    sound, curves = out / f"turn{number}.wav", out / f"turn{number}.csv"
    starts = np.cumsum([0, *(len(piece.pcm) for piece in said.pieces)]).tolist()
    pcm = np.concatenate([piece.pcm for piece in said.pieces]).astype(np.float32) / np.float32(np.iinfo(np.int16).max)
    write_wav(sound, pcm, said.rate)
    tracks = [(start, piece.curves) for start, piece in zip(starts, said.pieces, strict=False)]
    mouth = exporters.timeline(tracks, starts[-1], said.rate)
    exporters.write(curves, perform(mouth, live_face(persona, seed=number), said.emotion))
    return sound, curves
