"""Whole conversations with fake models: what a game sees, from the player's word to the character's memory."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from npcengine import (
    ActionRequested,
    ConfigError,
    EngineReady,
    NpcSpeaking,
    NpcThinking,
    PlayerHeard,
    StageFailed,
    TurnFinished,
)
from npcengine.brain.messages import Acted
from npcengine.face.arkit import JAW_OPEN
from npcengine.open_turn import requests
from npcengine.types import ActionCall
from tests.integration.conftest import Game

Start = Callable[..., Game]


def test_a_typed_line_is_answered(start: Start) -> None:
    """Thinking, speaking, finished, in this order; the words are remembered."""
    game = start("The iron is hot.")
    gerta = game.spawn()
    gerta.tell("How is the iron?")
    finished = game.loop.await_event(TurnFinished)
    kinds = [type(event) for event in game.loop.events]
    assert kinds.index(NpcThinking) < kinds.index(NpcSpeaking) < kinds.index(TurnFinished)
    assert finished.text_heard == "The iron is hot."
    assert not finished.interrupted
    assert gerta.status == "idle"
    assert gerta.memory.exchanges[-1].player == "How is the iron?"
    assert gerta.memory.exchanges[-1].npc == "The iron is hot."


def test_a_spoken_line_is_heard_and_answered(start: Start) -> None:
    """Push to talk: the microphone's sound becomes the player's line."""
    game = start("It burned.")
    gerta = game.spawn()
    game.loop.await_event(EngineReady)
    gerta.listen()
    assert gerta.status == "listening"
    game.speak()
    gerta.stop_listening()
    heard = game.loop.await_event(PlayerHeard)
    assert heard.text == "What happened to the mill?"
    finished = game.loop.await_event(TurnFinished)
    assert finished.text_heard == "It burned."
    assert finished.confidence == heard.confidence
    assert "What happened to the mill?" in finished.prompt
    assert game.engine.stats[-1].prompt == finished.prompt
    assert gerta.memory.exchanges[-1].player == "What happened to the mill?"


def test_silence_is_no_turn(start: Start) -> None:
    """A key held in silence gives no question, no answer and no memory."""
    game = start()
    gerta = game.spawn()
    gerta.listen()
    gerta.stop_listening()
    heard = game.loop.await_event(PlayerHeard)
    assert (heard.text, heard.final) == ("", True)
    game.loop.run(0.5)
    assert gerta.status == "idle"
    assert gerta.memory.exchanges == ()


def test_an_interrupted_character_said_only_what_was_heard(start: Start) -> None:
    """Memory and event keep the words before the interruption; nothing is said after it."""
    game = start("One two three four five six seven eight nine ten.")
    gerta = game.spawn()
    gerta.tell("Count.")
    game.loop.run_until(lambda: gerta.subtitle.spoken.endswith("three"))
    gerta.interrupt()
    finished = game.loop.await_event(TurnFinished)
    assert finished.interrupted
    assert finished.text_heard == "One two three"
    assert gerta.memory.exchanges[-1].npc == "One two three"
    game.loop.run(2.0)
    assert gerta.status == "idle"
    assert gerta.subtitle.text == ""


def test_speaking_up_interrupts(start: Start) -> None:
    """A new line of the player silences the old answer, and the new one is answered."""
    game = start("A long and winding story that nobody asked for.", "Very well.")
    gerta = game.spawn()
    gerta.tell("Tell me a story.")
    game.loop.run_until(lambda: gerta.status == "speaking" and gerta.subtitle.spoken != "")
    gerta.tell("Enough.")
    first, second = game.loop.await_event(TurnFinished), game.loop.await_event(TurnFinished)
    assert (first.interrupted, second.interrupted) == (True, False)
    assert second.text_heard == "Very well."


def test_the_mouth_moves_only_while_sound_is_heard(start: Start) -> None:
    """Shut before the first sample, open in between, shut after the last and after an interruption."""
    game = start("Bad moons above the barn above the barn.")
    gerta = game.spawn()
    assert gerta.face.weights[JAW_OPEN] == 0.0
    gerta.tell("Speak.")
    jaws: list[float] = []
    game.loop.run_until(lambda: gerta.status == "speaking")
    while gerta.status == "speaking":
        game.loop.frame()
        jaws.append(float(gerta.face.weights[JAW_OPEN]))
    assert max(jaws) > 0.1
    game.loop.run(0.3)
    assert gerta.face.weights[JAW_OPEN] == 0.0
    gerta.tell("Again.")
    game.loop.run_until(lambda: float(gerta.face.weights[JAW_OPEN]) > 0.1)
    gerta.interrupt()
    game.loop.run(0.25)
    assert gerta.face.weights[JAW_OPEN] == 0.0


def test_the_words_light_up_as_they_are_heard(start: Start) -> None:
    """The spoken part grows word by word and is always a beginning of the text."""
    game = start("Mind the sparks, traveller.")
    gerta = game.spawn()
    gerta.tell("Hello.")
    seen: list[str] = []
    game.loop.run_until(lambda: gerta.status == "speaking")
    while gerta.status == "speaking":
        game.loop.frame()
        subtitle = gerta.subtitle
        assert subtitle.text.startswith(subtitle.spoken)
        if subtitle.spoken and (not seen or seen[-1] != subtitle.spoken):
            seen.append(subtitle.spoken)
    assert seen[:3] == ["Mind", "Mind the", "Mind the sparks,"]


def test_scripted_lines_are_spoken_in_order_as_they_stand(start: Start) -> None:
    """Two lines of the author follow each other, verbatim, with their emotion."""
    game = start()
    gerta = game.spawn()
    gerta.say("Mind the sparks.", "firm")
    gerta.say("Come back at noon.")
    first = game.loop.await_event(TurnFinished)
    assert gerta.mood == "firm"
    second = game.loop.await_event(TurnFinished)
    assert (first.text_heard, second.text_heard) == ("Mind the sparks.", "Come back at noon.")
    assert first.source == "line"


def test_a_failing_mind_still_ends_the_turn(start: Start) -> None:
    """The failure is told, the character says that it does not know, and the next line is answered."""
    game = start("!", "The iron is hot.")
    gerta = game.spawn()
    gerta.tell("How is the iron?")
    failed = game.loop.await_event(StageFailed)
    assert (failed.stage, failed.recovered) == ("mind", True)
    assert game.loop.await_event(TurnFinished).source == "unknown"
    gerta.tell("And now?")
    assert game.loop.await_event(TurnFinished).text_heard == "The iron is hot."


def test_a_dead_voice_still_shows_the_words(start: Start) -> None:
    """Without sound the subtitle runs all the same, and memory knows what was read."""
    game = start("The iron is hot.", tts="fake:dead")
    gerta = game.engine.spawn(game.spawn().persona.model_copy(update={"voice": _voice("fake:dead")}))
    gerta.tell("How is the iron?")
    failures = [game.loop.await_event(StageFailed)]
    assert failures[0].stage == "voice"
    finished = game.loop.await_event(TurnFinished)
    assert finished.text_heard == "The iron is hot."


def test_three_characters_talk_at_once(start: Start) -> None:
    """Turns of different characters do not touch each other."""
    game = start("The iron is hot.")
    npcs = [game.spawn(name) for name in ("Gerta", "Aldo", "Maren")]
    for npc in npcs:
        npc.tell("How are you?")
    game.loop.run_until(lambda: all(npc.memory.exchanges for npc in npcs))
    assert [npc.memory.exchanges[-1].npc for npc in npcs] == ["The iron is hot."] * 3


def test_closing_in_the_middle_of_a_word_ends_everything(start: Start) -> None:
    """No thread is left (the leak check of all tests sees to that), and closing again does nothing."""
    game = start("A long and winding story that nobody asked for.")
    gerta = game.spawn()
    gerta.tell("Tell me a story.")
    game.loop.run_until(lambda: gerta.status == "speaking" and gerta.subtitle.spoken != "")
    game.engine.close()
    game.engine.close()
    assert gerta.memory.exchanges[-1].npc


def test_a_loaded_save_forgets_what_came_after_it(start: Start) -> None:
    """Memory, state and world go back; the save is plain JSON."""
    game = start("First.", "Second.")
    gerta = game.spawn()
    gerta.tell("One?")
    game.loop.await_event(TurnFinished)
    gerta.state["trust"] = 60
    game.engine.world["inventory"] = ["sword"]
    saved = json.loads(json.dumps(game.engine.snapshot()))
    gerta.tell("Two?")
    game.loop.await_event(TurnFinished)
    gerta.state["trust"] = 10
    game.engine.world["inventory"] = []
    game.engine.restore(saved)
    assert [exchange.player for exchange in gerta.memory.exchanges] == ["One?"]
    assert gerta.state["trust"] == 60
    assert game.engine.world["inventory"] == ("sword",)


@pytest.mark.parametrize("saved", [{}, {"npcengine": 2}, {"npcengine": 1, "world": {}}])
def test_a_save_that_cannot_be_read_changes_nothing(start: Start, saved: dict[str, object]) -> None:
    """A clear error, and everything as it was."""
    game = start()
    gerta = game.spawn()
    gerta.remember("The player is called Robin.")
    with pytest.raises(ConfigError, match="snapshot"):
        game.engine.restore(saved)
    assert [note.text for note in gerta.memory.notes] == ["The player is called Robin."]


def test_an_undeclared_state_is_refused_with_the_nearest_name(start: Start) -> None:
    """A typing error in a game's code does not pass silently."""
    gerta = start().spawn()
    with pytest.raises(ConfigError, match="did you mean 'trust'"):
        gerta.state["trsut"] = 1


