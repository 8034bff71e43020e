"""Reading character files again: when it is time, and what becomes of a character's state."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from npcengine.clock import SystemClock
from npcengine.persona import Reading, read_persona
from npcengine.reloading import Reloader, Settling, Stamp, stamps_of
from npcengine.state import CharacterState

FILE = Path("tom.yaml")


def looks(*stamps: Stamp) -> list[bool]:
    """What each look at one file finds that was read with the first stamp."""
    settling = Settling({FILE: stamps[0]}, {FILE: stamps[0]})
    return [settling.look({FILE: stamp}) for stamp in stamps[1:]]


OLD, EMPTY, HALF, NEW = (1, 50, 7), (2, 0, 7), (2, 20, 7), (3, 60, 8)


def test_a_file_that_stays_as_it_is_is_not_read_again() -> None:
    """However often one looks."""
    assert looks(OLD, OLD, OLD, OLD) == [False, False, False]


def test_a_file_is_read_once_it_has_come_to_rest() -> None:
    """An editor that truncates and writes in steps is waited for; what was not read yet stays to be read."""
    assert looks(OLD, EMPTY, HALF, NEW, NEW, NEW) == [False, False, False, True, True]


def test_a_file_that_is_replaced_is_waited_for() -> None:
    """Between removing the old file and renaming the new one there is none."""
    assert looks(OLD, None, NEW, NEW) == [False, False, True]


def test_a_file_that_is_put_back_is_not_read_again() -> None:
    """Nothing has changed in the end."""
    assert looks(OLD, NEW, OLD, OLD) == [False, False, False]


def test_stamps_tell_files_that_were_written_from_those_that_were_not(tmp_path: Path) -> None:
    """Also one of the same length, one that replaced another, and one that is not there."""
    path, absent = tmp_path / "tom.yaml", tmp_path / "absent.yaml"
    path.write_text("one", encoding="utf-8")
    before = stamps_of([path, absent])
    assert before == stamps_of([path, absent])
    assert before[absent] is None
    assert stamps_of([Path("a\0b")]) == {Path("a\0b"): None}
    os.utime(path, ns=(0, 0))
    assert stamps_of([path, absent]) != before


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Waits for another thread."""

    def wait(happened: Callable[[], bool]) -> None:
        clock = SystemClock()
        patience_s = clock.now() + 20.0
        while not happened():
            assert clock.now() < patience_s, "it did not happen"

    return wait


@pytest.fixture
def reloader() -> Iterator[Reloader]:
    """One that watches."""
    watching = Reloader(watch=True)
    yield watching
    watching.close()


def test_only_files_can_be_asked_for(reloader: Reloader) -> None:
    """A character that comes from none, or that is gone, is not read."""
    assert not reloader.ask(1)
    reloader.follow(1, (FILE,))
    reloader.forget(1)
    assert not reloader.ask(1)


def test_lore_is_watched_too(reloader: Reloader, tmp_path: Path, until: Callable[[Callable[[], bool]], None]) -> None:
    """A fact that several share changes for each of them; so does one whose file was missing."""
    path, lore = tmp_path / "tom.yaml", tmp_path / "lore.yaml"
    path.write_text("npcengine: 1\nname: Tom\nlore: lore.yaml\n", encoding="utf-8")
    broken = read_persona(path)
    assert broken.persona is None
    reloader.follow(1, broken.files)
    found: list[tuple[int, Reading]] = []
    lore.write_text("npcengine_lore: 1\nfacts:\n  - {id: mill, text: It burned.}\n", encoding="utf-8")

    def came() -> bool:
        found.extend(reloader.take())
        return bool(found)

    until(came)
    [(number, reading)] = found
    assert number == 1
    assert reading.persona
    assert [fact.text for fact in reading.persona.knowledge] == ["It burned."]


def test_state_keeps_the_values_of_the_names_that_remain() -> None:
    """New names start as the file says, removed ones go, and one of another kind starts anew."""
    state = CharacterState({"trust": 50, "met": False, "rank": "guest", "gold": 3}, "Tom")
    state.update({"trust": 62.5, "met": True, "rank": "friend", "gold": 9})
    state.redeclare({"trust": 10, "met": 0, "rank": "stranger", "fame": 1}, "Tom")
    assert dict(state) == {"trust": 62.5, "met": 0, "rank": "friend", "fame": 1}
