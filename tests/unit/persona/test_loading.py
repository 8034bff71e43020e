"""Character files: what loads, and what a writer is told when one does not."""

from __future__ import annotations

import pickle
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcengine.errors import PersonaError
from npcengine.persona import Persona, check_persona, load_persona, persona_from_dict
from npcengine.persona_file import MAX_BYTES
from npcengine.types import Voice

HEAD = "npcengine: 1\nname: Tom\n"


def write(folder: Path, text: str) -> Path:
    """A character file of that text."""
    path = folder / "tom.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return path


def told(path: Path) -> list[str]:
    """The problems without the folder's name."""
    return [str(problem).removeprefix(f"{path.parent}/") for problem in check_persona(path)]


def test_a_name_is_enough(tmp_path: Path) -> None:
    """Everything but the version and the name has a default."""
    tom = load_persona(write(tmp_path, HEAD))
    assert tom.name == "Tom"
    assert tom.to_voice() == Voice()
    assert (tom.memory.turns, tom.memory.facts) == (12, 20)
    assert tom.unknown
    assert tom.out_of_world
    assert tom.knowledge == ()


def test_words_of_yaml_1_1_stay_words(tmp_path: Path) -> None:
    """`on`, `no`, a time and a date are text, not truths and numbers."""
    tom = load_persona(write(tmp_path, HEAD + "role: no\nstyle: on\nrelations: {noon: 12:30, off: 2024-01-01}\n"))
    assert (tom.role, tom.style) == ("no", "on")
    assert tom.relations == {"noon": "12:30", "off": "2024-01-01"}


def test_state_keeps_each_value_as_written(tmp_path: Path) -> None:
    """Truths, whole numbers, fractions and words do not turn into each other."""
    tom = load_persona(write(tmp_path, HEAD + "state: {a: true, b: 1, c: 1.0, d: '1', e: 0x10, f: 017}\n"))
    assert [(type(value), value) for value in tom.state.values()] == [
        (bool, True),
        (int, 1),
        (float, 1.0),
        (str, "1"),
        (int, 16),
        (int, 17),
    ]


def test_a_single_text_serves_as_a_list(tmp_path: Path) -> None:
    """`greeting: Hello` is a list of one."""
    assert load_persona(write(tmp_path, HEAD + "greeting: Hello\n")).greeting == ("Hello",)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """Windows editors write one."""
    path = tmp_path / "tom.yaml"
    path.write_text(HEAD, encoding="utf-8-sig")
    assert load_persona(path).name == "Tom"


def test_rare_signs_may_be_written_as_json_writes_them(tmp_path: Path) -> None:
    """In two halves; half a sign by itself becomes the sign for what can't be read."""
    tom = load_persona(write(tmp_path, HEAD + r'role: "\ud83c\udf2d"' + "\n" + r'relations: {"\ud83c": "\ud800 a"}'))
    assert tom.role == "\N{HOT DOG}"
    assert tom.relations == {"\N{REPLACEMENT CHARACTER}": "\N{REPLACEMENT CHARACTER} a"}


def test_half_a_sign_in_a_dictionary_is_one_mistake() -> None:
    """As key and as value."""
    parts: tuple[dict[str, object], ...] = ({"relations": {"\ud800": "a"}}, {"role": "\ud800"}, {"\ud800": 1})
    for part in parts:
        with pytest.raises(PersonaError, match="that a file can hold"):
            persona_from_dict({"npcengine": 1, "name": "Tom"} | part)


def test_anchors_and_aliases_work(tmp_path: Path) -> None:
    """A text may be written once and used twice."""
    tom = load_persona(write(tmp_path, HEAD + "greeting: &hello [Hi.]\nunknown: *hello\n"))
    assert tom.greeting == tom.unknown == ("Hi.",)


