"""A brain that owes an answer and tells nothing is given up after half a minute, no other is."""

from __future__ import annotations

from npcengine.patience import LONGEST_SILENCE_S, Patience


def given_up_at(*, owed: bool, told_every_s: float | None = None) -> float | None:
    """When a brain is given up that is watched ten times a second for five minutes; None for never."""
    patience = Patience()
    for tenth in range(3000):
        now_s = tenth / 10
        told = told_every_s is not None and tenth % round(told_every_s * 10) == 0
        if patience.is_over(now_s, owed=owed, told=told):
            return now_s
    return None


def test_silence_is_given_up() -> None:
    """The first silence that is too long ends it."""
    assert given_up_at(owed=True) == LONGEST_SILENCE_S


def test_whoever_owes_nothing_may_be_silent() -> None:
    """Nobody talks for minutes: that is no hang."""
    assert given_up_at(owed=False) is None


def test_a_slow_brain_is_not_given_up() -> None:
    """Whoever tells something from time to time works."""
    assert given_up_at(owed=True, told_every_s=LONGEST_SILENCE_S - 1) is None


def test_patience_begins_anew_after_it_ended() -> None:
    """The brain that replaces the one given up has as much time."""
    patience = Patience()
    assert not patience.is_over(0.0, owed=True, told=False)
    assert patience.is_over(LONGEST_SILENCE_S, owed=True, told=False)
    assert not patience.is_over(LONGEST_SILENCE_S + 1, owed=True, told=False)
