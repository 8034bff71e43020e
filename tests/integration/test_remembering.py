"""What characters remember over a whole game: of the player and each other, over a restart and a loaded save."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from npcengine import ConfigError, Npc, NpcEmotion, StageFailed, TurnFinished
from npcengine.mind.mood import HALF_LIFE_S
from npcengine.persona import persona_from_dict
from tests.integration.conftest import Game, a_persona

Start = Callable[..., Game]


def talk(game: Game, npc: Npc, line: str) -> str:
    """What `npc` is heard to answer."""
    npc.tell(line)
    finished = game.loop.await_event(TurnFinished)
    assert finished.npc is npc
    return finished.text_heard


def wait(game: Game, seconds: float) -> None:
    """So many seconds of the game's time, in which nothing happens."""
    for _ in range(round(seconds / 0.25)):
        game.engine.update(0.25)


def mood(npc: Npc) -> str:
    """What it feels now."""
    return npc.mood


def notes(npc: Npc) -> list[str]:
    """What it keeps in mind."""
    return [note.text for note in npc.memory.notes]


# ---------------------------------------------------------------- who the player is


def test_a_character_learns_the_player_s_name(start: Start) -> None:
    """And answers with the newest; `remember` and `notify` count as well."""
    game = start("Aye.")
    gerta = game.spawn()
    talk(game, gerta, "I'm Robin, and I promise to bring you iron.")
    assert notes(gerta) == ["The player's name is Robin.", "The player promised to bring Gerta iron."]
    assert talk(game, gerta, "What's my name?") == "You are Robin."
    gerta.remember("The player's name is Tom.")
    gerta.notify("The player gave Gerta five silver.")
    assert talk(game, gerta, "Who am I?") == "You are Tom."
    assert talk(game, gerta, "Do you remember what I promised?") == "You promised to bring me iron."
    assert talk(game, gerta, "What did I give you?") == "You gave me five silver."
    gerta.forget()
    assert notes(gerta) == []
    assert talk(game, gerta, "What's my name?") == "I don't know."


def test_the_file_s_memory_settings_hold(start: Start) -> None:
    """`turns` exchanges at least and twice as many at most are kept word for word, and `facts` notes."""
    game = start("Aye.", "No.")
    persona = persona_from_dict({"npcengine": 1, "name": "Gerta", "memory": {"turns": 2, "facts": 1}})
    gerta = game.engine.spawn(persona)
    for number in range(7):
        talk(game, gerta, f"This is line {number}.")
        gerta.remember(f"Fact {number}.")
    assert [exchange.player for exchange in gerta.memory.exchanges] == [f"This is line {n}." for n in (3, 4, 5, 6)]
    assert gerta.memory.past.exchanges == 3
    assert notes(gerta) == ["Fact 6."]
    nobody = game.engine.spawn(persona_from_dict({"npcengine": 1, "name": "Tom", "memory": {"turns": 0, "facts": 0}}))
    talk(game, nobody, "I'm Robin.")
    assert nobody.memory.exchanges == ()
    assert nobody.memory.notes == ()
    assert nobody.memory.talks == 1


def test_meetings_are_counted(start: Start) -> None:
    """Lines that follow each other are one meeting; after five minutes of the game's time there is another."""
    game = start("Aye.")
    gerta = game.spawn()
    talk(game, gerta, "Hello.")
    talk(game, gerta, "Well?")
    assert gerta.memory.meetings == 1
    wait(game, 301.0)
    talk(game, gerta, "Hello again.")
    assert gerta.memory.meetings == 2


# ---------------------------------------------------------------- who stands by


