"""Sounds without a word in them."""

from __future__ import annotations

import numpy as np

from npcengine.studio.bench.noises import noises
from npcengine.types import HEARING_RATE


def test_they_are_the_same_every_time_and_differ_from_each_other() -> None:
    """A ghost word can be looked for again."""
    first, again = noises(1.0), noises(1.0)
    assert set(first) == {"silence", "noise", "hum", "music"}
    for name, pcm in first.items():
        assert pcm.dtype == np.float32
        assert pcm.shape == (HEARING_RATE,)
        assert np.array_equal(pcm, again[name])
    assert float(np.sqrt(np.mean(first["silence"] ** 2))) < 0.002
    assert all(0.01 < float(np.sqrt(np.mean(first[name] ** 2))) < 0.05 for name in ("noise", "hum", "music"))
    assert all(float(np.abs(pcm).max()) < 1.0 for pcm in first.values())
