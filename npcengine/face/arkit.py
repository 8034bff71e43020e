"""Apple's 52 ARKit blend shapes: their names, order and groups; knows no speech and no emotion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

NAMES: tuple[str, ...] = (
    "eyeBlinkLeft", "eyeLookDownLeft", "eyeLookInLeft", "eyeLookOutLeft", "eyeLookUpLeft", "eyeSquintLeft",
    "eyeWideLeft",
    "eyeBlinkRight", "eyeLookDownRight", "eyeLookInRight", "eyeLookOutRight", "eyeLookUpRight", "eyeSquintRight",
    "eyeWideRight",
    "jawForward", "jawLeft", "jawRight", "jawOpen",
    "mouthClose", "mouthFunnel", "mouthPucker", "mouthLeft", "mouthRight",
    "mouthSmileLeft", "mouthSmileRight", "mouthFrownLeft", "mouthFrownRight", "mouthDimpleLeft", "mouthDimpleRight",
    "mouthStretchLeft", "mouthStretchRight", "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper",
    "mouthPressLeft", "mouthPressRight", "mouthLowerDownLeft", "mouthLowerDownRight", "mouthUpperUpLeft",
    "mouthUpperUpRight",
    "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight",
    "cheekPuff", "cheekSquintLeft", "cheekSquintRight", "noseSneerLeft", "noseSneerRight", "tongueOut",
)  # fmt: skip
"""The shapes in the order of Azure's and Epic's rows. Vendors differ about jawLeft, jawRight, jawOpen: key by name."""

COUNT = len(NAMES)
INDEX: Mapping[str, int] = {name: index for index, name in enumerate(NAMES)}


def expand(name: str) -> tuple[str, ...]:
    """The shapes that `name` stands for: itself, or its left and right half (``"mouthSmile"`` → both sides)."""
    if name in INDEX:
        return (name,)
    halves = (f"{name}Left", f"{name}Right")
    if halves[0] not in INDEX:
        raise KeyError(f"{name!r} is not an ARKit blend shape")
    return halves


def row(weights: Mapping[str, float]) -> NDArray[np.float32]:
    """A float32 (52,) row from named weights; a name without a side sets both sides."""
    values = np.zeros(COUNT, dtype=np.float32)
    for name, weight in weights.items():
        values[indices([name])] = weight
    return values


def indices(names: Iterable[str]) -> NDArray[np.intp]:
    """Where the named shapes stand in a row; a name without a side gives both sides."""
    return np.array([INDEX[shape] for name in names for shape in expand(name)], dtype=np.intp)


JAW_OPEN = INDEX["jawOpen"]
MOUTH: NDArray[np.intp] = np.array(
    [index for index, name in enumerate(NAMES) if name.startswith(("jaw", "mouth")) or name == "tongueOut"],
    dtype=np.intp,
)
"""The shapes that speech and an expression both want: jaw, lips and tongue."""
