"""State and world take what conditions can read and nothing else."""

from __future__ import annotations

import pytest

from npcengine import ConfigError
from npcengine.state import CharacterState, World


def test_declared_names_can_be_changed_and_not_deleted() -> None:
    """A game writes what the file declares."""
    state = CharacterState({"trust": 50, "met_aldo": False}, "Gerta")
    state["trust"] += 10  # type: ignore[operator]
    assert state["trust"] == 60
    with pytest.raises(ConfigError, match="not deleted"):
        del state["trust"]


@pytest.mark.parametrize("value", [None, [1], {"a": 1}])
def test_values_that_conditions_cannot_read_are_refused(value: object) -> None:
    """The error names the character and what is allowed."""
    state = CharacterState({"trust": 50}, "Gerta")
    with pytest.raises(ConfigError, match=r"Gerta.*numbers, strings and booleans"):
        state["trust"] = value  # type: ignore[assignment]


def test_registries_are_lists_of_strings() -> None:
    """A list becomes a registry; a list of anything else is refused."""
    world = World()
    world["inventory"] = ["sword", "shield"]
    world["hour"] = 12
    assert world["inventory"] == ("sword", "shield")
    with pytest.raises(ConfigError, match="list of strings"):
        world["inventory"] = [1, 2]  # type: ignore[list-item]
    with pytest.raises(ConfigError, match="list of strings"):
        world["inventory"] = None  # type: ignore[assignment]
