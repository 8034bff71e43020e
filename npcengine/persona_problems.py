"""What can be wrong with a character and how a writer is told; knows plain values and field names, reads no file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from pydantic_core import ErrorDetails

from npcengine.conditions import check_condition
from npcengine.errors import PersonaError
from npcengine.persona_file import FieldPath, Mistake

KeysAt: TypeAlias = Callable[[FieldPath], Sequence[str]]
"""The keys that the group at a path may hold; empty where any are allowed."""

_EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        "string_type": "must be text",
        "string_unicode": "must be text that a file can hold",
        "float_type": "must be a number",
        "int_type": "must be a whole number",
        "int_from_float": "must be a whole number",
        "bool_type": "must be true or false",
        "bool_parsing": "must be true or false",
        "tuple_type": "must be a list, one item a line after a dash",
        "dict_type": "must be a group of keys, one a line: key, colon, value",
        "model_type": "must be a group of keys, one a line: {keys}",
        "finite_number": "must be a plain number",
        "greater_than_equal": "must be at least {ge:g}",
        "less_than_equal": "must be at most {le:g}",
        "union": "must be a number, a word, or true or false",
    }
)
_FOUND_IN_FULL = 40
_BEGINNINGS: Mapping[str, str] = MappingProxyType(
    {"npcengine": '; begin the file with "npcengine: 1"', "npcengine_lore": '; begin the file with "npcengine_lore: 1"'}
)
_STRAY = "; if it belongs to what stands before it, put all of that in quotes or in brackets"
MISSING = "is missing"


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake, or a hint, and where it stands; as text ``file:line: field: message``."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


def field_name(path: FieldPath) -> str:
    """``("knowledge", 1, "when")`` as ``knowledge[1].when``; the file itself is ``file``."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return name.removeprefix(".") or "file"


def schema_mistakes(errors: Sequence[ErrorDetails], data: object, keys_at: KeysAt) -> list[Mistake]:
    """What the schema found, in a writer's words, one for each field.

    Args:
        errors: As pydantic tells them.
        data: What was read; tells fields from the names pydantic gives the branches of a choice.
        keys_at: Which keys a group may hold.
    """
    mistakes: dict[FieldPath, Mistake] = {}
    for error in errors:
        location, kind = tuple(error["loc"]), error["type"]
        path = location if kind in {"missing", "extra_forbidden"} else _existing(location, data)
        if path and path not in mistakes:
            chosen = "union" if path[0] == "state" and len(path) == 2 and kind != "value_error" else kind
            mistakes[path] = Mistake(path, _wording(error, chosen, keys_at))
    unknown = [tuple(error["loc"]) for error in errors if error["type"] == "extra_forbidden"]
    meant = {(*path[:-1], _nearest(str(path[-1]), keys_at(path[:-1]))) for path in unknown}
    return [each for each in mistakes.values() if not each.message.startswith(MISSING) or each.path not in meant]


def _existing(location: FieldPath, data: object) -> FieldPath:
    """The part of the location that names something in the data."""
    for length, part in enumerate(location):
        inside = isinstance(data, Mapping) or (isinstance(data, (list, tuple)) and isinstance(part, int))
        if not inside or not (part in data if isinstance(data, Mapping) else part < len(data)):  # type: ignore[operator,arg-type]
            return location[:length]
        data = data[part]  # type: ignore[index]
    return location


def _wording(error: ErrorDetails, kind: str, keys_at: KeysAt) -> str:
    context = error.get("ctx", {})
    place = tuple(error["loc"])
    if kind == "missing":
        return MISSING + _BEGINNINGS.get(str(place[-1]), "") * (len(place) == 1)
    if kind == "extra_forbidden":
        return _unknown_key(str(place[-1]), keys_at(place[:-1])) + _STRAY * (error["input"] is None)
    if kind == "value_error":
        return str(context["error"])
    if kind in {"string_too_short", "too_short"}:
        return "is empty; write something or remove the line"
    if kind == "literal_error":
        return _not_among(error["input"], re.findall(r"'([^']*)'|(\d+)", str(context["expected"])))
    expected = _EXPECTED.get(kind, error["msg"]).format(**context, keys=", ".join(keys_at(place)))
    return f"{expected}, not {_described(error['input'])}{_cure(kind, place, error['input'])}"


