"""The mind waits for the voice only where cores are few, and never for a turn that is over."""

from __future__ import annotations

from threading import Thread

from npcengine.brain.first_clause import FirstClause
from npcengine.types import Turn


def test_the_mind_goes_on_once_the_clause_was_spoken() -> None:
    """A resting mind is woken by its own turn's clause."""
    gate, turn = FirstClause(enough_cores=False), Turn(1, 1)
    mind = Thread(target=lambda: gate.rest(turn))
    mind.start()
    gate.spoken(turn)
    mind.join(0.9)
    assert not mind.is_alive()


def test_a_cancelled_turn_is_not_waited_for() -> None:
    """Cancelling wakes the mind, and marks the turn."""
    gate, turn = FirstClause(enough_cores=False), Turn(1, 1)
    mind = Thread(target=lambda: gate.rest(turn))
    mind.start()
    gate.cancel(turn)
    mind.join(0.9)
    assert not mind.is_alive()
    assert turn.cancelled


def test_with_many_cores_nobody_waits() -> None:
    """Nothing to wake it, and yet it comes back."""
    FirstClause(enough_cores=True).rest(Turn(1, 1))
