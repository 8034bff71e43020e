"""How near a line is to groups of lines written beforehand; plain numbers, knows no model."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from npcengine.mind.protocol import Embeddings

NEAREST = 3
"""So many of a group's lines tell how near it is: one alone may share no more than a word."""


def nearness(line: NDArray[np.float32], group: Embeddings) -> float:
    """The mean likeness (−1…1) of a line, shape (dimensions,), to the lines of a group that are most like it."""
    alike = np.sort(group @ line)[-NEAREST:]
    return float(alike.mean()) if len(alike) else -1.0
