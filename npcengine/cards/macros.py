"""A card's macros, such as `{{char}}` and `{{random:a,b}}`, resolved or dropped; the same text always gives the same.

Source: the Character Card V3 specification's "Curly Braced Syntaxes". Where it asks for chance, the first choice or the
middle of the dice stands, since a character file is written once. Knows text, no card.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

PLAYER = "\ue000"
"""Stands for the player until it is known whether the text is told or spoken; `plain_text.clean` drops it."""

MAX_NESTING = 6
"""Macros within macros beyond this are dropped: cards use two."""

_MACRO = re.compile(r"\{\{([^{}]*)\}\}")
_PARTS = re.compile(r"\s*(//|[^\s:]+)[\s:]*(.*)", re.DOTALL)
_DICE = re.compile(r"(\d{0,3})d?(\d{1,6})", re.IGNORECASE)
_ANGLED = re.compile(r"<(char|bot|user)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Text without macros, and the names of those that nobody here knows."""

    text: str
    unknown: frozenset[str]


def resolve(text: str, name: str) -> Resolved:
    """Replaces every macro, innermost first.

    Args:
        text: As the card holds it.
        name: What `{{char}}` becomes; must hold no braces or angle brackets, so that nothing grows.
    """
    unknown: set[str] = set()

    def replaced(match: re.Match[str]) -> str:
        parts = _PARTS.fullmatch(match[1])
        macro, given = (parts[1].lower(), parts[2]) if parts else ("", "")
        if macro.startswith("//") or macro in _SILENT:
            return ""
        if macro in _CHARACTER or macro == "user":
            return name if macro in _CHARACTER else PLAYER
        if macro in _FUNCTIONS:
            return _FUNCTIONS[macro](given)
        unknown.add(macro)
        return ""

    text = text.replace(PLAYER, "")
    for _ in range(MAX_NESTING):
        text, count = _MACRO.subn(replaced, text)
        if not count:
            break
    text = _ANGLED.sub(lambda match: PLAYER if match[1].lower() == "user" else name, text)
    return Resolved(re.sub(r"\{{2,}|\}{2,}", "", text), frozenset(unknown - {""}))


def _first_choice(given: str) -> str:
    """Choices are parted by commas, or by double colons where one of them holds a comma."""
    if "::" in given:
        return given.split("::", 1)[0].strip()
    return re.split(r"(?<!\\),", given, maxsplit=1)[0].replace("\\,", ",").strip()


def _middle_roll(given: str) -> str:
    """Half of all rolls of these dice are at most this: ``6``, ``d6`` or ``2d6``."""
    dice = _DICE.fullmatch(given.strip())
    if dice is None:
        return ""
    count = int(dice[1]) if dice[1] and "d" in given.lower() else 1
    sides = int(dice[2]) if "d" in given.lower() else int(given)
    return str(count * (sides + 1) // 2)


_CHARACTER = frozenset({"char", "bot"})
_SILENT = frozenset({"comment", "hidden_key", "trim", "noop", "original"})
_FUNCTIONS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "random": _first_choice,
        "pick": _first_choice,
        "roll": _middle_roll,
        "reverse": lambda given: given[::-1],
        "newline": lambda _: "\n",
    }
)
