"""What an emotion does to a face: FACS action units as ARKit weights, and a head; knows no speech and no time.

After the EMFACS sets with py-feat's mapping of action units to ARKit. No expression opens the jaw: a mouth that hangs
open while nobody speaks looks like speech out of sync, and one that opens through a closure spoils it. Lips may part
where the set asks for an open mouth (AU 25).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from npcengine.face import arkit
from npcengine.types import EMOTIONS, Emotion

EXPRESSIONS: Mapping[Emotion, Mapping[str, float]] = {
    "neutral": {},
    "happy": {"mouthSmile": 0.75, "cheekSquint": 0.6, "eyeSquint": 0.25, "mouthUpperUp": 0.25, "mouthLowerDown": 0.15},
    "amused": {
        "mouthSmileLeft": 0.6, "mouthSmileRight": 0.25, "mouthDimpleLeft": 0.3, "cheekSquint": 0.3, "eyeSquint": 0.3,
        "browOuterUpLeft": 0.5, "browOuterUpRight": 0.1,
    },
    "sad": {"browInnerUp": 0.8, "browDown": 0.15, "mouthFrown": 0.65, "mouthShrugLower": 0.3, "eyeLookDown": 0.2},
    "angry": {
        "browDown": 0.95, "eyeSquint": 0.35, "eyeWide": 0.25, "mouthPress": 0.5, "mouthFrown": 0.25, "noseSneer": 0.3,
    },
    "afraid": {
        "browInnerUp": 0.9, "browOuterUp": 0.3, "browDown": 0.25, "eyeWide": 0.8, "mouthStretch": 0.6,
        "mouthLowerDown": 0.35, "mouthFrown": 0.2,
    },
    "surprised": {"browInnerUp": 0.7, "browOuterUp": 0.85, "eyeWide": 0.6, "mouthFunnel": 0.45, "mouthPucker": 0.1},
    "disgusted": {
        "noseSneer": 0.9, "browDown": 0.4, "mouthUpperUp": 0.5, "mouthFrown": 0.35, "eyeSquint": 0.45,
        "mouthShrugLower": 0.2,
    },
    "firm": {"browDown": 0.5, "eyeSquint": 0.3, "mouthPress": 0.5, "mouthShrugLower": 0.3, "mouthDimple": 0.15},
    "content": {"mouthSmile": 0.3, "cheekSquint": 0.25, "eyeSquint": 0.1},
    "worried": {
        "browInnerUp": 0.75, "browDown": 0.3, "mouthFrown": 0.25, "mouthPress": 0.3, "eyeWide": 0.1, "mouthLeft": 0.3,
    },
    "tender": {"mouthSmile": 0.35, "browInnerUp": 0.45, "eyeSquint": 0.25, "cheekSquint": 0.1},
}  # fmt: skip
"""The face of each emotion at full strength; a name without a side sets both."""

HEAD: Mapping[Emotion, tuple[float, float]] = {
    "happy": (1.0, 2.0), "amused": (1.0, 3.0), "sad": (-5.0, 2.0), "angry": (-3.0, 0.0), "afraid": (1.5, -1.5),
    "surprised": (3.0, 0.0), "disgusted": (1.5, -3.0), "firm": (-1.0, 0.0), "worried": (-1.5, -2.0),
    "tender": (-1.0, 4.0),
}  # fmt: skip
"""How far the head is raised and tilted (degrees); level where an emotion isn't listed.

A bowed head reads as sad, a raised one as glad or proud (Mignault & Chaudhuri 2003); the rest are our own choice.
Small, so that the head stays with the player.
"""

ROWS: Mapping[Emotion, NDArray[np.float32]] = {emotion: arkit.row(EXPRESSIONS[emotion]) for emotion in EMOTIONS}
"""`EXPRESSIONS` as float32 (52,) rows; read only."""

JAW_SCALE: Mapping[Emotion, float] = {
    "happy": 1.1, "amused": 1.05, "sad": 0.8, "angry": 1.1, "afraid": 0.9, "surprised": 1.15,
    "firm": 1.0, "worried": 0.9, "tender": 0.85,
}  # fmt: skip
"""By how much more or less the jaw swings in speech; 1 where an emotion isn't listed."""

for _row in ROWS.values():
    _row.setflags(write=False)
