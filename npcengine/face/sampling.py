"""The mouth at one sample of the sound: reads curves between their rows; knows no speech and no time."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from npcengine.face import arkit
from npcengine.types import FaceCurves

MouthSample: TypeAlias = tuple[NDArray[np.float32], str, str]
"""float32 (52,) weights, an OVR viseme and a Rhubarb letter."""


def sample(curves: FaceCurves, position_samples: float) -> MouthSample:
    """The mouth while sample `position_samples` of the curves' sound is heard.

    Weights are interpolated between rows, viseme and letter are those of the nearest row; before the first row and
    past the last the mouth is shut. The array is the caller's to keep.
    """
    position = position_samples / curves.frame_samples
    last = len(curves.weights) - 1
    if not 0.0 <= position <= last:
        return np.zeros(arkit.COUNT, dtype=np.float32), "sil", "X"
    before = int(position)
    after = min(before + 1, last)
    share = np.float32(position - before)
    row = curves.weights[before]
    weights = row + (curves.weights[after] - row) * share
    nearest = after if share >= 0.5 else before
    return weights, curves.visemes[nearest], curves.mouth_shapes[nearest]
