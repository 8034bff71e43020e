"""The village's pictures: what can be told apart must look different, and what hides somebody must hide them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from demo_game.art import props
from demo_game.art.buildings import STYLES, paint_building
from demo_game.art.daylight import LEVELS, Daylight, lights_of
from demo_game.art.figures import Facing, Figures, step_of
from demo_game.art.village_picture import VillagePicture
from demo_game.looks import BY_STEM, TRAVELLER
from demo_game.tile_map import read_map
from demo_game.workbench import Workbench

FACINGS: tuple[Facing, ...] = ("up", "down", "left", "right")
TILE = 24


def _pixels(picture: pygame.Surface) -> NDArray[np.int64]:
    return pygame.surfarray.array3d(picture).astype(np.int64)


@pytest.mark.parametrize("stem", [*BY_STEM, "player"])
def test_a_figure_shows_where_it_faces_and_that_it_walks(stem: str) -> None:
    """Four directions look different, and so do the steps of a stride."""
    figures = Figures(BY_STEM.get(stem, TRAVELLER), 48)
    standing = [_pixels(figures.picture(facing, 0)) for facing in FACINGS]
    assert all(np.abs(first - second).sum() > 20_000 for first, second in combinations(standing, 2))
    for facing, still in zip(FACINGS, standing, strict=True):
        assert np.abs(_pixels(figures.picture(facing, 1)) - still).sum() > 2_000


def test_a_stride_goes_through_its_pictures_and_ends_standing() -> None:
    """Walking passes all four; whoever stands shows the first."""
    assert {step_of(stride / 10, moving=True) for stride in range(40)} == {1, 2, 3, 4}
    assert step_of(3.7, moving=False) == 0


@pytest.mark.parametrize("thing", [props.gate, props.crypt])
def test_open_and_shut_look_different(thing: object) -> None:
    """Gate and crypt."""
    shut, is_open = (_pixels(thing(48, is_open=state)) for state in (False, True))  # type: ignore[operator]
    assert np.abs(shut - is_open).sum() > 50_000


@pytest.mark.parametrize("name", STYLES)
def test_light_shines_from_windows(name: str) -> None:
    """A lit building differs from a dark one, and only in a small part."""
    dark, lit = (_pixels(paint_building(name, 4, 3, 40, lit=state)) for state in (False, True))
    changed = (np.abs(dark - lit).sum(axis=2) > 30).mean()
    assert 0.0 < changed < 0.1


@pytest.fixture(scope="module")
def village() -> VillagePicture:
    """The whole village, small."""
    rows = read_map().rows
    picture = VillagePicture.blank(rows, TILE)
    for _ in picture.paint(rows):
        pass
    return picture


def test_ground_can_be_told_apart(village: VillagePicture) -> None:
    """Water is blue, a path is not green, grass is."""
    colours = {
        name: np.mean(
            [
                village.picture.get_at((x * TILE + TILE // 2, y * TILE + TILE // 2))[:3]
                for x, y in read_map().tiles(name)
            ],
            axis=0,
        )
        for name in ("water", "path", "green")
    }
    assert np.argmax(colours["water"]) == 2
    assert np.argmax(colours["path"]) == 0
    assert np.argmax(colours["green"]) == 1


def test_every_building_stands_on_its_ground(village: VillagePicture) -> None:
    """Forge, inn, chapel and the houses, each with its foot at the lower edge of its tiles."""
    feet = {thing.foot for thing in village.standing}
    for name in STYLES:
        tiles = read_map().tiles(name)
        assert (max(y for _, y in tiles) + 1) * TILE in feet
    assert village.finished


def test_the_evening_falls_a_little_with_each_frame(village: VillagePicture) -> None:
    """No frame darkens the whole picture, and at last all of it is darker; morning brings the day's colours back."""
    daylight = Daylight(village.picture, TILE)
    before = _pixels(daylight.shown)
    daylight.follow(1.0)
    once = (np.abs(_pixels(daylight.shown) - before).sum(axis=2) > 0).mean()
    assert 0.0 < once < 0.2
    for _ in range(60):
        daylight.follow(1.0)
    assert daylight.level == LEVELS
    assert _pixels(daylight.shown).mean() < before.mean() * 0.6
    for _ in range(60):
        daylight.follow(0.0)
    assert np.array_equal(_pixels(daylight.shown), before)


def test_every_light_of_the_world_has_a_place() -> None:
    """What an action can light is there to be seen."""
    assert {"forge", "inn", "chapel", "candle"} <= {light.name for light in lights_of(read_map().rows)}


def test_a_workbench_does_one_step_at_a_time_and_all_in_the_end() -> None:
    """In the order in which jobs came."""
    done: list[str] = []

    def job(name: str) -> Iterator[None]:
        for step in range(2):
            done.append(f"{name}{step}")
            yield

    bench = Workbench()
    bench.add(job("a"))
    bench.add(job("b"))
    bench.step()
    assert done == ["a0"]
    while bench.busy:
        bench.step()
    assert done == ["a0", "a1", "b0", "b1"]
