"""What conditions read and the game writes: a character's own state, and the world all characters share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from difflib import get_close_matches

import numpy as np

from npcengine.errors import ConfigError
from npcengine.types import Value

WorldValue = Value | tuple[str, ...]


def plain_value(value: object) -> Value | None:
    """`value` as exactly a bool, int, float or str; None if it is none of these.

    Enum members, numpy's numbers and other subclasses lose their class.
    """
    # An object of a class that the game defined is pickled as a reference to the game's module, which the brain's
    # process can't import.
    if isinstance(value, np.number | np.bool_):
        value = value.item()
    match value:
        case bool():
            return value
        case int():
            return int(value)
        case float():
            return float(value)
        case str():
            return str.__str__(value)  # str(value) would ask the subclass: a (str, Enum) member gives its name
        case _:
            return None


def plain_world_value(value: object) -> WorldValue | None:
    """`value` as a plain value or a registry of exact strings; None if it is neither."""
    plain = plain_value(value)
    if plain is not None or not isinstance(value, Iterable):
        return plain
    registry = tuple(value)
    if not all(isinstance(entry, str) for entry in registry):
        return None
    return tuple(str.__str__(entry) for entry in registry)


def _kind(value: object) -> type | None:
    """Numbers of both sorts are of one kind."""
    return float if type(value) is int else type(value)


class CharacterState(MutableMapping[str, Value]):
    """The names a character file declares under ``state``, with values that the game changes.

    Raises:
        ConfigError: On setting or deleting an undeclared name, or a value that conditions can't read.
    """

    def __init__(self, declared: Mapping[str, Value], character: str) -> None:
        self._character = character
        self._values = {str.__str__(name): self._plain(name, value) for name, value in declared.items()}

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __setitem__(self, name: str, value: Value) -> None:
        self._require(name)
        self._values[name] = self._plain(name, value)

    def __delitem__(self, name: str) -> None:
        raise ConfigError(f"{self._character}: state {name!r} can be changed but not deleted")

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"CharacterState({self._values!r})"

    def copy(self) -> dict[str, Value]:
        """The values as they are now."""
        return dict(self._values)

    def redeclare(self, declared: Mapping[str, Value], character: str) -> None:
        """The character file was read again and declares these names with these starting values.

        A name that was there keeps its value, unless the file now wants another kind; others come and go.
        """
        kept = {name: value for name, value in self._values.items() if _kind(value) is _kind(declared.get(name))}
        self._character = character
        self._values = {str.__str__(name): kept.get(name, self._plain(name, value)) for name, value in declared.items()}

    def _plain(self, name: str, value: object) -> Value:
        plain = plain_value(value)
        if plain is None:
            raise ConfigError(
                f"{self._character}: state[{name!r}] can't be {value!r}: numbers, strings and booleans are allowed"
            )
        return plain

    def _require(self, name: str) -> None:
        if name in self._values:
            return
        close = get_close_matches(name, self._values, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"declared are: {', '.join(self._values) or 'none'}"
        raise ConfigError(f"{self._character}: state {name!r} is not declared in the character file; {hint}")


class World(MutableMapping[str, WorldValue]):
    """What the game shares with all characters: plain values, and registries that action arguments are drawn from.

    A list, tuple or set of strings is a registry: ``engine.world["inventory"] = ["sword", "shield"]``.

    Raises:
        ConfigError: On setting a value of another kind, or under a name that is no string.
    """

    def __init__(self) -> None:
        self._values: dict[str, WorldValue] = {}

    def __getitem__(self, name: str) -> WorldValue:
        return self._values[name]

    def __setitem__(self, name: str, value: Value | Iterable[str]) -> None:
        plain = plain_world_value(value)
        if plain is None:
            raise ConfigError(
                f"world[{name!r}] can't be {value!r}: a number, string, boolean or a list of strings is allowed"
            )
        if not isinstance(name, str):
            raise ConfigError(f"world[{name!r}]: a name must be a string")
        self._values[str.__str__(name)] = plain

    def __delitem__(self, name: str) -> None:
        del self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"World({self._values!r})"

    def copy(self) -> dict[str, WorldValue]:
        """The values as they are now."""
        return dict(self._values)
