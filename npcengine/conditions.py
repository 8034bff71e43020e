"""The small expressions behind `when:`: parsed to plain values and read, never run as Python; knows no character."""

from __future__ import annotations

import ast
import difflib
import keyword
import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from npcengine.errors import PersonaError
from npcengine.types import Value, World

MAX_LENGTH = 500
"""Characters in one condition."""
MAX_DEPTH = 20

RESERVED = frozenset({*keyword.kwlist, "true", "false", "world"})
"""Words that can't be read as a name, so that no state may carry them."""

_TRUTHS = MappingProxyType({"true": True, "false": False})
_WRITE = "write for example: trust >= 60 and met_aldo"
_COMPARISONS: Mapping[type[ast.cmpop], str] = MappingProxyType(
    {
        ast.Eq: "==",
        ast.NotEq: "!=",
        ast.Lt: "<",
        ast.LtE: "<=",
        ast.Gt: ">",
        ast.GtE: ">=",
        ast.In: "in",
        ast.NotIn: "not in",
    }
)
_ORDERINGS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
)
_TOKEN = re.compile(
    r"""(?P<space>\s+) | (?P<word>"[^"\\\n]*"|'[^'\\\n]*') | (?P<number>[0-9]+(?:\.[0-9]+)?(?!\w))
    | (?P<name>[^\W\d]\w*) | (?P<sign>[<>=!]=(?!=)|[<>](?![<>])|[-()\[\],.]) | (?P<other>===|=>|=<|<>|&&|\|\||\w+|.)""",
    re.VERBOSE | re.DOTALL,
)
_BRACKETS = MappingProxyType({"(": ")", "[": "]"})
_INSTEAD = MappingProxyType(
    {
        "=": 'a single "=" compares nothing; write "=="',
        "===": 'write "==" instead of "==="',
        "=>": 'write ">=" instead of "=>"',
        "=<": 'write "<=" instead of "=<"',
        "<>": 'write "!=" instead of "<>"',
        "&&": 'write "and" instead of "&&"',
        "&": 'write "and" instead of "&"',
        "||": 'write "or" instead of "||"',
        "|": 'write "or" instead of "|"',
        "!": 'write "not" instead of "!"',
        "is": 'write "==" instead of "is"',
        '"': "a quote is opened and never closed",
        "'": "a quote is opened and never closed",
        "\\": "a backslash has no meaning in a condition; remove it",
    }
)


@dataclass(frozen=True, slots=True)
class _Literal:
    value: Value | tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    name: str
    of_world: bool = False


@dataclass(frozen=True, slots=True)
class _Not:
    part: _Part


@dataclass(frozen=True, slots=True)
class _Joined:
    """``and`` is decided by the first False, ``or`` by the first True."""

    decided_by: bool
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Compared:
    """A chain: ``10 < trust <= 60`` holds three parts and two comparisons."""

    parts: tuple[_Part, ...]
    comparisons: tuple[str, ...]


_Part: TypeAlias = _Literal | _Name | _Not | _Joined | _Compared
_Read: TypeAlias = Value | tuple[Any, ...] | None
"""What a part reads as; None when it can't be told, as for a name that is not there."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition: a plain value that can be compared, pickled and read again and again.

    Attributes:
        text: As the author wrote it.
    """

    text: str
    _root: _Part

    def holds(self, state: Mapping[str, Value], world: World) -> bool:
        """Whether it is true now; never raises.

        A name that is not there, or a comparison that makes no sense (``"iron" > 3``), can't be told true or false.
        A condition that hangs on it does not hold, turned round by ``not`` or otherwise: what is in doubt stays
        hidden.
        """
        return _truth(_read(self._root, state, world)) is True


