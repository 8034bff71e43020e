"""A character and a scripted model for the mind's tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from npcengine.mind.protocol import LanguageModelCapabilities
from npcengine.persona import Persona, persona_from_dict
from npcengine.types import Limits, Prompt

CHARACTER: dict[str, Any] = {
    "npcengine": 1,
    "name": "Gerta Holt",
    "role": "blacksmith of Oakhollow",
    "description": "Gerta has run the forge since her father died.",
    "personality": ["blunt"],
    "style": "Short sentences.",
    "mood": "content",
    "state": {"trust": 50, "gold": 0},
    "greeting": ["Mind the sparks."],
    "fillers": [],
    "examples": [{"player": "Who are you?", "npc": "Gerta. I beat iron.", "emotion": "amused"}],
    "knowledge": [
        {
            "id": "mill_fire",
            "text": "The old mill burned down last winter, and the miller Tobias fled to Varn.",
            "topics": ["mill", "Tobias", "fire"],
            "say": "Burned to the beams. Tobias ran off to Varn.",
        },
        {"id": "cat", "text": "The forge cat is called Clinker.", "topics": ["cat"], "say": "That's Clinker."},
        {
            "id": "aldo_debt",
            "text": "Her brother Aldo owes the bandits forty silver.",
            "topics": ["Aldo", "brother", "debt"],
            "say": "He owes them forty silver.",
            "when": "trust >= 60",
            "secret": True,
        },
    ],
    "lines": [{"when_asked": ["how much for a repair", "what does a repair cost"], "say": "Five.", "emotion": "firm"}],
    "actions": [
        {
            "name": "repair",
            "description": "Repair one of the player's items for five silver.",
            "args": {"item": "inventory"},
            "when": "gold >= 5",
        },
        {"name": "open_gate", "description": "Open the village gate for the player.", "when": "trust >= 40"},
        {"name": "follow", "description": "Follow the player."},
    ],
    "unknown": ["Ask someone else."],
    "out_of_world": ["I don't follow that talk."],
    "relations": {"aldo": "Her younger brother."},
}


class ScriptedModel:
    """Says what it was told to, a word at a time, and keeps the prompts it was given."""

    def __init__(self, *replies: str) -> None:
        self.capabilities = LanguageModelCapabilities(context_tokens=2048, family="screenplay")
        self.replies = list(replies)
        self.prompts: list[Prompt] = []
        self.warmed: list[Prompt] = []
        self.open = 0

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        """The next reply."""
        self.prompts.append(prompt)
        reply = self.replies.pop(0) if self.replies else ""
        self.open += 1
        try:
            yield from (f" {word}" for word in reply.split()[: limits.max_tokens])
        finally:
            self.open -= 1

    def warm(self, prompt: Prompt) -> Iterator[None]:
        """Keeps the prompt."""
        self.warmed.append(prompt)
        yield

    def ease(self, level: int) -> None:
        """Is as fast as ever."""

    def count_tokens(self, text: str) -> int:
        """Four letters a token."""
        return (len(text) + 3) // 4

    def close(self) -> None:
        """Holds nothing."""


@pytest.fixture
def persona() -> Persona:
    """Gerta, in short."""
    return persona_from_dict(CHARACTER)
