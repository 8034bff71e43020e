"""The training worlds are whole, and hold nothing of what the engine is measured with."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from npcengine.studio.tune.world_file import World, read_world

WORLDS = Path(__file__).parents[3] / "training" / "worlds"

PROJECT = Path(__file__).resolve().parents[3]
PATHS = sorted(WORLDS.glob("*.yaml"))
NEAR_COPY = 0.8
"""Share of common words, of all words of both, from which one sentence is a near copy of another."""
FEWEST_WORDS = 4
"""Anybody asks "how much is it"; shorter sentences prove nothing."""

Bag = frozenset[str]


@cache
def world(path: Path) -> World:
    """One file, parsed once."""
    return read_world(path)


def bag(sentence: str) -> Bag:
    """The words of a sentence without marks and order."""
    return frozenset(re.findall(r"[a-z0-9]+", sentence.casefold().replace("'", "")))


def bags(sentences: Iterable[str]) -> set[Bag]:
    """Those of the sentences that are long enough to be a copy of anything."""
    return {words for words in map(bag, sentences) if len(words) >= FEWEST_WORDS}


def values(node: object, keys: set[str]) -> Iterator[str]:
    """Every text that stands under one of the keys, however deep."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys:
                yield from [value] if isinstance(value, str) else [each for each in value if isinstance(each, str)]
            yield from values(value, keys)
    elif isinstance(node, list):
        for each in node:
            yield from values(each, keys)


def found_in(folder: str, keys: set[str]) -> set[Bag]:
    """What stands under the keys in all YAML files of a folder of the project."""
    documents = [YAML(typ="safe").load(path.read_text(encoding="utf-8")) for path in (PROJECT / folder).rglob("*.yaml")]
    return bags(text for document in documents for text in values(document, keys))


def near_copies(ours: set[Bag], theirs: set[Bag]) -> list[tuple[str, str]]:
    """Pairs that overlap by `NEAR_COPY` or more.

    Two such sentences share at least one of the rarest words of each: only those are looked up.
    """
    rarity = Counter(word for words in ours | theirs for word in words)

    def rarest(words: Bag) -> list[str]:
        ranked = sorted(words, key=lambda word: (rarity[word], word))
        return ranked[: int(len(words) * (1 - NEAR_COPY) + 1e-9) + 1]

    by_word: dict[str, set[Bag]] = defaultdict(set)
    for words in theirs:
        for word in rarest(words):
            by_word[word].add(words)
    pairs = {(a, b) for a in ours for word in rarest(a) for b in by_word[word]}
    return [(" ".join(sorted(a)), " ".join(sorted(b))) for a, b in pairs if len(a & b) >= NEAR_COPY * len(a | b)]


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
