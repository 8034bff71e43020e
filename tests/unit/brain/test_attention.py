"""The mind's model stops for a cancelled turn, and goes at the pace that it was last told."""

from __future__ import annotations

from npcengine.brain.attention import AttentiveModel
from npcengine.testing import FakeModel
from npcengine.types import Limits, Prompt, Turn

PROMPT = Prompt("gerta", "She is a smith.\n", "Player: Who are you?\nGerta:")


def test_a_cancelled_turn_ends_the_writing() -> None:
    """Not one more word after the cancellation."""
    model = AttentiveModel(FakeModel(["I am Gerta and I beat iron."]))
    model.turn = Turn(1, 1)
    pieces = model.generate(PROMPT, Limits())
    assert next(pieces) == "I"
    model.turn.cancelled = True
    assert list(pieces) == []


def test_the_pace_changes_between_two_words() -> None:
    """Another thread's word reaches the model at its next step, and no word is lost."""
    fake = FakeModel(["I beat iron."])
    model = AttentiveModel(fake)
    pieces = model.generate(PROMPT, Limits())
    said = next(pieces)
    model.ease(1)
    assert fake.level == 0
    said += "".join(pieces)
    assert fake.level == 1
    assert said == "I beat iron."
    model.close()
