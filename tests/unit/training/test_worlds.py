"""The training worlds are whole, and hold nothing of what the engine is measured with."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from npcengine.studio.tune.world_file import World, read_world
from tests.near_copies import bags, found_in, near_copies

PATHS = sorted((Path(__file__).parents[3] / "training" / "worlds").glob("*.yaml"))


@cache
def world(path: Path) -> World:
    """One file, parsed once."""
    return read_world(path)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_world_is_whole_and_says_nothing_twice(path: Path) -> None:
    """It loads, its follow-ups name facts, and no question stands in it twice with two meanings."""
    read = world(path)
    questions = [re.sub(r"\W+", " ", question).strip().casefold() for question in read.questions]
    follow_ups = {re.sub(r"\W+", " ", each.ask).strip().casefold() for fact in read.facts for each in fact.follow_up}
    twice = {text for text, count in Counter(questions).items() if count > 1} - follow_ups
    assert twice == set()
    asked = {question for fact in read.facts for question in fact.ask}
    assert {each.after for fact in read.facts for each in fact.follow_up} <= asked


def test_no_question_is_a_near_copy_of_one_the_engine_is_measured_with() -> None:
    """The suites measure what was never taught."""
    ours = bags(question for path in PATHS for question in world(path).questions)
    ours |= found_in("training/exchanges", {"player"})
    assert near_copies(ours, found_in("evaluation", {"ask", "player"})) == []


def test_no_reply_is_a_near_copy_of_one_of_a_shipped_character() -> None:
    """A model that is taught with them learns no one's lines by heart."""
    theirs = found_in("characters", {"npc", "say"}) | found_in("evaluation", {"npc", "say"})
    assert near_copies(found_in("training/exchanges", {"npc"}), theirs) == []


def test_no_fact_is_a_near_copy_of_one_of_a_shipped_character() -> None:
    """Nor of those of the characters held out for measuring."""
    ours = bags(text for path in PATHS for fact in world(path).facts for text in (fact.text, fact.say or ""))
    theirs = found_in("characters", {"text", "say"}) | found_in("evaluation", {"text", "say"})
    assert near_copies(ours, theirs) == []


def test_a_near_copy_is_found_whatever_its_order_and_marks() -> None:
    """The two tests above would see one."""
    ours = bags(["So, where does the old miller live?", "What is the price of a whole barrel?"])
    theirs = bags(["where does the old miller live", "how far is the price of a room"])
    assert near_copies(ours, theirs) == [("does live miller old so the where", "does live miller old the where")]
