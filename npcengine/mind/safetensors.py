"""Reads arrays out of a safetensors file (a length, a JSON header, raw bytes); knows no model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import ModelBroken

Weights: TypeAlias = Mapping[str, NDArray[np.float32]]
"""Arrays by their names in the file."""

_LENGTH_BYTES = 8
_FLOAT = "F32"


def read_weights(path: Path) -> Weights:
    """All float32 arrays of a file.

    Raises:
        ModelBroken: It is no safetensors file, or not whole.
    """
    try:
        data = np.memmap(path, dtype=np.uint8, mode="r")
        start = _LENGTH_BYTES + int(data[:_LENGTH_BYTES].view("<u8")[0])
        header = json.loads(bytes(data[_LENGTH_BYTES:start]))
        return {
            name: _array(data, start, entry)
            for name, entry in header.items()
            if name != "__metadata__" and entry["dtype"] == _FLOAT
        }
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise ModelBroken(f"{path} can't be read as a safetensors file: {error}. Fetch it again.") from error


def _array(data: NDArray[np.uint8], start: int, entry: Mapping[str, list[int]]) -> NDArray[np.float32]:
    first, end = entry["data_offsets"]
    # The header may have any length, so that the bytes need not lie where a float32 may: the copy lies well.
    raw = data[start + first : start + end].copy().view("<f4")
    return raw.reshape(entry["shape"]).astype(np.float32, copy=False)
