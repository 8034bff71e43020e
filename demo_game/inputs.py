"""Window events as the player's intentions, whether by keyboard, mouse or game pad; knows no screen and no game."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pygame
from pygame._sdl2 import controller

from demo_game.actions import PAD_BUTTONS, WALKING, Action, Bindings

TILTED = 0.45
"""A stick leaned further than this walks (1 is its end)."""
UPRIGHT = 0.3
"""Below this it no longer does; between the two nothing changes, so that a shaking thumb does not stutter."""

TRIGGER = 0.5

_BUTTONS = {
    getattr(pygame, f"CONTROLLER_BUTTON_{constant}"): PAD_BUTTONS[name]
    for name, constant in {
        "a": "A", "b": "B", "x": "X", "y": "Y", "back": "BACK", "start": "START",
        "leftshoulder": "LEFTSHOULDER", "rightshoulder": "RIGHTSHOULDER",
        "dpup": "DPAD_UP", "dpdown": "DPAD_DOWN", "dpleft": "DPAD_LEFT", "dpright": "DPAD_RIGHT",
    }.items()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Press:
    """The player begins to do something; `key` is the keyboard's, 0 for a pad's button."""

    action: Action | None
    key: int = 0


@dataclass(frozen=True, slots=True)
class Release:
    """The player no longer does it."""

    action: Action


@dataclass(frozen=True, slots=True)
class Typed:
    """Letters."""

    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """The mouse is at a pixel; `pressed` when its button went down there."""

    at: tuple[int, int]
    pressed: bool


@dataclass(frozen=True, slots=True)
class Leave:
    """The player closes the window."""


@dataclass(frozen=True, slots=True)
class LoseFocus:
    """The window is no longer the one that gets the keys."""


@dataclass(frozen=True, slots=True)
class PadChanged:
    """A game pad was plugged in or pulled out."""

    name: str
    plugged: bool


Input: TypeAlias = Press | Release | Typed | Point | Leave | LoseFocus | PadChanged


class Inputs:
    """Reads window events.

    Attributes:
        bindings: Which key does what.
        held: What is being held down at the moment.
        by_pad: Whether the player last used a game pad, so that hints name its buttons.
    """

    def __init__(self, bindings: Bindings) -> None:
        self.bindings = bindings
        self.held: set[Action] = set()
        self.by_pad = False
        self._down: dict[object, Action] = {}
        self._pads: dict[int, controller.Controller] = {}

    def read(self, event: pygame.event.Event) -> Iterator[Input]:
        """What a window event means."""
        match event.type:
            case pygame.QUIT:
                yield Leave()
            case pygame.KEYDOWN:
                self.by_pad = False
                yield self._press(event.key, self.bindings.action(event.key), event.key)
            case pygame.KEYUP:
                yield from self._release(event.key)
            case pygame.TEXTINPUT:
                yield Typed(event.text)
            case pygame.WINDOWFOCUSLOST:
                yield from self._release_all()
                yield LoseFocus()
            case pygame.MOUSEMOTION:
                yield Point(event.pos, pressed=False)
            case pygame.MOUSEBUTTONDOWN if event.button == 1:
                yield Point(event.pos, pressed=True)
            case _:
                yield from self._read_pad(event)

    def walking(self) -> tuple[float, float]:
        """−1 … 1 to the right and downwards: where the player walks."""
        up, down, left, right = (action in self.held for action in WALKING)
        return float(right - left), float(down - up)

    # ------------------------------------------------------------ game pads

    def _read_pad(self, event: pygame.event.Event) -> Iterator[Input]:
        match event.type:
            case pygame.CONTROLLERDEVICEADDED:
                pad = controller.Controller(event.device_index)
                self._pads[pad.id] = pad
                yield PadChanged(pad.name, plugged=True)
            case pygame.CONTROLLERDEVICEREMOVED:
                gone = self._pads.pop(event.instance_id) if event.instance_id in self._pads else None
                yield from self._release_all()
                yield PadChanged(gone.name if gone else "The game pad", plugged=False)
            case pygame.CONTROLLERBUTTONDOWN if event.button in _BUTTONS:
                self.by_pad = True
                yield self._press(("button", event.button), _BUTTONS[event.button])
            case pygame.CONTROLLERBUTTONUP:
                yield from self._release(("button", event.button))
            case pygame.CONTROLLERAXISMOTION:
                yield from self._lean(event.axis, event.value / 32768.0)

    def _lean(self, axis: int, value: float) -> Iterator[Input]:
        """A stick walks like keys do; a trigger speaks."""
        ways: dict[int, tuple[Action | None, Action]] = {
            pygame.CONTROLLER_AXIS_LEFTX: (Action.LEFT, Action.RIGHT),
            pygame.CONTROLLER_AXIS_LEFTY: (Action.UP, Action.DOWN),
            pygame.CONTROLLER_AXIS_TRIGGERRIGHT: (None, Action.TALK),
        }
        for action, lean in zip(ways.get(axis, ()), (-value, value), strict=False):
            source = ("axis", axis, action)
            if action and lean > TILTED and source not in self._down:
                self.by_pad = True
                yield self._press(source, action)
            elif action and lean < UPRIGHT:
                yield from self._release(source)

    # ------------------------------------------------------------ what is held

    def _press(self, source: object, action: Action | None, key: int = 0) -> Press:
        if action:
            self._down[source] = action
            self.held.add(action)
        return Press(action, key)

    def _release(self, source: object) -> Iterator[Input]:
        """Lets go of what this key did when it went down, whatever it would do now."""
        action = self._down.pop(source, None)
        if action and action not in self._down.values():
            self.held.discard(action)
            yield Release(action)

    def _release_all(self) -> Iterator[Input]:
        for source in tuple(self._down):
            yield from self._release(source)
