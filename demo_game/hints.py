"""What a player is told the first time, one thing after the other, each until they have done it; knows no drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from demo_game.actions import Action
from demo_game.shell import Shell

STEPS_TO_LEARN = 2.0
"""Who has walked so many tiles can walk."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to know.

    Attributes:
        name: What settings call it.
        fits: Whether it helps now.
        learnt: Whether the player has done it.
        text: What they are told.
    """

    name: str
    fits: Callable[[Shell], bool]
    learnt: Callable[[Shell], bool]
    text: Callable[[Shell], str]


def _walk(shell: Shell) -> str:
    if shell.inputs.by_pad:
        return "Walk with the left stick. Somebody may be home at the forge."
    keys = "".join(shell.key(action) for action in (Action.UP, Action.LEFT, Action.DOWN, Action.RIGHT))
    return f"Walk with {keys} or the arrows. Somebody may be home at the forge."


def _talk(shell: Shell) -> str:
    if shell.game.engine.microphone.problem:
        ways = []
    elif shell.settings.open_microphone:
        ways = ["Just talk"]
    else:
        ways = [f"Hold {shell.key(Action.TALK)} and speak"]
    if not shell.inputs.by_pad:
        ways.append(f"press {shell.key(Action.TYPE)} and type")
    ways.append(f"press {shell.key(Action.WHEEL)} for things to say")
    line = ", or ".join(ways) + "."
    return line[0].upper() + line[1:]


HINTS = (
    Hint("walk", lambda _: True, lambda shell: shell.game.world.player.stride > STEPS_TO_LEARN, _walk),
    Hint(
        "talk",
        lambda shell: shell.game.near is not None,
        lambda shell: any(villager.heard for villager in shell.game.villagers.values()),
        _talk,
    ),
    Hint(
        "use",
        lambda shell: shell.game.thing is not None,
        lambda shell: any(flag.startswith("used_") for flag in shell.game.story.flags),
        lambda shell: f"There is something here: press {shell.key(Action.USE)}.",
    ),
    Hint(
        "notebook",
        lambda shell: bool(shell.game.chronicle.new_entries),
        lambda shell: not shell.game.chronicle.new_entries,
        lambda shell: f"You learnt something: {shell.key(Action.NOTEBOOK)} opens the notebook.",
    ),
)


def current_hint(shell: Shell) -> str:
    """What to tell the player now; empty when there is nothing, and what was learnt is noted."""
    for hint in HINTS:
        if hint.name in shell.settings.hints_seen or not hint.fits(shell):
            continue
        if hint.learnt(shell):
            shell.settings.hints_seen.add(hint.name)
            continue
        return hint.text(shell)
    return ""