def _cure(kind: str, place: FieldPath, found: object) -> str:
    """What to do about a value of the wrong kind, where that is not plain."""
    if place[-1:] == ("when",):
        return "; a condition compares, for example trust >= 60; without the line it always holds"
    if place[-1:] == ("secret",) and isinstance(found, str):
        return "; a condition belongs under `when`"
    if kind in {"dict_type", "model_type"} and isinstance(found, list):
        return "; remove the dashes"
    return _cure_for_text(place, found) if kind == "string_type" else ""


def _cure_for_text(place: FieldPath, found: object) -> str:
    if isinstance(found, (bool, float, int)):
        return "; put it in quotes"
    if isinstance(found, list):
        return "; only one fits here"
    return '; text that begins with "#" needs quotes' * (found is None and isinstance(place[-1], int))


def _unknown_key(key: str, known: Sequence[str]) -> str:
    if near := _nearest(key, known):
        return f'is not a known key; did you mean "{near}"?'
    return f"is not a known key; known are {', '.join(known)}"


def _nearest(key: str, known: Sequence[str]) -> str:
    """The known key that was meant, as far as one can tell: one written much alike, or one begun."""
    begun = [each for each in known if len(key) >= 3 and each.startswith(key)]
    return next(iter([*difflib.get_close_matches(key, known, n=1), *begun]), "")


def _not_among(found: object, allowed: Sequence[tuple[str, str]]) -> str:
    words = [word or number for word, number in allowed]
    listed = f"one of {', '.join(words)}" if len(words) > 1 else words[0]
    if str(found) in words:
        return f"must be {listed}, not {_described(found)}; remove the quotes"
    near = difflib.get_close_matches(str(found).lower(), words, n=1)
    suggestion = f'; did you mean "{near[0]}"?' if near else ""
    return f"must be {listed}, not {_described(found)}{suggestion}"


def _described(value: object) -> str:
    """What was found, as a writer would call it."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        shown = value if len(value) <= _FOUND_IN_FULL else value[:_FOUND_IN_FULL].rstrip() + "…"
        return f'the text "{shown}"'
    return "a group of keys" if isinstance(value, Mapping) else "a list"


def cross_mistakes(data: Mapping[str, object]) -> Iterator[Mistake]:
    """What only shows when fields of a character are read together: names used twice, and conditions.

    Reads plain values that need not fit the schema, so that one run tells everything.
    """
    for listed, key in (("knowledge", "id"), ("actions", "name")):
        yield from used_twice(listed, key, data)
    state = data.get("state", {})
    known = state.items() if isinstance(state, Mapping) else ()
    declared = {name: value for name, value in known if isinstance(name, str)}
    for listed in ("knowledge", "actions"):
        yield from condition_mistakes(listed, data, declared)


def condition_mistakes(
    listed: str, data: Mapping[str, object], declared: Mapping[str, object] | None
) -> Iterator[Mistake]:
    """What is wrong with each `when` in a list of groups.

    Args:
        listed: The key of the list.
        data: What holds it.
        declared: Names that may be read, with starting values; None where a condition reads only `world.NAME`.
    """
    for index, entry in groups(data.get(listed)):
        if not isinstance(condition := entry.get("when"), str):
            continue
        try:
            check_condition(condition, declared)
        except PersonaError as error:
            yield Mistake((listed, index, "when"), str(error))


def used_twice(listed: str, key: str, data: Mapping[str, object]) -> Iterator[Mistake]:
    """Names in a list of groups that one before has taken."""
    first: dict[str, int] = {}
    for index, entry in groups(data.get(listed)):
        value = entry.get(key)
        if isinstance(value, str) and value in first:
            yield Mistake((listed, index, key), f'"{value}" is taken by {listed}[{first[value]}]; choose another')
        elif isinstance(value, str):
            first[value] = index


def groups(listed: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The entries of a list that are groups of keys, with their positions."""
    if isinstance(listed, (list, tuple)):
        for index, entry in enumerate(listed):
            if isinstance(entry, Mapping):
                yield index, entry
