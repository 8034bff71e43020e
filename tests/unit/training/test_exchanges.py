"""The training exchanges are whole, short, in many voices and free of stock phrases."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from npcengine.studio.tune.exchange_file import Exchange, read_exchanges
from npcengine.studio.tune.world_file import read_world
from npcengine.types import EMOTIONS

WORLDS = Path(__file__).parents[3] / "training" / "worlds"
EXCHANGES = Path(__file__).parents[3] / "training" / "exchanges"

PATHS = sorted(EXCHANGES.glob("*.yaml"))
LONGEST_REPLY_WORDS = 30
PHRASE_WORDS = 4
MOST_REPLIES_WITH_ONE_PHRASE = 0.01


@cache
def everything() -> list[Exchange]:
    """The exchanges of all files, parsed once."""
    return [exchange for path in PATHS for exchange in read_exchanges(path).exchanges]


def words(sentence: str) -> list[str]:
    """The words of a sentence in order, without marks."""
    return re.findall(r"[a-z0-9]+", sentence.casefold().replace("'", ""))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_exchanges_belong_to_a_world_and_are_short(path: Path) -> None:
    """The facts that lie beside a question are facts of that world, and a reply is a breath long."""
    file = read_exchanges(path)
    known = {fact.id for fact in read_world(WORLDS / f"{file.world}.yaml").facts}
    assert {fact for exchange in file.exchanges for fact in exchange.facts} <= known
    assert [each.npc for each in file.exchanges if len(each.npc.split()) > LONGEST_REPLY_WORDS] == []


def test_answers_have_their_fact_and_follow_ups_their_history() -> None:
    """What a skill needs is given with it."""
    for exchange in everything():
        if exchange.skill in {"answer", "unknown", "follow_up"}:
            assert exchange.facts, exchange.npc
        if exchange.skill == "follow_up":
            assert exchange.history, exchange.npc
        if exchange.skill == "use_told":
            assert exchange.told, exchange.npc
        assert (exchange.skill == "react") == (exchange.news is not None), exchange.npc


def test_no_reply_stands_twice_and_no_phrase_is_a_habit() -> None:
    """A model taught with them learns no catch-phrase."""
    replies = [words(exchange.npc) for exchange in everything()]
    assert [text for text, count in Counter(map(tuple, replies)).items() if count > 1] == []
    phrases: Counter[tuple[str, ...]] = Counter()
    for reply in replies:
        phrases.update({tuple(reply[at : at + PHRASE_WORDS]) for at in range(len(reply) - PHRASE_WORDS + 1)})
    allowed = max(2, len(replies) * MOST_REPLIES_WITH_ONE_PHRASE)
    assert [phrase for phrase, count in phrases.items() if count > allowed] == []


def test_every_emotion_is_shown() -> None:
    """None of the twelve is left to chance."""
    assert {exchange.emotion for exchange in everything()} == set(EMOTIONS)
