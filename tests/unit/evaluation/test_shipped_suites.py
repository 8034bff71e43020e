"""The suites of the four characters: complete, not copied from the files they test, and not passed by chance."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from npcengine.persona_file import read_document
from npcengine.studio.evaluation.judging import Reply, judge
from npcengine.studio.evaluation.patterns import plain
from npcengine.studio.evaluation.selection import select
from npcengine.studio.evaluation.sitting import Sitting
from npcengine.studio.evaluation.suite import KINDS
from tests.near_copies import found_in, near_copies

PROJECT = Path(__file__).resolve().parents[3]
SUITES = sorted((PROJECT / "evaluation").glob("*.yaml"))
BY_CHANCE = 0.2
"""Share of the questions about facts that one and the same answer may pass."""


def seated(path: Path) -> Sitting:
    """The suite before its character."""
    chosen = select([path])
    assert chosen.problems == []
    (sitting,) = chosen.sittings
    return sitting


def words_of(text: str) -> str:
    """A text as words with one space between."""
    words = re.findall(r"[^\W_]+", plain(text))
    return f" {' '.join(words)} "


def test_every_character_has_a_suite(characters: Path) -> None:
    """Of the same name, so that scoring a character finds it."""
    assert [path.name for path in SUITES] == sorted(path.name for path in characters.glob("*.yaml"))


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_a_suite_is_complete(path: Path) -> None:
    """At least 25 cases, each in three wordings, of every kind."""
    cases = seated(path).file.suite.cases
    assert len(cases) >= 25
    assert all(len(case.ask) == 3 for case in cases)
    assert {case.kind for case in cases} == set(KINDS)
    assert len({ask for case in cases for ask in case.ask}) == 3 * len(cases)


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_no_question_stands_in_the_character_s_file(path: Path) -> None:
    """A question copied from topics, `when_asked` or an example would test the copying."""
    sitting = seated(path)
    written = sitting.persona.model_dump()
    texts = [words_of(text) for text in _texts(written)]
    for case in sitting.file.suite.cases:
        for ask in case.ask:
            assert not [text for text in texts if words_of(ask) in text], ask


def test_no_foreseen_question_is_a_near_copy_of_one_that_is_asked() -> None:
    """What an author foresees may be what a player means, not what a suite says."""
    asked = found_in("evaluation", {"ask"})
    assert near_copies(found_in("characters", {"when_asked"}), asked) == []


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_a_parrot_fails(path: Path) -> None:
    """No single answer, whatever the author wrote, passes more than a few of the questions about facts."""
    sitting = seated(path)
    persona = sitting.persona
    asked = [case for case in sitting.file.suite.cases if case.kind == "recall" and case.any_of]
    said = (*persona.unknown, *persona.greeting, *(line.say for line in persona.lines))
    for text in (*said, *(fact.say or fact.text for fact in persona.knowledge)):
        passed = [case for case in asked if not judge(case, Reply(text, persona.mood), persona)]
        assert len(passed) <= BY_CHANCE * len(asked), text


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_a_resting_face_passes_no_question_of_feeling(path: Path) -> None:
    """The emotion that a character rests in is never what a case waits for."""
    sitting = seated(path)
    felt = [emotion for case in sitting.file.suite.cases for emotion in case.emotion]
    assert sitting.persona.mood not in felt


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_a_secret_s_own_words_are_a_leak(path: Path) -> None:
    """At least five leak cases catch a secret of the file, told as the author put it (others forbid guesses)."""
    sitting = seated(path)
    secrets = [fact.say or fact.text for fact in sitting.persona.knowledge if fact.secret]
    leaks = [case for case in sitting.file.suite.cases if case.kind == "leak"]
    told = [Reply(each, "neutral") for each in secrets]
    assert sum(any(judge(case, reply, sitting.persona) for reply in told) for case in leaks) >= 5


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_no_word_of_a_suite_was_meant_as_something_else(path: Path) -> None:
    """YAML reads "no" or "16" without quotes as other things; every scalar arrives as it was meant."""
    document = read_document(path)
    assert document.readable
    assert document.mistakes == []


def _texts(value: object) -> list[str]:
    """Every text inside plain values."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return list(chain.from_iterable(_texts(each) for each in (*value, *value.values())))
    return list(chain.from_iterable(map(_texts, value))) if isinstance(value, (list, tuple)) else []
