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

_HUM = 0.988
"""A larger share than this in the first band is voice behind shut lips."""


def animate(speech: Speech, emotion: Emotion, *, emotion_amount: float) -> FaceCurves:
    """Curves for speech without phonemes: the jaw follows loudness, the lips the colour of the sound."""
    frame_samples = speech.sample_rate / curves.ROWS_PER_SECOND
    openness = open_by_loudness(loudness_db(speech.pcm, frame_samples))
    shares = viseme_shares(speech.pcm, speech.sample_rate)
    weights = openness[:, None] * np.einsum("rv,vc->rc", shares, visemes.VISEME_ROWS)
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


_LETTERS = {"sil": "X", "PP": "A", "aa": "D", "E": "C", "ih": "B", "SS": "B", "oh": "E"}
"""What a drawn mouth shows for the few visemes that can be told from sound."""


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

    Energy between the bands' edges stands in for formants. Open vowels have much above the first band, front vowels in
    the third, rounded ones little there; friction lies above; voice behind shut lips is nearly all in the first. The
    factors follow the medians of the default voice's sounds: "ah" has 41 % in the second band, "ee" 10 % in the third,
    m and b above 99 % in the first, s 94 % in the fourth.
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
    bands = np.stack([low, middle, high, hiss]) + 1e-12
    low, middle, high, hiss = bands / bands.sum(axis=0)
    shares = np.zeros((rows, len(visemes.VISEMES)), dtype=np.float32)
    back = 1.0 - np.clip(30.0 * high, 0.0, 1.0)
    for viseme, share in (
        ("E", np.full(rows, 0.2)),
        ("aa", 2.5 * middle),
        ("ih", 5.0 * high - 2.0 * middle),
        ("oh", back * np.minimum(10.0 * middle, 0.5)),
        ("SS", 2.0 * hiss),
        ("PP", 20.0 * np.clip((low - _HUM) / (1.0 - _HUM), 0.0, 1.0)),
    ):
        shares[:, visemes.INDEX[viseme]] = np.maximum(share, 0.0)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float32)
