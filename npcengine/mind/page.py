"""What a prompt is written on: its length in tokens, and text cut to fit; knows no character and no model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from npcengine.mind.templates import Template

_FORBIDDEN = str.maketrans("<>|", "   ")


@dataclass(frozen=True, slots=True)
class Page:
    """What a prompt is written on.

    Attributes:
        conversation: The cached sequence that it extends.
        template: How the model's family wants it.
        tokens: How long it may become.
        count: Tells the tokens of a text.
    """

    conversation: str
    template: Template
    tokens: int
    count: Callable[[str], int]

    def share(self, part: float) -> int:
        """So many tokens are this part of all."""
        return int(self.tokens * part)


def clean(text: str) -> str:
    """One line, without the signs that make up a template's markers."""
    return " ".join(text.translate(_FORBIDDEN).split())


def clip(text: str, tokens: int, count: Callable[[str], int]) -> str:
    """As much of `text` as fits, whole words where it has any."""
    if tokens <= 0:
        return ""
    text = text[: tokens * 16]  # no vocabulary spends so few tokens on so many letters
    if count(text) <= tokens:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if count(text[:middle]) <= tokens:
            fits = middle
        else:
            too_long = middle
    head = text[:fits]
    return head.rsplit(" ", 1)[0] if " " in head else head
