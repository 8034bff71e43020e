"""Finding the values of a registry in a line."""

from __future__ import annotations

import pytest

from npcengine.mind.naming import NO_VALUE, name_arguments
from npcengine.mind.words import words
from npcengine.types import World

WORLD: World = {"goods": ("coil of rope", "lamp oil", "iron sword", "wooden sword", "tea"), "buyers": ("Tom", "Ann")}


@pytest.mark.parametrize(
    ("said", "value", "sureness"),
    [
        ("give me the lamp oil", "lamp oil", 1.0),
        ("give me two iron swords", "iron sword", 1.0),
        ("give me the lampoil", "lamp oil", 0.8),
        ("give me the rope", "coil of rope", 0.7),
        ("give me the sword", NO_VALUE, 0.0),
        ("give me the goods", NO_VALUE, 0.0),
        ("oil the hinges", NO_VALUE, 0.0),
        ("give me bread", NO_VALUE, 0.0),
    ],
)
def test_a_value_is_named(said: str, value: str, sureness: float) -> None:
    """Inflected, run together or in part; what would fit two values, or is the verb, names none."""
    naming = name_arguments({"thing": "goods"}, words(said), WORLD, "en")
    assert (naming.values["thing"], naming.sureness) == (value, sureness)


def test_each_value_is_named_once() -> None:
    """Two arguments of one registry take different values, each replaced by its argument wherever it stands."""
    args = {"first": "goods", "second": "goods"}
    naming = name_arguments(args, words("give me tea, the tea, and lamp oil"), WORLD, "en")
    assert sorted(naming.values.values()) == ["lamp oil", "tea"]
    assert not {"tea", "lamp", "oil"} & set(naming.words)


def test_a_registry_that_is_not_there_names_nothing() -> None:
    """A game may not have told its registries yet."""
    assert name_arguments({"thing": "goods"}, ("tea",), {}, "en").values == {"thing": NO_VALUE}
