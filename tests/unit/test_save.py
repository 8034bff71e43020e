"""A save is read whole or not at all, and loses nobody."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcengine import ConfigError
from npcengine.mind.memory import Digest, Exchange, Memory
from npcengine.mind.mood import Mood
from npcengine.mind.notes import KINDS, Note, tidy
from npcengine.npc import Npc
from npcengine.persona import Persona, persona_from_dict
from npcengine.save import SavedCharacter, keep, read_save, recall, write_save
from npcengine.state import CharacterState, World
from npcengine.types import EMOTIONS


@dataclass
class Handle:
    """As much of an `Npc` as a save knows."""

    key: str


@dataclass
class Character:
    """As much of a conversation as a save knows."""

    npc: Npc
    persona: Persona
    state: CharacterState
    memory: Memory = field(default_factory=Memory)
    mood: Mood = field(default_factory=Mood)

    @property
    def memory_so_far(self) -> Memory:
        """No turn is ever open."""
        return self.memory

    @property
    def kept_mood(self) -> Mood:
        """As it is."""
        return self.mood

    def interrupt(self) -> None:
        """Says nothing."""

    def reset(self, memory: Memory, mood: Mood) -> None:
        """Goes back."""
        self.memory, self.mood = memory, mood


def a_character(key: str = "gerta", **declared: int | str | bool) -> Character:
    """A character in the game, as new."""
    state = declared or {"trust": 50}
    persona = persona_from_dict({"npcengine": 1, "name": key, "state": state})
    return Character(cast("Npc", Handle(key)), persona, CharacterState(persona.state, key))


def a_snapshot() -> dict[str, Any]:
    """As a game's file gives it back: a world of every kind of value, and a character that has lived."""
    gerta, world = a_character(), World()
    gerta.state["trust"] = 60
    gerta.memory = Memory((Exchange("Hello?", "Aye.", emotion="firm"),), (Note("Robin."),))
    world.update({"hour": 12, "rain": True, "inventory": ("sword",)})
    saved: dict[str, Any] = json.loads(json.dumps(write_save(world, [gerta])))
    return saved


def test_a_character_comes_back() -> None:
    """State and memory as they were written."""
    gerta = a_character()
    restored = read_save(a_snapshot())
    restored.apply(gerta)
    assert restored.world == {"hour": 12, "rain": True, "inventory": ("sword",)}
    assert gerta.state["trust"] == 60
    assert gerta.memory == Memory((Exchange("Hello?", "Aye.", emotion="firm"),), (Note("Robin."),))


def test_a_character_that_the_save_does_not_name_becomes_as_new() -> None:
    """Its file's values, and an empty memory."""
    aldo = a_character("aldo")
    aldo.state["trust"] = 10
    aldo.memory = Memory(notes=(Note("Robin."),))
    read_save(a_snapshot()).apply(aldo)
    assert (aldo.state["trust"], aldo.memory) == (50, Memory())


def test_a_file_that_changed_since_the_save_still_loads() -> None:
    """Names that are gone are left out; new ones have their starting value."""
    gerta = a_character(gold=7)
    gerta.state["gold"] = 3
    read_save(a_snapshot()).apply(gerta)
    assert gerta.state.copy() == {"gold": 7}


def test_a_character_that_is_not_in_the_game_stays_in_the_save() -> None:
    """A load and a save later it is still there, and comes back as it was."""
    restored = read_save(a_snapshot())
    again = write_save(World(), [a_character("aldo")], restored.characters)
    assert set(again["characters"]) == {"aldo", "gerta"}
    assert again["characters"]["gerta"] == a_snapshot()["characters"]["gerta"]
    gerta = a_character()
    recall(read_save(again).characters["gerta"], gerta)
    assert (gerta.state["trust"], gerta.memory.notes) == (60, (Note("Robin."),))


def test_a_character_in_the_game_is_written_as_it_is_now() -> None:
    """Whatever an older save held of it."""
    gerta = a_character()
    gerta.state["trust"] = 99
    again = write_save(World(), [gerta], {"gerta": SavedCharacter({"trust": 1}, Memory())})
    assert again["characters"]["gerta"]["state"] == {"trust": 99}


def test_what_is_kept_does_not_change_with_the_character() -> None:
    """A character that leaves is kept as it left."""
    gerta = a_character()
    kept = keep(gerta)
    gerta.state["trust"] = 1
    gerta.memory = gerta.memory.noting("Robin.", keep=9)
    assert kept == SavedCharacter({"trust": 50}, Memory())


def test_saves_from_before_emotions_load() -> None:
    """An exchange without one was said nobody knows how."""
    saved = a_snapshot()
    del saved["characters"]["gerta"]["memory"]["exchanges"][0]["emotion"]
    assert read_save(saved).characters["gerta"].memory.exchanges == (Exchange("Hello?", "Aye."),)


def test_saves_of_the_first_version_load() -> None:
    """Notes were bare strings, and there was neither mood nor digest."""
    saved = a_snapshot()
    saved["npcengine"] = 1
    gerta_in(saved).pop("mood")
    gerta_in(saved)["memory"] = {"exchanges": [{"player": "Hello?", "npc": "Aye."}], "notes": ["Robin."]}
    read = read_save(saved).characters["gerta"]
    assert read.memory == Memory((Exchange("Hello?", "Aye."),), (Note("Robin."),))
    assert read.mood == Mood()


