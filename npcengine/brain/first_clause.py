"""On few cores, the mind rests while the voice says a reply's first clause: the player hears it sooner so."""

from __future__ import annotations

from threading import Condition

from npcengine.types import Turn

_LONGEST_REST_S = 1.0
"""The voice may be busy with other characters; the mind does not wait for those."""


class FirstClause:
    """Where the mind waits for the voice.

    Args:
        enough_cores: Voice and mind don't get into each other's way: nobody waits.
    """

    def __init__(self, *, enough_cores: bool) -> None:
        self._enough_cores = enough_cores
        self._changed = Condition()
        self._spoken: Turn | None = None  # the last turn of which a clause was spoken

    def rest(self, turn: Turn) -> None:
        """Waits until the first clause of `turn` was spoken, or the turn is cancelled; called by the mind."""
        if self._enough_cores:
            return
        with self._changed:
            self._changed.wait_for(lambda: turn.cancelled or self._spoken is turn, _LONGEST_REST_S)

    def spoken(self, turn: Turn) -> None:
        """A clause of `turn` was spoken; called by the voice."""
        with self._changed:
            self._spoken = turn
            self._changed.notify_all()

    def cancel(self, turn: Turn) -> None:
        """Cancels `turn`, and wakes whoever waits for it."""
        with self._changed:
            turn.cancelled = True
            self._changed.notify_all()
