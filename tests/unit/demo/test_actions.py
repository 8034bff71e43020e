"""Keys and what they mean."""

from __future__ import annotations

import pygame
import pytest

from demo_game.actions import ALWAYS, DEFAULT_KEYS, PAD_BUTTONS, Action, Bindings


def test_every_action_has_a_key_of_its_own() -> None:
    """No key does two things, and nothing is without one."""
    assert set(DEFAULT_KEYS) == set(Action)
    assert len(set(DEFAULT_KEYS.values())) == len(DEFAULT_KEYS)


def test_a_pad_can_do_all_that_play_needs() -> None:
    """Only typing and what developers use has no button."""
    keyboard_only = {Action.TYPE, Action.OVERLAY, Action.RELOAD, Action.OPEN_MICROPHONE}
    assert set(PAD_BUTTONS.values()) == set(Action) - keyboard_only


def test_a_key_that_is_taken_is_exchanged() -> None:
    """Nobody is left without a key."""
    bindings = Bindings()
    assert bindings.bind(Action.NOTEBOOK, pygame.K_q)
    assert bindings.action(pygame.K_q) is Action.NOTEBOOK
    assert bindings.action(pygame.K_n) is Action.WHEEL
    assert len(set(bindings.keys.values())) == len(bindings.keys)


@pytest.mark.parametrize(("action", "key"), [(Action.MENU, pygame.K_m), (Action.USE, pygame.K_ESCAPE)])
def test_the_way_out_stays_where_it_is(action: Action, key: int) -> None:
    """Neither can the menu be moved, nor its key be given away."""
    bindings = Bindings()
    assert not bindings.bind(action, key)
    assert bindings.keys == dict(DEFAULT_KEYS)


def test_arrows_walk_until_they_mean_something_else() -> None:
    """A choice of the player comes before what always works."""
    bindings = Bindings()
    assert bindings.action(pygame.K_UP) is ALWAYS[pygame.K_UP] is Action.UP
    bindings.bind(Action.NOTEBOOK, pygame.K_UP)
    assert bindings.action(pygame.K_UP) is Action.NOTEBOOK


def test_keys_are_called_what_is_written_on_them() -> None:
    """ENTER and ESC, not pygame's names."""
    bindings = Bindings()
    assert [bindings.name(action) for action in (Action.TYPE, Action.MENU, Action.TALK)] == ["ENTER", "ESC", "SPACE"]
