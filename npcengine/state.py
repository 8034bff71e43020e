"""What conditions read and the game writes: a character's own state, and the world all characters share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from difflib import get_close_matches

from npcengine.errors import ConfigError
from npcengine.types import Value

WorldValue = Value | tuple[str, ...]


class CharacterState(MutableMapping[str, Value]):
    """The names a character file declares under ``state``, with values that the game changes.

    Raises:
        ConfigError: On setting or deleting an undeclared name, or a value that conditions can't read.
    """

    def __init__(self, declared: Mapping[str, Value], character: str) -> None:
        self._values = dict(declared)
        self._character = character

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __setitem__(self, name: str, value: Value) -> None:
        self._require(name)
        if not isinstance(value, bool | int | float | str):
            raise ConfigError(
                f"{self._character}: state[{name!r}] can't be {value!r}: numbers, strings and booleans are allowed"
            )
        self._values[name] = value

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
        ConfigError: On setting a value of another kind.
    """

    def __init__(self) -> None:
        self._values: dict[str, WorldValue] = {}

    def __getitem__(self, name: str) -> WorldValue:
        return self._values[name]

    def __setitem__(self, name: str, value: Value | Iterable[str]) -> None:
        if isinstance(value, bool | int | float | str):
            self._values[name] = value
            return
        registry = tuple(value) if isinstance(value, Iterable) else None
        if registry is None or not all(isinstance(entry, str) for entry in registry):
            raise ConfigError(
                f"world[{name!r}] can't be {value!r}: a number, string, boolean or a list of strings is allowed"
            )
        self._values[name] = registry

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
