"""A script as it stands in its file: steps with their lines, and every mistake with file and line; plays nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

import npcengine

BESIDE = ("until", "picture")
"""What may stand beside the verb of a step that is answered."""

WAITS = ("ready", "reply", "idle", "ending")
EXPECTATIONS = (
    "reply", "not_reply", "heard", "knows", "not_knows", "has", "not_has", "gold", "trust", "flag", "partner",
    "gate_open", "crypt_open", "light", "at", "ending", "notice",
)  # fmt: skip


class ScriptError(npcengine.ConfigError):
    """A script has mistakes; the message has a line for each: ``file:line: message``."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        line: Where it stands in the file.
        verb: What to do, a key of `VERBS`.
        value: How, as the verb takes it.
        until: With several lines to say: expectations after which the rest is left out.
        picture: Name of a screenshot that is taken while the answer is spoken; empty for none.
    """

    line: int
    verb: str
    value: Any
    until: Mapping[str, Any] | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A script.

    Attributes:
        path: Its file.
        size: Pixels of the window at the start.
        steps: What to do, in order.
    """

    path: Path
    size: tuple[int, int]
    steps: tuple[Step, ...]

    @property
    def spoken(self) -> list[str]:
        """All lines that are to be spoken by the voice, each once."""
        lines = (line for step in self.steps if step.verb == "speak" for line in as_lines(step.value))
        return list(dict.fromkeys(lines))


def as_lines(value: str | list[str]) -> list[str]:
    """One line or several."""
    return [value] if isinstance(value, str) else list(value)


def read_script(path: Path) -> Script:
    """Reads a script.

    Raises:
        ScriptError: It has mistakes, or can't be read.
    """
    try:
        document = YAML().load(path.read_text("utf-8"))
    except OSError as error:
        raise ScriptError(f"{path}: {error.strerror}") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ScriptError(f"{path}:{line}: {error.problem}") from error
    if not isinstance(document, CommentedMap) or not isinstance(document.get("steps"), CommentedSeq):
        raise ScriptError(f'{path}:1: must hold "npcengine_script: 1" and "steps:", a list of things to do')
    mistakes = [f"{path}:{line}: {text}" for line, text in _mistakes(document)]
    if mistakes:
        raise ScriptError("\n".join(mistakes))
    return Script(path, _size(document.get("size", [1280, 720])), tuple(_steps(document["steps"])))


def _steps(entries: CommentedSeq) -> Iterator[Step]:
    for index, entry in enumerate(entries):
        verb = next(key for key in entry if key not in BESIDE)
        line = entries.lc.item(index)[0] + 1
        yield Step(line, verb, _plain(entry[verb]), _plain(entry.get("until")), entry.get("picture", ""))


def _mistakes(document: CommentedMap) -> Iterator[tuple[int, str]]:
    if document.get("npcengine_script") != 1:
        yield 1, 'the first line must be "npcengine_script: 1", the version of this format'
    for key in document:
        if key not in ("npcengine_script", "size", "steps"):
            yield document.lc.key(key)[0] + 1, f"{key!r} is not known; allowed are npcengine_script, size and steps"
    if "size" in document and not _is_size(document["size"]):
        yield document.lc.key("size")[0] + 1, "size: must be [width, height] in pixels, at least [640, 480]"
    steps = document["steps"]
    for index, entry in enumerate(steps):
        line = steps.lc.item(index)[0] + 1
        for text in _mistakes_of(entry):
            yield line, text


def _mistakes_of(entry: object) -> Iterator[str]:
    """What is wrong with one step."""
    if not isinstance(entry, CommentedMap):
        yield 'a step is written "verb: value"'
        return
    verbs = [str(key) for key in entry if key not in BESIDE]
    if len(verbs) != 1:
        yield f"a step does one thing; this one has {', '.join(verbs) or 'none'}"
        return
    verb = verbs[0]
    if verb not in VERBS:
        near = get_close_matches(verb, VERBS, n=1)
        yield f"{verb!r} is no step" + (f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(VERBS)}")
        return
    problem = VERBS[verb](entry[verb])
    if problem:
        yield f"{verb}: {problem}"
    if "until" in entry:
        if verb not in ("say", "speak"):
            yield "until: only say and speak are repeated until something holds"
        elif problem := _expectations(entry["until"]):
            yield f"until: {problem}"
    if "picture" in entry and (verb not in ("say", "speak", "wav", "give") or _text(entry["picture"])):
        yield "picture: must be a name, beside say, speak, wav or give"


# ---------------------------------------------------------------- what each verb takes


def _text(value: object) -> str:
    return "" if isinstance(value, str) and value.strip() else "must be a text"


def _lines(value: object) -> str:
    texts = value if isinstance(value, list) else [value]
    return "" if texts and not any(map(_text, texts)) else "must be a line, or a list of lines to try in order"


def _seconds(value: object) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 600
    return "" if number else "must be seconds, above 0 and up to 600"


def _wait(value: object) -> str:
    return "" if value in WAITS else f"can't be {value!r}; choose one of {', '.join(WAITS)}"


def _expectations(value: object) -> str:
    if not isinstance(value, Mapping) or not value:
        return f"must be a list of names and values; names are {', '.join(EXPECTATIONS)}"
    strange = [str(name) for name in value if name not in EXPECTATIONS]
    if not strange:
        return ""
    near = get_close_matches(strange[0], EXPECTATIONS, n=1)
    return f"{strange[0]!r} can't be expected" + (f"; did you mean {near[0]!r}?" if near else "")


def _is_size(value: object) -> bool:
    numbers = isinstance(value, list) and len(value) == 2 and all(isinstance(each, int) for each in value)
    return bool(numbers and value[0] >= 640 and value[1] >= 480)  # type: ignore[index]  # a list, as was just asked


def _window(value: object) -> str:
    return "" if _is_size(value) else "must be [width, height] in pixels, at least [640, 480]"


VERBS: Mapping[str, Callable[[object], str]] = {
    "walk_to": _text,
    "say": _lines,
    "speak": _lines,
    "wav": _text,
    "give": _text,
    "press": _text,
    "wait": _seconds,
    "wait_for": _wait,
    "expect": _expectations,
    "screenshot": _text,
    "size": _window,
    "pause": _seconds,
    "save": _text,
    "load": _text,
    "note": _text,
}
"""What a script can do, and what is wrong with a value, empty when nothing is."""


def _size(value: Any) -> tuple[int, int]:  # noqa: ANN401 - as YAML gives it
    return int(value[0]), int(value[1])


def _plain(value: Any) -> Any:  # noqa: ANN401 - as YAML gives it
    """Without the marks that the reader leaves."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
