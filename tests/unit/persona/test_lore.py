"""Lore files: what a character learns from them, what it can say of it, and what a writer is told."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcengine.errors import PersonaError
from npcengine.lore import MAX_LORE_FILES, LoreFact, read_lore
from npcengine.persona import Persona, check_persona, load_persona, persona_from_dict, read_persona

LORE = """\
npcengine_lore: 1
facts:
  - id: mill
    text: The mill burned last winter.
    topics: [mill, fire]
    say: It burned.
  - id: well
    text: The well on the green is dry.
    tier: local
    places: [The Green, the mill]
  - id: debt
    text: Aldo owes forty silver.
    tier: private
    known_by: [Gerta Holt, Aldo Holt]
    secret: true
    when: world.trusted
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of the project and tells where."""

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    return written


def gerta(write: Write, more: str = "", *, lore: str = "lore: [lore/village.yaml]") -> Path:
    """A character that includes the lore."""
    return write("characters/gerta.yaml", f"npcengine: 1\nname: Gerta Holt\n{lore}\n{dedent(more)}")


def told(path: Path) -> list[str]:
    """The problems, with paths from the character's folder on."""
    return [str(problem).replace(f"{path.parent}/", "") for problem in check_persona(path)]


def ids(persona: Persona) -> list[str]:
    """Of all facts, in order."""
    return [fact.id for fact in persona.knowledge]


@pytest.mark.parametrize(
    ("more", "known"),
    [
        ("", ["mill", "debt"]),
        ("places: the green", ["mill", "well", "debt"]),
        ("places: [the hill, ' THE MILL ']", ["mill", "well", "debt"]),
        ("places: [the hill]", ["mill", "debt"]),
        ("name: Maren Pike", ["mill"]),
        ("name: gerta holt", ["mill", "debt"]),
    ],
)
def test_a_character_knows_what_its_tiers_let_it(write: Write, more: str, known: list[str]) -> None:
    """Common facts are everybody's, local ones those of a shared place, private ones those of the people named."""
    write("characters/lore/village.yaml", LORE)
    name, key, value = "Gerta Holt", *more.partition(": ")[::2]
    text = f"npcengine: 1\nname: {value if key == 'name' else name}\nlore: lore/village.yaml\n"
    path = write("characters/gerta.yaml", text + (f"{more}\n" if key == "places" else ""))
    persona = load_persona(path)
    assert ids(persona) == known
    assert all("tier" not in fact.model_dump() for fact in persona.knowledge)


def test_an_entry_with_a_lore_fact_s_id_changes_only_what_it_gives(write: Write) -> None:
    """`say` alone puts the fact in own words; a text of its own, topics or a condition replace the lore's."""
    write("characters/lore/village.yaml", LORE)
    mill, debt = load_persona(
        gerta(
            write,
            """\
            state: {trust: 50}
            knowledge:
              - id: mill
                say: Burned to the beams.
              - id: debt
                topics: [brother]
                when: trust > 60
            """,
        )
    ).knowledge
    assert (mill.text, mill.topics, mill.say) == (
        "The mill burned last winter.",
        ("mill", "fire"),
        "Burned to the beams.",
    )
    assert (debt.text, debt.topics, debt.when, debt.secret) == (
        "Aldo owes forty silver.",
        ("brother",),
        "trust > 60",
        True,
    )


def test_shared_facts_stand_before_own_ones(write: Write) -> None:
    """The mind shows the last facts as examples of the voice, so that a character's own must come last."""
    write("characters/lore/village.yaml", LORE)
    path = gerta(write, "knowledge:\n  - {id: cat, text: The cat bites.}\n  - {id: mill, say: Gone.}\n")
    assert ids(load_persona(path)) == ["debt", "cat", "mill"]
    assert read_persona(path).shared == 1


def test_another_s_private_fact_may_have_the_same_id(write: Write) -> None:
    """What a character does not know can't clash with what it knows."""
    write("characters/lore/village.yaml", LORE.replace("Gerta Holt, ", ""))
    path = gerta(write, "knowledge:\n  - {id: debt, text: Gerta owes the baker.}\n")
    assert load_persona(path).knowledge[-1].text == "Gerta owes the baker."


def test_a_folder_beside_the_characters_serves_too(write: Write) -> None:
    """`../lore` is near enough."""
    write("lore/village.yaml", LORE)
    assert ids(load_persona(gerta(write, lore="lore: [../lore/village.yaml]"))) == ["mill", "debt"]


