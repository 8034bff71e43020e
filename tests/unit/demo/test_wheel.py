"""The wheel of things to say."""

from __future__ import annotations

from itertools import combinations

import pygame
import pytest

from demo_game.intents import MOST, Intent
from demo_game.layout import lay_out
from demo_game.typography import Typography
from demo_game.views.wheel import Wheel


@pytest.fixture(autouse=True)
def _fonts() -> None:
    pygame.font.init()


def _wheel(size: tuple[int, int], count: int) -> Wheel:
    layout = lay_out(size)
    intents = [Intent(f"A choice {number}", f"Line {number}") for number in range(count)]
    return Wheel(layout.village, Typography(layout.unit), intents)


@pytest.mark.parametrize("size", [(640, 480), (800, 600), (1920, 1080)])
@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_no_choice_covers_another_or_the_line(size: tuple[int, int], count: int) -> None:
    """All labels lie inside the village's view, apart from each other and from the middle."""
    wheel = _wheel(size, count)
    places = [wheel.place(number) for number in range(count)]
    assert all(lay_out(size).village.contains(place) for place in places)
    for first, second in combinations([*places, wheel.middle()], 2):
        assert not first.colliderect(second)


def test_a_direction_chooses_what_lies_there() -> None:
    """Up is the first, right a quarter on; a stick at rest changes nothing."""
    wheel = _wheel((800, 600), 8)
    for direction, number in (((1.0, 0.0), 2), ((0.0, 1.0), 4), ((-1.0, 0.0), 6), ((0.0, -1.0), 0), ((1.0, -1.0), 1)):
        wheel.lean(*direction)
        assert wheel.chosen == number
    wheel.lean(0.0, 0.0)
    assert wheel.chosen == 1


def test_a_pixel_is_the_choice_below_it() -> None:
    """And the middle is none."""
    wheel = _wheel((800, 600), 5)
    assert [wheel.at(wheel.place(number).center) for number in range(5)] == [0, 1, 2, 3, 4]
    assert wheel.at(wheel.middle().center) is None
