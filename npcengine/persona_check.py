"""All that can be told of a set of character and lore files: what is wrong, and hints; prints nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from npcengine.errors import AdapterBroken
from npcengine.lore import LoreReading, is_lore, read_lore
from npcengine.models import adapters
from npcengine.persona import Reading, read_persona
from npcengine.persona_advice import hints_for, lore_hints
from npcengine.persona_file import read_document
from npcengine.persona_problems import Problem, field_name


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found.

    Attributes:
        files: How many were read, lore that only characters name among them.
        problems: Mistakes, each once, though many characters include the same lore.
        hints: Of the files without a mistake.
    """

    files: int
    problems: tuple[Problem, ...]
    hints: tuple[Problem, ...]


def read_all(paths: Iterable[Path]) -> Checked:
    """Reads files of both kinds, and the lore that the characters among them include."""
    readings: list[Reading] = []
    lore: dict[Path, LoreReading] = {}
    found: dict[Problem, None] = {}
    for path in paths:
        as_lore = read_lore(path)
        if is_lore(as_lore.document.data):
            lore.setdefault(path.resolve(), as_lore)
            continue
        reading = read_persona(path)
        readings.append(reading)
        found |= dict.fromkeys([*reading.problems, *_adapter_problems(reading)])
        for file in reading.files[1:]:
            if file.is_file():
                lore.setdefault(file.resolve(), read_lore(file))
    hints = [hint for reading in readings if reading.persona for hint in hints_for(reading.files[0])]
    for real, reading_of_lore in lore.items():
        told = {(str(Path(problem.file).resolve()), problem.line, problem.message) for problem in found}
        found |= {
            problem: None
            for problem in reading_of_lore.problems
            if (str(real), problem.line, problem.message) not in told
        }
        hints += lore_hints(
            reading_of_lore, [each.persona for each in readings if each.persona and _includes(each, real)]
        )
    return Checked(len(readings) + len(lore), tuple(found), tuple(hints))


def _adapter_problems(reading: Reading) -> list[Problem]:
    """What is wrong with the adapter's file; whether it fits the language model shows when it is loaded."""
    if reading.persona is None or not reading.persona.adapter:
        return []
    try:
        adapters.check(adapters.parse(reading.persona.adapter).path)
    except AdapterBroken as error:
        file, field = reading.files[0], ("adapter",)
        return [Problem(str(file), read_document(file).line_of(field), field_name(field), str(error))]
    return []


def _includes(reading: Reading, lore: Path) -> bool:
    return lore in {file.resolve() for file in reading.files[1:]}