def _voice(name: str) -> object:
    from npcengine.persona import VoiceSettings  # noqa: PLC0415

    return VoiceSettings(tts=name)


def test_an_interrupted_question_is_not_heard_again(start: Start) -> None:
    """What was said before an interruption does not come back with the next question."""
    game = start("Aye.")
    gerta = game.spawn()
    game.loop.await_event(EngineReady)
    gerta.listen()
    game.speak()
    game.loop.run(1.0)
    gerta.interrupt()
    gerta.listen()
    gerta.stop_listening()
    heard = game.loop.await_event(PlayerHeard)
    assert heard.text == ""


def test_a_save_in_the_middle_of_a_talk_holds_what_was_said(start: Start) -> None:
    """The question and the words heard so far are in the save, and come back."""
    game = start("One two three four five six seven eight.")
    gerta = game.spawn()
    gerta.tell("Count.")
    game.loop.run_until(lambda: gerta.subtitle.spoken.endswith("three"))
    saved = game.engine.snapshot()
    game.engine.restore(saved)
    assert gerta.status == "idle"
    assert [(each.player, each.npc) for each in gerta.memory.exchanges] == [("Count.", "One two three")]


def test_a_character_can_leave(start: Start) -> None:
    """It falls silent in the middle of its word, and others go on as before."""
    game = start("A long and winding story that nobody asked for.")
    gerta, aldo = game.spawn("Gerta"), game.spawn("Aldo")
    gerta.tell("Tell me a story.")
    game.loop.run_until(lambda: gerta.status == "speaking")
    game.engine.despawn(gerta)
    game.loop.run(0.5)
    assert game.engine.npcs == (aldo,)
    with pytest.raises(ConfigError, match="not spawned"):
        game.engine.despawn(gerta)
    aldo.tell("And you?")
    assert game.loop.await_event(TurnFinished).npc is aldo


