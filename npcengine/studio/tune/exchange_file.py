"""The file of exchanges with the character of a training world: what is said, and how it answers. Knows no model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from npcengine.studio.tune.world_file import Strict, Words, read_strictly
from npcengine.types import Emotion

Skill = Literal[
    "again",
    "answer",
    "console",
    "deed",
    "follow_up",
    "greet",
    "haggle",
    "identity",
    "insult",
    "joke",
    "part",
    "react",
    "refuse",
    "small_talk",
    "stay_in_world",
    "thank",
    "threaten",
    "unknown",
    "use_told",
]


class Said(Strict):
    """One turn that went before."""

    player: Words
    npc: Words


class Exchange(Strict):
    """One line of a player, or news from the game, and the reply."""

    skill: Skill
    facts: tuple[str, ...] = ()
    """Ids of the facts of the world that lie beside the question, whether or not they answer it."""
    told: tuple[Words, ...] = ()
    """What the player let the character know earlier."""
    history: tuple[Said, ...] = ()
    player: Words | None = None
    news: Words | None = None
    """What the game has just told the character; stands instead of `player`."""
    deed: Words | None = None
    """What the player asks the character to do, as character files put it: "Open the gate for the player."."""
    npc: Words
    emotion: Emotion

    @model_validator(mode="after")
    def _has_one_cause(self) -> Self:
        if (self.player is None) == (self.news is None):
            raise ValueError("an exchange begins with either a player's line or news")
        return self


class ExchangeFile(Strict):
    """A whole file."""

    npcengine_exchanges: Annotated[int, Field(ge=1, le=1)]
    world: str | None = None
    """Name of the file in `worlds/`, beside this file's folder, whose character speaks."""
    character: str | None = None
    """Stands instead of `world`: a character file, as a path from this file on."""
    exchanges: Annotated[list[Exchange], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_one_speaker(self) -> Self:
        if (self.world is None) == (self.character is None):
            raise ValueError("exchanges belong to either a world or a character")
        return self

    def whose(self, path: Path) -> Path:
        """The file of the character that speaks in the exchanges of `path`."""
        if self.character is not None:
            return (path.parent / self.character).resolve()
        return (path.parent.parent / "worlds" / f"{self.world}.yaml").resolve()


def read_exchanges(path: Path) -> ExchangeFile:
    """Read one file.

    Raises:
        PersonaError: A key is missing or unknown, or a skill or an emotion is none of those known.
    """
    return read_strictly(path, ExchangeFile)
