"""The counts in the training data's description are those of the files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from npcengine.studio.tune.exchange_file import read_exchanges
from npcengine.studio.tune.world_file import read_worlds

WORLDS = Path(__file__).parents[3] / "training" / "worlds"
EXCHANGES = Path(__file__).parents[3] / "training" / "exchanges"

README = (Path(__file__).resolve().parents[3] / "training" / "README.md").read_text(encoding="utf-8")


def row(start: str) -> list[int]:
    """The numbers in the last cell of the table row that begins so."""
    (line,) = [line for line in README.splitlines() if line.startswith(f"| {start}")]
    return [int(number.replace(",", "")) for number in line.split("|")[2].split(" / ")]


def test_the_counts_of_worlds_are_true() -> None:
    """Whoever adds a fact says so."""
    worlds = read_worlds(WORLDS).values()
    facts = [fact for world in worlds for fact in world.facts]
    assert row("worlds, no two") == [len(worlds)]
    assert row("facts") == [len(facts)]
    assert row("… that their") == [sum(fact.say is not None for fact in facts)]
    assert row("questions that a fact") == [sum(len(fact.ask) for fact in facts)]
    assert row("questions that only") == [sum(len(fact.near) for fact in facts)]
    assert row("follow-up") == [sum(len(fact.follow_up) for fact in facts)]
    assert row("questions that no fact") == [sum(len(world.unanswerable) for world in worlds)]
    assert row("lines that ask") == [sum(len(world.statements) for world in worlds)]


def test_the_counts_of_exchanges_are_true() -> None:
    """Skill by skill."""
    exchanges = [exchange for path in EXCHANGES.glob("*.yaml") for exchange in read_exchanges(path).exchanges]
    counted = Counter(str(exchange.skill) for exchange in exchanges)
    for start in ("answer", "react", "console", "insult"):
        (line,) = [line for line in README.splitlines() if line.startswith(f"| `{start}` /")]
        skills = [skill.strip(" `") for skill in line.split("|")[1].split("/")]
        assert dict(zip(skills, row(f"`{start}` /"), strict=True)) == {skill: counted[skill] for skill in skills}
    assert row("all") == [len(exchanges)]
