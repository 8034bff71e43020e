"""A condition as plain values, and how they read against a state; knows no text and no character."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from npcengine.types import Value, World

_ORDERINGS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
)


_READABLE = (bool, int, float, str)
"""Kinds that compare with each other without running anybody's code; whatever else a registry holds is passed over."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a word, a truth, or a list of them."""

    value: Value | tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name, read from the character's state or from the world."""

    name: str
    of_world: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of its part."""

    part: Part


@dataclass(frozen=True, slots=True)
class Joined:
    """``and`` is decided by the first False, ``or`` by the first True."""

    decided_by: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A chain: ``10 < trust <= 60`` holds three parts and two comparisons."""

    parts: tuple[Part, ...]
    comparisons: tuple[str, ...]


Part: TypeAlias = Constant | Name | Not | Joined | Compared
_Read: TypeAlias = Value | tuple[Any, ...] | None
"""What a part reads as; None when it can't be told, as for a name that is not there."""


def truth_of(part: Part, state: Mapping[str, Value], world: World) -> bool | None:
    """Whether the part is true; None when it can't be told."""
    return _truth(_read(part, state, world))


def _read(part: Part, state: Mapping[str, Value], world: World) -> _Read:
    match part:
        case Constant(value=value):
            return value
        case Name(name=name, of_world=of_world):
            return _known(world.get(name) if of_world else state.get(name))
        case Not(part=inner):
            truth = _truth(_read(inner, state, world))
            return None if truth is None else not truth
        case Joined(decided_by=decided_by, parts=parts):
            truths = (_truth(_read(inner, state, world)) for inner in parts)
            return _join(truths, decided_by=decided_by)
        case Compared(parts=parts, comparisons=comparisons):
            values = [_read(inner, state, world) for inner in parts]
            pairs = zip(values, comparisons, values[1:], strict=False)
            return _join((_compare(*pair) for pair in pairs), decided_by=False)


def _known(value: object) -> _Read:
    """The value if it is of a kind that conditions read; a registry in any collection becomes a tuple."""
    if isinstance(value, _READABLE):
        return value
    if isinstance(value, (tuple, list, set, frozenset)):
        return tuple(each for each in value if isinstance(each, _READABLE))
    return None


def _truth(value: _Read) -> bool | None:
    return None if value is None else bool(value)


def _join(truths: Iterator[bool | None], *, decided_by: bool) -> bool | None:
    """One deciding truth settles it; else one doubt leaves it in doubt."""
    seen = list(truths)
    if decided_by in seen:
        return decided_by
    return None if None in seen else not decided_by


def _compare(left: _Read, comparison: str, right: _Read) -> bool | None:
    if left is None or right is None:
        return None
    if comparison in {"==", "!="}:
        return (left == right) is (comparison == "==")
    try:
        if comparison in _ORDERINGS:
            return bool(_ORDERINGS[comparison](left, right))
        inside = left in right  # type: ignore[operator]
    except TypeError:
        return None
    return inside is (comparison == "in")
