"""Macros are resolved as the format's version 3 asks, always to the same, and whatever is none of them goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.cards.macros import MAX_NESTING, PLAYER, resolve


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("{{char}} and {{CHAR}} and {{ Char }}", "Gerta and Gerta and Gerta"),
        ("<char> <BOT> {{bot}}", "Gerta Gerta Gerta"),
        ("{{user}} <USER>", f"{PLAYER} {PLAYER}"),
        ("{{random:red,green}} {{random::red::green}} {{pick: a\\, b , c}}", "red red a, b"),
        ("{{roll:6}} {{roll:d20}} {{roll:2D6}} {{roll 6}}", "3 10 7 3"),
        ("{{roll:many}}{{roll:}}", ""),
        ("a{{// secret}}b{{//}}c", "abc"),
        ("a{{comment: x}}b{{hidden_key:y}}c{{trim}}", "abc"),
        ("{{reverse:abc}}", "cba"),
        ("a{{newline}}b", "a\nb"),
        ("{{random:{{char}},{{user}}}}", "Gerta"),
        ("{{// {{char}} and {{random:{{user}},b}} }}!", "!"),
        ("{{unheard_of::x}}{{}}{{:}}", ""),
        ("{{#if a}}text{{/if}}", "text"),
        ("{char} {", "{char} {"),
        ("{{char", "char"),
        ("}}{{", ""),
    ],
)
def test_each_macro_becomes_what_it_stands_for(text: str, resolved: str) -> None:
    """Upper and lower case alike; chance is the first choice or the middle of the dice."""
    assert resolve(text, "Gerta").text == resolved


def test_unknown_macros_are_told() -> None:
    """By name, without what they were given."""
    assert resolve("{{getvar::secret}} {{Time}} {{char}}", "Gerta").unknown == {"getvar", "time"}


def test_macros_in_macros_end() -> None:
    """Deeper than anyone nests them, they are dropped."""
    deep = 10_000
    assert resolve("{{random:" * deep + "a" + "}}" * deep, "Gerta").text.count("{{") == 0
    nested = "{{reverse:" * MAX_NESTING + "ab" + "}}" * MAX_NESTING
    assert resolve(nested, "Gerta").text == "ab"


def test_no_macro_builds_another_without_end() -> None:
    """A text that reverses into a macro, many times over, grows by no more than names do."""
    text = "{{reverse:}}rahc{{}}" * 1000
    assert len(resolve(text, "Gerta").text) <= len(text)


def test_a_sign_of_ours_in_a_card_is_dropped() -> None:
    """A card can't write the player's sign itself."""
    assert resolve(f"a{PLAYER}b", "Gerta").text == "ab"


@given(st.text(alphabet="{}<>:/,\\ acehrudnopimtsbl\n", max_size=80))
def test_no_macro_is_left(text: str) -> None:
    """Of any text."""
    resolved = resolve(text, "Gerta").text
    assert "{{" not in resolved
    assert "}}" not in resolved