texts = st.text(max_size=40)
exchanges = st.builds(
    Exchange,
    texts,
    texts,
    interrupted=st.booleans(),
    emotion=st.none() | st.sampled_from(EMOTIONS),
    told=st.lists(texts, max_size=3).map(tuple),
    speaker=texts,
)
notes = st.builds(Note, texts.map(tidy), st.sampled_from(KINDS), texts.map(tidy))
memories = st.builds(
    Memory,
    st.lists(exchanges, max_size=5).map(tuple),
    st.lists(notes, max_size=5).map(tuple),
    st.builds(Digest, st.integers(0, 999), st.lists(texts, max_size=3).map(tuple)),
    st.integers(0, 99),
)
moods = st.builds(Mood, st.sampled_from(EMOTIONS), st.floats(0.25, 1.0)) | st.just(Mood())
values = st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
characters = st.builds(SavedCharacter, st.dictionaries(texts, values, max_size=3), memories, moods)


@settings(deadline=None)
@given(absent=st.dictionaries(texts, characters, max_size=3), world=st.dictionaries(texts, values, max_size=3))
def test_a_save_gives_back_what_it_was_given(absent: dict[str, SavedCharacter], world: dict[str, Any]) -> None:
    """Every field of every character, through a file's text."""
    shared = World()
    shared.update(world)
    restored = read_save(json.loads(json.dumps(write_save(shared, [], absent))))
    assert restored.characters == absent
    assert restored.world == world


def gerta_in(saved: dict[str, Any]) -> dict[str, Any]:
    """The part of a snapshot that is one character's."""
    part: dict[str, Any] = saved["characters"]["gerta"]
    return part


DAMAGES: list[Callable[[dict[str, Any]], object]] = [
    lambda saved: saved.pop("world"),
    lambda saved: saved.pop("characters"),
    lambda saved: saved.update(world=[]),
    lambda saved: saved.update(characters=[["gerta", {}]]),
    lambda saved: saved.update(characters={5: {}}),
    lambda saved: saved["characters"].update(gerta=None),
    lambda saved: saved["world"].update(hour=None),
    lambda saved: saved["world"].update(inventory=[1]),
    lambda saved: saved["world"].update(inventory={"sword": 1}),
    lambda saved: saved["world"].update({5: 1}),
    lambda saved: gerta_in(saved).pop("state"),
    lambda saved: gerta_in(saved).pop("memory"),
    lambda saved: gerta_in(saved).update(state=[["trust", 1]]),
    lambda saved: gerta_in(saved).update(memory="Robin."),
    lambda saved: gerta_in(saved)["state"].update(trust=None),
    lambda saved: gerta_in(saved)["state"].update(trust=[1]),
    lambda saved: gerta_in(saved)["state"].update(gone_since={"a": 1}),
    lambda saved: gerta_in(saved)["memory"].update(notes=[5]),
    lambda saved: gerta_in(saved)["memory"].update(notes=[{"text": "Robin.", "kind": "rumour"}]),
    lambda saved: gerta_in(saved)["memory"].update(notes=[{"kind": "told"}]),
    lambda saved: gerta_in(saved)["memory"].update(past={"exchanges": -1}),
    lambda saved: gerta_in(saved)["memory"].update(past={"told": "mill"}),
    lambda saved: gerta_in(saved)["memory"].update(past={"age": 1}),
    lambda saved: gerta_in(saved)["memory"].update(past=[]),
    lambda saved: gerta_in(saved)["memory"].update(meetings="often"),
    lambda saved: gerta_in(saved)["memory"]["exchanges"][0].update(told=[5]),
    lambda saved: gerta_in(saved)["memory"]["exchanges"][0].update(speaker=None),
    lambda saved: gerta_in(saved).update(mood="angry"),
    lambda saved: gerta_in(saved).update(mood={"emotion": "angry", "strength": 7}),
    lambda saved: gerta_in(saved)["memory"].update(exchanges=[{"player": 5}]),
    lambda saved: gerta_in(saved)["memory"]["exchanges"][0].update(player=5),
    lambda saved: gerta_in(saved)["memory"]["exchanges"][0].update(npc=None),
    lambda saved: gerta_in(saved)["memory"]["exchanges"][0].update(interrupted="no"),
    lambda saved: gerta_in(saved)["memory"]["exchanges"][0].update(emotion="joyful"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_save_is_refused_as_a_whole(damage: Callable[[dict[str, Any]], object]) -> None:
    """Whatever was damaged is found before anything is restored."""
    saved = deepcopy(a_snapshot())
    damage(saved)
    with pytest.raises(ConfigError, match=r"damaged \(.+\); nothing was restored"):
        read_save(saved)


@pytest.mark.parametrize("saved", [None, [], "{}", 1])
def test_what_is_no_mapping_is_no_snapshot(saved: object) -> None:
    """Say, a file's text that was not parsed."""
    with pytest.raises(ConfigError, match=r"damaged .*nothing was restored"):
        read_save(saved)  # type: ignore[arg-type]


@pytest.mark.parametrize("version", [None, 0, 3, "1"])
def test_another_version_is_refused(version: object) -> None:
    """The message says which one this engine reads."""
    with pytest.raises(ConfigError, match=r"reads version 2.*nothing was restored"):
        read_save({**a_snapshot(), "npcengine": version})
