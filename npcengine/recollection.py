"""One character's memory on the game's side, as turns end and things happen around it; never waits, knows no turn."""

from __future__ import annotations

from collections.abc import Callable, Collection

from npcengine.brain.messages import Recollect
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mood import BY_GIFT, moved_by
from npcengine.mind.notes import NoteKind
from npcengine.mind.remembering import live_through, note_down, overhear
from npcengine.persona import Persona
from npcengine.surroundings import Surroundings
from npcengine.types import Emotion

SEPARATE_MEETINGS_S = 300.0
"""After so much of the game's time without a word, the player and the character meet anew."""


class Recollection:
    """Holds the memory, tells those who stand by, and lets the brain read ahead.

    Args:
        npc: The character's number.
        persona: Tells its file as it is now.
        around: Its engine.

    Attributes:
        memory: As it is now; what is said in a turn that is not over is not in it.
    """

    def __init__(self, npc: int, persona: Callable[[], Persona], around: Surroundings) -> None:
        self.memory = Memory()
        self._npc = npc
        self._persona = persona
        self._around = around
        self._talked_s = float("-inf")

    def keep(self, exchange: Exchange, used: Collection[str]) -> tuple[Emotion, float] | None:
        """Remembers a turn that is over, made from the facts `used`; returns what it does to the mood."""
        now_s = self._around.frame_time_s()
        if now_s - self._talked_s > SEPARATE_MEETINGS_S:
            self.memory = self.memory.meeting()
        self._talked_s = now_s
        memory, learnt = live_through(self.memory, exchange, self._persona(), used=used)
        self._change(memory)
        self._around.said(self._npc, exchange)
        return moved_by(exchange.player, learnt)

    def overhear(self, exchange: Exchange) -> None:
        """Remembers what the player and another character said."""
        self._change(overhear(self.memory, exchange, self._persona()))

    def note(self, text: str, kind: NoteKind) -> tuple[Emotion, float] | None:
        """Remembers what the game tells; returns what it does to the mood."""
        memory, note = note_down(self.memory, text, self._persona(), kind=kind)
        self._change(memory, read_ahead=False)
        return ("happy", BY_GIFT) if note.kind == "gift" and kind == "event" else None

    def replace(self, memory: Memory) -> None:
        """Goes back to a saved memory, or forgets."""
        self._talked_s = float("-inf")
        self._change(memory.folded(keep=self._persona().memory.turns))

    def so_far(self, exchange: Exchange | None, used: Collection[str]) -> Memory:
        """With what has been said and heard of turns that are not over, its own and those it overhears."""
        memory = live_through(self.memory, exchange, self._persona(), used=used)[0] if exchange else self.memory
        for overheard in self._around.being_said(self._npc):
            memory = overhear(memory, overheard, self._persona())
        return memory

    def read_ahead(self) -> None:
        """Lets the brain, if it knows the character, read what its next prompt begins with."""
        self._around.send(Recollect(self._npc, self.memory))

    def _change(self, memory: Memory, *, read_ahead: bool = True) -> None:
        self.memory = memory
        if read_ahead:
            self.read_ahead()