@pytest.mark.parametrize(
    ("lore", "line"),
    [
        ("lore: [lore/vilage.yaml]", "gerta.yaml:3: lore[0]: there is no file lore/vilage.yaml"),
        ("lore: [../../secret.yaml]", "gerta.yaml:3: lore[0]: leads too far away"),
        ("lore: [/etc/passwd]", "gerta.yaml:3: lore[0]: must be a path from this file on"),
        ('lore: ["C:/secret.yaml"]', "gerta.yaml:3: lore[0]: must be a path from this file on"),
        ("lore: ['lore\\village.yaml']", "gerta.yaml:3: lore[0]: must be a path from this file on"),
        ("lore: [lore]", "gerta.yaml:3: lore[0]: must name a .yaml file"),
        ('lore: ["lore/\\0.yaml"]', "gerta.yaml:3: lore[0]: is no path that can be followed"),
        ("lore: [lore/village.yaml, ./lore/village.yaml]", "gerta.yaml:3: lore[1]: stands here twice"),
        ("lore: [5]", "gerta.yaml:3: lore[0]: must be text, not the number 5"),
        ("lore: {a: b}", "gerta.yaml:3: lore: must be a list"),
        (f"lore: [{', '.join(['lore/a.yaml'] * (MAX_LORE_FILES + 1))}]", "gerta.yaml:3: lore: names more than 8 files"),
        ("lore: [gerta.yaml]", "gerta.yaml:1: file: this is a character file; a lore file begins with"),
    ],
)
def test_a_path_that_can_not_be_followed_is_a_mistake(write: Write, lore: str, line: str) -> None:
    """A missing file is named; a path out of the game's folder is not even looked at."""
    write("characters/lore/village.yaml", LORE)
    found = told(gerta(write, lore=lore))
    assert len(found) == 1
    assert found[0].startswith(line)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on Unix alone")
def test_links_and_pipes_lead_nowhere(write: Write, tmp_path: Path) -> None:
    """A link out of the folder is refused, and a pipe, which may never end, is no file."""
    write("characters/lore/village.yaml", LORE)
    (tmp_path / "characters/lore/out.yaml").symlink_to("/etc/hostname")
    (tmp_path / "characters/lore/loop.yaml").symlink_to("loop.yaml")
    os.mkfifo(tmp_path / "characters/lore/pipe.yaml")
    assert "leads too far away" in told(gerta(write, lore="lore: lore/out.yaml"))[0]
    assert len(told(gerta(write, lore="lore: lore/loop.yaml"))) == 1
    assert "there is no file" in told(gerta(write, lore="lore: lore/pipe.yaml"))[0]
    assert "no plain file" in str(check_persona(tmp_path / "characters/lore/pipe.yaml")[0])


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("npcengine_lore: 1", "npcengine_lore: 2"), "1: npcengine_lore: must be 1, not the number 2"),
        (("text: The mill", "txt: The mill"), '4: facts[0].txt: is not a known key; did you mean "text"?'),
        (("id: well", "id: mill"), '7: facts[1].id: "mill" is taken by facts[0]; choose another'),
        (
            ("tier: local", "tier: lokal"),
            '9: facts[1].tier: must be one of common, local, private, not the text "lokal"',
        ),
        (("    tier: local\n", ""), "9: facts[1].places: says nothing with `tier: common`; write `tier: local`"),
        (("    tier: private\n", ""), "13: facts[2].known_by: says nothing with `tier: common`; write `tier: priv"),
        (
            ("    known_by: [Gerta Holt, Aldo Holt]\n", ""),
            "11: facts[2].known_by: is missing; `tier: private` needs it, for example known_by: [Gerta Holt]",
        ),
        (("when: world.trusted", "when: trust > 5"), '16: facts[2].when: "trust" is no name that all characters share'),
        (("facts:\n", "lore: [other.yaml]\nfacts:\n"), "2: lore: is not a known key; known are npcengine_lore, facts"),
        (("say: It burned.", "say: It burned. *sighs* {"), None),
    ],
)
def test_a_mistake_in_lore_is_told_with_its_own_line(write: Write, change: tuple[str, str], line: str | None) -> None:
    """Whoever includes the file is told, and the line is the lore file's."""
    path = write("characters/lore/village.yaml", LORE.replace(*change))
    found = told(gerta(write))
    assert [each.startswith(f"lore/village.yaml:{line}") for each in found] == [True] * (line is not None)
    assert [str(problem).replace(f"{path.parent}/", "lore/") for problem in read_lore(path).problems] == found


