"""A game that stands still: voices, faces and the microphone with it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from npcengine import NpcSpeaking, TurnFinished
from tests.integration.conftest import Game


def test_a_voice_stands_still_and_goes_on(start: Callable[..., Game]) -> None:
    """Nothing more is heard in a pause of a minute, and all of it after the pause."""
    game = start()
    gerta = game.spawn()
    gerta.say("The iron is hot and the night is long and nobody comes.")
    game.loop.await_event(NpcSpeaking)
    game.loop.run(1.0)
    game.engine.pause()
    before = gerta.subtitle.spoken
    assert game.engine.paused
    assert before
    game.loop.run(60.0)
    assert gerta.subtitle.spoken == before
    assert gerta.status == "speaking"
    game.engine.resume()
    finished = game.loop.await_event(TurnFinished)
    assert not finished.interrupted
    assert finished.text_heard == "The iron is hot and the night is long and nobody comes."


def test_an_answer_that_comes_in_a_pause_waits(start: Callable[..., Game]) -> None:
    """What was asked before the pause is answered in it by nobody, and spoken after it."""
    game = start("The iron is hot.")
    gerta = game.spawn()
    gerta.tell("What is hot?")
    game.engine.pause()
    game.loop.run(20.0)
    assert not [event for event in game.loop.events if isinstance(event, TurnFinished)]
    assert gerta.subtitle.spoken in ("", "What is hot?")
    game.engine.resume()
    assert game.loop.await_event(TurnFinished).text_heard == "The iron is hot."


def test_a_face_stands_still(start: Callable[..., Game]) -> None:
    """Neither blinks nor breath in a pause."""
    game = start()
    gerta = game.spawn()
    game.loop.run(1.0)
    game.engine.pause()
    game.loop.frame()
    before = gerta.face
    game.loop.run(10.0)
    assert np.array_equal(before.weights, gerta.face.weights)
    assert before.gaze == gerta.face.gaze


def test_who_is_listened_to_has_said_what_they_said(start: Callable[..., Game]) -> None:
    """The key that is held when the pause comes counts as let go: the words are answered after it."""
    game = start("It burned.")
    gerta = game.spawn()
    gerta.listen()
    game.loop.frame()
    game.speak(1.0)
    game.engine.pause()
    assert gerta.status != "listening"
    game.engine.resume()
    assert game.loop.await_event(TurnFinished).player_text == "What happened to the mill?"


def test_an_open_microphone_hears_nothing_in_a_pause(start: Callable[..., Game]) -> None:
    """What is said to somebody else in the room meanwhile is nobody's turn; afterwards the microphone is open again."""
    game = start("It burned.")
    gerta = game.spawn()
    game.engine.microphone.mode = "open"
    game.engine.focus(gerta)
    game.loop.run(0.5)
    game.engine.pause()
    for _ in range(20):
        game.speak(0.1)
        game.loop.run(0.1)
    assert gerta.status == "idle"
    game.engine.resume()
    game.loop.run(0.5)
    assert gerta.status == "idle"


def test_a_character_interrupted_in_a_pause_stays_silent(start: Callable[..., Game]) -> None:
    """Going on does not bring back what the game has cut short in the meantime."""
    game = start()
    gerta = game.spawn()
    gerta.say("The iron is hot and the night is long.")
    game.loop.await_event(NpcSpeaking)
    game.loop.run(0.5)
    game.engine.pause()
    gerta.interrupt()
    game.engine.resume()
    game.loop.run(1.0)
    assert gerta.status == "idle"
    finished = [event for event in game.loop.events if isinstance(event, TurnFinished)]
    assert [event.interrupted for event in finished] == [True]
