"""Draws the pictures that sprite_mouths.py shows: a head, and its mouth in each of nine shapes, cut out to lie on it.

    python examples/draw_mouths.py

Any nine drawings of the same size will do in a game; these come from the head that `npcengine face --preview` paints.
"""

from __future__ import annotations

from pathlib import Path

from npcengine.face import arkit, visemes
from npcengine.studio.preview.head import HeadPainter
from npcengine.studio.preview.look import Look
from npcengine.types import Face

PICTURES = Path(__file__).parent / "pictures"
SMITH = Look(skin=(240, 190, 156), hair=(168, 84, 44), eyes=(70, 124, 136), clothes=(126, 84, 58), style="bun")
SIZE = (320, 360)
MOUTH = (88, 224, 232, 316)
"""Left, top, right and bottom of what a mouth's picture covers: from the nose to below the chin."""


def main() -> None:
    """Writes head.png and mouth_A.png to mouth_X.png."""
    PICTURES.mkdir(exist_ok=True)
    painter = HeadPainter(SMITH, SIZE)
    painter.paint(Face(arkit.row({}))).save(PICTURES / "head.png", optimize=True)
    for letter, weights in visemes.LETTERS.items():
        painter.paint(Face(arkit.row(weights))).crop(MOUTH).save(PICTURES / f"mouth_{letter}.png", optimize=True)


if __name__ == "__main__":
    main()
