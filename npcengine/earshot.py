"""Who stands close enough to hear a character, as the game tells it; knows no turn and no memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from npcengine.npc import Npc

Hearers: TypeAlias = Iterable[Npc] | Callable[[], Iterable[Npc]]
"""Characters, or a function that gives them, which is asked when a turn is over."""


class Earshot:
    """For each character, who hears what it says and what the player says to it."""

    def __init__(self) -> None:
        self._hearers: dict[Npc, Callable[[], Iterable[Npc]]] = {}

    def place(self, npc: Npc, others: Hearers) -> None:
        """From now on `others` hear `npc`; whoever did before does no longer."""
        if callable(others):
            self._hearers[npc] = others
        else:
            present = tuple(others)
            self._hearers[npc] = lambda: present

    def of(self, npc: Npc) -> tuple[Npc, ...]:
        """Who hears `npc` now, each once, without itself."""
        asked = self._hearers.get(npc)
        return tuple(dict.fromkeys(each for each in asked() if each is not npc)) if asked else ()

    def leave(self, npc: Npc) -> None:
        """`npc` is no longer in the game."""
        self._hearers.pop(npc, None)
