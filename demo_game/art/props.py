"""Small things that stand about the village: well, board, cart, gate, palisade, hives, ruin, jetty; knows no map."""

from __future__ import annotations

import random

import pygame

from demo_game.art.brush import Brush, shaded
from demo_game.looks import Colour

WOOD: Colour = (136, 98, 62)
OLD_WOOD: Colour = (120, 100, 78)
STONE: Colour = (154, 148, 142)
CHAR: Colour = (44, 40, 40)


def well(tile: float) -> pygame.Surface:
    """1 × 1.6 tiles: a round wall, a roof on two posts, a bucket."""
    brush = Brush(1.2, 1.7, tile)
    brush.oval(shaded(STONE, -0.45), (0.6, 1.3), (0.5, 0.3))
    brush.oval(STONE, (0.6, 1.22), (0.48, 0.27))
    brush.oval((50, 84, 108), (0.6, 1.2), (0.34, 0.17))
    brush.oval((36, 58, 78), (0.6, 1.17), (0.33, 0.13))
    for x in (0.16, 0.96):
        brush.block(shaded(WOOD, -0.2), (x, 0.5, 0.09, 0.74))
    brush.shape(shaded(WOOD, -0.45), [(0.0, 0.66), (0.3, 0.18), (0.9, 0.18), (1.2, 0.66)])
    brush.shape((166, 92, 64), [(0.03, 0.62), (0.31, 0.21), (0.89, 0.21), (1.17, 0.62)])
    for row in (0.34, 0.48):
        brush.line((136, 72, 52), (0.3 - row * 0.3 + 0.05, row), (0.9 + row * 0.3 - 0.05, row), 0.025)
    brush.line((70, 56, 44), (0.6, 0.62), (0.6, 0.98), 0.03)
    brush.block((150, 112, 72), (0.5, 0.96, 0.2, 0.18), round_by=0.04)
    return brush.picture()


def board(tile: float) -> pygame.Surface:
    """1 × 1.3 tiles: a notice board with three papers."""
    brush = Brush(1.0, 1.3, tile)
    for x in (0.16, 0.76):
        brush.block(shaded(WOOD, -0.3), (x, 0.3, 0.09, 0.92))
    brush.block(shaded(WOOD, -0.5), (0.06, 0.28, 0.88, 0.6), round_by=0.03)
    brush.block(WOOD, (0.09, 0.31, 0.82, 0.54), round_by=0.02)
    brush.shape((166, 92, 64), [(0.0, 0.32), (0.5, 0.08), (1.0, 0.32)])
    for x, y, high in ((0.16, 0.38, 0.3), (0.42, 0.36, 0.38), (0.68, 0.4, 0.26)):
        brush.block((240, 230, 202), (x, y, 0.19, high))
        for line in range(3):
            brush.block((120, 110, 96), (x + 0.03, y + 0.06 + line * 0.07, 0.13, 0.02))
    return brush.picture()


def cart(tile: float) -> pygame.Surface:
    """1.6 × 1.3 tiles: a hand cart with sacks."""
    brush = Brush(1.6, 1.3, tile)
    for x in (0.42, 1.06):
        brush.oval(shaded(WOOD, -0.55), (x, 0.96), (0.27, 0.27))
        brush.oval((176, 158, 128), (x, 0.96), (0.19, 0.19))
        brush.line(shaded(WOOD, -0.5), (x - 0.2, 0.96), (x + 0.2, 0.96), 0.05)
        brush.line(shaded(WOOD, -0.5), (x, 0.76), (x, 1.16), 0.05)
    for x, y in ((0.42, 0.42), (0.76, 0.36), (1.08, 0.44)):
        brush.oval((176, 154, 112), (x, y), (0.22, 0.2))
        brush.oval((206, 186, 144), (x - 0.03, y - 0.03), (0.18, 0.16))
    brush.block(shaded(WOOD, -0.45), (0.14, 0.52, 1.2, 0.34), round_by=0.03)
    brush.block(WOOD, (0.17, 0.55, 1.14, 0.28), round_by=0.02)
    brush.line(shaded(WOOD, -0.3), (0.17, 0.69), (1.3, 0.69), 0.025)
    brush.line(WOOD, (1.3, 0.7), (1.56, 0.56), 0.07)
    return brush.picture()


