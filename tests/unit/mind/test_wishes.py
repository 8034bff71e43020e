"""Telling wishes from other talk, by their form."""

from __future__ import annotations

import pytest

from npcengine.mind.wishes import Form, wishes

KNOWN_AS = {"gerta", "holt", "blacksmith"}


@pytest.mark.parametrize(
    ("said", "form", "deed"),
    [
        ("Open the gate!", Form.ORDER, "open the gate"),
        ("Gerta, would you please open the gate?", Form.ASKED, "open the gate"),
        ("open the gate blacksmith", Form.ORDER, "open the gate"),
        ("pls gimme the key", Form.ASKED, "give me the key"),
        ("I'd like to buy a rope.", Form.WANTED, "buy a rope"),
        ("I want my sword mended.", Form.ASKED, "mended my sword"),
        ("The herbal, please.", Form.ASKED, "the herbal"),
        ("I've brought this ring for you.", Form.OFFERED, "this ring for you"),
        ("Here is a coin for you.", Form.OFFERED, "a coin for you"),
        ("It is late, could you light the lamp?", Form.ASKED, "light the lamp"),
        ("my sword is broken fix it please", Form.ASKED, "fix it"),
        ("i'm cold give me a blanket", Form.ORDER, "give me a blanket"),
        ("Sell me the axe, I mean the hammer.", Form.ORDER, "sell me the hammer"),
        ("Would you put it right?", Form.ASKED, "repair it"),
    ],
)
def test_a_wish_is_told_with_its_form_and_its_deed(said: str, form: Form, deed: str) -> None:
    """Courtesy, haste, an address and what was said before make no difference."""
    found = wishes(said, known_as=KNOWN_AS)
    assert [(wish.form, " ".join(wish.words)) for wish in found] == [(form, deed)]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Who opened the gate?",
        "Don't open the gate.",
        "You should never open the gate.",
        "The gate was open.",
        "I told him to open the gate.",
        "Tobias, open the gate!",
        "Can I ask you something?",
        "Have you seen my sword?",
        "If you open the gate, they will come in.",
    ],
)
def test_talk_is_no_wish(said: str) -> None:
    """Questions about a deed, denials, reports and orders to somebody else ask for nothing."""
    assert wishes(said, known_as=KNOWN_AS) == ()
