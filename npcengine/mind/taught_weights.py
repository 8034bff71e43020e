"""What the small BERT was taught here: corrections of its weights, for meanings and for answers; knows no library.

Taught by `training/`, see there. Each matrix gets the product of a tall and a wide one of low rank added, and each
vector a vector, once, when the weights are converted: what a line costs stays the same.
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

MEANINGS = Path(__file__).with_name("question_sense.npz")
"""For sentence embeddings: a question is near to the facts that answer it."""

ANSWERS = Path(__file__).with_name("answer_sense.npz")
"""For a cross-encoder: it reads a question and a text together and tells whether the one answers the other."""

HEAD = "answer"
"""Weight and bias by which the mean of all states becomes log-odds; only among corrections for answers."""

MARK = "encoder.layer.0.attention.self.query.weight"
"""The matrix by which one model's weights are told from another's of the same shape."""

_DOWN, _UP, _ADDED, _TAUGHT = ".down", ".up", ".added", "taught"


@lru_cache(maxsize=8)
def version(path: Path) -> str:
    """Names corrections by their content; whatever is kept on disk that depends on them is kept under it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def fingerprint(weights: Weights) -> str:
    """Tells one model's weights from another's, by `MARK`."""
    return hashlib.sha256(weights[MARK].tobytes()).hexdigest()


def fit(weights: Weights, path: Path) -> bool:
    """Whether corrections were taught on these weights, of which `MARK` is enough."""
    with np.load(path, allow_pickle=False) as held:
        return str(held[_TAUGHT]) == fingerprint(weights)


def corrected(weights: Weights, path: Path) -> Weights:
    """The weights with all corrections of a file; as they are, if it was another model that was taught."""
    if not fit(weights, path):
        return weights
    changed = {}
    with np.load(path, allow_pickle=False) as held:
        for name in held.files:
            if name.endswith(_UP):
                part = name.removesuffix(_UP)
                added = held[name].astype(np.float32) @ held[part + _DOWN].astype(np.float32)
                changed[f"{part}.weight"] = weights[f"{part}.weight"] + added
            elif name.endswith(_ADDED):
                part = name.removesuffix(_ADDED)
                changed[part] = weights[part] + held[name].astype(np.float32)
    return {**weights, **changed}


def head(path: Path) -> tuple[NDArray[np.float32], float]:
    """Weight, of shape (dimensions,), and bias that turn a mean state into log-odds."""
    with np.load(path, allow_pickle=False) as held:
        return held[f"{HEAD}.weight"].astype(np.float32), float(held[f"{HEAD}.bias"])


def write(
    corrections: Mapping[str, tuple[NDArray[np.float32], NDArray[np.float32]]],
    *,
    taught: Weights,
    path: Path,
    vectors: Weights | None = None,
    answer: tuple[NDArray[np.float32], float] | None = None,
) -> None:
    """Write corrections in half precision.

    Args:
        corrections: By the matrix's name without ``.weight``: `down` of shape (rank, in), `up` of shape (out, rank).
        taught: The weights that they belong to.
        path: Where to.
        vectors: What is added to biases and norms, by their whole names.
        answer: Weight and bias of the head, if there is one.
    """
    arrays: dict[str, Any] = {_TAUGHT: np.array(fingerprint(taught))}
    for name, (down, up) in corrections.items():
        arrays[name + _DOWN], arrays[name + _UP] = down.astype(np.float16), up.astype(np.float16)
    for name, vector in (vectors or {}).items():
        arrays[name + _ADDED] = vector.astype(np.float16)
    if answer is not None:
        arrays[f"{HEAD}.weight"], arrays[f"{HEAD}.bias"] = answer[0].astype(np.float32), np.float32(answer[1])
    with path.open("wb") as file:
        np.savez(file, **arrays)
