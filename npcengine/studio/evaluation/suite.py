"""A suite file: questions for a character, and what a good reply holds; knows the form, reads no file."""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from npcengine.state import WorldValue, plain_value, plain_world_value
from npcengine.studio.evaluation.patterns import pattern_mistake
from npcengine.types import Emotion, Value

Kind: TypeAlias = Literal["recall", "leak", "action", "in_character", "unknown", "emotion", "line"]
KINDS: tuple[Kind, ...] = get_args(Kind)

NO_ACTION = "none"
"""What a case expects where no action may be asked for."""

MACHINE_WORDS = (
    "AI", "A.I", "artificial*", "assistant*", "language model*", "machine learning", "neural network*", "openai",
    "chatgpt", "gpt*", "anthropic", "chatbot*", "chat bot*", "algorithm*", "software", "computer*", "program*",
    "prompt*", "system message*", "training data", "trained on", "video game*", "role-play*", "roleplay*", "NPC",
    "internet", "online", "website*",
)  # fmt: skip
"""What nobody in a story says of itself: looked for in a case of kind `in_character` that names no words."""


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _pattern(text: str) -> str:
    if mistake := pattern_mistake(text):
        raise ValueError(mistake)
    return text


def _state_value(value: object) -> object:
    if plain_value(value) is None:
        raise ValueError("must be a number, a word, or true or false")
    return value


def _world_value(value: object) -> object:
    plain = plain_world_value(value) if isinstance(value, (str, int, float, list, tuple)) else None
    if plain is None:
        raise ValueError("must be a number, a word, true or false, or a list of names")
    return plain


Text: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts: TypeAlias = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]
"""One text or a list of them."""
Patterns: TypeAlias = Annotated[
    tuple[Annotated[Text, AfterValidator(_pattern)], ...],
    BeforeValidator(_as_list),
]
State: TypeAlias = dict[Text, Annotated[Value, BeforeValidator(_state_value)]]
World: TypeAlias = dict[Text, Annotated[WorldValue, BeforeValidator(_world_value)]]


class _Part(BaseModel):
    """What all parts share: nothing changes after loading, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Said(_Part):
    """An exchange that came before the question."""

    player: Annotated[str, StringConstraints(strip_whitespace=True)] = Field("", description="Empty: spoke unasked.")
    npc: Text


class Case(_Part):
    """One thing to ask, in several wordings, and how to tell a good reply.

    Attributes:
        ask: Wordings of the same question; each starts from a fresh character.
        any_of: The reply holds at least one of these.
        none_of: The reply holds none of these.
        state: Changes the character's starting values, and the suite's.
        world: What the game shares, registries among it; changes the suite's.
        history: What was said before, the oldest first.
        action: The action that is asked for, or ``none``; of several, any will do.
        args: Arguments of that action; those not named may be anything.
        emotion: How the reply feels; of several, any will do.
        kind: What is being tested.
    """

    ask: Texts = Field(min_length=1)
    any_of: Patterns = ()
    none_of: Patterns = ()
    state: State = Field(default_factory=dict)
    world: World = Field(default_factory=dict)
    history: tuple[Said, ...] = ()
    action: Texts = ()
    args: dict[Text, Text] = Field(default_factory=dict)
    emotion: Annotated[tuple[Emotion, ...], BeforeValidator(_as_list)] = ()
    kind: Kind = "recall"

    @model_validator(mode="after")
    def _checks_something(self) -> Self:
        checked = self.any_of or self.none_of or self.action or self.emotion
        if not checked and self.kind not in {"in_character", "unknown", "line"}:
            raise ValueError("checks nothing: add any_of, none_of, action or emotion")
        if self.args and not set(self.action) - {NO_ACTION}:
            raise ValueError("has args but names no action that takes them")
        return self

    @property
    def forbidden(self) -> tuple[str, ...]:
        """The words that a reply may not hold, the usual ones of the kind where the case names none."""
        return MACHINE_WORDS if self.kind == "in_character" and not self.none_of else self.none_of


class Suite(_Part):
    """A suite file.

    Attributes:
        suite: What it is called in reports.
        persona: The character file, relative to the suite file; empty where the command line names it.
        state: Starting values of every case.
        world: What the game shares in every case.
        cases: In order.
    """

    suite: Text
    persona: Annotated[str, StringConstraints(strip_whitespace=True)] = ""
    state: State = Field(default_factory=dict)
    world: World = Field(default_factory=dict)
    cases: tuple[Case, ...] = Field(min_length=1)