def shrine(tile: float) -> pygame.Surface:
    """1 × 1.4 tiles: a lantern in a stone niche."""
    brush = Brush(1.0, 1.4, tile)
    brush.block(shaded(STONE, -0.4), (0.14, 1.06, 0.72, 0.26), round_by=0.05)
    brush.block(shaded(STONE, -0.1), (0.24, 0.4, 0.52, 0.8), round_by=0.05)
    brush.block(shaded(STONE, 0.15), (0.26, 0.42, 0.2, 0.76), round_by=0.05)
    brush.block((58, 52, 56), (0.34, 0.5, 0.32, 0.46), round_by=0.14)
    brush.oval((255, 214, 120), (0.5, 0.76), (0.09, 0.13))
    brush.shape(shaded(STONE, -0.35), [(0.1, 0.44), (0.5, 0.1), (0.9, 0.44)])
    return brush.picture()


def hive(tile: float) -> pygame.Surface:
    """1 × 1 tile: a straw hive on a bench."""
    brush = Brush(1.0, 1.0, tile)
    brush.block(shaded(WOOD, -0.2), (0.12, 0.74, 0.76, 0.1))
    for x in (0.18, 0.72):
        brush.block(shaded(WOOD, -0.35), (x, 0.8, 0.09, 0.16))
    straw: Colour = (222, 178, 92)
    for ring, half in enumerate((0.31, 0.33, 0.31, 0.26, 0.17)):
        y = 0.68 - ring * 0.12
        brush.block(shaded(straw, -0.3), (0.5 - half - 0.02, y - 0.07, 2 * half + 0.04, 0.15), round_by=0.07)
        brush.block(shaded(straw, 0.05 * ring), (0.5 - half, y - 0.06, 2 * half, 0.11), round_by=0.06)
    brush.oval((60, 44, 30), (0.5, 0.66), (0.08, 0.07))
    return brush.picture()


def palisade(tile: float, seed: int) -> pygame.Surface:
    """1 × 1.6 tiles of pointed posts."""
    chance = random.Random(seed)
    brush = Brush(1.0, 1.6, tile)
    for post in range(5):
        x, top = post * 0.2, 0.22 + chance.uniform(-0.08, 0.08)
        tone = shaded(OLD_WOOD, chance.uniform(-0.14, 0.1))
        brush.shape(
            shaded(tone, -0.45),
            [(x, top + 0.16), (x + 0.1, top - 0.04), (x + 0.2, top + 0.16), (x + 0.2, 1.5), (x, 1.5)],
        )
        brush.shape(
            tone, [(x + 0.02, top + 0.17), (x + 0.1, top), (x + 0.18, top + 0.17), (x + 0.18, 1.48), (x + 0.02, 1.48)]
        )
        brush.line(shaded(tone, -0.2), (x + 0.13, top + 0.2), (x + 0.13, 1.44), 0.025)
    for y in (0.68, 1.16):
        brush.block(shaded(OLD_WOOD, -0.3), (0.0, y, 1.0, 0.09))
    return brush.picture()


def gate(tile: float, *, is_open: bool) -> pygame.Surface:
    """2 × 2.2 tiles: two leaves between posts, shut across the road or folded back beside it."""
    brush = Brush(2.4, 2.2, tile)
    if is_open:
        for left, lean in ((0.12, 0.3), (1.98, -0.3)):
            right = left + 0.3
            tops = (0.72, 0.86) if lean > 0 else (0.86, 0.72)
            brush.shape(shaded(WOOD, -0.4), [(left, tops[0]), (right, tops[1]), (right, 2.1), (left, 2.02)])
            brush.line(shaded(WOOD, -0.55), (left, tops[0] + 0.4), (right, tops[1] + 0.4), 0.08)
            brush.line(shaded(WOOD, -0.55), (left, tops[0] + 0.95), (right, tops[1] + 0.95), 0.08)
    else:
        brush.block(shaded(WOOD, -0.5), (0.2, 0.76, 2.0, 1.3))
        for plank in range(8):
            brush.block(
                shaded(WOOD, -0.1 + (plank % 3) * 0.07), (0.22 + plank * 0.245, 0.8, 0.225, 1.22), round_by=0.02
            )
        for y in (0.98, 1.7):
            brush.block((84, 80, 82), (0.22, y, 1.96, 0.1))
        brush.block((66, 62, 66), (1.05, 1.26, 0.3, 0.26), round_by=0.05)
        brush.oval((210, 180, 100), (1.2, 1.36), (0.05, 0.05))
    for x in (0.0, 2.1):
        brush.block(shaded(OLD_WOOD, -0.5), (x, 0.28, 0.32, 1.84), round_by=0.04)
        brush.block(OLD_WOOD, (x + 0.03, 0.3, 0.24, 1.78), round_by=0.04)
        brush.shape(shaded(OLD_WOOD, -0.2), [(x - 0.02, 0.36), (x + 0.15, 0.06), (x + 0.32, 0.36)])
    brush.block(shaded(OLD_WOOD, -0.35), (0.06, 0.44, 2.3, 0.2), round_by=0.03)
    brush.block(shaded(OLD_WOOD, 0.06), (0.06, 0.44, 2.3, 0.12), round_by=0.03)
    return brush.picture()


