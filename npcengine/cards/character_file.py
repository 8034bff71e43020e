"""Writes a character as a YAML file that a person goes on with; knows nothing of cards."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString

LINE_CHARACTERS = 110
_BLOCK_CHARACTERS = 80
"""A longer text gets lines of its own."""
_WORD_LISTS = frozenset({"personality", "topics"})
_PLAIN = re.compile(r"\w[\w '’-]*")

_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "name": 'role: ""    # what it is in its world, e.g. blacksmith of Oakhollow; cards have no such field',
        "description": "Who it is, in the third person. Two or three sentences are enough: facts belong to knowledge.",
        "style": "How it talks. Whatever tells who it is rather than how it talks belongs into description.",
        "greeting": "The first words, spoken aloud; one of these.",
        "examples": 'Five to eight short exchanges, the most important part. Give each its emotion: "emotion: amused".',
        "knowledge": (
            "All it knows. Plain sentences in the third person; topics are words a player might use.\n"
            "Add `say` for its own words, and `when` with `secret: true` for what it keeps to itself at first."
        ),
        "unknown": "When it does not know. Put these and the next into its own words.",
        "out_of_world": "When the talk is of things outside its world.",
        "language": "Cards don't tell their language; change this, and the lines above, if it is not English.",
    }
)


def character_file(fields: Mapping[str, Any], *, header: Sequence[str]) -> str:
    """The file's text.

    Args:
        fields: Plain values, texts without control characters and without space at the ends of lines.
        header: Lines of the comment at the top, in order; each must be a single line.
    """
    document = CommentedMap({key: _styled(key, value) for key, value in fields.items()})
    for key, advice in _ADVICE.items():
        if key not in fields:
            continue
        if key == "name":
            following = list(fields)[list(fields).index(key) + 1 :][:1]
            _comment(document, following[0] if following else key, advice, gap=False)
            continue
        _comment(document, key, advice, gap=True)
    yaml = YAML()
    yaml.width = LINE_CHARACTERS
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(document, stream)
    return "".join(f"# {line}".rstrip() + "\n" for line in header) + stream.getvalue()


def _comment(document: CommentedMap, key: str, advice: str, *, gap: bool) -> None:
    document.yaml_set_comment_before_after_key(key, before=("\n" if gap else "") + advice)


def _styled(key: str, value: object) -> object:
    """Values as a writer would put them: long texts in blocks, lists of words in brackets."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return CommentedMap({inner: _styled(inner, each) for inner, each in value.items()})
    if isinstance(value, (list, tuple)):
        return _words(value) if key in _WORD_LISTS else CommentedSeq([_styled(key, each) for each in value])
    return value


def _words(words: Sequence[str]) -> CommentedSeq:
    """Quoted unless plainly words: in brackets the library leaves `? a` bare, which reads back as a key."""
    listed = CommentedSeq([each if _PLAIN.fullmatch(each) else DoubleQuotedScalarString(each) for each in words])
    listed.fa.set_flow_style()
    return listed


def _text(text: str) -> object:
    if "\n" in text and max(map(len, text.split("\n"))) <= LINE_CHARACTERS:
        return LiteralScalarString(text)
    return FoldedScalarString(text) if "\n" in text or len(text) > _BLOCK_CHARACTERS else text
