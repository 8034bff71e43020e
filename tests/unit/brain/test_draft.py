"""An answer that is prepared too early is held back, and let go in order."""

from __future__ import annotations

from threading import Thread

from npcengine.brain.draft import Draft
from npcengine.brain.messages import Felt, Replied, Report, Voiced
from npcengine.types import Turn


def test_nothing_is_handed_on_before_the_release() -> None:
    """Reports wait, and come in the order in which they were made; later ones go straight on."""
    draft, sent = Draft(Turn(3, 1)), list[Report]()
    first, second = Felt(3, 1, "happy"), Replied(3, 1, "Aye.", "model", (), 0.0)
    assert draft.hold(first)
    assert draft.hold(second)
    draft.release(sent.append)
    assert sent == [first, second]
    assert not draft.hold(Voiced(3, 1))


def test_a_release_loses_and_doubles_nothing() -> None:
    """Whatever is handed over while the draft is let go by another thread arrives once and in order."""
    draft, sent = Draft(Turn(3, 1)), list[Report]()
    reports = [Felt(index, 1, "happy") for index in range(2000)]

    def hand_over() -> None:
        for report in reports:
            if not draft.hold(report):
                sent.append(report)

    thread = Thread(target=hand_over)
    thread.start()
    draft.release(sent.append)
    thread.join()
    assert sent == reports
