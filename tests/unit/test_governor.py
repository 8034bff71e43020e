"""The brain goes easy when a game's frames get long, whatever the game's own frame rate is."""

from __future__ import annotations

import pytest

from npcengine.governor import MOST, FrameGovernor


def run(governor: FrameGovernor, frames: list[float]) -> int:
    """The level after these frames."""
    level = governor.level
    for frame in frames:
        level = governor.frame(frame)
    return level


@pytest.mark.parametrize("usual_s", [1 / 144, 1 / 60, 1 / 30])
def test_an_even_game_is_left_alone(usual_s: float) -> None:
    """Frames that all take about as long are nobody's fault, however long that is."""
    governor = FrameGovernor()
    assert run(governor, [usual_s * (1.0 + 0.1 * (index % 3 - 1)) for index in range(600)]) == 0


def test_long_frames_ease_the_brain() -> None:
    """A few late frames a second raise the level, and more not beyond the highest."""
    governor = FrameGovernor()
    run(governor, [1 / 60] * 200)
    assert run(governor, ([1 / 60] * 9 + [1 / 25]) * 4) == 1
    assert run(governor, ([1 / 60] * 9 + [1 / 25]) * 20) == MOST


def test_calm_brings_the_speed_back() -> None:
    """Seconds without a late frame lower the level again."""
    governor = FrameGovernor()
    run(governor, [1 / 60] * 200 + ([1 / 60] * 9 + [1 / 25]) * 4)
    assert run(governor, [1 / 60] * 400) == 0


def test_a_single_hitch_means_nothing() -> None:
    """A level that loads is one late frame."""
    governor = FrameGovernor()
    assert run(governor, [1 / 60] * 200 + [2.0] + [1 / 60] * 200) == 0
