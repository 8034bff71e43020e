"""The small expressions behind `when:`, parsed to plain values and never run as Python; knows no character."""

from __future__ import annotations

import ast
import difflib
import keyword
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from npcengine.condition_kinds import senseless
from npcengine.condition_tree import Compared, Constant, Joined, Name, Not, Part, truth_of
from npcengine.errors import PersonaError
from npcengine.types import Value, World

MAX_LENGTH = 500
"""Characters in one condition."""
MAX_DEPTH = 20

RESERVED = frozenset({*keyword.kwlist, "true", "false", "world"})
"""Words that can't be read as a name, so that no state may carry them."""

_TRUTHS = MappingProxyType({"true": True, "false": False})
_WRITE = "write for example: trust >= 60 and met_aldo"
_SHARED = "write world.NAME, or give the fact a `when:` in the character's own entry of this id"
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
        **dict.fromkeys("“”‘’„‚«»", "write straight quotes around a word: \" or '"),
        "%": "a number stands alone, without %",
        "\\": "a backslash has no meaning in a condition; remove it",
    }
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition: a plain value that can be compared, pickled and read again and again.

    Attributes:
        text: As the author wrote it.
    """

    text: str
    _root: Part

    def holds(self, state: Mapping[str, Value], world: World) -> bool:
        """Whether it is true now; never raises.

        A name that is not there, or a comparison that makes no sense (``"iron" > 3``), can't be told true or false.
        A condition that hangs on it does not hold, turned round by ``not`` or otherwise: what is in doubt stays
        hidden.
        """
        return truth_of(self._root, state, world) is True


def check_condition(text: str, declared: Mapping[str, object] | None) -> None:
    """Parses a condition, and makes sure that each comparison can hold.

    Args:
        text: As `parse_condition` takes it.
        declared: The names that may be read without ``world.``, with their starting values; None where there are none.

    Raises:
        PersonaError: As `parse_condition`; or it compares what can't be compared, such as a number with a word.
    """
    if mistake := next(senseless(_tree(text, declared), declared or {}), None):
        raise PersonaError(mistake)


def parse_condition(text: str, names: Collection[str] | None) -> Condition:
    """Parses a condition.

    Args:
        text: Names, ``world.NAME``, numbers, quoted words, ``true`` and ``false``, compared by
            ``== != < <= > >= in`` and joined by ``and or not`` and parentheses.
        names: The names that may be read without ``world.``; None in a lore file, which has no state.

    Raises:
        PersonaError: It does not parse, or reads a name that is not declared; one line, in a writer's words.
    """
    return Condition(text.strip(), _tree(text, names))


def _tree(text: str, names: Collection[str] | None) -> Part:
    """A condition as plain values."""
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
    return _Parser(None if names is None else frozenset(names)).part(tree.body)


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

    names: frozenset[str] | None

    def part(self, node: ast.expr, depth: int = 0) -> Part:
        if depth > MAX_DEPTH:
            raise PersonaError("is nested too deeply; let the game work it out and set one flag")
        deeper = depth + 1
        match node:
            case ast.BoolOp(op=op, values=values):
                return Joined(isinstance(op, ast.Or), tuple(self.part(value, deeper) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.part(operand, deeper))
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                parts = tuple(self.part(part, deeper) for part in (left, *comparators))
                return Compared(parts, tuple(_comparison(op) for op in ops))
        return self._leaf(node)

    def _leaf(self, node: ast.expr) -> Part:
        match node:
            case ast.Name(id=name) if name not in _TRUTHS:
                return self._name(name)
            case ast.Attribute(value=ast.Name(id="world"), attr=attribute):
                return Name(attribute, of_world=True)
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return Constant(tuple(_plain(element) for element in elements))
        return Constant(_plain(node))

    def _name(self, name: str) -> Part:
        if name == "world":
            raise PersonaError('"world" alone says nothing; write world.NAME, for example world.night')
        if self.names is None:
            raise PersonaError(f'"{name}" is no name that all characters share; {_SHARED}')
        if name in self.names:
            return Name(name)
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