def test_who_stands_by_remembers_what_was_heard(start: Start) -> None:
    """Who said it to whom, and what was learnt of the player; others know nothing."""
    game = start("The iron is hot.")
    gerta, aldo, mara = (game.spawn(name) for name in ("Gerta Holt", "Aldo Holt", "Mara"))
    game.engine.earshot(gerta, [gerta, aldo, aldo])
    talk(game, gerta, "I'm Robin. I slept in the barn.")
    (heard,) = aldo.memory.exchanges
    assert (heard.speaker, heard.player, heard.npc) == (
        "Gerta Holt",
        "I'm Robin. I slept in the barn.",
        "The iron is hot.",
    )
    assert gerta.memory.exchanges[0].speaker == ""
    assert mara.memory.exchanges == ()
    assert talk(game, aldo, "What's my name?") == "You are Robin."
    assert len(gerta.memory.exchanges) == 1  # nobody said that Gerta hears Aldo


def test_who_stands_by_hears_no_more_than_the_player(start: Start) -> None:
    """What was not heard of an interrupted reply was not overheard either; a scripted line was."""
    game = start("One two three four five six seven eight nine ten.")
    gerta, aldo = game.spawn(), game.spawn("Aldo")
    game.engine.earshot(gerta, lambda: [aldo])
    gerta.tell("Count.")
    game.loop.run_until(lambda: gerta.subtitle.spoken.endswith("three"))
    half_way = game.engine.snapshot()["characters"]["aldo"]["memory"]["exchanges"]
    gerta.interrupt()
    game.loop.run(0.1)
    assert aldo.memory.exchanges[0].npc == gerta.memory.exchanges[0].npc == "One two three"
    assert aldo.memory.exchanges[0].interrupted
    assert half_way[0]["npc"] == "One two three"
    gerta.say("Go home.")
    game.loop.await_event(TurnFinished)
    assert aldo.memory.exchanges[1].npc == "Go home."


def test_who_has_left_hears_nothing(start: Start) -> None:
    """Whether the game says so or the character is gone; strangers are refused."""
    game, other = start("Aye."), start("No.")
    gerta, aldo, mara = game.spawn(), game.spawn("Aldo"), game.spawn("Mara")
    game.engine.earshot(gerta, [aldo, mara])
    game.engine.despawn(mara)
    talk(game, gerta, "Hello.")
    game.engine.earshot(gerta, [])
    talk(game, gerta, "Hello again.")
    assert [exchange.player for exchange in aldo.memory.exchanges] == ["Hello."]
    assert mara.memory.exchanges == ()
    with pytest.raises(ConfigError, match="not spawned by this engine"):
        game.engine.earshot(gerta, [other.spawn()])
    with pytest.raises(ConfigError, match="not spawned by this engine"):
        game.engine.earshot(other.spawn(), [gerta])


# ---------------------------------------------------------------- mood


def test_an_insult_is_felt_for_a_while(start: Start) -> None:
    """It colours the next reply, dies away with the game's time, and not at all while the game stands still."""
    game = start("Aye.", "No.", "Well.", "Hm.")
    gerta = game.engine.spawn(a_persona().model_copy(update={"mood": "content"}))
    assert mood(gerta) == "content"
    talk(game, gerta, "You are an idiot!")
    assert mood(gerta) == "angry"
    assert NpcEmotion(gerta, "angry") in game.loop.events
    talk(game, gerta, "What will you do now?")
    assert gerta.memory.exchanges[-1].emotion == "angry"
    game.clock.advance(1000.0)
    game.engine.update(0.0)
    assert mood(gerta) == "angry"
    wait(game, 2.5 * HALF_LIFE_S)
    assert mood(gerta) == "content"


def test_a_gift_pleases(start: Start) -> None:
    """As the game tells it; a fact that it merely tells does not."""
    game = start("Aye.")
    gerta, aldo = game.spawn(), game.spawn("Aldo")
    gerta.notify("The player gave Gerta five silver.")
    aldo.remember("The player gave Aldo five silver.")
    assert (gerta.mood, aldo.mood) == ("happy", "neutral")
    assert gerta.face.weights.sum() >= 0.0
    game.loop.run(1.0)
    assert float(abs(gerta.face.weights - aldo.face.weights).max()) > 0.1