def test_five_mistakes_are_five_lines(tmp_path: Path) -> None:
    """All mistakes are told at once, each with its line, its field and what is allowed."""
    path = write(
        tmp_path,
        """\
        npcengine: 1
        name: Tom
        mood: hapy
        state: {trust: 50}
        knowledge:
          - id: mill
            text: The mill burned.
            topic: [mill]
          - id: debt
            text: Tom owes forty silver.
            when: trsut >= 60
        voice:
          tts: piper:en_US-joe-medium
          speed: fast
        actions:
          - name: open gate
            description: Open the gate.
        """,
    )
    emotions = "neutral, happy, amused, sad, angry, afraid, surprised, disgusted, firm, content, worried, tender"
    word = "must be one word of letters, digits and _, not starting with a digit, for example open_gate"
    assert told(path) == [
        f'tom.yaml:3: mood: must be one of {emotions}, not the text "hapy"; did you mean "happy"?',
        'tom.yaml:8: knowledge[0].topic: is not a known key; did you mean "topics"?',
        'tom.yaml:11: knowledge[1].when: "trsut" is not declared in state; did you mean "trust"?',
        'tom.yaml:14: voice.speed: must be a number, not the text "fast"',
        f'tom.yaml:16: actions[0].name: "open gate" {word}',
    ]
    with pytest.raises(PersonaError) as caught:
        load_persona(path)
    assert str(caught.value).splitlines() == [str(problem) for problem in check_persona(path)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name: Tom\n", "1: npcengine: is missing"),
        ("npcengine: 2\nname: Tom\n", "1: npcengine: must be 1, not the number 2"),
        ("npcengine: 1\nname: 5\n", "2: name: must be text, not the number 5; put it in quotes"),
        ("npcengine: 1\nname:\n", "2: name: must be text, not nothing"),
        ('npcengine: 1\nname: " "\n', "2: name: is empty; write something or remove the line"),
        (
            HEAD + "voice: joe\n",
            "3: voice: must be a group of keys, one a line: tts, speed, pitch, timbre, volume, not",
        ),
        (
            HEAD + "state: [gold]\n",
            "3: state: must be a group of keys, one a line: key, colon, value, not a list; remove",
        ),
        ("npcengine: '1'\nname: Tom\n", '1: npcengine: must be 1, not the text "1"; remove the quotes'),
        (HEAD + "greeting:\n  - #1 smith\n", '4: greeting[0]: must be text, not nothing; text that begins with "#"'),
        (HEAD + "knowledge:\n  - {id: a, text: b, say: [c]}\n", "4: knowledge[0].say: must be text, not a list; only"),
        (
            HEAD + "knowledge:\n  - {id: a, text: b, when: true}\n",
            "4: knowledge[0].when: must be text, not true; a cond",
        ),
        (
            HEAD + "knowledge:\n  - {id: a, text: b, secret: gold > 3}\n",
            "4: knowledge[0].secret: must be true or false",
        ),
        (HEAD + "knowledge:\n  - {id: a, text: b, topics: mill, fire}\n", "4: knowledge[0].fire: is not a known key; "),
        (HEAD + "lines:\n  - {when: a, say: b}\n", '4: lines[0].when: is not a known key; did you mean "when_asked"?'),
        (HEAD + "mood: Happy\n", "3: mood: must be one of"),
        (HEAD + "rol: smith\n", '3: rol: is not a known key; did you mean "role"?'),
        (HEAD + "memory: {turns: 1.5}\n", "3: memory.turns: must be a whole number, not the number 1.5"),
        (HEAD + "memory: {words: 1}\n", "3: memory.words: is not a known key; known are turns, facts"),
        (HEAD + "voice: {pitch: 40}\n", "3: voice.pitch: must be at most 12, not the number 40"),
        (HEAD + "voice: {speed: 0}\n", "3: voice.speed: must be at least 0.5, not the number 0"),
        (HEAD + "voice: {volume: true}\n", "3: voice.volume: must be a number, not true"),
        (HEAD + "voice: {pitch: .nan}\n", "3: voice.pitch: must be a plain number, not the number nan"),
        (HEAD + "voice: loud\n", "3: voice: must be a group of keys"),
        (HEAD + "voice: {tts: a b}\n", '3: voice.tts: "a b" must be "engine:model"'),
        (HEAD + "personality: {a: b}\n", "3: personality: must be a list"),
        (HEAD + "unknown: []\n", "3: unknown: is empty"),
        (HEAD + "language: English please\n", "3: language: "),
        (HEAD + "state: {a b: 1}\n", '3: state.a b: "a b" must be one word'),
        (HEAD + "state: {class: 1}\n", '3: state.class: "class" is a word of its own'),
        (HEAD + "state: {gold: [1]}\n", "3: state.gold: must be a number, a word, or true or false, not a list"),
        (HEAD + "knowledge:\n  - hello\n", "4: knowledge[0]: must be a group of keys"),
        (HEAD + "knowledge:\n  - text: hm\n", "4: knowledge[0].id: is missing"),
        (
            HEAD + "knowledge:\n  - id: a\n    text: b\n    secret: maybe\n",
            "6: knowledge[0].secret: must be true or fal",
        ),
        (
            HEAD + "knowledge:\n  - {id: a, text: b}\n  - {id: a, text: c}\n",
            '5: knowledge[1].id: "a" is taken by knowledge[0]; choose another',
        ),
        (
            HEAD + "actions:\n  - {name: a, description: b}\n  - {name: a, description: c}\n",
            '5: actions[1].name: "a" is taken by actions[0]; choose another',
        ),
        (HEAD + "actions:\n  - {name: a, description: b, args: {x: 5}}\n", "4: actions[0].args.x: must be text"),
        (HEAD + "actions:\n  - name: a\n    description: b\n    when: gold = 4\n", '6: actions[0].when: a single "="'),
        (HEAD + "lines:\n  - when_asked: []\n    say: b\n", "4: lines[0].when_asked: is empty"),
        (HEAD + "examples:\n  - {player: a, npc: b, emotion: happpy}\n", "4: examples[0].emotion: must be one of"),
        (HEAD + "role: a\nrole: b\n", "4: role: stands here twice, first on line 3; keep one"),
        (HEAD + f"state: {{gold: {'9' * 5000}}}\n", "3: state.gold: is not a number that can be read"),
    ],
)
def test_a_mistake_is_told_in_a_writers_words(tmp_path: Path, text: str, line: str) -> None:
    """File, line, field, what was found and what is allowed; one line for one mistake."""
    found = told(write(tmp_path, text))
    assert len(found) == 1
    assert found[0].startswith(f"tom.yaml:{line}")
    assert "\n" not in found[0]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "1: file: the file is empty"),
        ("# nothing\n", "1: file: the file is empty"),
        ("hello\n", '1: file: must hold keys such as "npcengine: 1"'),
        ("- a\n", '1: file: must hold keys such as "npcengine: 1"'),
        (HEAD + "greeting: [Hi\n", '3: file: a "[" is opened here'),
        (HEAD + "voice: {speed: 1\n", '3: file: a "{" is opened here'),
        (HEAD + "role: 'smith\n", "3: file: a quote is opened and never closed"),
        (HEAD + "role: smith: of Oakhollow\n", '3: file: a ": " stands where none can be'),
        (HEAD + "voice:\n\tspeed: 1\n", "4: file: a tab is used to indent"),
        (HEAD + "role: @smith\n", '3: file: text can\'t start with "@"; put it in quotes'),
        (HEAD + 'role: "a" b\n', "3: file: the indentation does not fit"),
        (
            HEAD + "role: *smith\n",
            '3: file: "*smith" repeats what was never named; text that starts with "*" needs quotes',
        ),
        (HEAD + "---\n" + HEAD, "3: file: only one character fits in a file"),
        ("[" * 3000, "1: file: lists and groups are nested too deeply"),
        ("a: &a [*a]\n", "1: file: lists and groups are nested too deeply, or an alias holds itself"),
        ("a: \x01\n", "1: file: the file holds characters that no text file has"),
    ],
)
def test_broken_yaml_is_one_clear_line(tmp_path: Path, text: str, line: str) -> None:
    """What YAML itself refuses has a line and a cause, and nothing else is reported."""
    found = told(write(tmp_path, text))
    assert len(found) == 1
    assert found[0].startswith(f"tom.yaml:{line}")


