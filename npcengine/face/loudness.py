"""A mouth from sound alone, for voices that tell no phonemes: the first formant opens, bright spreads, dark rounds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from npcengine.face import arkit, curves, mouth_shapes, visemes
from npcengine.face.envelope import loudness_db, row_count, smooth_rows
from npcengine.types import Emotion, FaceCurves, Pcm, Speech

OPEN_RANGE_DB = 22.0
"""The mouth is shut so far below the loud syllables, and wide open at them."""

_WINDOW_S = 0.025
"""About: a window has a power of two of samples, or its transform takes three times as long."""
_EDGES_HZ = (150.0, 500.0, 700.0, 1200.0, 1500.0, 3800.0)
"""Between them: the voice and the first formant of close vowels, that of half-open ones, the first formant of open
vowels and the second of back ones, the second of front vowels in two, and above it friction."""

_JAW_RANGE_DB = 33.0
_JAW_SIGMA_S = 0.035
"""A jaw is heavier than lips."""
_JAW_BELOW_DB = 15.0
"""The band that opens the jaw lies at most so far below the whole sound of the loud syllables, or it isn't speech."""
_JAW_WIDEST = 0.6

_HUM = 0.988
"""A larger share than this below 700 Hz is voice behind shut lips."""

_NOTHING = 1e-12
_SILENT_POWER_DB = -72.0
"""What `band_powers` makes of a tone of −60 dB of full scale."""


def animate(speech: Speech, emotion: Emotion, *, emotion_amount: float) -> FaceCurves:
    """Curves for speech without phonemes: the jaw follows the first formant, the lips the colour of the sound."""
    frame_samples = speech.sample_rate / curves.ROWS_PER_SECOND
    openness = open_by_loudness(loudness_db(speech.pcm, frame_samples))
    bands = band_powers(speech.pcm, speech.sample_rate)
    shares = viseme_shares(bands)
    weights = curves.smooth(openness[:, None] * np.einsum("rv,vc->rc", shares, visemes.VISEME_ROWS))
    weights[:, arkit.JAW_OPEN] = jaw_by_first_formant(bands)
    weights = curves.tint(weights, emotion, emotion_amount)
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


def jaw_by_first_formant(bands: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far the jaw opens at each row, 0 to 0.6.

    The further a jaw opens, the higher the first formant: close vowels have theirs below 500 Hz, open ones between 500
    and 900 Hz. So it is the level from 500 to 1500 Hz that opens the jaw, and not that of the whole sound, which is
    mostly the voice's hum.

    Args:
        bands: As `band_powers` gives them.
    """
    level_db = 10.0 * np.log10(bands[:, 1:4].sum(axis=1) + _NOTHING)
    whole_db = 10.0 * np.log10(bands.sum(axis=1) + _NOTHING)
    loud_db = max(float(np.percentile(level_db, 95)), float(np.percentile(whole_db, 95)) - _JAW_BELOW_DB)
    if loud_db < _SILENT_POWER_DB:
        return np.zeros(len(bands), dtype=np.float32)
    share = np.clip((level_db - loud_db) / _JAW_RANGE_DB + 1.0, 0.0, 1.0)
    jaw = smooth_rows((_JAW_WIDEST * share).astype(np.float32), _JAW_SIGMA_S * curves.ROWS_PER_SECOND)
    return np.clip(jaw, 0.0, 1.0)


def viseme_shares(bands: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 (rows, 15): how much of each viseme the colour of the sound suggests; each row sums to 1.

    Energy between the bands' edges stands in for formants. Open vowels have much above the first formant of close ones,
    front vowels have theirs high, rounded ones little there; friction lies above; voice behind shut lips is nearly all
    below 700 Hz. The factors follow the medians of the default voice's sounds: "ah" has 41 % between 700 and 1200 Hz,
    "ee" 10 % from there to 3800 Hz, m and b above 99 % below 700 Hz, s 94 % above 3800 Hz.

    Args:
        bands: As `band_powers` gives them.
    """
    voice, half_open, middle, front_low, front_high, hiss = (bands + _NOTHING).T
    parts = np.stack([voice + half_open, middle, front_low + front_high, hiss])
    low, middle, high, hiss = parts / parts.sum(axis=0)
    shares = np.zeros((len(bands), len(visemes.VISEMES)), dtype=np.float32)
    back = 1.0 - np.clip(30.0 * high, 0.0, 1.0)
    for viseme, share in (
        ("E", np.full(len(bands), 0.2)),
        ("aa", 2.5 * middle),
        ("ih", 5.0 * high - 2.0 * middle),
        ("oh", back * np.minimum(10.0 * middle, 0.5)),
        ("SS", 2.0 * hiss),
        ("PP", 20.0 * np.clip((low - _HUM) / (1.0 - _HUM), 0.0, 1.0)),
    ):
        shares[:, visemes.INDEX[viseme]] = np.maximum(share, 0.0)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float32)


def band_powers(pcm: Pcm, sample_rate: int) -> NDArray[np.float32]:
    """float32 (rows, 6): the power between the edges in `_EDGES_HZ`, and above the last, at each row."""
    frame_samples = sample_rate / curves.ROWS_PER_SECOND
    rows = row_count(len(pcm), frame_samples)
    size = 1 << round(np.log2(_WINDOW_S * sample_rate))
    padded = np.pad(pcm, (size // 2, size + int(frame_samples) + 1))
    starts = np.minimum((np.arange(rows) * frame_samples).astype(np.intp), len(padded) - size)
    window = np.hanning(size).astype(np.float32)
    power = np.square(np.abs(np.fft.rfft(padded[starts[:, None] + np.arange(size)] * window, axis=1)))
    edges = np.searchsorted(np.fft.rfftfreq(size, 1.0 / sample_rate), _EDGES_HZ)
    bands = np.stack([band.sum(axis=1) for band in np.split(power, edges, axis=1)[1:]], axis=1)
    return np.asarray(bands / size**2, dtype=np.float32)
