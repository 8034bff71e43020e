"""A world, exchanges and a tokenizer for the tests of teaching."""

from __future__ import annotations

import random
from typing import Any

import pytest

from npcengine.mind.page import Page
from npcengine.mind.templates import SCREENPLAY
from npcengine.studio.tune.exchange_file import Exchange
from npcengine.studio.tune.lessons import Branch, Lesson
from npcengine.studio.tune.packing import Packed, pack
from npcengine.studio.tune.world_file import World

THINGS = (
    *("anchor", "barrel", "candle", "drum", "engine", "flag", "gate", "hammer", "island"),
    *("jacket", "kettle", "ladder", "mirror", "needle", "oven", "pump", "quilt", "rope"),
)

NAMES = ("ale", "bread", "cheese", "dog", "egg")

WAYS = ("Where's the", "Which box holds the", "Find me the", "Any", "A", "No")


def world_data() -> dict[str, Any]:
    """A whole world: eighteen things, each in a box of its own number."""
    facts = [
        {
            "id": thing,
            "text": f"The {thing} lies in box {number}.",
            "say": f"Box {number}, that {thing}.",
            "ask": [
                f"{way} {thing}?" for way in ("Where's the", "Which box holds the", "Find me the", "Any", "A", "No")
            ],
            "near": [f"Who made the {thing}?", f"How old is the {thing}?"],
        }
        for number, thing in enumerate(THINGS, 1)
    ]
    return {
        "npcengine_training": 1,
        "character": {"name": "Old Bess", "role": "keeper", "description": "Bess keeps stores.", "style": "Dry."},
        "facts": facts,
        "unanswerable": [f"What is the {number}th law?" for number in range(20)],
        "statements": [f"I saw {number} gulls." for number in range(10)],
    }


@pytest.fixture
def world() -> World:
    """It, read."""
    return World.model_validate(world_data())


@pytest.fixture
def exchanges() -> list[Exchange]:
    """One of each sort that is treated in its own way."""
    return [
        Exchange(skill="greet", player="Morning!", npc="Morning. Mind the rope.", emotion="neutral"),
        Exchange(skill="answer", facts=("rope",), player="the rope, quick", npc="Eighteen.", emotion="firm"),
        Exchange(skill="unknown", facts=("rope",), player="Who wove the rope?", npc="No idea.", emotion="neutral"),
        Exchange(skill="react", news="The roof leaks.", npc="Buckets, now!", emotion="worried"),
        Exchange(skill="deed", player="Open up.", deed="Open the gate.", npc="There you go.", emotion="content"),
    ]


class SameChance(random.Random):
    """Always the same number: fillers and other talk are left out, facts beside talk too."""

    def random(self) -> float:
        """Above the shares of fillers and talk, below that of talk without facts."""
        return 0.4


def tokenize(text: str, *, first: bool = False) -> list[int]:
    """A token a word or line end, out of 90; 99 opens a sequence."""
    pieces = text.replace("\n", " \n ").split(" ")
    found = [sum(map(ord, piece)) % 90 for piece in pieces if piece]
    return [99, *found] if first else found


def page() -> Page:
    """What prompts are written on."""
    return Page("test", SCREENPLAY, tokens=1200, count=lambda text: len(tokenize(text)))


def rows() -> list[Packed]:
    """A few lessons of a few moments."""
    branches = tuple(
        Branch(f"Player: {one}\n", f"Player: {two}\nTom:", f" {one} {two}\n", "answer")
        for one in NAMES
        for two in NAMES
    )
    return [
        row
        for at in range(0, len(branches), 5)
        for row in pack(Lesson("Tom, keeper of the inn.\n", branches[at : at + 5]), tokenize, most=400)
    ]
