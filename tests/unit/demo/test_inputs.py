"""Window events as intentions."""

from __future__ import annotations

from typing import Any

import pygame

from demo_game.actions import Action, Bindings
from demo_game.inputs import TILTED, UPRIGHT, Input, Inputs, LoseFocus, Press, Release


def _read(inputs: Inputs, kind: int, **values: Any) -> list[Input]:  # noqa: ANN401 - as pygame takes them
    return list(inputs.read(pygame.event.Event(kind, **values)))


def _stick(inputs: Inputs, value: float) -> list[Input]:
    return _read(
        inputs,
        pygame.CONTROLLERAXISMOTION,
        axis=pygame.CONTROLLER_AXIS_LEFTX,
        value=round(value * 32767),
        instance_id=0,
    )


def test_a_key_let_go_ends_what_it_began() -> None:
    """Also when it has been given another meaning meanwhile."""
    inputs = Inputs(Bindings())
    assert _read(inputs, pygame.KEYDOWN, key=pygame.K_SPACE) == [Press(Action.TALK, pygame.K_SPACE)]
    inputs.bindings.bind(Action.NOTEBOOK, pygame.K_SPACE)
    assert _read(inputs, pygame.KEYUP, key=pygame.K_SPACE) == [Release(Action.TALK)]
    assert not inputs.held


def test_two_keys_of_one_meaning_are_held_until_both_are_let_go() -> None:
    """W and the arrow both walk up; letting go of one does not stop."""
    inputs = Inputs(Bindings())
    _read(inputs, pygame.KEYDOWN, key=pygame.K_w)
    _read(inputs, pygame.KEYDOWN, key=pygame.K_UP)
    assert _read(inputs, pygame.KEYUP, key=pygame.K_w) == []
    assert inputs.walking() == (0.0, -1.0)
    assert _read(inputs, pygame.KEYUP, key=pygame.K_UP) == [Release(Action.UP)]
    assert inputs.walking() == (0.0, 0.0)


def test_a_lost_window_lets_go_of_everything() -> None:
    """Each thing that was held ends, before the window's loss itself is told."""
    inputs = Inputs(Bindings())
    for key in (pygame.K_SPACE, pygame.K_a):
        _read(inputs, pygame.KEYDOWN, key=key)
    happened = _read(inputs, pygame.WINDOWFOCUSLOST)
    assert {event.action for event in happened if isinstance(event, Release)} == {Action.TALK, Action.LEFT}
    assert happened[-1] == LoseFocus()
    assert inputs.walking() == (0.0, 0.0)


def test_opposite_keys_cancel_each_other() -> None:
    """Left and right at once stand still."""
    inputs = Inputs(Bindings())
    for key in (pygame.K_a, pygame.K_d, pygame.K_s):
        _read(inputs, pygame.KEYDOWN, key=key)
    assert inputs.walking() == (0.0, 1.0)


def test_a_stick_walks_once_it_is_leaned_and_a_shaking_thumb_does_not_stutter() -> None:
    """One press when it passes the first mark, one release when it falls below the second, nothing between."""
    inputs = Inputs(Bindings())
    assert _stick(inputs, TILTED - 0.05) == []
    assert _stick(inputs, TILTED + 0.1) == [Press(Action.RIGHT)]
    assert _stick(inputs, UPRIGHT + 0.05) == []
    assert _stick(inputs, TILTED + 0.2) == []
    assert _stick(inputs, UPRIGHT - 0.05) == [Release(Action.RIGHT)]


def test_a_stick_thrown_to_the_other_side_turns_at_once() -> None:
    """No frame in which both sides are held."""
    inputs = Inputs(Bindings())
    _stick(inputs, 0.9)
    assert set(_stick(inputs, -0.9)) == {Press(Action.LEFT), Release(Action.RIGHT)}
    assert inputs.walking() == (-1.0, 0.0)


def test_hints_follow_what_is_used() -> None:
    """A pad's button switches to its names, a key back."""
    inputs = Inputs(Bindings())
    _read(inputs, pygame.CONTROLLERBUTTONDOWN, button=pygame.CONTROLLER_BUTTON_A, instance_id=0)
    assert inputs.by_pad
    _read(inputs, pygame.KEYDOWN, key=pygame.K_a)
    assert not inputs.by_pad
