"""The naive chain's prompts: those of the engine, for every line."""

from __future__ import annotations

from npcengine.mind.memory import Memory
from npcengine.mind.mind import Mind, MindView
from npcengine.persona import persona_from_dict
from npcengine.studio.bench.naive_chain import _Scribe

CHARACTER = {
    "npcengine": 1,
    "name": "Gerta Holt",
    "knowledge": [
        {"id": "mill", "text": "The old mill burned down.", "topics": ["mill"], "say": "Burned to the beams."},
        {"id": "cat", "text": "The forge cat is called Clinker.", "topics": ["cat"], "say": "That's Clinker."},
    ],
}


class _Library:
    """What the scribe wants of llama-cpp-python's model: a header, and tokens to count."""

    metadata: dict[str, str] = {}  # noqa: RUF012 - never changed

    def tokenize(self, text: bytes, *, add_bos: bool, special: bool) -> list[int]:  # noqa: ARG002 - the library's
        return list(range(len(text) // 4))


def test_a_line_that_the_author_answers_has_a_prompt_of_its_own() -> None:
    """The engine answers from a fact without its model; the chain's model gets that fact and line."""
    persona = persona_from_dict(CHARACTER)
    scribe = _Scribe(_Library(), 4096)
    mind = Mind(persona, scribe, conversation="naive")
    for line, fact, other in (
        ("What happened to the mill?", "mill", "cat"),
        ("What is the cat called?", "cat", "mill"),
    ):
        prompt, limits = scribe.write(mind, persona, MindView(line, Memory(), {}, {}))
        tail = prompt[prompt.rindex("(Gerta knows:") :]
        assert f"Player: {line}\nGerta (" in tail
        assert fact in tail.partition("Player:")[0]
        assert other not in tail
        assert limits.stop == ("\n",)