def test_the_key_pressed_last_has_the_microphone(start: Start) -> None:
    """Two keys held at once: the first turn ends, the second gets all that is said."""
    game = start("Aye.")
    gerta, aldo = game.spawn("Gerta"), game.spawn("Aldo")
    game.loop.await_event(EngineReady)
    gerta.listen()
    aldo.listen()
    assert (gerta.status, aldo.status) == ("idle", "listening")
    game.speak()
    gerta.stop_listening()
    aldo.stop_listening()
    heard = game.loop.await_event(PlayerHeard)
    assert heard.npc is aldo
    assert heard.text == "What happened to the mill?"


def test_an_action_is_asked_for_once_a_turn(start: Start) -> None:
    """A question that had to be asked again of a new brain does not take the player's silver twice."""
    game = start("Aye.")
    gerta = game.spawn()
    gerta.tell("Open the gate.")
    [conversation] = game.engine._conversations.values()
    opened = conversation.current
    assert opened
    for _ in range(2):
        conversation.receive(Acted(opened.turn.number, 1, ActionCall("open_gate", {})), 0.0)
    happened = game.loop.frame()
    assert [event.name for event in happened if isinstance(event, ActionRequested)] == ["open_gate"]


def test_a_question_that_kills_two_brains_is_not_asked_of_a_third(start: Start) -> None:
    """Its turn ends as interrupted; the player's words are remembered."""
    game = start("Aye.")
    gerta = game.spawn()
    gerta.tell("How is the iron?")
    [conversation] = game.engine._conversations.values()
    conversation.resume()
    assert not gerta.memory.exchanges
    conversation.resume()
    assert gerta.status == "idle"
    assert gerta.memory.exchanges[-1].player == "How is the iron?"


