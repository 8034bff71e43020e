"""The ferry Even Money: on which bank it lies, and whom it carries; knows no oars and no river."""

from __future__ import annotations

from dataclasses import dataclass, field

from demo_game.tile_map import Spot
from demo_game.walker import Walker

WEST: Spot = (32.0, 15.5)
EAST: Spot = (36.0, 15.5)
CROSSING_S = 5.0
SEATS: tuple[float, ...] = (-0.5, 0.5)
"""How far before or behind the ferry's middle its riders sit (tiles)."""


@dataclass(slots=True)
class Ferry:
    """A boat between two landings.

    Attributes:
        progress: 0 at the west landing, 1 at the east one.
        goal: Where it is going, 0 or 1.
        riders: Who sits in it while it moves.
    """

    progress: float = 0.0
    goal: float = 0.0
    riders: list[Walker] = field(default_factory=list)

    @property
    def moving(self) -> bool:
        """Whether it is on its way."""
        return self.progress != self.goal

    @property
    def spot(self) -> Spot:
        """Its middle."""
        return WEST[0] + (EAST[0] - WEST[0]) * self.progress, WEST[1]

    @property
    def places(self) -> list[tuple[Walker, Spot]]:
        """Where each rider steps ashore."""
        x, ahead = (EAST[0], 2.0) if self.goal else (WEST[0], -2.0)
        return [(rider, (x + ahead + seat, EAST[1])) for rider, seat in zip(self.riders, SEATS, strict=False)]

    def cross(self, riders: list[Walker]) -> None:
        """Leaves for the other bank with these on board."""
        self.goal = 1.0 - self.goal
        self.riders = riders
        for rider in riders:
            rider.stand()

    def update(self, dt: float) -> bool:
        """Moves on; whether it lands in this frame, with everybody out on the planks."""
        if not self.moving:
            return False
        step = dt / CROSSING_S
        self.progress = min(self.progress + step, 1.0) if self.goal else max(self.progress - step, 0.0)
        left = EAST[0] - self.spot[0] if self.goal else WEST[0] - self.spot[0]
        ahead = 2.0 if self.goal else -2.0
        for rider, (x, y) in self.places:
            rider.x, rider.y = (x - left - ahead, y) if self.moving else (x, y)
            rider.facing = "right" if self.goal else "left"
        return not self.moving
