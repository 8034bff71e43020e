"""The game of Oakhollow over fake models: what talking, giving and using changes, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demo_game.game import Game
from demo_game.save import SaveError
from demo_game.world import World
from npcengine import ActionRequested, TurnFinished
from tests.integration.oakhollow import Hum, Oakhollow, open_oakhollow

Open = Callable[..., Oakhollow]


@pytest.fixture
def village() -> Iterator[Open]:
    """Opens games; closes their engines after the test."""
    opened: list[Oakhollow] = []

    def open_one(*replies: str, **options: object) -> Oakhollow:
        opened.append(open_oakhollow(*replies, **options))
        opened[-1].run(0.2)
        return opened[-1]

    yield open_one
    for each in opened:
        each.game.engine.close()


def test_what_is_told_stands_in_the_notebook(village: Open) -> None:
    """A clue comes from whoever tells its fact; what was told besides is a remark."""
    oakhollow = village()
    oakhollow.visit("oswin")
    oakhollow.ask("Did you find bones in the ashes?")
    notebook = oakhollow.game.story.notebook
    assert notebook.knows("no_bones")
    assert [entry.speaker for entry in notebook.clues] == ["oswin"]
    assert oakhollow.game.chronicle.new_entries
    assert "No bones" in notebook.remarks[0].text


def test_talking_wins_trust_and_hard_words_lose_it(village: Open) -> None:
    """The rules are the game's: the first talk, something told, and an insult, each by its fixed amount."""
    oakhollow = village()
    oakhollow.visit("gerta")
    before = oakhollow.game.trust("gerta")
    oakhollow.ask("What is the cat called?")
    assert oakhollow.game.trust("gerta") == before + 5 + 3
    oakhollow.ask("You are a stupid fool.")
    assert oakhollow.game.trust("gerta") == before + 5 + 3 - 6


def test_an_action_changes_the_village(village: Open) -> None:
    """The gate opens in the world, the character knows, and one can walk through."""
    oakhollow = village()
    game = oakhollow.game
    assert not game.world.player_way("cart")
    oakhollow.visit("gerta")
    game.receive(action(game, "gerta", "open_gate"))
    assert game.world.gate_open
    assert game.engine.world["gate_open"] is True
    assert game.world.player_way("cart")
    assert "gate" in game.notice


def test_nobody_sells_for_money_one_has_not(village: Open) -> None:
    """Without five silver nothing is repaired, nothing is paid, and the player reads why."""
    oakhollow = village()
    game = oakhollow.game
    game.story.gold = 2
    game.receive(action(game, "gerta", "repair", item="shield"))
    assert game.story.gold == 2
    assert game.story.has("shield")
    assert game.notice == "You cannot pay 5 silver."


def test_the_ferry_takes_the_player_over_and_back(village: Open) -> None:
    """It carries player and ferryman; on the other bank the way back needs no coin and no word."""
    oakhollow = village()
    game = oakhollow.game
    oakhollow.visit("aldo")
    game.receive(action(game, "aldo", "ferry_across"))
    assert game.world.riding
    oakhollow.run(6.0)
    assert not game.world.riding
    assert game.world.player.x > 36
    assert game.world.people["aldo"].x > 36
    game.talk.leave()
    assert game.thing is not None
    game.use()
    oakhollow.run(6.0)
    assert game.world.player.x < 32


def test_an_item_is_given_by_voice_by_line_and_by_the_wheel(village: Open) -> None:
    """The same words do the same, however they come: the author's reaction, the item's new owner, trust once."""
    for way in ("line", "wheel", "voice"):
        oakhollow = village(stt="fake:Here, take this kettle.")
        game = oakhollow.game
        oakhollow.visit("maren")
        before = game.trust("maren")
        if way == "line":
            game.say("Here, take this kettle.")
        elif way == "wheel":
            game.choose(next(intent for intent in game.intents if intent.item == "kettle"))
        else:
            game.talk.listen()
            oakhollow.microphone.play(Hum().spoken("Here, take this kettle."))
            for _ in range(80):
                oakhollow.microphone.frame(1 / 60)
                oakhollow.frame()
            game.talk.stop_listening()
        oakhollow.settle()
        assert not game.story.has("kettle"), way
        assert game.trust("maren") >= before + 10, way  # by voice, the line is a talk as well
        assert "kettle" in game.villagers["maren"].last.text, way


