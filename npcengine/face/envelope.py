"""How loud sound is, row by row; knows no face."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from npcengine.types import Pcm

SILENCE_DB = -90.0
"""What digital silence counts as (dB of full scale)."""


def row_count(sample_count: int, frame_samples: float) -> int:
    """Rows that cover `sample_count` samples from the first row at 0 to a last one at or past the end."""
    return int(np.ceil(sample_count / frame_samples)) + 1


def loudness_db(pcm: Pcm, frame_samples: float, *, window_frames: float = 3.0) -> NDArray[np.float32]:
    """The level around each row.

    Args:
        pcm: Mono sound, shape (samples,).
        frame_samples: Samples from row to row.
        window_frames: Width of the window that is centred on each row (rows).

    Returns:
        float32 (rows,), dB of full scale, never below `SILENCE_DB`.
    """
    rows = row_count(len(pcm), frame_samples)
    energy = np.concatenate([[0.0], np.cumsum(np.square(pcm, dtype=np.float64))])
    centres = np.arange(rows) * frame_samples
    half = window_frames * frame_samples / 2.0
    first = np.clip(centres - half, 0, len(pcm)).astype(np.intp)
    past = np.clip(centres + half, 0, len(pcm)).astype(np.intp)
    power = (energy[past] - energy[first]) / np.maximum(past - first, 1)
    level: NDArray[np.float64] = np.maximum(10.0 * np.log10(power + 1e-12), SILENCE_DB)
    return level.astype(np.float32)


def smooth_rows(values: NDArray[np.float32], sigma_rows: float) -> NDArray[np.float32]:
    """Gaussian smoothing along the rows; beyond the ends the first and last row go on.

    Args:
        values: float32 (rows,) or (rows, channels).
        sigma_rows: Standard deviation of the kernel (rows).
    """
    radius = max(1, int(np.ceil(2.5 * sigma_rows)))
    kernel = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma_rows) ** 2)
    kernel /= kernel.sum()
    padding = [(radius, radius)] + [(0, 0)] * (values.ndim - 1)
    padded = np.pad(values, padding, mode="edge")
    result = np.zeros_like(values)
    for offset, share in enumerate(kernel.astype(np.float32)):
        result += share * padded[offset : offset + len(values)]
    return result