def crypt(tile: float, *, is_open: bool) -> pygame.Surface:
    """1 × 1.4 tiles: a door into the hill."""
    brush = Brush(1.2, 1.4, tile)
    brush.oval((108, 130, 74), (0.6, 0.86), (0.6, 0.62))
    brush.block(shaded(STONE, -0.45), (0.14, 0.36, 0.92, 1.0), round_by=0.34)
    brush.block(STONE, (0.18, 0.4, 0.84, 0.96), round_by=0.3)
    brush.block((24, 20, 24), (0.32, 0.56, 0.56, 0.8), round_by=0.24)
    if not is_open:
        brush.block((92, 84, 78), (0.35, 0.6, 0.5, 0.76), round_by=0.2)
        brush.line((60, 54, 52), (0.6, 0.64), (0.6, 1.34), 0.03)
        brush.oval((206, 172, 98), (0.68, 1.0), (0.045, 0.045))
    return brush.picture()


def ruin(tile: float, seed: int) -> pygame.Surface:
    """1 × 1.5 tiles of burned beams and broken wall."""
    chance = random.Random(seed)
    brush = Brush(1.2, 1.5, tile, clear=CHAR)
    for row in range(3):
        for stone in range(3):
            if row < 2 or chance.random() < 0.5:
                tone = shaded((112, 104, 98), chance.uniform(-0.4, 0.0))
                brush.block(tone, (0.12 + stone * 0.33, 1.16 - row * 0.24, 0.31, 0.22), round_by=0.04)
    for _ in range(3):
        x, lean, top = chance.uniform(0.3, 0.9), chance.uniform(-0.3, 0.3), chance.uniform(0.1, 0.5)
        brush.line(shaded(CHAR, -0.3), (x, 1.3), (x + lean, top), 0.16)
        brush.line(shaded(CHAR, 0.14), (x - 0.03, 1.26), (x + lean - 0.03, top + 0.04), 0.05)
    return brush.picture()


def planks(tile: float, seed: int) -> pygame.Surface:
    """A tile of the jetty."""
    chance = random.Random(seed)
    brush = Brush(1.0, 1.0, tile)
    brush.block(shaded(OLD_WOOD, -0.55), (0.0, 0.06, 1.0, 0.94))
    for row in range(4):
        brush.block(shaded(OLD_WOOD, chance.uniform(-0.1, 0.14)), (0.0, 0.08 + row * 0.22, 1.0, 0.2))
    for x in (0.08, 0.9):
        for row in range(4):
            brush.oval((80, 70, 60), (x, 0.18 + row * 0.22), (0.02, 0.02))
    return brush.picture()


def boat(tile: float) -> pygame.Surface:
    """2.2 × 1.2 tiles: the ferry, a flat boat with a bench."""
    brush = Brush(2.2, 1.2, tile)
    brush.shape(shaded(WOOD, -0.5), [(0.04, 0.4), (0.3, 0.16), (1.9, 0.16), (2.16, 0.4), (1.9, 1.06), (0.3, 1.06)])
    brush.shape(WOOD, [(0.1, 0.42), (0.32, 0.22), (1.88, 0.22), (2.1, 0.42), (1.86, 0.9), (0.34, 0.9)])
    brush.shape(shaded(WOOD, -0.35), [(0.26, 0.46), (0.4, 0.32), (1.8, 0.32), (1.94, 0.46), (1.78, 0.78), (0.42, 0.78)])
    for x in (0.66, 1.4):
        brush.block(shaded(WOOD, 0.12), (x, 0.3, 0.16, 0.5))
    brush.line((176, 148, 104), (0.5, 0.7), (2.0, 0.1), 0.05)
    return brush.picture()


def lamp(tile: float, *, lit: bool) -> pygame.Surface:
    """0.6 × 1.7 tiles: a lantern on a post."""
    brush = Brush(0.6, 1.7, tile)
    brush.block(shaded(WOOD, -0.35), (0.26, 0.5, 0.09, 1.14))
    brush.block((58, 54, 56), (0.15, 0.16, 0.31, 0.4), round_by=0.05)
    brush.block((255, 222, 140) if lit else (116, 128, 134), (0.19, 0.23, 0.23, 0.27), round_by=0.04)
    brush.shape((58, 54, 56), [(0.1, 0.2), (0.305, 0.02), (0.51, 0.2)])
    return brush.picture()
