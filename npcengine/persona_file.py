"""Reads a YAML file to plain values and remembers the line of every field; knows nothing of characters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

FieldPath: TypeAlias = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the top of the file."""

MAX_BYTES = 1024 * 1024
MAX_VALUES = 50_000
"""Counted after aliases are followed, so that a file of aliases to aliases stays small."""
MAX_DEPTH = 24

_WORDS = MappingProxyType(
    {
        "mapping values are not allowed here": 'a ": " stands where none can be: quote text that holds a colon, '
        "or check the indentation",
        "could not find expected ':'": 'a ":" is missing after the key',
        "found unexpected end of stream": "a quote is opened and never closed",
        "found character '\\t' that cannot start any token": "a tab is used to indent; use spaces",
        "expected a single document in the stream": 'only one character fits in a file; remove the "---" line',
    }
)


_MISFIT = (
    "the indentation does not fit the lines above, or text goes on after a closing quote; text that holds an "
    'apostrophe stands in double quotes: "I\'m Tom"'
)
_REASONS: Mapping[type[Exception], str] = MappingProxyType(
    {
        FileNotFoundError: "there is no such file",
        IsADirectoryError: "this is a folder; name a file in it",
    }
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong with one field: where, and what to do about it. An empty path means the file as a whole."""

    path: FieldPath
    message: str


@dataclass(slots=True)
class Document:
    """A file's plain values, the line of each field (from 1) and what was wrong with the YAML itself."""

    data: object = None
    lines: dict[FieldPath, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    readable: bool = True

    def line_of(self, path: FieldPath) -> int:
        """The line of the field, or of the nearest thing that holds it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1

    def refuse(self, message: str, line: int = 1) -> Document:
        """Marks the file as unreadable for one reason."""
        self.readable = False
        self.lines = {(): line}
        self.mistakes = [Mistake((), message)]
        return self


def read_document(path: Path) -> Document:
    """Reads the file; whatever is wrong stands in `mistakes`, nothing is raised."""
    try:
        raw = _bytes_of(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Document().refuse(_REASONS.get(type(error), f"the file can't be read: {reason}"))
    if len(raw) > MAX_BYTES:
        return Document().refuse(f"the file is larger than {MAX_BYTES // 1024} KiB; a character takes a few")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Document().refuse("the file is not UTF-8 text; save it as UTF-8", line)
    return parse_document(text)


def _bytes_of(path: Path) -> bytes:
    """No more of the file than is too much."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError("it is no plain file")  # a pipe may never end
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def parse_document(text: str) -> Document:
    """As `read_document`, from text."""
    document = Document()
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        return document.refuse(*_explain(error))
    except YAMLError:
        return document.refuse("the file holds characters that no text file has; is it a character file?")
    except RecursionError:
        return document.refuse("lists and groups are nested too deeply")
    if root is None:
        return document.refuse('the file is empty; start with "npcengine: 1" and "name: …"')
    try:
        document.data = _Reader(document).value_of(root, ())
    except _TooMuchError as error:
        return document.refuse(str(error))
    return document


class _TooMuchError(Exception):
    """The file unfolds to more than any character needs."""


@dataclass(slots=True)
class _Reader:
    """Turns YAML nodes to plain values and fills the document's lines and mistakes."""

    document: Document
    count: int = 0

    def value_of(self, node: Node, path: FieldPath) -> object:
        self.count += 1
        if self.count > MAX_VALUES:
            raise _TooMuchError(f"the file unfolds to more than {MAX_VALUES} values")
        if len(path) > MAX_DEPTH:
            raise _TooMuchError("lists and groups are nested too deeply, or an alias holds itself")
        self.document.lines.setdefault(path, _line(node))
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value_of(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: MappingNode, path: FieldPath) -> dict[str, object]:
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.document.mistakes.append(Mistake(path, "a key must be a plain word"))
                continue
            key = _whole(str(key_node.value))
            inner = (*path, key)
            if key in values:
                message = f"stands here twice, first on line {self.document.lines[inner]}; keep one"
                self.document.lines[inner] = _line(key_node)
                self.document.mistakes.append(Mistake(inner, message))
                continue
            self.document.lines[inner] = _line(key_node)
            values[key] = self.value_of(value_node, inner)
        return values

    def _scalar(self, node: Node, path: FieldPath) -> object:
        try:
            return _plain(str(node.tag).rpartition(":")[2], _whole(str(node.value)))
        except ValueError:
            self.document.mistakes.append(Mistake(path, "is not a number that can be read"))
            return 0


def _whole(text: str) -> str:
    """The text with halves of a sign put together, as JSON writes rare ones; a half by itself is no text at all."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _plain(kind: str, text: str) -> str | int | float | bool | None:
    """A scalar's value; dates and foreign tags stay the text they are, since no field takes anything else."""
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int":
        prefixed = re.match(r"[-+]?0[oxb]", text)
        return int(text, 0) if prefixed else int(text)
    if kind == "float":
        return float(re.sub(r"\.(inf|nan)$", r"\1", text.lower()))
    return text


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _explain(error: MarkedYAMLError) -> tuple[str, int]:
    """What a YAML error means to a writer, and its line."""
    opened = re.match(r"while parsing a flow (sequence|mapping)", error.context or "")
    quoted = "quoted scalar" in (error.context or "")
    mark = error.context_mark if (opened or quoted) and error.context_mark else error.problem_mark
    line = int(mark.line) + 1 if mark else 1
    if opened:
        bracket = "[" if opened[1] == "sequence" else "{"
        return f'a "{bracket}" is opened here, and a comma or the closing bracket is missing', line
    problem = str(error.problem or error.context or "can't be read")
    if error.context in _WORDS:
        return _WORDS[error.context], line
    if "expected <block end>" in problem:
        return _MISFIT, line
    if alias := re.search(r"found undefined alias '(.*)'", problem):
        return f'"*{alias[1]}" repeats what was never named; text that starts with "*" needs quotes', line
    if token := re.search(r"found character '(.)' that cannot start", problem):
        message = f'text can\'t start with "{token[1]}"; put it in quotes'
        return _WORDS.get(problem, message), line
    return _WORDS.get(problem, f"not valid YAML: {problem}"), line
