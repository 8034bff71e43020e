"""What a long command tells of how far it is: a bar on a terminal, a few notes where there is none."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from npcengine.cli import progress_line
from npcengine.cli.progress_line import ProgressLine
from npcengine.testing.game import ManualClock


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that is told."""
    told: list[str] = []
    monkeypatch.setattr(progress_line, "note", told.append)
    return told


def test_a_few_notes_tell_how_far_it_is_and_how_long_it_takes(notes: list[str]) -> None:
    """Minutes while there are some, then seconds; none at the end, where the result follows."""
    clock = ManualClock()
    with ProgressLine(50, clock, doing="learning", things="steps") as line:
        for done in range(1, 51):
            clock.advance(6.0)
            line.advance(done, standing="loss 2.00")
    assert notes[0] == "5 of 50 steps, loss 2.00, about 4 min left"
    assert notes[-1] == "45 of 50 steps, loss 2.00, about 30 s left"
    assert len(notes) == 9


def test_what_was_done_before_tells_nothing_of_the_pace(notes: list[str]) -> None:
    """Nor is it told again."""
    clock = ManualClock()
    with ProgressLine(50, clock, doing="learning", things="steps") as line:
        for done in range(1, 21):
            line.begin_at(done)
            line.advance(done)
        for done in range(21, 26):
            clock.advance(2.0)
            line.advance(done)
    assert notes == ["25 of 50 steps, about 50 s left"]


def test_less_to_do_than_there_are_notes(notes: list[str]) -> None:
    """Each step is told."""
    clock = ManualClock()
    with ProgressLine(3, clock, doing="asking", things="questions") as line:
        for done in range(1, 4):
            clock.advance(1.0)
            line.advance(done)
    assert notes == ["1 of 3 questions, about 2 s left", "2 of 3 questions, about 1 s left"]


def test_a_bar_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch, notes: list[str]) -> None:
    """With what was done before and how it stands, and no notes between; nothing of it stays."""
    screen = StringIO()
    terminal = Console(file=screen, force_terminal=True, width=100)
    monkeypatch.setattr(progress_line, "Console", lambda **_: terminal)
    with ProgressLine(50, ManualClock(), doing="learning", things="steps") as line:
        line.begin_at(20)
        line._bar.refresh()
        assert "20/50" in screen.getvalue()
        line.advance(25, standing="loss [2.00]")
        line._bar.refresh()
        assert "learning loss [2.00]" in screen.getvalue()
        assert "25/50" in screen.getvalue()
    assert screen.getvalue().endswith("\x1b[2K")
    assert notes == []
