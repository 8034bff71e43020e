"""A character, suites in a folder, and turns without a model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from npcengine.persona import Persona, persona_from_dict
from npcengine.studio.evaluation.judging import Reply, judge
from npcengine.studio.evaluation.sitting import Sitting, Turn
from npcengine.studio.evaluation.suite import Suite
from npcengine.studio.evaluation.suite_file import SuiteFile

CHARACTER: dict[str, Any] = {
    "npcengine": 1,
    "name": "Tom",
    "mood": "content",
    "state": {"trust": 50, "gold": 0},
    "examples": [{"player": "Who are you?", "npc": "Tom. I pour."}],
    "knowledge": [
        {"id": "well", "text": "The well dried up in spring.", "topics": ["well"], "say": "Dry since spring."},
        {"id": "road", "text": "The north road is flooded.", "topics": ["road"]},
        {"id": "gold", "text": "Tom buried a chest under the oak.", "when": "trust >= 80", "secret": True},
    ],
    "lines": [{"when_asked": ["how much is a room"], "say": "Two silver, and don't haggle."}],
    "actions": [
        {"name": "open_door", "description": "Open the door.", "when": "trust >= 40"},
        {"name": "mend", "description": "Mend one of the player's items.", "args": {"item": "inventory"}},
    ],
    "unknown": ["Ask someone else.", "Couldn't say."],
}


@pytest.fixture
def persona() -> Persona:
    """An innkeeper with one of everything."""
    return persona_from_dict(CHARACTER)


@pytest.fixture
def seated(persona: Persona) -> Callable[..., Sitting]:
    """Seats the innkeeper before these cases."""

    def seat(*cases: dict[str, Any]) -> Sitting:
        held = Suite.model_validate({"suite": "inn", "cases": cases})
        return Sitting(SuiteFile(Path("inn.yaml"), held, tuple(range(3, 3 + len(cases)))), persona, "tom.yaml")

    return seat


@pytest.fixture
def turn(seated: Callable[..., Sitting]) -> Callable[..., Turn]:
    """One question with one reply, judged."""

    def answer(case: dict[str, Any], reply: Reply | str) -> Turn:
        sitting = seated({"ask": "What happened?", **case})
        given = Reply(reply, "content") if isinstance(reply, str) else reply
        asked = sitting.file.suite.cases[0]
        return Turn(sitting, 0, asked.ask[0], given, judge(asked, given, sitting.persona))

    return answer
