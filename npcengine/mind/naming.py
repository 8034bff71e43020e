"""Which value of a registry a line names, however it is inflected, misspelt or misheard; knows no model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rapidfuzz import fuzz

from npcengine.mind.sounds import is_meant
from npcengine.mind.words import FILLER, stems_of, words
from npcengine.types import World

NO_VALUE = "none"
"""An argument that the player's line does not name."""

MISHEARD = 0.8
"""How sure a name is that was not said letter by letter."""

PARTLY = 0.7
"""How sure a name is of which one word was said that no other value has: "the rope" of a coil of rope."""

SAME_LETTERS = 84.0
"""Likeness (0–100) of two names without their spaces from which on one may stand for the other."""

SHORTEST = 5
"""Letters of a name from which on it is known by most of them."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a wish names of what an action takes.

    Attributes:
        values: A value for each argument, each at most once; "none" where none is named.
        words: The words of the wish, each named value replaced by its argument.
        sureness: Of the surest name: 1 when said letter by letter, less when in part, 0 when nothing is named.
    """

    values: Mapping[str, str]
    words: tuple[str, ...]
    sureness: float


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    sureness: float
    length: int
    value: str
    start: int


def name_arguments(args: Mapping[str, str], said: Sequence[str], world: World, language: str) -> Naming:
    """Finds the arguments of an action in the words of a wish.

    Args:
        args: For each argument the registry its values come from.
        said: The words.
        world: What holds the registries.
        language: Of the words, for their endings.
    """
    left = list(said)
    values: dict[str, str] = {}
    sureness = 0.0
    for argument, registry in args.items():
        free = [value for value in _registry(world, registry) if value not in values.values()]
        place = max((place for value in free if (place := _place(left, value, language))), default=None)
        place = place or _partly(left, free, {argument, registry})
        values[argument] = place.value if place else NO_VALUE
        sureness = max(sureness, place.sureness if place else 0.0)
        while place:  # a name that was said twice is named once
            left[place.start : place.start + place.length] = [argument]
            place = _place(left, place.value, language)
    return Naming(values, tuple(left), sureness)


def _registry(world: World, name: str) -> tuple[str, ...]:
    values = world.get(name, ())
    return tuple(map(str, values)) if isinstance(values, (tuple, list, set, frozenset)) else ()


def _place(said: Sequence[str], value: str, language: str) -> _Place | None:
    """Where `value` stands in `said`, side by side and in order."""
    parts = words(value.replace("_", " "))
    if not parts:
        return None
    stems, wanted = stems_of(said, language), stems_of(parts, language)
    for start in range(len(said) - len(parts) + 1):
        if stems[start : start + len(parts)] == wanted:
            return _Place(1.0, len(parts), value, start)
    for length in (len(parts), len(parts) - 1, len(parts) + 1):
        for start in range(len(said) - length + 1):
            if length and _may_stand_for(said[start : start + length], parts):
                return _Place(MISHEARD, length, value, start)
    return None


def _partly(said: Sequence[str], values: Sequence[str], kind: AbstractSet[str]) -> _Place | None:
    """Where a word stands that one value alone has, if only one value is named so; the first word is the verb."""
    parts = {value: _telling((value,)) for value in values}
    found = []
    for value, own in parts.items():
        others = _telling(kind).union(*(theirs for other, theirs in parts.items() if other != value))
        starts = [start for start, word in enumerate(said) if start and _in_any_number(word) & (own - others)]
        found += [_Place(PARTLY, 1, value, starts[-1])] if starts else []
    return found[0] if len(found) == 1 else None


def _in_any_number(word: str) -> set[str]:
    return {word, f"{word}s", word.removesuffix("s")}


def _telling(names: Iterable[str]) -> set[str]:
    said = (word for name in names for word in words(name.replace("_", " ")))
    return {word for word in said if len(word) > 2 and word not in FILLER}


def _may_stand_for(heard: Sequence[str], parts: Sequence[str]) -> bool:
    if len(heard) == len(parts) and all(is_meant(one, other) for one, other in zip(heard, parts, strict=True)):
        return True
    name = "".join(parts)
    return len(name) >= SHORTEST and fuzz.ratio("".join(heard), name) >= SAME_LETTERS
