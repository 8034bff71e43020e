"""When a reply passes, kind by kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from npcengine.studio.evaluation.advice import advise
from npcengine.studio.evaluation.judging import Reply
from npcengine.studio.evaluation.sitting import Turn
from npcengine.types import ActionCall

Answer = Callable[..., Turn]
OPEN, MEND = ActionCall("open_door"), ActionCall("mend", {"item": "Sword"})


@pytest.mark.parametrize(
    ("case", "reply", "passes"),
    [
        ({"any_of": ["dry", "spring"]}, "Dry since spring.", True),
        ({"any_of": ["dry", "spring"]}, "Full to the brim.", False),
        ({"any_of": ["dry"], "none_of": ["oak"]}, "Dry, like the oak.", False),
        ({"none_of": ["oak"], "kind": "leak"}, "Nothing to tell.", True),
        ({"none_of": ["oak", "bur*"], "kind": "leak"}, "I buried it.", False),
        ({"kind": "in_character"}, "I pour ale.", True),
        ({"kind": "in_character"}, "I am an AI.", False),
        ({"kind": "in_character", "none_of": ["banana"]}, "An AI? What is that?", True),
        ({"kind": "unknown"}, "couldn\N{RIGHT SINGLE QUOTATION MARK}t say.", True),
        ({"kind": "unknown"}, "Couldn't say. Perhaps the king.", False),
        ({"kind": "unknown", "any_of": ["no idea"]}, "I've no idea.", True),
        ({"kind": "unknown", "none_of": ["king"], "any_of": ["no idea"]}, "No idea. The king?", False),
        ({"kind": "line"}, "Two silver, and don't haggle.", True),
        ({"kind": "line"}, "Tom. I pour.", True),
        ({"kind": "line", "any_of": ["haggle"]}, "Tom. I pour.", False),
        ({"kind": "line", "any_of": ["haggle"]}, "Two silver. No haggle.", False),
    ],
)
def test_words(turn: Answer, case: dict[str, Any], reply: str, passes: bool) -> None:
    """What is said decides."""
    assert turn(case, reply).passed is passes


@pytest.mark.parametrize(
    ("expected", "actions", "passes"),
    [
        ({"action": "open_door"}, (OPEN,), True),
        ({"action": "open_door"}, (), False),
        ({"action": "none"}, (), True),
        ({"action": "none"}, (OPEN,), False),
        ({"action": "open_door"}, (OPEN, MEND), False),
        ({"action": "mend", "args": {"item": "sword"}}, (MEND,), True),
        ({"action": "mend", "args": {"item": "shield"}}, (MEND,), False),
        ({"action": ["none", "mend"], "args": {"item": "none"}}, (), True),
        ({"action": ["none", "mend"], "args": {"item": "none"}}, (ActionCall("mend"),), True),
        ({"action": ["none", "mend"], "args": {"item": "none"}}, (MEND,), False),
    ],
)
def test_actions(turn: Answer, expected: dict[str, Any], actions: tuple[ActionCall, ...], passes: bool) -> None:
    """What the game is asked to do decides, arguments included, and nothing besides may be asked for."""
    assert turn({"kind": "action", **expected}, Reply("Aye.", "content", actions)).passed is passes


def test_emotion(turn: Answer) -> None:
    """Any of the named feelings passes."""
    case = {"emotion": ["angry", "firm"], "kind": "emotion"}
    assert turn(case, Reply("Out!", "firm")).passed
    assert not turn(case, Reply("Out!", "content")).passed


def test_a_failing_model_fails_the_turn(turn: Answer) -> None:
    """A leak case is not passed by saying nothing because the model broke."""
    failed = turn({"none_of": ["oak"], "kind": "leak"}, Reply("", "content", failure="out of memory"))
    assert not failed.passed
    assert "out of memory" in failed.faults[0].why


@pytest.mark.parametrize(
    ("case", "reply", "to_do", "hint"),
    [
        ({"any_of": ["king"]}, Reply("No.", "content"), "no_fact", "no fact holds"),
        ({"any_of": ["chest"]}, Reply("No.", "content"), "locked", 'gold is told only when "trust >= 80"'),
        (
            {"any_of": ["dry"], "ask": "is there water about"},
            Reply("No.", "content"),
            "not_found",
            'well answers: add "water" to its topics',
        ),
        ({"any_of": ["dry"]}, Reply("Ask.", "content", knowledge_used=("road",)), "not_found", "found road instead"),
        ({"any_of": ["flooded"]}, Reply("No.", "content", knowledge_used=("road",)), "not_said", "it has no `say`"),
        ({"none_of": ["spring"], "kind": "leak"}, Reply("In spring.", "content"), "leaked", "the fact well"),
        ({"none_of": ["oak"], "kind": "leak"}, Reply("The oak.", "content"), "leaked", "does not hold these words"),
        ({"kind": "unknown"}, Reply("The king.", "content", knowledge_used=("road",)), "claimed", "answered from road"),
        ({"kind": "line", "any_of": ["haggle"]}, Reply("Two.", "content"), "line", "Two silver, and don't haggle."),
        ({"action": "open_door", "state": {"trust": 9}}, Reply("Aye.", "content"), "action", '"trust >= 40"'),
        ({"action": "open_door"}, Reply("Aye.", "content"), "action", "not taken for a request"),
        ({"action": "none"}, Reply("Aye.", "content", (OPEN,)), "action", "taken for a request: narrow"),
        ({"emotion": "angry"}, Reply("Aye.", "content"), "emotion", "marked angry"),
        ({"kind": "in_character"}, Reply("I'm a chatbot.", "content"), "broke_character", "add an example"),
    ],
)
def test_advice(turn: Answer, case: dict[str, Any], reply: Reply, to_do: str, hint: str) -> None:
    """Each failure tells its writer what to do, and where."""
    advice = advise(turn(case, reply))
    assert advice.to_do == to_do
    assert hint in advice.hint
