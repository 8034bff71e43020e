"""Writes what was said in a turn: the sound and the face's curves side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from npcengine.audio.playback import Piece
from npcengine.audio.wav import write_wav
from npcengine.errors import AudioError
from npcengine.face import exporters


def write_turn(out: Path, number: int, pieces: Sequence[Piece], rate: int) -> tuple[Path | None, Path | None]:
    """``out/turnN.wav`` and ``out/turnN.csv``; nothing where nothing was said.

    Raises:
        AudioError: The folder can't be made.
    """
    if not pieces:
        return None, None
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AudioError(
            f"{out}: can't make this folder for the recordings ({error.strerror}); choose another"
        ) from error
    sound, curves = out / f"turn{number}.wav", out / f"turn{number}.csv"
    starts = np.cumsum([0, *(len(piece.pcm) for piece in pieces)]).tolist()
    pcm = np.concatenate([piece.pcm for piece in pieces]).astype(np.float32) / np.float32(np.iinfo(np.int16).max)
    write_wav(sound, pcm, rate)
    tracks = [(start, piece.curves) for start, piece in zip(starts, pieces, strict=False)]
    exporters.write(curves, exporters.timeline(tracks, starts[-1], rate))
    return sound, curves
