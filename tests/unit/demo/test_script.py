"""Scripts of the demo: what they hold, and every mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo_game.scripted.script import ScriptError, read_script

PROJECT = Path(__file__).resolve().parents[3]


def _written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "play.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_script_is_read_with_its_lines(tmp_path: Path) -> None:
    """Steps in order, each with the line it stands in, and what is spoken once each."""
    path = _written(
        tmp_path,
        'npcengine_script: 1\nsize: [800, 600]\nsteps:\n  - walk_to: gerta\n  - speak: ["Hello.", "Hello there."]\n'
        "    until: {knows: notice}\n    picture: smith\n  - speak: Hello.\n",
    )
    script = read_script(path)
    assert script.size == (800, 600)
    assert [(step.line, step.verb) for step in script.steps] == [(4, "walk_to"), (5, "speak"), (8, "speak")]
    assert script.steps[1].until == {"knows": "notice"}
    assert script.steps[1].picture == "smith"
    assert script.spoken == ["Hello.", "Hello there."]


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ("- walk_too: gerta", "play.yaml:3: 'walk_too' is no step; did you mean 'walk_to'?"),
        ("- {say: hi, wait: 1}", "play.yaml:3: a step does one thing; this one has say, wait"),
        ("- hello", 'play.yaml:3: a step is written "verb: value"'),
        ("- wait: -1", "play.yaml:3: wait: must be seconds, above 0 and up to 600"),
        ("- wait: soon", "play.yaml:3: wait: must be seconds, above 0 and up to 600"),
        ("- wait_for: godot", "play.yaml:3: wait_for: can't be 'godot'; choose one of ready, reply, idle, ending"),
        ("- expect: {replies: fire}", "play.yaml:3: expect: 'replies' can't be expected; did you mean 'reply'?"),
        ("- say: []", "play.yaml:3: say: must be a line, or a list of lines to try in order"),
        ("- size: [10, 10]", "play.yaml:3: size: must be [width, height] in pixels, at least [640, 480]"),
        ("- {wait: 1, until: {gold: 1}}", "play.yaml:3: until: only say and speak are repeated until something holds"),
        ("- {wait: 1, picture: x}", "play.yaml:3: picture: must be a name, beside say, speak, wav or give"),
        ("- [", "play.yaml:4: "),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, steps: str, message: str) -> None:
    """And with what is allowed, or what was probably meant."""
    path = _written(tmp_path, f"npcengine_script: 1\nsteps:\n  {steps}\n")
    with pytest.raises(ScriptError) as raised:
        read_script(path)
    assert message in str(raised.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """A line for each."""
    path = _written(tmp_path, "npcengine_script: 2\nspeed: 3\nsteps:\n  - jump: high\n  - wait: 0\n")
    with pytest.raises(ScriptError) as raised:
        read_script(path)
    assert [line.split(":")[1] for line in str(raised.value).splitlines()] == ["1", "2", "4", "5"]


def test_what_is_no_script_says_so(tmp_path: Path) -> None:
    """An empty file, a list, a missing file."""
    for text in ("", "- 1\n", "steps: 4\n"):
        with pytest.raises(ScriptError, match="must hold"):
            read_script(_written(tmp_path, text))
    with pytest.raises(ScriptError, match="No such file"):
        read_script(tmp_path / "none.yaml")


def test_the_play_through_speaks_a_third_of_its_lines() -> None:
    """The scripts that come with the game are free of mistakes, and the long one goes by voice for the most part."""
    scripts = [read_script(path) for path in sorted((PROJECT / "demo_game" / "scripts").glob("*.yaml"))]
    assert scripts
    for script in scripts:
        said = [step for step in script.steps if step.verb in ("say", "speak")]
        assert sum(step.verb == "speak" for step in said) >= len(said) / 3
