"""Draws the contact sheets of docs/face.md with the demo's face rig: visemes, mouth shapes, emotions, the cast.

    python -m benchmarks.face_sheets [FOLDER]

writes visemes.png, mouth_shapes.png, emotions.png and cast.png to FOLDER (`assets` by default). Needs no window and no
model.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import numpy as np
import pygame

from demo_game.face_rig import FaceRig
from demo_game.looks import BY_STEM, Look
from demo_game.portrait.scenery import stage
from npcengine.face import arkit, expressions, visemes
from npcengine.types import EMOTIONS, Emotion, Face

CELL = (220, 250)
SCALE = 76.0
LABEL_HEIGHT = 26
DRAWN_FINER = 2
"""Cells are drawn so many times as large as they are shown."""
PAPER, INK = (250, 248, 244), (40, 36, 40)

Cell = tuple[Look, Face, str]


def main(folder: Path) -> None:
    """Writes all sheets."""
    pygame.init()
    gerta, aldo = BY_STEM["gerta"], BY_STEM["aldo"]
    sounds = [(gerta, Face(visemes.VISEME_ROWS[index]), name) for index, name in enumerate(visemes.VISEMES)]
    shapes = [(aldo, Face(arkit.row(weights)), letter) for letter, weights in visemes.LETTERS.items()]
    _save(folder / "visemes.png", sounds, columns=5)
    _save(folder / "mouth_shapes.png", shapes, columns=5)
    _save(folder / "emotions.png", [(gerta, feeling(emotion), emotion) for emotion in EMOTIONS], columns=6)
    _save(folder / "cast.png", [cell for name, look in BY_STEM.items() for cell in _shown(name, look)], columns=6)


def feeling(emotion: Emotion) -> Face:
    """The whole face of an emotion at full strength: weights, gaze and head."""
    weights = expressions.ROWS[emotion]
    pitch, roll = expressions.HEAD.get(emotion, (0.0, 0.0))
    down = float(weights[arkit.INDEX["eyeLookDownLeft"]])
    return Face(weights, gaze=(0.0, -down), head=(0.0, pitch, roll))


def _shown(name: str, look: Look) -> list[Cell]:
    """Six faces of one character: at rest, speaking, feeling, looking."""
    speaking = arkit.row({**visemes.ARKIT["oh"], "browOuterUp": 0.4})
    away = arkit.row({"browDownLeft": 0.25, "browOuterUpRight": 0.4, "eyeSquint": 0.15})
    return [
        (look, Face(np.zeros(arkit.COUNT, dtype=np.float32)), name.capitalize()),
        (look, Face(speaking, head=(5.0, 0.0, 0.0)), "speaking"),
        (look, Face(away, gaze=(-0.5, 0.4), head=(-8.0, 4.0, 3.0)), "thinking"),
        (look, feeling("happy"), "happy"),
        (look, feeling("angry"), "angry"),
        (look, feeling("worried"), "worried"),
    ]


def _save(path: Path, cells: Sequence[Cell], *, columns: int) -> None:
    rows = -(-len(cells) // columns)
    width, height = CELL[0], CELL[1] + LABEL_HEIGHT
    sheet = pygame.Surface((columns * width, rows * height))
    sheet.fill(PAPER)
    font = pygame.font.Font(None, 24)
    for index, (look, face, label) in enumerate(cells):
        left, top = index % columns * width, index // columns * height
        sheet.blit(_drawn(look, face), (left, top))
        text = font.render(label, True, INK)  # noqa: FBT003 - pygame's signature
        sheet.blit(text, (left + (width - text.get_width()) // 2, top + CELL[1] + 4))
    pygame.image.save(sheet, path)
    print(f"{path}: {len(cells)} faces")


def _drawn(look: Look, face: Face) -> pygame.Surface:
    size = (CELL[0] * DRAWN_FINER, CELL[1] * DRAWN_FINER)
    scale = SCALE * DRAWN_FINER
    origin = (size[0] / 2, 0.5 * size[1])
    picture = stage(look, size, origin=origin, scale=scale)
    FaceRig(look).draw(picture, face, origin=origin, scale=scale)
    return pygame.transform.smoothscale(picture, CELL)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("assets"))
