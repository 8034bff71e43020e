"""A character file that is edited while the game runs: the character becomes what it says, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from npcengine import CharacterReloaded, ConfigError, Npc, TurnFinished
from npcengine.brain.messages import Recollect, Spawn
from tests.integration.conftest import Game, a_persona

Start = Callable[..., Game]

GERTA = """\
npcengine: 1
name: Gerta Holt
mood: content
state: {trust: 50, met_aldo: false}
lines: [{when_asked: [What is your name?], say: Gerta., emotion: content}]
voice: {tts: "fake:hum"}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A character file that may be edited."""
    path = tmp_path / "gerta.yaml"
    path.write_text(GERTA, encoding="utf-8")
    return path


def edit(file: Path, old: str, new: str) -> None:
    """Saves the file as an editor does that truncates it first."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def ask(game: Game, npc: Npc) -> str:
    """What it answers to the one line that it has words for."""
    npc.tell("What is your name?")
    return game.loop.await_event(TurnFinished).text


def test_a_reload_changes_what_the_file_says_and_nothing_else(start: Start, file: Path) -> None:
    """Words, mood and declared names are new; memory and the values that remain are kept."""
    game = start()
    gerta = game.engine.spawn(file)
    assert ask(game, gerta) == "Gerta."
    state = gerta.state
    gerta.state["trust"] = 80
    gerta.remember("The player's name is Robin.")
    edit(file, "say: Gerta.", "say: Iron Gerta.")
    edit(file, "mood: content", "mood: angry")
    edit(file, "met_aldo: false", "fame: 3")
    gerta.reload()
    assert game.loop.await_event(CharacterReloaded) == CharacterReloaded(gerta)
    assert gerta.mood == "angry"
    assert ask(game, gerta) == "Iron Gerta."
    assert gerta.state is state
    assert dict(state) == {"trust": 80, "fame": 3}
    assert [exchange.npc for exchange in gerta.memory.exchanges] == ["Gerta.", "Iron Gerta."]
    assert [note.text for note in gerta.memory.notes] == ["The player's name is Robin."]


def test_a_broken_edit_changes_nothing_and_says_why(start: Start, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    """File, line, field and message come as an event and in the log; the character talks on as before."""
    game = start()
    gerta = game.engine.spawn(file)
    persona = gerta.persona
    edit(file, "mood: content", "mod: angry")
    gerta.reload()
    problem = f'{file}:3: mod: is not a known key; did you mean "mood"?'
    assert game.loop.await_event(CharacterReloaded) == CharacterReloaded(gerta, (problem,))
    assert problem in caplog.text
    assert gerta.persona is persona
    assert ask(game, gerta) == "Gerta."
    file.unlink()
    gerta.reload()
    assert game.loop.await_event(CharacterReloaded).problems == (f"{file}:1: file: there is no such file",)
    assert gerta.persona is persona


def test_a_watched_file_is_read_again_by_itself(start: Start, file: Path) -> None:
    """With `watch_characters`, saving the file is enough; a broken save and its repair are told one after the other."""
    game = start(watch_characters=True)
    gerta = game.engine.spawn(file)
    edit(file, "say: Gerta.", "say: [")
    assert game.loop.await_event(CharacterReloaded).problems
    renamed = file.with_suffix(".new")
    renamed.write_text(file.read_text(encoding="utf-8").replace("say: [", "say: Iron Gerta."), encoding="utf-8")
    renamed.replace(file)  # the other way in which editors save
    assert game.loop.await_event(CharacterReloaded).problems == ()
    assert ask(game, gerta) == "Iron Gerta."


def test_a_file_is_left_alone_unless_it_is_to_be_watched(start: Start, file: Path) -> None:
    """A game that is played looks at no file, and has no thread for it."""
    game = start()
    game.engine.spawn(file)
    edit(file, "say: Gerta.", "say: Iron Gerta.")
    game.loop.run(1.0)
    assert not any(isinstance(event, CharacterReloaded) for event in game.loop.events)
    assert game.engine._reloader._thread is None


def test_what_is_being_said_is_not_cut(start: Start, file: Path) -> None:
    """A reload in the middle of a sentence is heard from the next reply on."""
    game = start()
    gerta = game.engine.spawn(file)
    gerta.say("One two three four five six seven eight nine ten.")
    game.loop.run_until(lambda: gerta.subtitle.spoken.endswith("three"))
    edit(file, "name: Gerta Holt", "name: Iron Gerta")
    gerta.reload()
    game.loop.await_event(CharacterReloaded)
    finished = game.loop.await_event(TurnFinished)
    assert finished.text_heard == "One two three four five six seven eight nine ten."
    assert not finished.interrupted
    assert gerta.name == "Iron Gerta"


def test_the_brain_reads_the_new_file_and_what_was_said(
    start: Start, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gets the persona and the memory, so that both are read ahead; an edit that changes nothing costs nothing."""
    game = start()
    gerta = game.engine.spawn(file)
    ask(game, gerta)
    sent: list[object] = []
    brain = game.engine._conversations[1]._around
    monkeypatch.setattr(game.engine._brain, "send", sent.append)
    object.__setattr__(brain, "send", sent.append)
    edit(file, "mood: content", "mood: angry")
    gerta.reload()
    game.loop.await_event(CharacterReloaded)
    assert sent == [Spawn(1, gerta.persona), Recollect(1, gerta.memory)]
    edit(file, "mood: angry", "mood: angry # at last")
    gerta.reload()
    assert game.loop.await_event(CharacterReloaded).problems == ()
    assert len(sent) == 2


def test_a_character_without_a_file_says_so(start: Start, file: Path) -> None:
    """A persona made in code can't be read again; one that has left the game is left alone."""
    game = start()
    with pytest.raises(ConfigError, match="has no file to reload"):
        game.engine.spawn(a_persona()).reload()
    gone = game.engine.spawn(file)
    game.engine.despawn(gone)
    gone.reload()
    game.loop.run(0.5)
    assert not any(isinstance(event, CharacterReloaded) for event in game.loop.events)
