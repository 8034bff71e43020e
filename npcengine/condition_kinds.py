"""Finds comparisons that can never hold, such as of a number with a word; knows conditions and starting values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Literal, TypeAlias

from npcengine.condition_tree import Compared, Constant, Joined, Name, Not, Part

_Kind: TypeAlias = Literal["a number", "a word", "true or false", "a list"]
_ORDERINGS = frozenset({"<", "<=", ">", ">="})


def senseless(root: Part, declared: Mapping[str, object]) -> Iterator[str]:
    """What a writer can't have meant, in words that follow the field's name.

    Args:
        root: The condition.
        declared: The names of `state` with their starting values, which tell what kind each is. What stands in the
            world may be of any kind.
    """
    yield from _alone(root)
    yield from _inside(root, declared)


def _inside(part: Part, declared: Mapping[str, object]) -> Iterator[str]:
    match part:
        case Not(part=inner):
            yield from _alone(inner)
            yield from _inside(inner, declared)
        case Joined(parts=parts):
            for inner in parts:
                yield from _alone(inner)
                yield from _inside(inner, declared)
        case Compared(parts=parts, comparisons=comparisons):
            for inner in parts:
                yield from _inside(inner, declared)
            for (left, right), comparison in zip(pairwise(parts), comparisons, strict=True):
                yield from _compared(left, comparison, right, declared)


def _alone(part: Part) -> Iterator[str]:
    """``rank == "guest" or "friend"`` reads well and is always true."""
    if isinstance(part, Constant) and not isinstance(part.value, bool):
        yield f'has {_named(part)} alone, which compares nothing; write for example: rank == "a" or rank == "b"'


def _compared(left: Part, comparison: str, right: Part, declared: Mapping[str, object]) -> Iterator[str]:
    kinds = _kind(left, declared), _kind(right, declared)
    if comparison in _ORDERINGS:
        for part, kind in zip((left, right), kinds, strict=True):
            if kind not in {None, "a number"}:
                yield f'puts {_named(part)} beside "{comparison}", which compares numbers only; {_cure(kind)}'
    elif comparison in {"in", "not in"}:
        yield from _looked_for(left, kinds[0], right, kinds[1])
    elif None not in kinds and kinds[0] != kinds[1]:
        cure = '; write "in" to look into the list' if "a list" in kinds else ""
        yield f"compares {_explained(left, kinds[0])} with {_explained(right, kinds[1])}, which are never equal{cure}"


def _looked_for(left: Part, sought: _Kind | None, right: Part, kind: _Kind | None) -> Iterator[str]:
    if kind not in {None, "a list"}:
        yield f'looks into {_named(right)}, which is no list; write "==", or a list: rank in ["guest", "friend"]'
    elif sought and isinstance(right, Constant) and isinstance(right.value, tuple):
        yield from _missed(left, sought, right.value)


def _missed(left: Part, sought: _Kind, listed: tuple[object, ...]) -> Iterator[str]:
    if sought not in map(_kind_of, listed):
        yield f"looks for {_explained(left, sought)} in a list that holds none of that kind"


def _kind(part: Part, declared: Mapping[str, object]) -> _Kind | None:
    match part:
        case Constant(value=value):
            return _kind_of(value)
        case Name(name=name, of_world=False):
            return _kind_of(declared.get(name))
        case Name():
            return None
    return "true or false"


def _kind_of(value: object) -> _Kind | None:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a word"
        case tuple():
            return "a list"
    return None


def _named(part: Part) -> str:
    match part:
        case Constant(value=bool() as value):
            return "true" if value else "false"
        case Constant(value=str() as value):
            return f'the word "{value}"'
        case Constant(value=tuple()):
            return "a list"
        case Constant(value=value):
            return f"the number {value}"
        case Name(name=name, of_world=of_world):
            return f'"world.{name}"' if of_world else f'"{name}"'
    return "a comparison"


def _explained(part: Part, kind: _Kind | None) -> str:
    """A name with its kind; anything else says itself what it is."""
    return f"{_named(part)} ({kind})" if isinstance(part, Name) else _named(part)


def _cure(kind: _Kind | None) -> str:
    return "numbers stand without quotes" if kind == "a word" else 'write the flag by itself, or "not" before it'
