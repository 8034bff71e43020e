"""A paused game: nothing sounds, moves or listens, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from npcengine import EngineReady, TurnFinished
from tests.integration.conftest import Game

Start = Callable[..., Game]


def test_a_paused_character_stands_still_and_goes_on(start: Start) -> None:
    """No further word is heard during the pause, the rest after it, and the turn was not interrupted."""
    game = start("One two three four five six seven eight nine ten.")
    gerta = game.spawn()
    gerta.tell("Count.")
    game.loop.run_until(lambda: gerta.subtitle.spoken.endswith("three"))
    game.engine.pause()
    game.loop.run(5.0)
    assert gerta.subtitle.spoken.endswith("three")
    assert gerta.status == "speaking"
    game.engine.resume()
    finished = game.loop.await_event(TurnFinished)
    assert finished.text_heard.endswith("ten.")
    assert not finished.interrupted


def test_a_reply_that_comes_during_the_pause_is_heard_after_it(start: Start) -> None:
    """A question asked just before the pause is answered, and not a word of it is missed."""
    game = start("The iron is hot.")
    gerta = game.spawn()
    gerta.tell("How is the iron?")
    game.engine.pause()
    game.loop.run(5.0)
    assert gerta.subtitle.spoken in ("", "How is the iron?")
    game.engine.resume()
    assert game.loop.await_event(TurnFinished).text_heard == "The iron is hot."


def test_a_paused_game_hears_nothing(start: Start) -> None:
    """Sound that comes in while the game is paused is no part of the player's line."""
    game = start()
    gerta = game.spawn()
    game.loop.await_event(EngineReady)
    gerta.listen()
    game.engine.pause()
    game.speak()
    game.loop.run(0.5)
    game.engine.resume()
    gerta.stop_listening()
    game.loop.run(1.0)
    assert gerta.memory.exchanges == ()


def test_a_face_stops_with_the_game(start: Start) -> None:
    """Blinks and breath wait too."""
    game = start()
    gerta = game.spawn()
    game.loop.run(0.5)
    game.engine.pause()
    game.loop.run(0.1)
    before = gerta.face.weights.copy()
    game.loop.run(3.0)
    assert (gerta.face.weights == before).all()
