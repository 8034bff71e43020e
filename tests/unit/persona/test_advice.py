"""Hints: what is allowed in a character file but seldom meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from npcengine.persona import persona_from_dict
from npcengine.persona_advice import advise, hints_for
from npcengine.persona_problems import field_name

GOOD: dict[str, Any] = {
    "npcengine": 1,
    "name": "Tom",
    "examples": [{"player": "Hi.", "npc": "Hi yourself."}],
    "knowledge": [{"id": "mill", "text": "The mill burned."}],
}


def hinted(**changes: object) -> list[str]:
    """The fields that get a hint."""
    return [field_name(hint.path) for hint in advise(persona_from_dict(GOOD | changes))]


def test_a_sound_character_gets_no_hint() -> None:
    """Hints are rare, or nobody reads them."""
    assert hinted() == []


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("knowledge", [], "knowledge"),
        ("examples", [], "examples"),
        ("knowledge", [{"id": "a", "text": "b", "secret": True}], "knowledge[0].secret"),
        ("knowledge", [{"id": "a", "text": "b", "say": "word " * 31}], "knowledge[0].say"),
        ("lines", [{"when_asked": "a", "say": "word " * 31}], "lines[0].say"),
        ("greeting", ["Hi.", "*waves*"], "greeting[1]"),
        ("state", {"met": "no"}, "state.met"),
        ("voice", {"pitch": 5}, "voice.pitch"),
        ("voice", {"pitch": 0, "timbre": 1.17}, "voice.pitch"),
        ("voice", {"timbre": 1.3, "pitch": 12}, "voice.timbre"),
    ],
)
def test_what_is_seldom_meant_gets_a_hint(field: str, value: object, place: str) -> None:
    """Each hint names its field."""
    assert hinted(**{field: value}) == [place]


@pytest.mark.parametrize("voice", [{}, {"pitch": 9, "timbre": 1.17}, {"pitch": -3, "timbre": 0.92}, {"pitch": 3}])
def test_a_pitch_that_goes_with_the_size_gets_no_hint(voice: dict[str, float]) -> None:
    """A woman's nine semitones are fine in a woman's throat."""
    assert hinted(voice=voice) == []


@pytest.mark.parametrize(("when", "places"), [("met", ["knowledge[1].when_asked[1]"]), ("not met", [])])
def test_a_question_that_two_facts_answer_at_once_gets_a_hint(when: str, places: list[str]) -> None:
    """Where one of them holds while the other does not, as a lie and the truth do, all is well."""
    first = {"id": "lie", "text": "A lie.", "when": "met", "when_asked": ["Who did it?"]}
    second = {"id": "truth", "text": "The truth.", "when": when, "when_asked": ["Was it you?", "who did it"]}
    assert hinted(state={"met": False}, knowledge=[first, second]) == places


def test_a_hint_has_a_line(tmp_path: Path) -> None:
    """Hints point into the file as mistakes do."""
    path = tmp_path / "tom.yaml"
    path.write_text("npcengine: 1\nname: Tom\nknowledge:\n  - id: a\n    text: b\n    secret: yes\n", encoding="utf-8")
    assert [(hint.line, hint.field) for hint in hints_for(path)] == [(1, "examples"), (6, "knowledge[0].secret")]