def test_what_it_says_itself_stays_for_a_moment(start: Start) -> None:
    """A sad line leaves a sad face, and then the resting one."""
    game = start("Aye.")
    gerta = game.spawn()
    gerta.say("My father is dead.", emotion="sad")
    game.loop.await_event(TurnFinished)
    assert mood(gerta) == "sad"
    wait(game, HALF_LIFE_S + 1)
    assert mood(gerta) == "neutral"


def test_an_angry_character_calms_down_while_it_talks(start: Start) -> None:
    """Replies that only carry on the mood do not feed it."""
    game = start("Aye.", "No.", "Well.", "Hm.", "So.", "Oh.", "Ah.")
    gerta = game.spawn()
    talk(game, gerta, "You are an idiot!")
    for number in range(6):
        wait(game, 15.0)
        talk(game, gerta, f"And then, on day {number}?")
    assert mood(gerta) == "neutral"


# ---------------------------------------------------------------- saves and the file


def test_a_loaded_save_forgets_all_that_came_after_it(start: Start, tmp_path: Path) -> None:
    """Talks, notes, mood, what was overheard, and the file's copy of all that."""
    path = tmp_path / "memories.sqlite"
    game = start("Aye.", memory_path=path)
    gerta, aldo = game.spawn(), game.spawn("Aldo")
    game.engine.earshot(gerta, [aldo])
    talk(game, gerta, "I'm Robin.")
    saved = json.loads(json.dumps(game.engine.snapshot()))
    talk(game, gerta, "You are an idiot! Call me Tom.")
    mara = game.spawn("Mara")
    talk(game, mara, "I'm Tom.")
    assert mood(gerta) == "angry"
    game.engine.restore(saved)
    assert mood(gerta) == "neutral"
    assert notes(gerta) == notes(aldo) == ["The player's name is Robin."]
    assert [exchange.player for exchange in aldo.memory.exchanges] == ["I'm Robin."]
    assert notes(mara) == []
    assert game.engine.snapshot() == {**saved, "characters": {**saved["characters"], "mara": a_stranger()}}
    game.engine.close()
    again = start("Aye.", memory_path=path)
    assert notes(again.spawn()) == ["The player's name is Robin."]
    assert notes(again.spawn("Mara")) == []


def test_a_long_save_of_an_older_version_is_folded(start: Start) -> None:
    """The first version kept hundreds of exchanges; none of them is lost on the way into the digest."""
    game = start("Aye.")
    gerta = game.spawn()
    exchanges = [{"player": f"{number}", "npc": "Aye."} for number in range(100)]
    memory = {"exchanges": exchanges, "notes": ["The player's name is Robin."]}
    game.engine.restore(
        {"npcengine": 1, "world": {}, "characters": {gerta.key: {"state": {"trust": 60}, "memory": memory}}}
    )
    assert gerta.memory.talks == 100
    assert [exchange.player for exchange in gerta.memory.exchanges] == [f"{number}" for number in range(88, 100)]
    assert notes(gerta) == ["The player's name is Robin."]
    assert mood(gerta) == "neutral"


def test_what_a_load_breaks_off_was_not_overheard(start: Start) -> None:
    """Whichever character goes back first."""
    game = start("One two three four five six.")
    aldo, gerta, mara = game.spawn("Aldo"), game.spawn(), game.spawn("Mara")
    game.engine.earshot(gerta, [aldo, mara])
    saved = game.engine.snapshot()
    gerta.tell("Count.")
    game.loop.run_until(lambda: gerta.subtitle.spoken.endswith("three"))
    game.engine.restore(saved)
    game.loop.run(0.1)
    assert game.engine.snapshot() == saved


def a_stranger() -> dict[str, Any]:
    """What a save holds of one to whom nobody has spoken."""
    past = {"exchanges": 0, "told": [], "said": []}
    memory = {"exchanges": [], "notes": [], "past": past, "meetings": 0}
    return {"state": {"trust": 50}, "memory": memory, "mood": {"emotion": None, "strength": 0.0}}


