"""Somebody on the map: where they are, which way they look and where they are going; knows no map."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

from demo_game.tile_map import Spot

Facing = Literal["up", "down", "left", "right"]

PLAYER_SPEED = 3.6
"""Tiles a second; the village is crossed in twelve seconds."""

VILLAGER_SPEED = 2.2


@dataclass(slots=True)
class Walker:
    """A person.

    Attributes:
        x: Tiles from the left.
        y: Tiles from the top, of the feet.
        facing: Which way they look.
        moving: Whether they took a step in this frame.
        stride: Tiles walked so far, which times the steps of the drawing.
        way: What is left of the way they are going.
    """

    x: float
    y: float
    facing: Facing = "down"
    moving: bool = False
    stride: float = 0.0
    way: list[Spot] = field(default_factory=list)

    @property
    def spot(self) -> Spot:
        """Where they are."""
        return self.x, self.y

    @property
    def goal(self) -> Spot | None:
        """Where they are going; None when they stand."""
        return self.way[-1] if self.way else None

    def distance(self, spot: Spot) -> float:
        """Tiles to a point."""
        return math.hypot(spot[0] - self.x, spot[1] - self.y)

    def look_at(self, spot: Spot) -> None:
        """Turns to a point."""
        across, down = spot[0] - self.x, spot[1] - self.y
        if abs(across) > abs(down):
            self.facing = "right" if across > 0 else "left"
        elif across or down:
            self.facing = "down" if down > 0 else "up"

    def step_to(self, spot: Spot) -> None:
        """Moves, looking where it goes."""
        self.look_at(spot)
        self.stride += self.distance(spot)
        self.x, self.y = spot
        self.moving = True

    def stand(self) -> None:
        """Stops where they are."""
        self.way, self.moving = [], False

    def follow_way(self, tiles: float) -> bool:
        """Goes on along its way by at most so many tiles; whether it arrives with this step."""
        self.moving = False
        while self.way and tiles > 0.0:
            left = self.distance(self.way[0])
            if left <= tiles:
                self.step_to(self.way.pop(0))
                tiles -= left
            else:
                share = tiles / left
                target = self.way[0]
                self.step_to((self.x + (target[0] - self.x) * share, self.y + (target[1] - self.y) * share))
                return False
        return self.moving and not self.way
