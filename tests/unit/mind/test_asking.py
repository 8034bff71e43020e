"""What a question looks for, told by its grammar."""

import pytest

from npcengine.mind.asking import deed, sought, wanted


@pytest.mark.parametrize(
    ("line", "things"),
    [
        ("is there a baker in this town?", ("baker",)),
        ("are there any wild boars about", ("wild", "boars")),
        ("where can i hire some oxen", ("oxen",)),
        ("what kind of wood is that", ("wood",)),
        ("does the harbour have a lighthouse", ("lighthouse",)),
        ("who is the abbot here", ("abbot",)),
        ("is there anywhere to sit", ()),
        ("who is in charge", ()),
        ("why did the harbour close", ()),
    ],
)
def test_the_thing_that_is_sought(line: str, things: tuple[str, ...]) -> None:
    """A question whether or where there is something names it; one that may be answered by anything names nothing."""
    assert sought(line) == things


@pytest.mark.parametrize(
    ("line", "done"),
    [("who painted the lighthouse", "painted"), ("who is that", ""), ("who gave you this", ""), ("where is he", "")],
)
def test_the_deed_whose_doer_is_sought(line: str, done: str) -> None:
    """The verb after "who", unless it says little."""
    assert deed(line) == done


def test_a_charge_is_a_price() -> None:
    """What one charges is a question for a sum."""
    assert wanted("what do you charge for a haircut") == "how_much"