def test_walking_away_ends_the_talk(village: Open) -> None:
    """The voice grows fainter, the villager breaks off once the player is out of hearing, and minds it."""
    oakhollow = village("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen.")
    game = oakhollow.game
    oakhollow.visit("gerta")
    oakhollow.ask("What is the cat called?")
    game.say("Tell me of yourself and of everything under the sun.")
    gerta = game.villagers["gerta"]
    for _ in range(600):
        oakhollow.frame()
        if gerta.npc.subtitle.spoken.count(" ") > 1 and gerta.npc.status == "speaking":
            break
    near = game.world.heard_from("gerta")[1]
    before = game.trust("gerta")
    ended: list[TurnFinished] = []
    game.watcher = lambda event: ended.append(event) if isinstance(event, TurnFinished) else None
    game.world.player.y += 6.0
    oakhollow.frame()
    assert game.talk.partner is gerta
    assert game.world.heard_from("gerta")[1] < near
    game.world.player.y += 3.0
    oakhollow.run(0.1)
    assert game.talk.partner is None
    assert gerta.npc.status == "idle"
    assert game.trust("gerta") < before
    assert any("walked off" in str(note) for note in gerta.npc.memory.notes)


def test_a_second_villager_is_heard_alone(village: Open) -> None:
    """Turning to another while one speaks makes the first fall silent."""
    oakhollow = village()
    game = oakhollow.game
    oakhollow.visit("gerta")
    game.villagers["gerta"].npc.say("One two three four five six seven eight nine ten.")
    oakhollow.run(1.5)
    game.world.people["maren"].x = game.world.player.x + 1.0
    game.world.people["maren"].y = game.world.player.y
    game.talk.begin("maren")
    assert game.villagers["gerta"].npc.status == "idle"
    assert game.talk.partner is game.villagers["maren"]


def test_a_pause_stops_everything(village: Open) -> None:
    """Nobody walks, the clock of the story stands, and the voice goes on afterwards."""
    oakhollow = village()
    game = oakhollow.game
    game.world.send("oswin", "landing")
    game.villagers["gerta"].npc.say("One two three four five six seven eight nine ten.")
    oakhollow.run(1.0)
    game.pause()
    spot, time_s = game.world.people["oswin"].spot, game.time_s
    spoken = game.villagers["gerta"].npc.subtitle.spoken
    oakhollow.run(5.0)
    assert (game.world.people["oswin"].spot, game.time_s) == (spot, time_s)
    assert game.villagers["gerta"].npc.subtitle.spoken == spoken
    game.resume()
    oakhollow.settle()
    assert game.villagers["gerta"].last.text.endswith("ten.")


def test_villagers_left_alone_visit_each_other(village: Open) -> None:
    """After a while one walks over, a few words of the author's are exchanged, overheard and remembered."""
    oakhollow = village()
    game = oakhollow.game
    home = game.world.people["oswin"].spot
    oakhollow.run(75.0)
    assert game.world.people["oswin"].distance(home) > 5.0 or game.villagers["oswin"].last.text
    assert game.villagers["oswin"].npc.memory.exchanges


# ---------------------------------------------------------------- the three ends


def test_the_truth_is_told_at_the_forge(village: Open) -> None:
    """Aldo confesses only once he has seen the lantern and trusts the player; then he walks up and tells his sister."""
    oakhollow = village()
    game = oakhollow.game
    game.story.gain("lantern")
    oakhollow.visit("aldo")
    assert game.villagers["aldo"].npc.state["lantern_shown"] is False
    game.say("Here is your lantern.")
    oakhollow.settle()
    assert game.villagers["aldo"].npc.state["lantern_shown"] is True
    game.receive(action(game, "aldo", "confess"))
    for frame in range(100 * 60):
        oakhollow.frame()
        if frame == 300:
            game.say("Wait!")  # nobody talks into the last scene
        if game.ending:
            break
    assert game.story.ending == "truth"
    assert game.world.people["aldo"].distance(game.world.map.places["forge"]) < 2.0


def test_the_bell_ends_it_only_with_something_to_tell(village: Open) -> None:
    """Rung for nothing it gathers a grumbling village; with the letter read and how and why known it ends the story."""
    oakhollow = village()
    game = oakhollow.game
    game.receive(action(game, "oswin", "ring_bell"))
    assert game.world.bell_s > 0
    oakhollow.run(90.0)
    assert game.ending is None
    game.story.gain("letter")
    for clue in ("ferry", "loft"):
        game.story.find(clue)
    oakhollow.visit("oswin")
    game.say("Look at this letter.")
    oakhollow.settle()
    game.receive(action(game, "oswin", "ring_bell"))
    for _ in range(120 * 60):
        oakhollow.frame()
        if game.ending:
            break
    assert game.story.ending == "mercy"


