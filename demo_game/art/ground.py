"""What one walks on: grass, paths, sand, water and ash with soft, uneven borders; knows tiles, no buildings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pygame
from numpy.typing import NDArray

from demo_game.looks import Colour

Field: TypeAlias = NDArray[np.float32]
"""One value per pixel, indexed [x, y]."""

WAVER = 0.34
"""Borders wander by so much of a tile."""

BANDS_PER_TILE = 5
"""Into so many steps a row of tiles is cut: each takes some ten milliseconds in the largest window."""

LAYERS: Mapping[str, tuple[Colour, Colour]] = {
    "green": ((120, 166, 74), (140, 182, 86)),
    "hill": ((122, 150, 78), (150, 172, 98)),
    "ash": ((92, 86, 80), (66, 62, 60)),
    "path": ((196, 166, 118), (176, 144, 98)),
    "shore": ((214, 194, 142), (194, 172, 122)),
    "water": ((58, 112, 150), (44, 94, 136)),
}
"""What lies over the grass, lower layers first: a colour and the one it is mottled with."""

GRASS: tuple[Colour, Colour] = ((98, 144, 66), (82, 128, 60))

_UNDER: Mapping[str, str] = {
    "planks": "water", "ruin": "ash", "gate": "path", "crypt": "hill", "chapel": "hill", "hives": "hill",
    "well": "green", "board": "path", "cart": "grass", "shrine": "path",
}  # fmt: skip
"""The ground below what stands on it; below everything else there is grass."""


def paint_ground(picture: pygame.Surface, rows: Sequence[Sequence[str]], tile: int) -> Iterator[None]:
    """Paints the whole map's ground, a band with each step.

    Args:
        picture: As large as the map.
        rows: The ground's name of each tile, ``rows[y][x]``.
        tile: Pixels of a tile.
    """
    shares = _shares(rows)
    height = len(rows) * tile
    for top in range(0, height, -(-tile // BANDS_PER_TILE)):
        bottom = min(top - (-tile // BANDS_PER_TILE), height)
        colour = _band(shares, top, bottom, tile)
        part = picture.subsurface((0, top, colour.shape[0], colour.shape[1]))
        pygame.surfarray.blit_array(part, np.clip(colour, 0, 255).astype(np.uint8))
        yield


def _shares(rows: Sequence[Sequence[str]]) -> dict[str, Field]:
    """For each layer 1 where a tile belongs to it, with a border of copies, so that sampling never falls off."""
    names = np.array([[_UNDER.get(name, name) for name in row] for row in rows]).T
    return {layer: np.pad((names == layer).astype(np.float32), 2, mode="edge") for layer in LAYERS}


def _band(shares: Mapping[str, Field], top: int, bottom: int, tile: int) -> Field:
    """The colours of the rows of pixels from `top` to `bottom`, (x, y, 3)."""
    width = next(iter(shares.values())).shape[0] - 4
    x = ((np.arange(width * tile) + 0.5) / tile).astype(np.float32)
    y = ((np.arange(top, bottom) + 0.5) / tile).astype(np.float32)
    fine, broad = noise(x, y, 0.16, seed=3), noise(x, y, 2.6, seed=5)
    grain = noise(x, y, 0.05, seed=9)
    across, down = (WAVER * (noise(x, y, 0.7, seed=seed) + 0.22 * fine) + 1.5 for seed in (1, 2))
    at_x, at_y = (x[:, None] + across).astype(np.float32), (y[None, :] + down).astype(np.float32)
    colour = _mottled(GRASS, broad * 0.8 + fine * 0.35, grain * 6.0)
    for layer, tones in LAYERS.items():
        share = shares[layer]
        if not share[:, top // tile : bottom // tile + 5].any():
            continue
        inside = _sampled(share, at_x, at_y)
        cover = np.clip((inside - 0.42) * 7.0, 0.0, 1.0)
        tone = _mottled(tones, broad * 0.5 + fine * 0.5, grain * (3.0 if layer == "water" else 6.0))
        if layer == "water":
            tone += _ripples(x, y, inside)
        rim = np.clip(1.0 - np.abs(inside - 0.42) * 6.0, 0.0, 1.0)
        colour *= (1.0 - 0.22 * rim)[..., None]
        colour += (tone - colour) * cover[..., None]
    return colour


def _mottled(tones: tuple[Colour, Colour], spread: Field, grain: Field) -> Field:
    first, second = (np.array(tone, dtype=np.float32) for tone in tones)
    share = np.clip(0.5 + spread * 0.5, 0.0, 1.0)[..., None]
    mottled: Field = first + (second - first) * share + grain[..., None]
    return mottled


def _ripples(x: Field, y: Field, inside: Field) -> Field:
    """Bright short strokes that run across the river, shallows along its banks."""
    wave = np.sin(y[None, :] * 14.0 + np.sin(x[:, None] * 3.1) * 1.6 + noise(x, y, 0.5, seed=12) * 4.0)
    strokes = np.clip(wave - 0.86, 0.0, 1.0) * 220.0 * np.clip(noise(x, y, 0.6, seed=13), 0.0, 1.0)
    shallow = np.clip(1.0 - inside, 0.0, 0.5)[..., None] * np.array([60.0, 84.0, 60.0], dtype=np.float32)
    rippled: Field = strokes[..., None] * np.array([0.7, 0.9, 1.0], dtype=np.float32) + shallow
    return rippled


def _sampled(grid: Field, x: Field, y: Field) -> Field:
    """`grid` between its points."""
    left, top = np.floor(x).astype(np.int32), np.floor(y).astype(np.int32)
    left, top = np.clip(left, 0, grid.shape[0] - 2), np.clip(top, 0, grid.shape[1] - 2)
    across, down = np.clip(x - left, 0.0, 1.0), np.clip(y - top, 0.0, 1.0)
    upper = grid[left, top] * (1 - across) + grid[left + 1, top] * across
    lower = grid[left, top + 1] * (1 - across) + grid[left + 1, top + 1] * across
    between: Field = upper * (1 - down) + lower * down
    return between


def noise(x: Field, y: Field, size: float, *, seed: int) -> Field:
    """Smooth chance values −1…1 over (x, y) in tiles, in lumps of `size` tiles; the same for the same seed."""
    knots = np.random.default_rng(seed).uniform(-1.0, 1.0, (64, 64)).astype(np.float32)
    column, row = np.floor(x / size).astype(np.int32), np.floor(y / size).astype(np.int32)
    across = _eased((x / size - column).astype(np.float32))[:, None]
    down = _eased((y / size - row).astype(np.float32))[None, :]
    left, right = knots[column % 64], knots[(column + 1) % 64]
    top, bottom = row % 64, (row + 1) % 64
    upper = left[:, top] * (1 - across) + right[:, top] * across
    lower = left[:, bottom] * (1 - across) + right[:, bottom] * across
    smooth: Field = upper * (1 - down) + lower * down
    return smooth


def _eased(share: Field) -> Field:
    eased: Field = share * share * (3.0 - 2.0 * share)
    return eased
