"""Only what changed is drawn again, and the picture is the same as if all of it had been."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pygame
from hypothesis import given, settings
from hypothesis import strategies as st

from demo_game.views.sprites import Sprite, SpriteLayer, changed_areas

SIZE = (80, 60)
PICTURES = [pygame.Surface((size, size + 3), pygame.SRCALPHA, 32) for size in (5, 9, 16)]
for number, each in enumerate(PICTURES):
    each.fill((70 * number + 40, 200 - 50 * number, 90, 150))
GROUND = pygame.Surface((200, 200), 0, 32)
pygame.surfarray.blit_array(GROUND, np.random.default_rng(0).integers(0, 200, (200, 200, 3)).astype(np.uint8))

SPRITES = st.builds(
    Sprite,
    picture=st.sampled_from(PICTURES),
    corner=st.tuples(st.integers(-20, 90), st.integers(-20, 70)),
    adds=st.booleans(),
)
FRAMES = st.lists(st.lists(SPRITES, max_size=6, unique=True), min_size=1, max_size=5)


def _blank() -> pygame.Surface:
    return pygame.Surface(SIZE, 0, 32)


@settings(max_examples=60, deadline=None)
@given(frames=FRAMES)
def test_a_sequence_of_frames_leaves_what_the_last_one_alone_would(frames: list[list[Sprite]]) -> None:
    """However sprites come, go, move and cover each other."""
    view, layer = _blank(), SpriteLayer()
    for number, sprites in enumerate(frames):
        layer.draw(view, GROUND, (30, 20), sprites, fresh=number == 0)
    alone = _blank()
    SpriteLayer().draw(alone, GROUND, (30, 20), frames[-1], fresh=True)
    assert np.array_equal(pygame.surfarray.array3d(view), pygame.surfarray.array3d(alone))


@settings(max_examples=60, deadline=None)
@given(before=st.lists(SPRITES, max_size=8), now=st.lists(SPRITES, max_size=8))
def test_changed_areas_share_no_pixel_and_lie_inside(before: list[Sprite], now: list[Sprite]) -> None:
    """No pixel is drawn twice, and none outside."""
    inside = pygame.Rect((0, 0), SIZE)
    areas = changed_areas(before, now, inside)
    assert all(inside.contains(area) for area in areas)
    assert not any(first.colliderect(second) for first, second in combinations(areas, 2))


def test_nothing_changed_is_nothing_drawn() -> None:
    """A still village costs nothing."""
    sprites = [Sprite(PICTURES[0], (10, 10))]
    view, layer = _blank(), SpriteLayer()
    layer.draw(view, GROUND, (0, 0), sprites, fresh=True)
    assert layer.draw(view, GROUND, (0, 0), list(sprites), fresh=False) == []