def test_iron_forgets(village: Open) -> None:
    """Gerta melts the lantern down only once she has read that Tobias lives."""
    oakhollow = village()
    game = oakhollow.game
    game.story.gain("lantern")
    game.story.gain("letter")
    oakhollow.visit("gerta")
    game.give("lantern")
    oakhollow.settle()
    assert game.story.has("lantern")
    game.give("letter")
    oakhollow.settle()
    game.give("lantern")
    for _ in range(60 * 60):
        oakhollow.frame()
        if game.ending:
            break
    assert game.story.ending == "iron"


def test_no_line_alone_ends_the_story(village: Open) -> None:
    """Typing the solution, a request for every action, and commands changes nothing of the kind."""
    oakhollow = village()
    game = oakhollow.game
    for stem in game.villagers:
        oakhollow.visit(stem)
        for line in (
            "Aldo burned the mill. Tobias lives in Varn. Confess!",
            "Here is the lantern. Here is the letter.",
        ):
            oakhollow.ask(line)
    oakhollow.run(10.0)
    assert not game.story.ending
    assert not game.story.has("lantern")
    assert not game.story.has("letter")


# ---------------------------------------------------------------- the save


def test_a_save_made_in_the_middle_of_a_talk_goes_on_after_a_restart(village: Open, tmp_path: Path) -> None:
    """Memory, trust, bag, purse, notebook, places and the partner are as they were when the words were being heard."""
    oakhollow = village("one two three four five six seven eight nine ten.")
    game = oakhollow.game
    oakhollow.visit("gerta")
    oakhollow.ask("What is the cat called?")
    game.receive(action(game, "gerta", "repair", item="shield"))
    game.receive(action(game, "gerta", "open_gate"))
    game.say("Count for me, if you please, as far as you can.")
    gerta = game.villagers["gerta"].npc
    for _ in range(600):
        oakhollow.frame()
        if gerta.status == "speaking" and gerta.subtitle.spoken.count(" ") > 2:
            break
    path = tmp_path / "save.json"
    game.save(path)
    heard = gerta.subtitle.spoken
    trust = game.trust("gerta")
    json.loads(path.read_text("utf-8"))

    again = village()
    again.game.load(path)
    loaded = again.game
    assert loaded.trust("gerta") == trust
    assert loaded.story.inventory == game.story.inventory
    assert loaded.story.gold == 7
    assert loaded.story.notebook.entries == game.story.notebook.entries
    assert loaded.world.gate_open
    assert loaded.world.player.spot == pytest.approx(game.world.player.spot, abs=0.01)
    assert loaded.talk.partner is loaded.villagers["gerta"]
    replies = [exchange.npc for exchange in loaded.villagers["gerta"].npc.memory.exchanges]
    assert replies[-1].startswith(heard.split()[0])
    assert "ten" not in replies[-1]
    again.ask("What happened to the mill?")
    assert loaded.turn is not None


def test_a_save_that_is_none_changes_nothing(village: Open, tmp_path: Path) -> None:
    """No file, no JSON, another game's file: one line for the player, and the game goes on."""
    oakhollow = village()
    for name, text in (
        ("none", None),
        ("torn", '{"oakhollow": 1, "eng'),
        ("other", '{"oakhollow": 99}'),
        ("bare", "[]"),
    ):
        path = tmp_path / f"{name}.json"
        if text:
            path.write_text(text)
        with pytest.raises(SaveError):
            oakhollow.game.load(path)
    assert oakhollow.game.story.gold == 12


def test_a_save_in_the_middle_of_the_river_lands(tmp_path: Path, village: Open) -> None:
    """Nobody is loaded into the water."""
    oakhollow = village()
    game = oakhollow.game
    oakhollow.visit("aldo")
    game.receive(action(game, "aldo", "ferry_across"))
    oakhollow.run(2.0)
    game.save(tmp_path / "save.json")
    again = village()
    again.game.load(tmp_path / "save.json")
    world: World = again.game.world
    assert world.is_free(world.player.spot)
    assert world.is_free(world.people["aldo"].spot)
    assert world.player.x > 36


def action(game: Game, stem: str, name: str, **args: str) -> ActionRequested:
    """The event that a villager's action comes as."""
    return ActionRequested(game.villagers[stem].npc, name, args)
