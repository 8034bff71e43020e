"""Tells a brain that hangs from one that thinks, by how long it has been silent; pure, knows no process."""

from __future__ import annotations

LONGEST_SILENCE_S = 30.0
"""No step on the way to an answer takes so long on a machine that could hold a conversation at all."""


class Patience:
    """Follows one brain: what it owes, and when it last told anything (seconds on one clock)."""

    def __init__(self) -> None:
        self._since_s: float | None = None

    def is_over(self, now_s: float, *, owed: bool, told: bool) -> bool:
        """Whether the brain has been silent for too long while it owed an answer; call once per frame.

        Args:
            now_s: The time.
            owed: Whether somebody waits for it.
            told: Whether it has told anything since the last call.
        """
        if not owed or told or self._since_s is None:
            self._since_s = now_s if owed else None
            return False
        if now_s - self._since_s < LONGEST_SILENCE_S:
            return False
        self._since_s = None
        return True
