"""The snapshot that a game keeps in its own save file: plain JSON data with a version; knows no engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from npcengine.errors import ConfigError
from npcengine.mind.memory import Memory
from npcengine.npc import Npc
from npcengine.persona import Persona
from npcengine.state import CharacterState, World
from npcengine.types import Value

VERSION = 1


class Saved(Protocol):
    """A character as far as the save knows it."""

    npc: Npc
    persona: Persona
    state: CharacterState
    memory: Memory

    @property
    def memory_so_far(self) -> Memory: ...  # noqa: D102 - see Conversation
    def reset(self, memory: Memory) -> None: ...  # noqa: D102 - see Conversation


@dataclass(frozen=True, slots=True)
class Restored:
    """A snapshot that was read without a mistake."""

    world: Mapping[str, Any]
    states: Mapping[str, Mapping[str, Value]]
    memories: Mapping[str, Memory]

    def apply(self, character: Saved) -> None:
        """Sets `character` back; names that its file no longer declares are left out."""
        key = character.npc.key
        character.reset(self.memories.get(key, Memory()))
        values = {**character.persona.state, **self.states.get(key, {})}
        character.state.update({name: value for name, value in values.items() if name in character.state})


def write_save(world: World, characters: Iterable[Saved]) -> dict[str, Any]:
    """Plain data, ready for `json.dumps`."""
    return {
        "npcengine": VERSION,
        "world": {name: list(value) if isinstance(value, tuple) else value for name, value in world.items()},
        "characters": {
            character.npc.key: {"state": dict(character.state), "memory": character.memory_so_far.to_json()}
            for character in characters
        },
    }


def read_save(saved: Mapping[str, Any]) -> Restored:
    """What `write_save` wrote, read whole before anything is changed.

    Raises:
        ConfigError: It is no snapshot, or one of a newer version.
    """
    version = saved.get("npcengine")
    if version != VERSION:
        raise ConfigError(
            f"this snapshot has version {version!r}, and this engine reads version {VERSION}: "
            "it comes from a newer npcengine, or it is not what Engine.snapshot() returned"
        )
    try:
        characters = dict(saved["characters"])
        return Restored(
            world=dict(saved["world"]),
            states={key: dict(each["state"]) for key, each in characters.items()},
            memories={key: Memory.from_json(each["memory"]) for key, each in characters.items()},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"this snapshot is damaged ({error!r}); nothing was restored") from error
