"""A line of text being typed; knows keys, no scene."""

from __future__ import annotations

import pygame

LONGEST = 200


class TextField:
    """One editable line. Closed, it opens with the first letter; ENTER sends it, ESCAPE leaves it."""

    def __init__(self) -> None:
        self.open = False
        self.text = ""
        self.cursor = 0

    def start(self) -> None:
        """Opens the field with what it held before."""
        self.open = True

    def leave(self) -> None:
        """Closes the field; what was typed waits for the next time."""
        self.open = False

    def take(self) -> str:
        """The typed line, trimmed; the field is empty and closed after it."""
        line = self.text.strip()
        self.text, self.cursor, self.open = "", 0, False
        return line

    def insert(self, text: str) -> None:
        """Puts `text` at the cursor; what would make the line too long is dropped."""
        kept = "".join(letter for letter in text if letter.isprintable())[: LONGEST - len(self.text)]
        self.text = self.text[: self.cursor] + kept + self.text[self.cursor :]
        self.cursor += len(kept)

    def press(self, key: int) -> None:
        """Edits or moves, if `key` is one that does."""
        if key == pygame.K_BACKSPACE and self.cursor > 0:
            self.text = self.text[: self.cursor - 1] + self.text[self.cursor :]
            self.cursor -= 1
        elif key == pygame.K_DELETE:
            self.text = self.text[: self.cursor] + self.text[self.cursor + 1 :]
        elif key == pygame.K_LEFT:
            self.cursor = max(self.cursor - 1, 0)
        elif key == pygame.K_RIGHT:
            self.cursor = min(self.cursor + 1, len(self.text))
        elif key == pygame.K_HOME:
            self.cursor = 0
        elif key == pygame.K_END:
            self.cursor = len(self.text)