def test_two_files_must_not_use_one_id(write: Write) -> None:
    """Which of the two a character means could not be told."""
    write("characters/lore/village.yaml", LORE)
    write("characters/lore/more.yaml", "npcengine_lore: 1\nfacts:\n  - {id: mill, text: Another mill.}\n")
    found = told(gerta(write, lore="lore: [lore/village.yaml, lore/more.yaml]"))
    assert [each.partition(" of ")[0] for each in found] == [
        'lore/more.yaml:3: facts[0].id: "mill" is taken by facts[0]'
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mil", 'is missing, and the lore holds no fact "mil"; did you mean the lore\'s "mill"?'),
        ("cat", 'is missing, and the lore holds no fact "cat"; write the fact here'),
        ("well", 'is missing, and the lore\'s "well" is not for this character; see `places` there'),
    ],
)
def test_own_words_for_a_fact_that_is_not_there(write: Write, name: str, said: str) -> None:
    """An entry without a text tells what the lore has instead."""
    write("characters/lore/village.yaml", LORE)
    found = told(gerta(write, f"knowledge:\n  - id: {name}\n    say: Hm.\n"))
    assert found == [f"gerta.yaml:5: knowledge[0].text: {said}"]


def test_broken_lore_makes_no_mistakes_of_the_character(write: Write) -> None:
    """Facts that can't be read are not told as missing in whoever puts them in own words."""
    write("characters/lore/village.yaml", LORE.replace("npcengine_lore: 1", "npcengine_lore: 3"))
    found = told(gerta(write, "knowledge:\n  - id: mill\n    say: Hm.\n"))
    assert [each.partition(":")[0] for each in found] == ["lore/village.yaml"]


def test_a_lore_file_is_no_character(write: Write) -> None:
    """Whoever loads one is told what it is for."""
    assert "a character includes it" in told(write("characters/lore.yaml", LORE))[0]


def test_a_dictionary_has_no_files_beside_it() -> None:
    """Lore is a matter of files."""
    with pytest.raises(PersonaError, match="lore: can be read only beside a file"):
        persona_from_dict({"npcengine": 1, "name": "Tom", "lore": ["a.yaml"]})


def test_what_was_read_is_told(write: Write) -> None:
    """The files to watch: the character's and its lore's, also one that is still to come."""
    lore = write("characters/lore/village.yaml", LORE)
    path = gerta(write, lore="lore: [lore/village.yaml, lore/later.yaml]")
    assert read_persona(path).files == (path, lore, lore.with_name("later.yaml"))


@given(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=3), st.lists(st.text(max_size=8), max_size=3))
def test_a_private_fact_is_never_known_to_others(name: str, places: list[str], named: list[str]) -> None:
    """Whatever the names and places: only those who are named know it."""
    fact = LoreFact(id="a", text="b", tier="private", known_by=tuple(f"x{each}" for each in named))
    assert fact.is_known_to(name, places) == (name.strip().casefold() in {each.casefold() for each in fact.known_by})


_PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
_ANYTHING = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_TIERS = st.sampled_from(["common", "local", "private"])
_FACTS = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "b", "c"]) | _ANYTHING, "text": st.text(max_size=5) | _ANYTHING},
    optional={
        "tier": _TIERS | _ANYTHING,
        **dict.fromkeys(("places", "known_by", "when", "secret", "topics", "say"), _ANYTHING),
    },
)
_ENTRIES = st.lists(
    st.fixed_dictionaries({}, optional={"id": st.sampled_from(["a", "b"]) | _ANYTHING, "say": _ANYTHING})
)


@given(st.lists(_FACTS | _ANYTHING, max_size=3) | _ANYTHING, _ENTRIES | _ANYTHING, _ANYTHING, _ANYTHING)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_whatever_both_files_hold_reading_them_never_raises(
    tmp_path: Path, facts: object, entries: object, name: object, places: object
) -> None:
    """Any plain values are a character, or problems in a writer's words."""
    (tmp_path / "lore.yaml").write_text(json.dumps({"npcengine_lore": 1, "facts": facts}), encoding="utf-8")
    tom = {"npcengine": 1, "name": name, "places": places, "lore": "lore.yaml", "knowledge": entries}
    (tmp_path / "tom.yaml").write_text(json.dumps(tom), encoding="utf-8")
    reading = read_persona(tmp_path / "tom.yaml")
    assert bool(reading.problems) is (reading.persona is None)
    assert not any("Input should" in str(problem) for problem in reading.problems)
