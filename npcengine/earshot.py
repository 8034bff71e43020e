"""Who stands close enough to hear a character, as the game tells it, and what they hear; never waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from npcengine.conversation import Conversation
from npcengine.mind.memory import Exchange
from npcengine.npc import Npc

Hearers: TypeAlias = Iterable[Npc] | Callable[[], Iterable[Npc]]
"""Characters, or a function that gives them, which is asked when a turn is over."""


class Earshot:
    """For each character, who hears what it says and what the player says to it.

    Args:
        conversations: All characters in the game, by number; read each time, as it is then.
    """

    def __init__(self, conversations: Mapping[int, Conversation]) -> None:
        self._conversations = conversations
        self._hearers: dict[Npc, Callable[[], Iterable[Npc]]] = {}

    def place(self, npc: Npc, others: Hearers) -> None:
        """From now on `others` hear `npc`; whoever did before does no longer."""
        if callable(others):
            self._hearers[npc] = others
        else:
            present = tuple(others)
            self._hearers[npc] = lambda: present

    def leave(self, npc: Npc) -> None:
        """`npc` is no longer in the game."""
        self._hearers.pop(npc, None)

    def said(self, number: int, exchange: Exchange) -> None:
        """A turn of the character `number` is over: whoever stands by has heard it."""
        speaking = self._conversations[number]
        for hearing in self._near(speaking):
            hearing.witness(_as_overheard(exchange, speaking))

    def being_said(self, number: int) -> tuple[Exchange, ...]:
        """What the character `number` has overheard so far of turns that are not over."""
        hearing = self._conversations[number]
        open_turns = [(each, each.being_said) for each in self._conversations.values()]
        return tuple(
            _as_overheard(exchange, speaking)
            for speaking, exchange in open_turns
            if exchange and hearing in self._near(speaking)
        )

    def _near(self, speaking: Conversation) -> list[Conversation]:
        hearers = self._hearers.get(speaking.npc)
        near = set(hearers()) - {speaking.npc} if hearers else set()
        return [each for each in self._conversations.values() if each.npc in near] if near else []


def _as_overheard(exchange: Exchange, speaking: Conversation) -> Exchange:
    return replace(exchange, speaker=speaking.persona.name, told=())
