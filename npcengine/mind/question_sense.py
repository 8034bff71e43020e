"""What the sentence embedder was taught about questions: small corrections of its weights; knows no library of models.

Taught by `training/`, see there. Each matrix gets the product of a tall and a wide one of rank 8 added, once, when the
weights are converted: what a line costs stays the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Weights: TypeAlias = Mapping[str, NDArray[np.float32]]
"""Arrays by their names in a model's file."""

SENSE = Path(__file__).with_name("question_sense.npz")

_DOWN, _UP, _TAUGHT = ".down", ".up", "taught"


@lru_cache(maxsize=1)
def version() -> str:
    """Names the corrections by their content; whatever is kept on disk of what texts mean is kept under it."""
    return hashlib.sha256(SENSE.read_bytes()).hexdigest()[:8]


def fingerprint(weights: Weights) -> str:
    """Tells one model's weights from another's of the same shape, by one matrix of them."""
    return hashlib.sha256(weights["encoder.layer.0.attention.self.query.weight"].tobytes()).hexdigest()


def corrected(weights: Weights) -> Weights:
    """The weights with all corrections; as they are, if it was another model that was taught."""
    with np.load(SENSE, allow_pickle=False) as held:
        if str(held[_TAUGHT]) != fingerprint(weights):
            return weights
        changed = {
            f"{name}.weight": weights[f"{name}.weight"]
            + held[name + _UP].astype(np.float32) @ held[name + _DOWN].astype(np.float32)
            for name in (each.removesuffix(_UP) for each in held.files if each.endswith(_UP))
        }
    return {**weights, **changed}


def write(
    corrections: Mapping[str, tuple[NDArray[np.float32], NDArray[np.float32]]], *, taught: Weights, path: Path
) -> None:
    """Write corrections in half precision.

    Args:
        corrections: By the matrix's name without ``.weight``: `down` of shape (rank, in), `up` of shape (out, rank).
        taught: The weights that they belong to.
        path: Where to.
    """
    arrays: dict[str, Any] = {_TAUGHT: np.array(fingerprint(taught))}
    for name, (down, up) in corrections.items():
        arrays[name + _DOWN], arrays[name + _UP] = down.astype(np.float16), up.astype(np.float16)
    with path.open("wb") as file:
        np.savez(file, **arrays)
