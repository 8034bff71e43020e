"""Editing a typed line."""

from __future__ import annotations

import pygame

from demo_game.text_field import LONGEST, TextField


def _typed(text: str) -> TextField:
    field = TextField()
    field.start()
    field.insert(text)
    return field


def test_letters_go_in_at_the_cursor() -> None:
    """Moving left and typing changes the middle of the line."""
    field = _typed("mll")
    field.press(pygame.K_LEFT)
    field.press(pygame.K_LEFT)
    field.insert("i")
    assert (field.text, field.cursor) == ("mill", 2)


def test_backspace_and_delete_remove_on_their_side() -> None:
    """Backspace removes before the cursor, delete after it, and neither does anything at the end."""
    field = _typed("gate")
    field.press(pygame.K_DELETE)
    field.press(pygame.K_BACKSPACE)
    field.press(pygame.K_HOME)
    field.press(pygame.K_BACKSPACE)
    field.press(pygame.K_DELETE)
    assert field.text == "at"


def test_taking_empties_and_closes() -> None:
    """What is sent is trimmed, and the field is ready for the next line."""
    field = _typed("  open the gate ")
    assert field.take() == "open the gate"
    assert (field.text, field.cursor, field.open) == ("", 0, False)


def test_leaving_keeps_the_line() -> None:
    """Escape closes the field; what was typed is there the next time."""
    field = _typed("wait")
    field.leave()
    field.start()
    assert field.text == "wait"


def test_a_line_stays_short_and_printable() -> None:
    """Control characters and what exceeds the longest line are dropped."""
    field = _typed("a\tb\n" + "x" * 500)
    assert len(field.text) == LONGEST
    assert field.text.startswith("abx")
