"""A microphone that says what it is told."""

from __future__ import annotations

from threading import Event

import numpy as np

from npcengine.clock import SystemClock
from npcengine.studio.bench.paced_microphone import PacedMicrophone
from npcengine.types import Pcm


def test_a_clip_arrives_whole_once_and_never_early() -> None:
    """Every sample comes in order, silence before and after, and no block before its last sample could be captured."""
    clock = SystemClock()
    microphone = PacedMicrophone(clock, speed=4.0)
    blocks: list[Pcm] = []
    came_s: list[float] = []
    done = Event()

    def sink(pcm: Pcm, rate: int) -> None:
        assert rate == 16_000
        blocks.append(pcm)
        came_s.append(clock.now())
        if len(blocks) == 12:
            done.set()

    clip = np.arange(1, 512 * 5 + 100, dtype=np.float32)
    microphone.start(sink)
    saying = microphone.say(clip)
    assert done.wait(20.0)
    microphone.stop()
    heard = np.concatenate(blocks)
    assert np.array_equal(heard[heard > 0], clip)
    assert saying.began_s is not None
    first = next(index for index, block in enumerate(blocks) if block.any())
    assert all(came >= saying.began_s + (index + 1) * 0.032 / 4.0 - 1e-6 for index, came in enumerate(came_s[first:]))
