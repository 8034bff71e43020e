"""The open microphone of one character: whose the player's next words are, and words that may interrupt it."""

from __future__ import annotations

from collections.abc import Callable

from npcengine.brain.messages import Cancel, Command, Context, Listen, Recontext, Transcribed, UtteranceStarted
from npcengine.open_turn import OpenTurn
from npcengine.types import Turn

_INTERRUPTING_WORDS = 2
"""So many words are no cough: the character gives the player the turn before they have finished."""


def takes_turn(report: Transcribed) -> bool:
    """Whether words over a character that are not silence or an aside at their end are enough for a turn."""
    return report.final or (not report.aside and len(report.text.split()) >= _INTERRUPTING_WORDS)


class OpenEar:
    """Waits for an utterance, and holds one that began while the character was busy until it is known for what it is.

    Attributes:
        incoming: The utterance that talks over the character; None while nobody does.
    """

    def __init__(self, npc: int, send: Callable[[Command], None]) -> None:
        self.incoming: OpenTurn | None = None
        self._npc = npc
        self._send = send
        self._awaited: Turn | None = None

    @property
    def busy(self) -> bool:
        """Whether an utterance is waited for or under way."""
        return self._awaited is not None or self.incoming is not None

    def wait(self, turn: Turn, context: Context) -> None:
        """What is heard next is `turn`."""
        self._awaited = turn
        self._send(Listen(turn.number, self._npc, context, open_microphone=True))

    def begin(self, report: UtteranceStarted) -> Turn | None:
        """The turn of the utterance that has begun; None when it is not the one waited for."""
        if self._awaited is None or report.turn != self._awaited.number:
            return None
        turn, self._awaited = self._awaited, None
        return turn

    def overhear(self, incoming: OpenTurn, context: Context, *, talked_over: str) -> None:
        """An utterance has begun while the character was thinking or saying `talked_over`."""
        self.incoming = incoming
        self._send(Recontext(incoming.turn.number, self._npc, context, incoming.unanswered, talked_over))

    def take(self) -> OpenTurn | None:
        """The incoming utterance, which is one no more: it got the turn, or never wanted it."""
        incoming, self.incoming = self.incoming, None
        return incoming

    def close(self) -> bool:
        """The microphone is nobody's, or another's; whether somebody was talking over the character."""
        overheard = self.take()
        for turn in (self._awaited, overheard.turn if overheard else None):
            if turn:
                self._send(Cancel(turn.number))
        self._awaited = None
        return overheard is not None

    def forget(self) -> None:
        """A new brain knows of no utterance."""
        self.incoming = self._awaited = None