def test_the_handle_of_one_who_left_does_nothing(start: Start) -> None:
    """A game that forgets to drop a handle goes on."""
    game = start("Aye.")
    gerta = game.spawn()
    game.engine.despawn(gerta)
    gerta.tell("Hello?")
    gerta.say("Hello.")
    gerta.listen()
    gerta.stop_listening()
    gerta.notify("It rains.", react=True)
    game.loop.run(0.2)
    assert gerta.status == "idle"


def test_an_unknown_emotion_is_refused_where_it_is_given(start: Start) -> None:
    """And not in the frame that wants to show it."""
    gerta = start().spawn()
    with pytest.raises(ConfigError, match="did you mean 'happy'"):
        gerta.say("Hello.", "hapy")  # type: ignore[arg-type]


def test_a_voice_that_fails_in_a_script_says_no_sentence_twice(start: Start) -> None:
    """The sentence that can't be spoken is shown, the others are heard, each once."""
    game = start()
    gerta = game.spawn()
    gerta.say("The iron is hot today. Mind the sparks!! Come back at noon.")
    finished = game.loop.await_event(TurnFinished)
    assert finished.text_heard.count("The iron is hot today.") == 1
    assert finished.text_heard.endswith("Come back at noon.")


def test_a_question_told_twice_to_one_brain_is_answered_once(start: Start) -> None:
    """After a restart the game may say again what the new brain got already."""
    game = start("Aye.")
    gerta = game.spawn()
    gerta.tell("How is the iron?")
    [conversation] = game.engine._conversations.values()
    assert conversation.current
    for request in requests(conversation.current, 1, conversation._context()):
        game.engine._brain.send(request)
    assert game.loop.await_event(TurnFinished).text_heard == "Aye."
    game.loop.run(0.5)
    assert len(gerta.memory.exchanges) == 1


def test_memory_waits_for_a_character_that_comes_later(start: Start) -> None:
    """A game may restore before it spawns, and a character that left and came back knows the player."""
    game = start("Aye.")
    gerta = game.spawn()
    gerta.tell("How is the iron?")
    game.loop.await_event(TurnFinished)
    gerta.state["trust"] = 70
    game.engine.despawn(gerta)
    saved = game.engine.snapshot()
    assert game.spawn().memory.exchanges[-1].player == "How is the iron?"

    later = start("Aye.")
    later.engine.restore(saved)
    back = later.spawn()
    assert back.memory.exchanges[-1].player == "How is the iron?"
    assert back.state["trust"] == 70
    assert later.engine.snapshot()["characters"] == saved["characters"]
