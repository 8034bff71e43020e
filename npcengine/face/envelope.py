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


def loudness_db(pcm: Pcm, frame_samples: float) -> NDArray[np.float32]:
    """The level over three rows around each row.

    Args:
        pcm: Mono sound, shape (samples,).
        frame_samples: Samples from row to row, at least 1.

    Returns:
        float32 (rows,), dB of full scale, never below `SILENCE_DB`.
    """
    rows = row_count(len(pcm), frame_samples)
    edges = np.clip((np.arange(rows + 1) - 0.5) * frame_samples, 0, len(pcm)).astype(np.intp)
    # One silent sample more, so that an edge at the very end has something to point at. Sums of blocks, since a running
    # sum over all samples takes sixty times as long.
    energy = np.add.reduceat(np.append(np.square(pcm), np.float32(0.0)), edges[:-1])
    power = _sums_of_three(energy) / np.maximum(_sums_of_three(np.diff(edges)), 1)
    level = np.maximum(10.0 * np.log10(power + 1e-12), SILENCE_DB)
    return np.asarray(level, dtype=np.float32)


def _sums_of_three(values: NDArray[np.generic]) -> NDArray[np.float64]:
    """Each value with its neighbours; beyond the ends there is nothing."""
    padded = np.pad(values.astype(np.float64), 1)
    return padded[:-2] + padded[1:-1] + padded[2:]


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
