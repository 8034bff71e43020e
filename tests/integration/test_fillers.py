"""A word or two of its own, heard while a character thinks of the rest."""

from __future__ import annotations

from collections.abc import Callable

from npcengine import TurnFinished
from tests.integration.conftest import Game, a_persona

Start = Callable[..., Game]


def test_a_character_hums_while_it_thinks(start: Start) -> None:
    """The filler sounds before the answer's own words, and is all that is kept of a reply cut short in it."""
    game = start("The iron is hot.")
    gerta = game.engine.spawn(a_persona(fillers=["Hmm."]))
    gerta.tell("Speak.")
    finished = game.loop.await_event(TurnFinished)
    assert finished.text_heard == "Hmm. The iron is hot."
    assert finished.timings.first_audio is not None
    assert finished.timings.first_words is not None
    assert finished.timings.first_audio <= finished.timings.first_words
    gerta.forget()
    gerta.tell("Speak.")
    game.loop.run_until(lambda: gerta.subtitle.spoken == "Hmm.")
    gerta.interrupt()
    assert game.loop.await_event(TurnFinished).text_heard == "Hmm."
