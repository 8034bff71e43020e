"""State and world take what conditions can read and nothing else."""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum

import numpy as np
import pytest

from npcengine import ConfigError
from npcengine.state import CharacterState, World
from npcengine.types import Value


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


class Trust(IntEnum):
    """A game's own numbers."""

    HIGH = 80


class Weather(StrEnum):
    """A game's own words."""

    RAIN = "rain"


class Mixed(str, Enum):  # noqa: UP042 - the older way, whose str() is its name
    """A game's own words, as older code has them."""

    RAIN = "rain"


class Metres(float):
    """A game's own unit."""


class Name(str):
    """A game's own text; it has a face of its own."""

    __slots__ = ()

    def __str__(self) -> str:
        return "<name>"


PLAIN = [
    (Trust.HIGH, 80),
    (Weather.RAIN, "rain"),
    (Mixed.RAIN, "rain"),
    (Metres(1.5), 1.5),
    (Name("Robin"), "Robin"),
    (np.int64(3), 3),
    (np.float32(0.5), 0.5),
    (np.float64(0.5), 0.5),
    (np.bool_(True), True),  # noqa: FBT003 - numpy's constructor
    (np.str_("rain"), "rain"),
    (True, True),
]


@pytest.mark.parametrize(("given", "kept"), PLAIN)
def test_values_are_kept_without_their_class(given: Value, kept: Value) -> None:
    """Declared, assigned or shared: what is handed to another process needs none of the game's modules."""
    declared = CharacterState({"x": given}, "Gerta")
    assigned = CharacterState({"x": 0}, "Gerta")
    assigned["x"] = given
    world = World()
    world["x"] = given
    for value in (declared.copy()["x"], assigned.copy()["x"], world.copy()["x"]):
        assert value == kept
        assert type(value) is type(kept)


def test_registries_and_names_are_kept_without_their_class() -> None:
    """Entries and names are exact strings."""
    world = World()
    world[Weather.RAIN] = [Mixed.RAIN, Name("Robin")]
    state = CharacterState({Weather.RAIN: 1}, "Gerta")
    assert world.copy() == {"rain": ("rain", "Robin")}
    registry = world["rain"]
    assert isinstance(registry, tuple)
    assert {type(text) for text in (*world, *registry, *state)} == {str}


@pytest.mark.parametrize("value", [None, [1], {"a": 1}, np.complex64(1), np.zeros(2)])
def test_declared_values_are_checked_too(value: object) -> None:
    """A persona made in code may hold anything."""
    with pytest.raises(ConfigError, match=r"Gerta.*numbers, strings and booleans"):
        CharacterState({"trust": value}, "Gerta")  # type: ignore[dict-item]


def test_a_world_name_is_a_string() -> None:
    """Nothing else comes back from a save file."""
    with pytest.raises(ConfigError, match="must be a string"):
        World()[5] = 1  # type: ignore[index]
