"""Which suites are sat by which characters, from the paths somebody typed; loads no model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from npcengine.persona import Persona, check_persona, load_persona
from npcengine.persona_file import read_document
from npcengine.persona_problems import Problem
from npcengine.studio.evaluation.sitting import Sitting
from npcengine.studio.evaluation.suite_file import SuiteFile, misfits, parse_suite

SUITE_FOLDER = "evaluation"
"""Where suites are looked for when only characters are named: beside their folder, inside it, or where one stands."""


@dataclass(slots=True)
class Selection:
    """What is to be scored, and everything that is wrong with what was named.

    Attributes:
        sittings: In the order in which they were named.
        problems: Mistakes in files; nothing should be scored while there are any.
        notes: Worth knowing, and no mistake.
    """

    sittings: list[Sitting] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A suite, and whether it was named itself rather than found in a folder."""

    file: SuiteFile
    named: bool


def select(paths: Sequence[Path], suites: Sequence[Path] = (), *, here: Path | None = None) -> Selection:
    """Sorts paths into characters and suites and seats them.

    A suite is sat by the character named on the command line that it names, or that has the same file name, or that is
    the only one beside a suite named itself; else by the character that the suite names.

    Args:
        paths: Character files, suite files, or folders of them.
        suites: Suite files.
        here: The working directory; suites and characters are also looked for there.
    """
    return _Selector(here or Path.cwd()).select(paths, suites)


class _Selector:
    def __init__(self, here: Path) -> None:
        self._here = here
        self._selection = Selection()
        self._characters: dict[Path, Path] = {}
        self._suites: dict[Path, _Candidate] = {}
        self._personas: dict[Path, Persona | None] = {}

    def select(self, paths: Sequence[Path], suites: Sequence[Path]) -> Selection:
        for path in paths:
            self._sort_folder(path) if path.is_dir() else self._sort(path, named=True)
        for path in suites:
            self._add_suite(path)
        if not self._suites and not self._selection.problems:
            self._look_for_suites()
        for candidate in self._suites.values():
            self._seat(candidate)
        if not self._selection.sittings and not self._selection.problems:
            where = str(paths[0]) if paths else "file"
            self._complain(where, "file", "no suite fits these characters; name one with --suite")
        return self._selection

    def _sort_folder(self, folder: Path) -> None:
        files = yaml_files(folder)
        for file in files:
            self._sort(file, named=False)
        if not files:
            self._complain(str(folder), "file", "this folder holds no character or suite file (*.yaml)")

    def _sort(self, path: Path, *, named: bool) -> None:
        document = read_document(path)
        keys = set(document.data) if isinstance(document.data, dict) else set()
        if not document.readable or "cases" in keys or "suite" in keys:
            self._keep_suite(path, named=named)
        elif "npcengine" in keys:
            self._characters[path.resolve()] = path
        elif named:
            self._complain(str(path), "file", "is neither a character (npcengine: 1) nor a suite (suite: and cases:)")

    def _add_suite(self, path: Path) -> None:
        if path.is_dir():
            for file in yaml_files(path):
                self._keep_suite(file, named=False)
        else:
            self._keep_suite(path, named=True)

    def _keep_suite(self, path: Path, *, named: bool) -> None:
        if path.resolve() in self._suites:
            return
        file, problems = parse_suite(path, read_document(path))
        self._selection.problems += problems
        if file:
            self._suites[path.resolve()] = _Candidate(file, named)

    def _look_for_suites(self) -> None:
        """Suites that name one of the characters, in the usual folders."""
        for resolved, path in self._characters.items():
            found = False
            for file in self._neighbours(resolved):
                suite, _ = parse_suite(file, read_document(file))
                if suite and resolved in self._named_by(suite):
                    self._suites[file.resolve()] = _Candidate(suite, named=False)
                    found = True
            if not found:
                self._selection.notes.append(f"{path}: no suite names this character")

    def _neighbours(self, character: Path) -> Iterator[Path]:
        """Suites beside the character's folder, inside it and in the working directory; each once."""
        around = (character.parent.parent, character.parent, self._here)
        folders = {(folder / SUITE_FOLDER).resolve(): None for folder in around}
        for folder in folders:
            if folder.is_dir():
                yield from yaml_files(folder)

    def _seat(self, candidate: _Candidate) -> None:
        path = self._character_of(candidate)
        if path is None:
            return
        persona = self._persona(path)
        if persona is None:
            return
        self._selection.problems += misfits(candidate.file, persona)
        self._selection.sittings.append(Sitting(candidate.file, persona, str(path)))

    def _character_of(self, candidate: _Candidate) -> Path | None:
        """The character file that sits a suite; None where none does, which is a problem if the suite was named."""
        named = self._named_by(candidate.file)
        given = [path for resolved, path in self._characters.items() if resolved in named]
        given += [path for path in self._characters.values() if path.name in {each.name for each in named}]
        if given:
            return given[0]
        if candidate.named and len(self._characters) == 1:
            return next(iter(self._characters.values()))
        if self._characters and not candidate.named:
            return None
        for path in named:
            if path.is_file():
                return _short(path)
        wanted = f'"{candidate.file.suite.persona}" is not there' if named else "is missing"
        message = f"{wanted}; name the character: npcengine eval CHARACTER --suite {candidate.file.path.name}"
        self._complain(str(candidate.file.path), "persona", message, candidate.file.persona_line)
        return None

    def _named_by(self, file: SuiteFile) -> list[Path]:
        """Where the character that a suite names may be."""
        if not file.suite.persona:
            return []
        return [(folder / file.suite.persona).resolve() for folder in (file.path.parent, self._here)]

    def _persona(self, path: Path) -> Persona | None:
        resolved = path.resolve()
        if resolved not in self._personas:
            problems = check_persona(path)
            self._selection.problems += problems
            self._personas[resolved] = None if problems else load_persona(path)
        return self._personas[resolved]

    def _complain(self, file: str, field_: str, message: str, line: int = 1) -> None:
        self._selection.problems.append(Problem(file, line, field_, message))


def yaml_files(folder: Path) -> list[Path]:
    """The files in a folder that can be characters or suites."""
    return sorted(each for each in folder.iterdir() if each.suffix in {".yaml", ".yml"} and each.is_file())


def _short(path: Path) -> Path:
    """`path` from the working directory, where it lies inside."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
