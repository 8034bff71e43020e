"""The mouth at one sample of the sound: reads curves between their rows; knows no speech and no time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from npcengine.face import arkit
from npcengine.face.beats import BROW_LEAD_S, SHORTEST_GAP_S, ComingAccent
from npcengine.types import FaceCurves


class MouthSample(NamedTuple):
    """A mouth at one instant.

    Attributes:
        weights: float32 (52,) in ARKit order.
        viseme: An OVR viseme.
        mouth_shape: A Rhubarb letter.
        accent: The accent that is near, if there is one.
    """

    weights: NDArray[np.float32]
    viseme: str
    mouth_shape: str
    accent: ComingAccent | None = None


def sample(curves: FaceCurves, position_samples: float) -> MouthSample:
    """The mouth while sample `position_samples` of the curves' sound is heard.

    Weights are interpolated between rows, viseme and letter are those of the nearest row; before the first row and
    past the last the mouth is shut. The array is the caller's to keep.
    """
    position = position_samples / curves.frame_samples
    last = len(curves.weights) - 1
    if not 0.0 <= position <= last:
        return shut()
    before = int(position)
    after = min(before + 1, last)
    share = np.float32(position - before)
    row = curves.weights[before]
    weights = row + (curves.weights[after] - row) * share
    nearest = after if share >= 0.5 else before
    return MouthSample(
        weights, curves.visemes[nearest], curves.mouth_shapes[nearest], _accent(curves, position_samples)
    )


def shut() -> MouthSample:
    """A mouth at rest; its array is the caller's to keep."""
    return MouthSample(np.zeros(arkit.COUNT, dtype=np.float32), "sil", "X")


def _accent(curves: FaceCurves, position_samples: float) -> ComingAccent | None:
    """The accent from its brows' rise on until another may follow it."""
    for accent in curves.accents:
        since_s = (position_samples - accent.sample) / curves.sample_rate
        if since_s < SHORTEST_GAP_S:
            return (since_s, accent.strength) if since_s >= -BROW_LEAD_S else None
    return None
