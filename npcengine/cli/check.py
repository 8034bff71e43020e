"""`npcengine check`: every mistake in character and lore files, at once; loads no model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from npcengine.persona_check import read_all
from npcengine.persona_problems import Problem


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="Character and lore files, or folders (each *.yaml and *.yml inside)."),
    ],
    hints: Annotated[
        bool, typer.Option("--hints/--no-hints", help="Also tell what is allowed but seldom meant.")
    ] = True,
) -> None:
    """Check character files and the lore they include, and tell every mistake: file:line: field: message.

    Hints are marked as such and never fail. Ends with code 1 if there is a mistake.
    """
    checked = read_all(_files(paths))
    problems = [
        *checked.problems,
        *(Problem(str(folder), 1, "file", "this folder holds no .yaml file") for folder in _without_files(paths)),
    ]
    hinted = checked.hints if hints else ()
    for problem in problems:
        print(problem)
    for hint in hinted:
        print(f"{hint.file}:{hint.line}: {hint.field}: hint: {hint.message}")
    print(_summary(checked.files, len(problems), len(hinted)))
    if problems:
        raise typer.Exit(1)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Each file once, folders opened, in the order asked for."""
    seen = set()
    for path in paths:
        for file in _inside(path) if path.is_dir() else [path]:
            if file not in seen:
                seen.add(file)
                yield file


def _inside(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.suffix in {".yaml", ".yml"} and each.is_file())


def _without_files(paths: Iterable[Path]) -> Iterator[Path]:
    return (path for path in paths if path.is_dir() and not _inside(path))


def _summary(files: int, mistakes: int, hints: int) -> str:
    parts = [_counted(files, "file"), _counted(mistakes, "mistake")]
    return ", ".join([*parts, _counted(hints, "hint")] if hints else parts)


def _counted(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
