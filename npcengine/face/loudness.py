"""A mouth from sound alone: louder opens, bright spreads, dark rounds; for voices that tell no phonemes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from npcengine.face import curves, mouth_shapes, visemes
from npcengine.face.envelope import loudness_db, row_count, smooth_rows
from npcengine.types import Emotion, FaceCurves, Pcm, Speech

OPEN_RANGE_DB = 22.0
"""The mouth is shut so far below the loud syllables, and wide open at them."""

_WINDOW_S = 0.025
_BANDS_HZ = (150.0, 700.0, 1200.0, 3800.0)
"""First formant and below, the second formant of back vowels, that of front vowels, and above it friction."""

_SPREAD, _DARK, _HISS = "ih", "ou", "SS"


def animate(speech: Speech, emotion: Emotion, *, emotion_amount: float) -> FaceCurves:
    """Curves for speech without phonemes: the jaw follows loudness, the lips the colour of the sound."""
    frame_samples = speech.sample_rate / curves.ROWS_PER_SECOND
    openness = open_by_loudness(loudness_db(speech.pcm, frame_samples))
    shares = viseme_shares(speech.pcm, speech.sample_rate)
    weights = openness[:, None] * (shares @ visemes.VISEME_ROWS)
    weights = curves.tint(curves.smooth(weights.astype(np.float32)), emotion, emotion_amount)
    names = [
        visemes.VISEMES[best] if open_now > 0.1 else "sil"
        for best, open_now in zip(shares.argmax(axis=1), openness, strict=True)
    ]
    letters = [
        _LETTERS[name] if name != "aa" or open_now > 0.7 else "C"
        for name, open_now in zip(names, openness, strict=True)
    ]
    return FaceCurves(
        sample_rate=speech.sample_rate,
        frame_samples=frame_samples,
        weights=curves.close_ends(weights),
        visemes=("sil", *names[1:-1], "sil"),
        mouth_shapes="X" + "".join(mouth_shapes.keep_long_enough(letters))[1:-1] + "X",
    )


_LETTERS = {"sil": "X", "aa": "D", "E": "C", "ih": "B", "SS": "B", "oh": "E", "ou": "F"}


def open_by_loudness(level_db: NDArray[np.float32]) -> NDArray[np.float32]:
    """0–1 for each row: 0 well below the loud syllables, 1 at them; digital silence stays 0.

    Args:
        level_db: Loudness at each row (dB of full scale).
    """
    loud_db = float(np.percentile(level_db, 95))
    if loud_db < -60.0:
        return np.zeros_like(level_db)
    share = np.clip((level_db - (loud_db - OPEN_RANGE_DB)) / OPEN_RANGE_DB, 0.0, 1.0)
    return np.clip(smooth_rows(share.astype(np.float32), 1.5), 0.0, 1.0)


def viseme_shares(pcm: Pcm, sample_rate: int) -> NDArray[np.float32]:
    """float32 (rows, 15): how much of each viseme the colour of the sound suggests; each row sums to 1.

    Energy between the bands' edges stands in for formants: dark sound rounds the lips, a strong upper second formant
    spreads them, friction brings the teeth together, and what lies between opens the jaw.
    """
    frame_samples = sample_rate / curves.ROWS_PER_SECOND
    rows = row_count(len(pcm), frame_samples)
    size = int(_WINDOW_S * sample_rate)
    padded = np.pad(pcm, (size // 2, size + int(frame_samples) + 1))
    starts = np.minimum((np.arange(rows) * frame_samples).astype(np.intp), len(padded) - size)
    frames = padded[starts[:, None] + np.arange(size)] * np.hanning(size).astype(np.float32)
    power = np.square(np.abs(np.fft.rfft(frames, axis=1)))
    edges = np.searchsorted(np.fft.rfftfreq(size, 1.0 / sample_rate), _BANDS_HZ)
    low, middle, high, hiss = (band.sum(axis=1) for band in np.split(power, edges, axis=1)[1:])
    total = low + middle + high + hiss + 1e-9
    shares = np.zeros((rows, len(visemes.VISEMES)), dtype=np.float32)
    shares[:, visemes.INDEX["SS"]] = np.clip(2.0 * hiss / total - 0.3, 0.0, 1.0)
    shares[:, visemes.INDEX["ih"]] = np.clip(4.0 * high / total, 0.0, 1.0)
    shares[:, visemes.INDEX["aa"]] = np.clip(3.0 * middle / total, 0.05, 1.0)
    shares[:, visemes.INDEX["ou"]] = np.clip(low / total - 0.75, 0.0, 1.0)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float32)
