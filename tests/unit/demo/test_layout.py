"""The layout keeps its regions apart and inside the window at every size."""

from __future__ import annotations

from itertools import combinations

import pytest
from pygame import Rect

from demo_game.layout import SMALLEST, Layout, lay_out

SIZES = [SMALLEST, (800, 600), (1024, 768), (1280, 720), (1920, 1080), (2560, 1440), (1000, 1400), (3440, 1440)]


def _outer(layout: Layout) -> dict[str, Rect]:
    """The regions that share the window."""
    regions = {name: getattr(layout, name) for name in ("village", "overlay", "notice", "dialogue")}
    return regions | {f"portrait {index}": area for index, area in enumerate(layout.portraits)}


def _inner(layout: Layout) -> dict[str, Rect]:
    """The regions that share the dialogue panel."""
    return {name: getattr(layout, name) for name in ("header", "meter", "heard", "subtitle", "prompt")}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("characters", [1, 4, 7])
def test_no_region_overlaps_another(size: tuple[int, int], characters: int) -> None:
    """Portraits, cards, notice and panel share no pixel, nor do the parts of the panel."""
    layout = lay_out(size, characters)
    for regions in (_outer(layout), _inner(layout)):
        for (name, area), (other, with_area) in combinations(regions.items(), 2):
            assert not area.colliderect(with_area), f"{name} overlaps {other}"


@pytest.mark.parametrize("size", SIZES)
def test_every_region_lies_inside_its_frame(size: tuple[int, int]) -> None:
    """Nothing is cut off by the window's edge or the panel's, and nothing is empty."""
    layout = lay_out(size, 4)
    for frame, regions in ((layout.stage, _outer(layout)), (layout.dialogue, _inner(layout))):
        for name, area in regions.items():
            assert frame.contains(area), name
            assert min(area.size) > 0, name


@pytest.mark.parametrize("size", SIZES)
def test_the_face_has_room(size: tuple[int, int]) -> None:
    """Hair and chin lie between the window's top and the panel, and the head between the columns."""
    layout = lay_out(size, 4)
    x, y = layout.eyes
    assert y - 1.65 * layout.face_scale >= 0
    assert y + 1.3 * layout.face_scale <= layout.dialogue.top
    assert x - 1.2 * layout.face_scale >= layout.portraits[0].right
    assert x + 1.2 * layout.face_scale <= layout.village.left
