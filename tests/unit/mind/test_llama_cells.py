"""How much of a language model's cache conversations count on; no model is loaded."""

from __future__ import annotations

import pytest

from npcengine.mind.llama import TOKENS_ADAPTED, TOKENS_PER_CONVERSATION, cells_for
from npcengine.types import LoadOptions


@pytest.mark.parametrize(
    ("model", "adapter", "each"),
    [
        ("gemma-3-270m", "default", TOKENS_ADAPTED),
        ("gemma-3-270m", "none", TOKENS_PER_CONVERSATION),
        ("smollm2-135m-instruct", "default", TOKENS_PER_CONVERSATION),
        ("smollm2-135m-instruct", "own.gguf@0.5", TOKENS_ADAPTED),
    ],
)
def test_a_conversation_with_a_taught_model_takes_less(model: str, adapter: str, each: int) -> None:
    """It is not shown how to answer: its prompts are shorter."""
    options = LoadOptions(context_tokens=2048, conversations=20, adapter=adapter)
    assert cells_for(model, options) == 20 * each


def test_one_conversation_may_fill_the_context() -> None:
    """However few there are, each may grow to what the game has asked for."""
    assert cells_for("gemma-3-270m", LoadOptions(context_tokens=4096, conversations=1)) == 4096
