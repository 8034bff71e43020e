"""What a player can do, and which keys and pad buttons do it; knows no screen and no game."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import pygame


class Action(Enum):
    """Everything a key can mean, by the name that settings files use; the value is what the settings page calls it."""

    UP = "Walk up"
    DOWN = "Walk down"
    LEFT = "Walk left"
    RIGHT = "Walk right"
    TALK = "Speak (hold)"
    TYPE = "Type a line"
    WHEEL = "Things to say"
    USE = "Use, look, confirm"
    NEXT = "Turn to somebody else"
    HUSH = "Interrupt"
    NOTEBOOK = "Notebook"
    MENU = "Menu, back"
    OVERLAY = "Developer overlay"
    RELOAD = "Reload characters"
    OPEN_MICROPHONE = "Open microphone"


WALKING = (Action.UP, Action.DOWN, Action.LEFT, Action.RIGHT)

DEFAULT_KEYS: Mapping[Action, int] = {
    Action.UP: pygame.K_w,
    Action.DOWN: pygame.K_s,
    Action.LEFT: pygame.K_a,
    Action.RIGHT: pygame.K_d,
    Action.TALK: pygame.K_SPACE,
    Action.TYPE: pygame.K_RETURN,
    Action.WHEEL: pygame.K_q,
    Action.USE: pygame.K_e,
    Action.NEXT: pygame.K_TAB,
    Action.HUSH: pygame.K_BACKSPACE,
    Action.NOTEBOOK: pygame.K_n,
    Action.MENU: pygame.K_ESCAPE,
    Action.OVERLAY: pygame.K_F1,
    Action.RELOAD: pygame.K_F2,
    Action.OPEN_MICROPHONE: pygame.K_F3,
}

ALWAYS: Mapping[int, Action] = {
    pygame.K_UP: Action.UP,
    pygame.K_DOWN: Action.DOWN,
    pygame.K_LEFT: Action.LEFT,
    pygame.K_RIGHT: Action.RIGHT,
    pygame.K_KP_ENTER: Action.TYPE,
}
"""Keys that work besides, whatever the player has chosen, unless the player gave them another meaning."""

FIXED = frozenset({Action.MENU})
"""What can't be given another key: the way out must not get lost."""

PAD_BUTTONS: Mapping[str, Action] = {
    "a": Action.USE,
    "b": Action.HUSH,
    "x": Action.TALK,
    "y": Action.WHEEL,
    "leftshoulder": Action.NOTEBOOK,
    "rightshoulder": Action.TALK,
    "back": Action.NEXT,
    "start": Action.MENU,
    "dpup": Action.UP,
    "dpdown": Action.DOWN,
    "dpleft": Action.LEFT,
    "dpright": Action.RIGHT,
}
"""A game pad's buttons, as SDL names them on every pad."""

PAD_NAMES: Mapping[Action, str] = {
    Action.USE: "A",
    Action.HUSH: "B",
    Action.TALK: "X",
    Action.WHEEL: "Y",
    Action.NOTEBOOK: "LB",
    Action.NEXT: "BACK",
    Action.MENU: "START",
}
"""What hints call them."""


@dataclass(slots=True)
class Bindings:
    """Which key does what; two actions never share a key."""

    keys: dict[Action, int] = field(default_factory=lambda: dict(DEFAULT_KEYS))

    def action(self, key: int) -> Action | None:
        """What a key does."""
        chosen = next((action for action, bound in self.keys.items() if bound == key), None)
        return chosen or ALWAYS.get(key)

    def bind(self, action: Action, key: int) -> bool:
        """Gives `action` a key; whoever had it gets the old one in exchange. False: that can't be changed."""
        other = next((action for action, bound in self.keys.items() if bound == key), None)
        if action in FIXED or other in FIXED:
            return False
        if other is not None:
            self.keys[other] = self.keys[action]
        self.keys[action] = key
        return True

    def name(self, action: Action) -> str:
        """What is written on the key."""
        name = pygame.key.name(self.keys[action]).upper()
        return {"RETURN": "ENTER", "ESCAPE": "ESC", "": "?"}.get(name, name)