def parse_condition(text: str, names: Collection[str]) -> Condition:
    """Parses a condition.

    Args:
        text: Names, ``world.NAME``, numbers, quoted words, ``true`` and ``false``, compared by
            ``== != < <= > >= in`` and joined by ``and or not`` and parentheses.
        names: The names that may be read without ``world.``.

    Raises:
        PersonaError: It does not parse, or reads a name that is not declared; one line, in a writer's words.
    """
    if not text.strip():
        raise PersonaError(f"is empty; {_WRITE}, or remove the line")
    if len(text) > MAX_LENGTH:
        raise PersonaError(f"is longer than {MAX_LENGTH} characters; let the game work it out and set one flag")
    tokens = _tokens(text)
    try:
        # ast.parse builds a tree and runs nothing; only the kinds of node handled below get any further.
        tree = ast.parse(" ".join(tokens), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise PersonaError(f"can't be understood: {text.strip()!r}; {_WRITE}") from None
    return Condition(text.strip(), _Parser(frozenset(names)).part(tree.body))


def _tokens(text: str) -> list[str]:
    """The words and signs of a condition; refuses what other languages write, and brackets that do not match."""
    tokens = []
    opened = []
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match[0]
        if token in _INSTEAD:
            raise PersonaError(_INSTEAD[token])
        if kind == "other":
            raise PersonaError(f'"{token}" has no meaning in a condition; {_WRITE}')
        if token in _BRACKETS:
            opened.append(token)
        elif token in _BRACKETS.values() and (not opened or _BRACKETS[opened.pop()] != token):
            raise PersonaError(f'a "{token}" closes what was never opened')
        if kind != "space":
            tokens.append(token)
    if opened:
        raise PersonaError(f'a "{opened[-1]}" is opened and never closed')
    return tokens


@dataclass(frozen=True, slots=True)
class _Parser:
    """Walks Python's tree and keeps only what a condition may hold."""

    names: frozenset[str]

    def part(self, node: ast.expr, depth: int = 0) -> _Part:
        if depth > MAX_DEPTH:
            raise PersonaError("is nested too deeply; let the game work it out and set one flag")
        deeper = depth + 1
        match node:
            case ast.BoolOp(op=op, values=values):
                return _Joined(isinstance(op, ast.Or), tuple(self.part(value, deeper) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return _Not(self.part(operand, deeper))
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                parts = tuple(self.part(part, deeper) for part in (left, *comparators))
                return _Compared(parts, tuple(_comparison(op) for op in ops))
        return self._leaf(node)

    def _leaf(self, node: ast.expr) -> _Part:
        match node:
            case ast.Name(id=name) if name not in _TRUTHS:
                return self._name(name)
            case ast.Attribute(value=ast.Name(id="world"), attr=attribute):
                return _Name(attribute, of_world=True)
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return _Literal(tuple(_plain(element) for element in elements))
        return _Literal(_plain(node))

    def _name(self, name: str) -> _Part:
        if name in self.names:
            return _Name(name)
        if name == "world":
            raise PersonaError('"world" alone says nothing; write world.NAME, for example world.night')
        if near := difflib.get_close_matches(name, self.names, n=1):
            raise PersonaError(f'"{name}" is not declared in state; did you mean "{near[0]}"?')
        known = f"declared are {', '.join(sorted(self.names))}" if self.names else "nothing is declared there"
        raise PersonaError(
            f'"{name}" is not declared in state ({known}); declare it there, or quote it if it is a word'
        )


def _comparison(op: ast.cmpop) -> str:
    if type(op) not in _COMPARISONS:
        raise PersonaError(_INSTEAD["is"])
    return _COMPARISONS[type(op)]


def _plain(node: ast.expr) -> Value:
    """A number, a word, true or false; anything else is named and refused."""
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as value):
            return value
        case ast.Name(id=name) if name in _TRUTHS:
            return _TRUTHS[name]
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=bool())):
            pass
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return -value
        case ast.Call():
            raise PersonaError("calls something; a condition only compares, so let the game set a flag instead")
        case ast.Attribute():
            raise PersonaError('only "world" has a dot after it: world.NAME')
        case ast.Constant(value=None):
            raise PersonaError('"None" has no meaning here; use false, 0 or ""')
        case ast.BinOp():
            raise PersonaError("calculates; a condition only compares, so let the game set a number instead")
    raise PersonaError(f"holds something that no condition may hold; {_WRITE}")


def _read(part: _Part, state: Mapping[str, Value], world: World) -> _Read:
    match part:
        case _Literal(value=value):
            return value
        case _Name(name=name, of_world=of_world):
            return _known(world.get(name) if of_world else state.get(name))
        case _Not(part=inner):
            truth = _truth(_read(inner, state, world))
            return None if truth is None else not truth
        case _Joined(decided_by=decided_by, parts=parts):
            truths = (_truth(_read(inner, state, world)) for inner in parts)
            return _join(truths, decided_by=decided_by)
        case _Compared(parts=parts, comparisons=comparisons):
            values = [_read(inner, state, world) for inner in parts]
            pairs = zip(values, comparisons, values[1:], strict=False)
            return _join((_compare(*pair) for pair in pairs), decided_by=False)


def _known(value: object) -> _Read:
    """The value if it is of a kind that conditions read; a registry in any collection becomes a tuple."""
    if isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (tuple, list, set, frozenset)):
        return tuple(value)
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
