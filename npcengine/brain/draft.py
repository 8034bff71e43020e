"""An answer prepared before the player has surely finished: held back until it is, so that nobody hears a guess."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from npcengine.brain.messages import Report
from npcengine.types import Turn


class Draft:
    """Holds the reports of one draft; any thread may hand them over.

    Args:
        turn: The draft's own cancel scope: it shares its number with the turn it is for, and is another object.
    """

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self._lock = Lock()
        self._held: list[Report] = []
        self._open = False

    def hold(self, report: Report) -> bool:
        """Takes `report` and keeps it; False once the draft is what is said, and the report can go on."""
        with self._lock:
            if not self._open:
                self._held.append(report)
            return not self._open

    def release(self, send: Callable[[Report], None]) -> None:
        """The draft is what is said: hands on what was held, in order, before anything that comes later."""
        with self._lock:
            for report in self._held:
                send(report)
            self._held.clear()
            self._open = True
