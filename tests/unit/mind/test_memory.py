"""A memory keeps the newest, and reads back what it wrote and nothing else."""

from __future__ import annotations

import json
from enum import Enum
from typing import Any

import pytest

from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.notes import Note


@pytest.mark.parametrize(("keep", "kept"), [(0, ""), (1, "c"), (2, "bc"), (3, "abc"), (9, "abc")])
def test_only_the_newest_are_kept(keep: int, kept: str) -> None:
    """Nothing at all for 0."""
    memory = Memory(notes=(Note("a"), Note("b")))
    assert memory.noting("c", keep=keep).notes == tuple(map(Note, kept))


class Lore(str, Enum):  # noqa: UP042 - the older way, whose str() is its name
    """A game's own words."""

    NAME = "Robin."


@pytest.mark.parametrize(("fact", "noted"), [(Lore.NAME, "Robin."), (5, "5")])
def test_notes_are_exact_strings(fact: str, noted: str) -> None:
    """Whatever a game hands in, it can be handed on and comes back from a save."""
    memory = Memory().noting(fact, keep=9)
    assert memory.notes == (Note(noted),)
    assert type(memory.notes[0].text) is str
    assert Memory.from_json(memory.to_json()) == memory


def test_json_and_back() -> None:
    """What comes back from a file is the same memory."""
    memory = Memory(
        (Exchange("Hello?", "Aye", interrupted=True, emotion="firm"), Exchange("", "Hm.")), (Note("Robin."),)
    )
    assert Memory.from_json(json.loads(json.dumps(memory.to_json()))) == memory


def test_fields_that_came_later_may_be_missing() -> None:
    """An exchange without them gets their defaults."""
    old = {"exchanges": [{"player": "Hello?", "npc": "Aye."}], "notes": []}
    assert Memory.from_json(old).exchanges == (Exchange("Hello?", "Aye.", interrupted=False, emotion=None),)


EXCHANGE = {"player": "Hello?", "npc": "Aye.", "interrupted": False, "emotion": "firm"}
DAMAGED = [
    {},
    {"exchanges": []},
    {"notes": []},
    {"exchanges": [], "notes": "abc"},
    {"exchanges": [], "notes": [5]},
    {"exchanges": {}, "notes": []},
    *(
        {"exchanges": [exchange], "notes": []}
        for exchange in (
            None,
            "Hello?",
            {"player": "Hello?"},
            {5: "Hello?"},
            {**EXCHANGE, "player": 5},
            {**EXCHANGE, "npc": None},
            {**EXCHANGE, "interrupted": 1},
            {**EXCHANGE, "interrupted": None},
            {**EXCHANGE, "emotion": "joyful"},
            {**EXCHANGE, "emotion": ["firm"]},
            {**EXCHANGE, "age": 3},
        )
    ),
]


@pytest.mark.parametrize("data", DAMAGED)
def test_other_forms_are_refused(data: dict[str, Any]) -> None:
    """A memory that is read can be used everywhere."""
    with pytest.raises(TypeError):
        Memory.from_json(data)
