"""The snapshot that a game keeps in its own save file: plain JSON data with a version; knows no engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from npcengine.errors import ConfigError
from npcengine.mind.memory import Memory
from npcengine.mind.mood import Mood
from npcengine.npc import Npc
from npcengine.persona import Persona
from npcengine.state import CharacterState, World, WorldValue, plain_value, plain_world_value
from npcengine.types import Value

VERSION = 2
_OLDEST_VERSION = 1


class Saved(Protocol):
    """A character as far as the save knows it."""

    npc: Npc
    persona: Persona
    state: CharacterState

    @property
    def memory(self) -> Memory: ...  # noqa: D102 - see Conversation
    @property
    def memory_so_far(self) -> Memory: ...  # noqa: D102
    @property
    def kept_mood(self) -> Mood: ...  # noqa: D102
    def interrupt(self) -> None: ...  # noqa: D102
    def reset(self, memory: Memory, mood: Mood) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class SavedCharacter:
    """What a save holds of one character; an engine keeps it for a character that is not in the game."""

    state: Mapping[str, Value]
    memory: Memory
    mood: Mood = field(default_factory=Mood)


_NEW = SavedCharacter({}, Memory())


@dataclass(frozen=True, slots=True)
class Restored:
    """A snapshot that was read without a mistake.

    Attributes:
        world: What the game shared.
        characters: All that the save names, by `Npc.key`, whether they are in the game or not.
    """

    world: Mapping[str, WorldValue]
    characters: Mapping[str, SavedCharacter]

    def apply(self, character: Saved) -> None:
        """Sets `character` back; one that the save does not name becomes as new."""
        recall(self.characters.get(character.npc.key, _NEW), character)


def keep(character: Saved) -> SavedCharacter:
    """`character` as it is now."""
    return SavedCharacter(character.state.copy(), character.memory_so_far, character.kept_mood)


def recall(saved: SavedCharacter, character: Saved) -> None:
    """Sets `character` back to `saved`.

    State that only the save has is left out, and state that only the character's file has gets its starting value.
    """
    character.reset(saved.memory, saved.mood)
    values = {**character.persona.state, **saved.state}
    character.state.update({name: value for name, value in values.items() if name in character.state})


def write_save(
    world: World, characters: Iterable[Saved], absent: Mapping[str, SavedCharacter] = MappingProxyType({})
) -> dict[str, Any]:
    """Plain data, ready for `json.dumps`.

    Args:
        world: What the game shares.
        characters: Those in the game.
        absent: Those that an earlier save named and that are not in the game now, by `Npc.key`.
    """
    known = {**absent, **{character.npc.key: keep(character) for character in characters}}
    return {
        "npcengine": VERSION,
        "world": {name: list(value) if isinstance(value, tuple) else value for name, value in world.items()},
        "characters": {key: write_character(saved) for key, saved in known.items()},
    }


def write_character(saved: SavedCharacter) -> dict[str, Any]:
    """Plain data for one character."""
    return {"state": dict(saved.state), "memory": saved.memory.to_json(), "mood": saved.mood.to_json()}


def read_save(saved: Mapping[str, Any]) -> Restored:
    """What `write_save` wrote, in this version or an older one.

    It is read and checked whole, so that nothing can fail halfway through a restore.

    Raises:
        ConfigError: It is no snapshot, a damaged one, or one of a newer version.
    """
    try:
        parts = _mapping(saved, "the whole")
        _require_version(parts)
        return Restored(
            world=_read_world(_mapping(parts.get("world"), "world")),
            characters={
                key: read_character(key, each) for key, each in _mapping(parts.get("characters"), "characters").items()
            },
        )
    except TypeError as error:
        raise ConfigError(f"this snapshot is damaged ({error}); nothing was restored") from error


def _require_version(saved: Mapping[str, Any]) -> None:
    version = saved.get("npcengine")
    if version not in range(_OLDEST_VERSION, VERSION + 1):
        raise ConfigError(
            f"this snapshot has version {version!r}, and this engine reads version {VERSION} and older ones: it comes "
            "from a newer npcengine, or it is not what Engine.snapshot() returned; nothing was restored"
        )


def _read_world(saved: Mapping[str, Any]) -> dict[str, WorldValue]:
    world: dict[str, WorldValue] = {}
    for name, value in saved.items():
        # A registry is written as a list; a mapping of strings would pass for one.
        plain = plain_world_value(value) if isinstance(value, list) else plain_value(value)
        if plain is None:
            raise TypeError(f"world[{name!r}] is {value!r}")
        world[name] = plain
    return world


def read_character(key: str, saved: object) -> SavedCharacter:
    """What `write_character` wrote of the character called `key`; an older save tells no mood.

    Raises:
        TypeError: It has another form.
    """
    parts = _mapping(saved, key)
    state = _read_state(key, _mapping(parts.get("state"), f"{key}: state"))
    try:
        memory = Memory.from_json(_mapping(parts.get("memory"), "memory"))
        return SavedCharacter(state, memory, Mood.from_json(_mapping(parts.get("mood", {}), "mood")))
    except TypeError as error:
        raise TypeError(f"{key}: {error}") from error


def _read_state(key: str, saved: Mapping[str, Any]) -> dict[str, Value]:
    state: dict[str, Value] = {}
    for name, value in saved.items():
        plain = plain_value(value)
        if plain is None:
            raise TypeError(f"{key}: state[{name!r}] is {value!r}")
        state[name] = plain
    return state


def _mapping(part: object, what: str) -> Mapping[str, Any]:
    if not isinstance(part, Mapping) or not all(isinstance(name, str) for name in part):
        raise TypeError(f"{what} is missing or no mapping of names")
    return part
