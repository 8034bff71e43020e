"""The village's ground, read from a drawing in text: what may be walked on and which way leads where; knows no people.

A place is a point in tiles: (0, 0) is the upper left corner of the map, x grows to the right and y downwards, and the
middle of the first tile is (0.5, 0.5).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import npcengine

OAKHOLLOW = Path(__file__).with_name("oakhollow.map")

GROUNDS: Final[Mapping[str, str]] = {
    ".": "grass", "g": "green", "^": "hill", ":": "path", "f": "flowers", "s": "shore", "=": "planks", "a": "ash",
    "G": "gate", "K": "crypt", "~": "water", "T": "tree", "#": "palisade", "F": "forge", "I": "inn", "C": "chapel",
    "H": "house", "M": "ruin", "W": "well", "B": "board", "V": "cart", "S": "shrine", "h": "hives",
}  # fmt: skip
"""What each letter of the drawing is."""

WALKABLE: Final = frozenset({"grass", "green", "hill", "path", "flowers", "shore", "planks", "ash"})
"""The ground one can always walk on; a gate is one more while it is open."""

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TileMap:
    """A drawing of the village.

    Attributes:
        rows: The ground of each tile, ``rows[y][x]``, by the names in `GROUNDS`.
        places: The middle of each place that has a name.
    """

    rows: tuple[tuple[str, ...], ...]
    places: Mapping[str, Spot]

    @property
    def width(self) -> int:
        """Tiles from left to right."""
        return len(self.rows[0])

    @property
    def height(self) -> int:
        """Tiles from top to bottom."""
        return len(self.rows)

    def ground(self, x: float, y: float) -> str:
        """What lies at a point; trees stand all around the map."""
        column, row = int(x // 1), int(y // 1)
        return self.rows[row][column] if 0 <= row < self.height and 0 <= column < self.width else "tree"

    def tiles(self, ground: str) -> list[tuple[int, int]]:
        """All tiles (x, y) of that ground."""
        return [(x, y) for y, row in enumerate(self.rows) for x, name in enumerate(row) if name == ground]

    def way(self, start: Spot, end: Spot, open_grounds: frozenset[str] = WALKABLE) -> list[Spot]:
        """The shortest way over `open_grounds`, as the middles of tiles with `end` last; empty if there is none."""
        first, last = (int(start[0]), int(start[1])), (int(end[0]), int(end[1]))
        came_from: dict[tuple[int, int], tuple[int, int]] = {first: first}
        waiting = deque([first])
        while waiting and last not in came_from:
            x, y = tile = waiting.popleft()
            for step in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                if step not in came_from and self.ground(*step) in open_grounds:
                    came_from[step] = tile
                    waiting.append(step)
        if last not in came_from:
            return []
        tiles = [last]
        while tiles[-1] != first:
            tiles.append(came_from[tiles[-1]])
        return [(x + 0.5, y + 0.5) for x, y in reversed(tiles[1:-1])] + [end]


def read_map(path: Path = OAKHOLLOW) -> TileMap:
    """Reads a drawing: rows of letters, an empty line, then ``name x y`` for each place.

    Raises:
        npcengine.ConfigError: The file can't be read.
        ValueError: A letter is not known, or rows differ in length; with the line.
    """
    try:
        drawing, _, names = path.read_text("utf-8").partition("\n\n")
    except OSError as error:
        raise npcengine.ConfigError(f"{path}: the village's map can't be read: {error.strerror}") from error
    lines = drawing.splitlines()
    for number, line in enumerate(lines, start=1):
        strange = sorted(set(line) - set(GROUNDS))
        if strange or len(line) != len(lines[0]):
            what = (
                f"unknown letter {strange[0]!r}"
                if strange
                else f"{len(line)} tiles where the first row has more or fewer"
            )
            raise ValueError(f"{path}:{number}: {what}")
    places = {name: (int(x) + 0.5, int(y) + 0.5) for name, x, y in (line.split() for line in names.splitlines())}
    return TileMap(tuple(tuple(GROUNDS[letter] for letter in line) for line in lines), places)
