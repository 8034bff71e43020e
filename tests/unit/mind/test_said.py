"""What was said before is known by its sentences."""

from __future__ import annotations

import pytest

from npcengine.mind.memory import MOST_SAID, Exchange, Memory
from npcengine.mind.said import marks

LINE = "Couldn't tell you. It never came through my forge."


@pytest.mark.parametrize(
    "same", ["couldn't tell you!  It never came through my forge", "COULDN'T TELL YOU… It never came through my forge."]
)
def test_signs_and_case_make_no_other_sentence(same: str) -> None:
    """Nobody hears them."""
    assert marks(same) == marks(LINE)
    assert len(marks(LINE)) == 2


def test_other_words_make_another_sentence() -> None:
    """One word is enough, and a text without any has no sentence."""
    assert marks("Couldn't tell you.") != marks("Could tell you.")
    assert marks(" … !") == ()


def test_a_line_is_known_with_a_filler_before_it_and_more_behind() -> None:
    """A reply is more than its author's line."""
    memory = Memory().after(Exchange("hm?", f"Well. {LINE} Ask Aldo."), keep=12)
    assert memory.has_said(LINE)
    assert memory.just_said(LINE)
    assert not memory.has_said(f"{LINE} Ask Maren.")


def test_what_another_said_is_not_said() -> None:
    """A character may say what it heard from somebody else."""
    assert not Memory().after(Exchange("hm?", LINE, speaker="Aldo"), keep=0).has_said(LINE)


def test_half_a_line_is_not_said() -> None:
    """It was cut short."""
    assert not Memory().after(Exchange("hm?", "Couldn't tell you.", interrupted=True), keep=12).has_said(LINE)


def test_lines_are_known_when_exchanges_are_folded_and_in_a_save() -> None:
    """A hundred exchanges later, and whoever comes back to a saved game hears no old lines either."""
    memory = Memory().after(Exchange("hm?", LINE), keep=12)
    for number in range(100):
        memory = memory.after(Exchange("and?", f"That makes {number}."), keep=12)
    assert memory.has_said(LINE)
    assert not memory.just_said(LINE)
    assert Memory.from_json(memory.to_json()) == memory


def test_what_is_known_of_old_lines_does_not_grow() -> None:
    """The oldest are forgotten; a line that is said again is not among these."""
    memory = Memory()
    for number in range(MOST_SAID + 30):
        memory = memory.after(Exchange("and?", f"That makes {number}." if number else LINE), keep=0)
        memory = memory.after(Exchange("and?", LINE), keep=0)
    assert len(memory.past.said) == MOST_SAID
    assert memory.has_said(LINE)
    assert not memory.has_said("That makes 1.")


def test_an_older_save_knows_no_lines() -> None:
    """And can be read."""
    data = Memory().after(Exchange("hm?", LINE), keep=0).to_json()
    del data["past"]["said"]
    assert not Memory.from_json(data).has_said(LINE)
    data["past"]["said"] = [3]
    with pytest.raises(TypeError, match="said must be a list of strings"):
        Memory.from_json(data)
