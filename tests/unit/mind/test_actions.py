"""Which action a line asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.mind.actions import Requests, is_allowed
from npcengine.persona import Persona, persona_from_dict
from npcengine.types import ActionCall, World
from tests.unit.mind.conftest import CHARACTER

WORLD: World = {"inventory": ("iron sword", "sword", "round_shield")}
RICH = {"trust": 80, "gold": 9}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Please open the gate.", ActionCall("open_gate", {})),
        ("Gerta, could you open the gate for me, please?", ActionCall("open_gate", {})),
        ("Good morning. Open the gate!", ActionCall("open_gate", {})),
        ("I want you to unlock the gate", ActionCall("open_gate", {})),
        ("Can you mend my sword?", ActionCall("repair", {"item": "sword"})),
        ("fix my iron sword please", ActionCall("repair", {"item": "iron sword"})),
        ("I'd like my round shield repaired", ActionCall("repair", {"item": "round_shield"})),
        ("Can you repair something for me?", ActionCall("repair", {"item": "none"})),
        ("Follow me!", ActionCall("follow", {})),
    ],
)
def test_a_request_is_understood(persona: Persona, said: str, expected: ActionCall) -> None:
    """Courtesy, synonyms and names of things are understood; arguments come from the registry."""
    request = Requests(persona).find(said, WORLD)
    assert request is not None
    assert request.call == expected
    assert is_allowed(request.action, persona, state=RICH, world=WORLD)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Did you open the gate?",
        "Don't open the gate.",
        "Who opens the gate at night?",
        "How do I open the gate?",
        "Open the window.",
        "Can you repair the bridge?",
        "The gate is open.",
        "You should never open the gate.",
        "I opened the gate.",
    ],
)
def test_anything_else_is_not(persona: Persona, said: str) -> None:
    """Questions about a deed, and other objects, ask for nothing."""
    assert Requests(persona).find(said, WORLD) is None


def test_a_condition_withholds_an_action(persona: Persona) -> None:
    """What may not happen now is understood but not done."""
    request = Requests(persona).find("Open the gate", {})
    assert request is not None
    assert not is_allowed(request.action, persona, state={"trust": 10, "gold": 0}, world={})


@given(st.text(max_size=200))
def test_odd_lines_do_no_harm(said: str) -> None:
    """Whatever is said, an argument is a registry's value or none."""
    request = Requests(persona_from_dict(CHARACTER)).find(said, WORLD)
    values = set() if request is None else set(request.call.args.values())
    assert values <= {"iron sword", "sword", "round_shield", "none"}
