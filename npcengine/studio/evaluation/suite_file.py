"""Reads suite files and tells every mistake with its line; knows no model."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from npcengine.persona import Persona
from npcengine.persona_file import Document, FieldPath, Mistake
from npcengine.persona_problems import Problem, field_name, schema_mistakes
from npcengine.studio.evaluation.suite import NO_ACTION, Case, Said, Suite


@dataclass(frozen=True, slots=True)
class SuiteFile:
    """A suite that was read.

    Attributes:
        path: The file.
        suite: What it holds.
        lines: The line of each case, from 1.
        state_line: Where the suite's own state stands.
        persona_line: Where the character is named.
    """

    path: Path
    suite: Suite
    lines: tuple[int, ...]
    state_line: int = 1
    persona_line: int = 1


def parse_suite(path: Path, document: Document) -> tuple[SuiteFile | None, list[Problem]]:
    """The suite in a document that was read from `path`, or every mistake in it."""
    suite, mistakes = _validated(document.data) if document.readable else (None, [])
    problems = [_problem(path, document, each) for each in (*document.mistakes, *mistakes)]
    if suite is None or problems:
        return None, sorted(problems, key=lambda each: each.line)
    lines = tuple(document.line_of(("cases", index)) for index in range(len(suite.cases)))
    return SuiteFile(path, suite, lines, document.line_of(("state",)), document.line_of(("persona",))), []


def misfits(file: SuiteFile, persona: Persona) -> list[Problem]:
    """Names in a suite that its character does not have."""
    wrong = [(file.state_line, each) for each in _unknown_state(("state",), file.suite.state, persona)]
    for index, (case, line) in enumerate(zip(file.suite.cases, file.lines, strict=True)):
        wrong += [(line, each) for each in _case_misfits(("cases", index), case, persona)]
    return [Problem(str(file.path), line, field_name(each.path), each.message) for line, each in wrong]


def _validated(data: object) -> tuple[Suite | None, list[Mistake]]:
    if not isinstance(data, dict):
        return None, [Mistake((), 'must hold keys such as "suite: …", "persona: …" and "cases:"')]
    try:
        return Suite.model_validate(data), []
    except ValidationError as error:
        found = schema_mistakes(error.errors(), data, _keys_at)
    # A list counts as empty once each of its entries has a mistake, which then is all there is to tell.
    inner = {each.path[:length] for each in found for length in range(len(each.path))}
    return None, [each for each in found if each.path not in inner]


def _keys_at(path: FieldPath) -> tuple[str, ...]:
    """The keys of the group at a path of a suite file."""
    model: type[BaseModel] = Suite
    if path[:1] == ("cases",):
        model = Said if "history" in path else Case
    return tuple(model.model_fields)


def _problem(path: Path, document: Document, mistake: Mistake) -> Problem:
    return Problem(str(path), document.line_of(mistake.path), field_name(mistake.path), mistake.message)


def _case_misfits(path: FieldPath, case: Case, persona: Persona) -> Iterator[Mistake]:
    yield from _unknown_state((*path, "state"), case.state, persona)
    actions = {action.name: action for action in persona.actions}
    for name in case.action:
        if name != NO_ACTION and name not in actions:
            yield Mistake((*path, "action"), _no_such("an action", name, actions, persona))
    taken = {argument for name in case.action if name in actions for argument in actions[name].args}
    for argument in case.args:
        if taken and argument not in taken:
            yield Mistake((*path, "args", argument), _no_such("an argument of that action", argument, taken, persona))
    if case.kind == "line" and not (persona.lines or persona.examples):
        yield Mistake((*path, "kind"), f"is line, but {persona.name} has no lines")


def _unknown_state(path: FieldPath, state: Collection[str], persona: Persona) -> Iterator[Mistake]:
    for name in state:
        if name not in persona.state:
            yield Mistake((*path, name), _no_such("declared in the state", name, persona.state, persona))


def _no_such(what: str, name: str, known: Collection[str], persona: Persona) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(known) or 'none'}"
    return f'"{name}" is not {what} of {persona.name}; {hint}'
