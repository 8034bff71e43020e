"""Which suite meets which character, and what is told when a file has mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from npcengine.studio.evaluation.selection import Selection, select

CHARACTER = "npcengine: 1\nname: {name}\nstate: {{trust: 50}}\nactions:\n- {{name: wave, description: Wave.}}\n"
SUITE = "suite: s\npersona: {persona}\ncases:\n- {{ask: Hello?, any_of: hello}}\n"


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """Two characters, and a suite for each in the usual folder."""
    (tmp_path / "characters").mkdir()
    (tmp_path / "evaluation").mkdir()
    for name in ("tom", "ann"):
        (tmp_path / "characters" / f"{name}.yaml").write_text(CHARACTER.format(name=name))
        (tmp_path / "evaluation" / f"{name}.yaml").write_text(SUITE.format(persona=f"../characters/{name}.yaml"))
    return tmp_path


def seats(selection: Selection) -> list[tuple[str, str]]:
    """Suite and character of each sitting; nothing may be wrong."""
    assert selection.problems == []
    return [(each.file.path.name, each.persona.name) for each in selection.sittings]


@pytest.mark.parametrize(
    ("paths", "suites", "seated"),
    [
        (["evaluation/tom.yaml"], [], [("tom.yaml", "tom")]),
        (["evaluation"], [], [("ann.yaml", "ann"), ("tom.yaml", "tom")]),
        (["characters/tom.yaml"], [], [("tom.yaml", "tom")]),
        (["characters"], [], [("ann.yaml", "ann"), ("tom.yaml", "tom")]),
        (["characters/tom.yaml", "evaluation"], [], [("tom.yaml", "tom")]),
        (["characters"], ["evaluation/ann.yaml"], [("ann.yaml", "ann")]),
        (["characters/tom.yaml"], ["evaluation/ann.yaml"], [("ann.yaml", "tom")]),
        ([], ["evaluation/ann.yaml", "evaluation/ann.yaml"], [("ann.yaml", "ann")]),
    ],
)
def test_who_sits_what(village: Path, paths: list[str], suites: list[str], seated: list[tuple[str, str]]) -> None:
    """Characters bring their suites, suites their characters; a character named alone sits a suite named with it."""
    chosen = select([village / each for each in paths], [village / each for each in suites], here=village)
    assert seats(chosen) == seated


def test_a_variant_with_the_same_file_name_takes_the_place_of_the_character(village: Path) -> None:
    """So that a writer compares a copy without touching the suite."""
    copy = village / "new" / "tom.yaml"
    copy.parent.mkdir()
    copy.write_text(CHARACTER.format(name="new tom"))
    assert seats(select([copy], [village / "evaluation" / "tom.yaml"], here=village)) == [("tom.yaml", "new tom")]


def test_a_suite_finds_its_character_from_where_the_command_runs(village: Path) -> None:
    """A suite kept elsewhere may name a character of the project."""
    suite = village / "elsewhere.yaml"
    suite.write_text(SUITE.format(persona="characters/tom.yaml"))
    away = village / "away" / "suite.yaml"
    away.parent.mkdir()
    suite.rename(away)
    assert seats(select([away], here=village)) == [("suite.yaml", "tom")]


def test_every_mistake_of_every_file_is_told_at_once(village: Path) -> None:
    """Form, names and patterns, each with file, line and field; and the character's own mistakes."""
    bad = village / "bad.yaml"
    bad.write_text(
        "suite: bad\npersona: characters/tom.yaml\ncases:\n"
        "- {ask: A?, any_off: x}\n"
        "- {ask: B?, any_of: ['*x']}\n"
        "- ask: C?\n  kind: leek\n  none_of: x\n"
        "- {ask: []}\n"
        "- {ask: D?, args: {item: x}, any_of: x}\n"
    )
    misfit = village / "misfit.yaml"
    misfit.write_text(
        "suite: misfit\npersona: characters/tom.yaml\ncases:\n"
        "- {ask: A?, action: wav}\n- {ask: B?, state: {trsut: 3}, any_of: x}\n"
    )
    absent = village / "absent.yaml"
    told = [str(problem) for problem in select([bad, misfit, absent], here=village).problems]
    assert f'{bad}:4: cases[0].any_off: is not a known key; did you mean "any_of"?' in told
    assert f'{bad}:5: cases[1].any_of[0]: "*x": a star stands only at the end of a word, as in burn*' in told
    assert any(line.startswith(f"{bad}:7: cases[2].kind: must be one of recall, leak") for line in told)
    assert f"{bad}:9: cases[3].ask: is empty; write something or remove the line" in told
    assert f"{bad}:10: cases[4]: has args but names no action that takes them" in told
    assert f'{misfit}:4: cases[0].action: "wav" is not an action of tom; did you mean "wave"?' in told
    assert any(line.startswith(f"{misfit}:5: cases[1].state.trsut: ") and '"trust"' in line for line in told)
    assert f"{absent}:1: file: there is no such file" in told


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ("- {ask: A?}", "checks nothing"),
        ("- {ask: A?, any_of: x, state: {trust: [1]}}", "must be a number, a word, or true or false"),
        ("- {ask: A?, any_of: x, world: {inventory: {a: 1}}}", "or a list of names"),
        ("- {ask: A?, any_of: [16]}", "must be text, not the number 16; put it in quotes"),
        ("- {ask: A?, emotion: cross}", "must be one of neutral"),
        ("- {ask: A?, any_of: x, history: [{npc: Aye., palyer: No.}]}", 'did you mean "player"?'),
        ("  []", "is empty"),
    ],
)
def test_single_mistakes(village: Path, cases: str, said: str) -> None:
    """Each says what is allowed."""
    suite = village / "one.yaml"
    suite.write_text(f"suite: one\npersona: characters/tom.yaml\ncases:\n{cases}\n")
    (problem,) = select([suite], here=village).problems
    assert said in problem.message


def test_a_character_without_a_suite(village: Path) -> None:
    """One among several is a note; none at all is a problem."""
    (village / "evaluation" / "tom.yaml").unlink()
    both = select([village / "characters"], here=village)
    assert [each.persona.name for each in both.sittings] == ["ann"]
    assert any("tom.yaml" in each for each in both.notes)
    alone = select([village / "characters" / "tom.yaml"], here=village)
    assert "--suite" in alone.problems[0].message


def test_a_suite_without_its_character(village: Path) -> None:
    """The message says how to name one."""
    suite = village / "lost.yaml"
    suite.write_text(SUITE.format(persona="nobody.yaml"))
    (problem,) = select([suite], here=village).problems
    assert (problem.line, problem.field) == (2, "persona")
    assert "npcengine eval CHARACTER --suite lost.yaml" in problem.message


def test_what_is_neither(village: Path) -> None:
    """A named file must be one or the other; in a folder it is passed over."""
    other = village / "evaluation" / "other.yaml"
    other.write_text("hello: world\n")
    assert len(select([village / "evaluation"], here=village).sittings) == 2
    assert "neither a character" in select([other], here=village).problems[0].message