def test_an_alias_bomb_is_harmless(tmp_path: Path) -> None:
    """A few lines that would unfold to a billion values are refused at fifty thousand."""
    layers = [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    found = told(write(tmp_path, "\n".join(["a: &a [x]", *layers])))
    assert found == ["tom.yaml:1: file: the file unfolds to more than 50000 values"]


def test_files_that_are_no_character_files(tmp_path: Path) -> None:
    """Missing, a folder, binary, huge: one message each."""
    binary, huge = tmp_path / "binary.yaml", tmp_path / "huge.yaml"
    binary.write_bytes(b"name: x\n\xff\xfe\x00")
    huge.write_bytes(b"#" * (MAX_BYTES + 1))
    assert "there is no such file" in told(tmp_path / "absent.yaml")[0]
    assert "this is a folder" in told(tmp_path)[0]
    assert told(binary) == ["binary.yaml:2: file: the file is not UTF-8 text; save it as UTF-8"]
    assert "larger than 1024 KiB" in told(huge)[0]
    assert "can't be read" in str(check_persona("a\0b")[0])


def test_a_dictionary_loads_like_a_file() -> None:
    """Tools and tests need no file; mistakes carry fields without lines."""
    assert persona_from_dict({"npcengine": 1, "name": "Tom"}).name == "Tom"
    with pytest.raises(PersonaError) as caught:
        persona_from_dict({"npcengine": 1, "knowledge": [{"id": "a", "text": "b", "when": "trust"}]})
    assert str(caught.value).splitlines()[0] == "name: is missing"
    assert str(caught.value).splitlines()[1].startswith('knowledge[0].when: "trust" is not declared')


def test_a_persona_built_in_code_is_checked_too() -> None:
    """Names used twice are refused however a persona comes about."""
    fact = {"id": "a", "text": "b"}
    with pytest.raises(ValueError, match="is taken by"):
        Persona.model_validate({"npcengine": 1, "name": "Tom", "knowledge": [fact, fact]})


def test_the_four_characters_load_and_survive_pickling(characters: Path) -> None:
    """Personas cross to the brain process whole."""
    files = sorted(characters.glob("*.yaml"))
    assert len(files) == 4
    for file in files:
        persona = load_persona(file)
        assert pickle.loads(pickle.dumps(persona)) == persona  # noqa: S301 - our own bytes


_PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
_ANYTHING = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(tuple(Persona.model_fields)), _ANYTHING, max_size=6))
def test_any_plain_values_load_or_raise_the_one_error(data: dict[str, object]) -> None:
    """Whatever a field holds, the answer is a persona or a `PersonaError` without pydantic's own words."""
    message = ""
    try:
        persona_from_dict(data)
    except PersonaError as error:
        message = str(error)
    assert "validation error" not in message
    assert "Input should" not in message


@given(st.text(max_size=80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_text_is_a_list_of_problems_at_worst(tmp_path: Path, text: str) -> None:
    """Whatever a file holds, checking it never raises."""
    path = tmp_path / "any.yaml"
    path.write_text(text, encoding="utf-8", errors="replace")
    assert check_persona(path)
