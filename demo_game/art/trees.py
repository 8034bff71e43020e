"""Oaks, firs, bushes and flowers; knows no map."""

from __future__ import annotations

import random

import pygame

from demo_game.art.brush import Brush, shaded
from demo_game.looks import Colour

LEAVES: tuple[Colour, ...] = ((76, 122, 56), (88, 132, 54), (62, 108, 58), (104, 134, 58))
NEEDLES: Colour = (44, 92, 66)
BARK: Colour = (98, 70, 46)
PETALS: tuple[Colour, ...] = ((240, 222, 120), (232, 150, 140), (238, 236, 224), (176, 150, 220))

TREE_TILES = (2.0, 2.3)
"""Width and height of a tree's picture; its foot is in the middle, 0.25 tiles above the lower edge."""


def oak(tile: float, seed: int) -> pygame.Surface:
    """A round crown of leaf clumps, lit from the upper left."""
    chance = random.Random(seed)
    leaf = shaded(LEAVES[seed % len(LEAVES)], chance.uniform(-0.06, 0.06))
    brush = Brush(*TREE_TILES, tile, clear=shaded(leaf, -0.5))
    brush.shape(BARK, [(0.88, 1.3), (1.12, 1.3), (1.16, 1.98), (1.26, 2.06), (0.74, 2.06), (0.84, 1.98)])
    brush.shape(shaded(BARK, -0.3), [(1.02, 1.3), (1.12, 1.3), (1.16, 1.98), (1.26, 2.06), (1.02, 2.06)])
    clumps = [(1.0 + chance.uniform(-0.5, 0.5), 0.94 + chance.uniform(-0.48, 0.44)) for _ in range(17)]
    clumps.sort(key=lambda clump: clump[1])
    brush.oval(shaded(leaf, -0.42), (1.0, 1.04), (0.7, 0.62))
    for x, y in clumps:
        brush.oval(shaded(leaf, -0.3), (x + 0.03, y + 0.07), (0.32, 0.28))
    for x, y in clumps:
        brush.oval(shaded(leaf, (1.0 - y) * 0.14), (x - 0.01, y), (0.29, 0.25))
    for x, y in clumps:
        for _ in range(5):
            at = x - 0.07 + chance.uniform(-0.17, 0.14), y - 0.07 + chance.uniform(-0.13, 0.11)
            brush.oval(shaded(leaf, 0.14 + max(1.0 - at[1], 0.0) * 0.2), at, (0.065, 0.048))
    return brush.picture()


def fir(tile: float, seed: int) -> pygame.Surface:
    """Four tiers of needles."""
    chance = random.Random(seed)
    green = shaded(NEEDLES, chance.uniform(-0.12, 0.1))
    brush = Brush(*TREE_TILES, tile, clear=shaded(green, -0.5))
    brush.block(BARK, (0.92, 1.8, 0.16, 0.26))
    for tier in range(4):
        top, half = 1.26 - tier * 0.36, 0.66 - tier * 0.13
        foot = top + 0.66
        jags = [(1.0 - half + half * 2 * step / 8, foot + (0.07 if step % 2 else -0.02)) for step in range(9)]
        brush.shape(shaded(green, -0.34 + tier * 0.05), [(1.0, top - 0.08), *reversed(jags)])
        left = [(1.0 - half * 0.96 + half * 1.3 * step / 6, foot - 0.05 + (0.05 if step % 2 else -0.02))
                for step in range(7)]  # fmt: skip
        brush.shape(shaded(green, -0.08 + tier * 0.06), [(0.98, top - 0.04), *reversed(left)])
    return brush.picture()


def bush(tile: float, seed: int) -> pygame.Surface:
    """A low round shrub, one tile wide."""
    chance = random.Random(seed)
    leaf = LEAVES[seed % len(LEAVES)]
    brush = Brush(1.0, 0.8, tile, clear=shaded(leaf, -0.5))
    for x, y, reach in ((0.32, 0.5, 0.24), (0.66, 0.5, 0.26), (0.5, 0.36, 0.28)):
        brush.oval(shaded(leaf, -0.35), (x + 0.02, y + 0.05), (reach, reach * 0.9))
        brush.oval(shaded(leaf, -0.02), (x, y), (reach * 0.94, reach * 0.82))
    for _ in range(12):
        at = chance.uniform(0.22, 0.66), chance.uniform(0.18, 0.48)
        brush.oval(shaded(leaf, 0.2), at, (0.05, 0.038))
    return brush.picture()


def flowers(tile: float, seed: int) -> pygame.Surface:
    """A tile of meadow flowers."""
    chance = random.Random(seed)
    brush = Brush(1.0, 1.0, tile, clear=(90, 140, 66))
    petal = PETALS[seed % len(PETALS)]
    for _ in range(9):
        x, y = chance.uniform(0.1, 0.9), chance.uniform(0.14, 0.9)
        brush.line((62, 104, 48), (x, y + 0.1), (x, y), 0.03)
        for turn in ((-0.035, 0.0), (0.035, 0.0), (0.0, -0.035), (0.0, 0.035)):
            brush.oval(petal, (x + turn[0], y + turn[1]), (0.035, 0.035))
        brush.oval((236, 196, 84) if petal != PETALS[0] else (214, 150, 60), (x, y), (0.026, 0.026))
    return brush.picture()


def tuft(tile: float, seed: int) -> pygame.Surface:
    """A few blades of grass."""
    chance = random.Random(seed)
    brush = Brush(0.6, 0.4, tile, clear=(80, 126, 58))
    for blade in range(5):
        lean = (blade - 2) * 0.085 + chance.uniform(-0.03, 0.03)
        top = 0.1 + abs(lean) * 0.8 + chance.uniform(0.0, 0.06)
        tone = shaded((84, 130, 58), chance.uniform(-0.16, 0.12))
        brush.shape(tone, [(0.28 + lean * 0.3, 0.34), (0.3 + lean, top), (0.325 + lean * 0.3, 0.34)])
    return brush.picture()
