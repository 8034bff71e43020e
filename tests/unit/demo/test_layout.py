"""The layout keeps its regions apart and inside the window at every size."""

from __future__ import annotations

from itertools import combinations

import pytest
from pygame import Rect

from demo_game.layout import SMALLEST, Layout, lay_out, page_of

SIZES = [SMALLEST, (800, 600), (1024, 768), (1280, 720), (1920, 1080), (2560, 1440), (1000, 1400), (3440, 1440)]


def _outer(layout: Layout) -> dict[str, Rect]:
    """The regions that share the window."""
    return {name: getattr(layout, name) for name in ("village", "portrait", "card", "dialogue")}


def _inner(layout: Layout) -> dict[str, Rect]:
    """The regions that share the dialogue panel."""
    return {name: getattr(layout, name) for name in ("header", "meter", "heard", "subtitle", "prompt")}


@pytest.mark.parametrize("size", SIZES)
def test_no_region_overlaps_another(size: tuple[int, int]) -> None:
    """Village, portrait, card and panel share no pixel, nor do the parts of the panel."""
    layout = lay_out(size)
    for regions in (_outer(layout), _inner(layout)):
        for (name, area), (other, with_area) in combinations(regions.items(), 2):
            assert not area.colliderect(with_area), f"{name} overlaps {other}"


@pytest.mark.parametrize("size", SIZES)
def test_every_region_lies_inside_its_frame(size: tuple[int, int]) -> None:
    """Nothing is cut off by the window's edge or the panel's, and nothing is empty."""
    layout = lay_out(size)
    for frame, regions in ((layout.window, _outer(layout)), (layout.dialogue, _inner(layout))):
        for name, area in regions.items():
            assert frame.contains(area), name
            assert min(area.size) > 0, name


@pytest.mark.parametrize("size", SIZES)
def test_regions_are_aligned(size: tuple[int, int]) -> None:
    """The edges of the two columns meet those of the panel below."""
    layout = lay_out(size)
    assert layout.village.left == layout.dialogue.left
    assert layout.portrait.right == layout.card.right == layout.dialogue.right
    assert layout.portrait.left == layout.card.left
    assert layout.card.bottom == layout.village.bottom
    assert layout.portrait.top == layout.village.top


@pytest.mark.parametrize("size", SIZES)
def test_the_face_has_room(size: tuple[int, int]) -> None:
    """Hair, chin and ears lie inside the portrait."""
    layout = lay_out(size)
    x, y = layout.eyes
    width, height = layout.portrait.size
    assert y - 1.62 * layout.face_scale >= 0
    assert y + 1.3 * layout.face_scale <= height
    assert 1.2 * layout.face_scale <= x <= width - 1.2 * layout.face_scale


@pytest.mark.parametrize("size", SIZES)
def test_a_page_fits_into_the_window(size: tuple[int, int]) -> None:
    """However much a page wants."""
    assert Rect((0, 0), size).contains(page_of(size, width=760, height=560))


@pytest.mark.parametrize("size", SIZES)
def test_the_village_shows_enough_around_the_player(size: tuple[int, int]) -> None:
    """Somebody one can talk to is in sight, however small the window."""
    layout = lay_out(size)
    assert layout.village.width >= 11 * layout.tile
    assert layout.village.height >= 9 * layout.tile