def test_a_character_knows_after_a_restart_what_it_knew(start: Start, tmp_path: Path) -> None:
    """Its talks, what it learnt, its mood; its state is the game's to save."""
    path = tmp_path / "memories.sqlite"
    game = start("Aye.", memory_path=path)
    gerta = game.spawn()
    gerta.state["trust"] = 80
    talk(game, gerta, "You are an idiot! I'm Robin.")
    remembered = gerta.memory
    game.engine.close()
    again = start("Aye.", memory_path=path)
    gerta = again.spawn()
    assert gerta.memory == remembered
    assert mood(gerta) == "angry"
    assert gerta.state["trust"] == 50
    assert talk(again, gerta, "What's my name?") == "You are Robin."
    gerta.forget()
    again.engine.close()
    assert start("Aye.", memory_path=path).spawn().memory.exchanges == ()


KILLED = """
import sqlite3, os, sys
from npcengine import Engine, EngineConfig, TurnFinished
from npcengine.persona import persona_from_dict
config = EngineConfig(brain="thread", llm="fake:Aye.", stt="fake:x", tts="fake:hum", microphone="none", speaker="none",
                      memory_path=sys.argv[1])
engine = Engine(config)
gerta = engine.spawn(persona_from_dict({"npcengine": 1, "name": "Gerta", "voice": {"tts": "fake:hum"}}))
gerta.tell("I'm Robin.")
while not any(isinstance(event, TurnFinished) for event in engine.update(0.016)):
    engine.wait(0.01)
print("turn finished", flush=True)
while True:
    engine.update(0.016)
    engine.wait(0.01)
"""


def test_a_game_that_is_killed_loses_no_finished_turn(start: Start, tmp_path: Path) -> None:
    """Not even the last one, and nothing has to be repaired."""
    path = tmp_path / "memories.sqlite"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True) as game:
        assert game.stdout is not None
        assert game.stdout.readline() == "turn finished\n"
        rows = 0
        while not rows:
            with closing(sqlite3.connect(path)) as database:
                rows = database.execute("SELECT count(*) FROM memory").fetchone()[0]
        game.kill()
    gerta = start("Aye.", memory_path=path).spawn("Gerta")
    assert gerta.memory.exchanges[0].player == "I'm Robin."
    assert notes(gerta) == ["The player's name is Robin."]


def test_a_file_that_cannot_be_used_stops_no_game(start: Start, tmp_path: Path) -> None:
    """One event tells what to do; talking goes on, and the file is left alone."""
    path = tmp_path / "memories.sqlite"
    path.write_bytes(b"not a database" * 99)
    game = start("Aye.", memory_path=path)
    failed = game.loop.await_event(StageFailed)
    assert (failed.stage, failed.recovered) == ("memory", True)
    assert "move it away" in failed.message
    gerta = game.spawn()
    assert talk(game, gerta, "Hello.") == "Aye."
    game.engine.close()
    assert path.read_bytes() == b"not a database" * 99
    assert sum(isinstance(event, StageFailed) for event in game.loop.events) == 1


def test_the_game_s_thread_never_writes(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the engine is there, only a thread of its own touches the file."""
    game = start("Aye.", memory_path=tmp_path / "memories.sqlite")
    connect, threads = sqlite3.connect, set()

    def noted(path: Path, *, timeout: float, isolation_level: None) -> sqlite3.Connection:
        threads.add(threading.current_thread().name)
        return connect(path, timeout=timeout, isolation_level=isolation_level)

    monkeypatch.setattr("npcengine.memory_file.sqlite3.connect", noted)
    gerta, aldo = game.spawn(), game.spawn("Aldo")
    game.engine.earshot(gerta, [aldo])
    talk(game, gerta, "Hello.")
    gerta.remember("The player is tall.")
    gerta.forget()
    game.engine.restore(game.engine.snapshot())
    game.engine.despawn(aldo)
    game.engine.close()
    assert threads == {"npcengine-memory"}
