"""Matching of words, stems and phrases in a reply."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.studio.evaluation.patterns import held, holds, pattern_mistake, same_words

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüßéñ", min_size=1, max_size=8)
WORDS = st.lists(WORD, min_size=1, max_size=6)
MARKS = st.lists(st.sampled_from([" ", ", ", ". ", "! ", " – ", "… ", "\n"]), min_size=6, max_size=6)


def joined(words: list[str], marks: list[str]) -> str:
    """The words with a mark after each."""
    return "".join(word + mark for word, mark in zip(words, marks, strict=False))


@given(WORDS, MARKS, WORD)
def test_a_word_is_held_exactly_when_it_is_one_of_the_words(words: list[str], marks: list[str], sought: str) -> None:
    """Whatever marks stand around it, and never as a part of a longer word."""
    assert holds(joined(words, marks).upper(), sought) == (sought.casefold() in {word.casefold() for word in words})


@given(WORDS, MARKS, WORD)
def test_a_stem_is_held_exactly_when_a_word_begins_with_it(words: list[str], marks: list[str], stem: str) -> None:
    """`burn*` is "burn", "burned" and "burning", and not "sunburn"."""
    begun = any(word.casefold().startswith(stem.casefold()) for word in words)
    assert holds(joined(words, marks), f"{stem}*") == begun


@given(WORDS, st.integers(0, 5), st.integers(1, 3))
def test_a_phrase_is_held_where_its_words_stand_side_by_side(words: list[str], start: int, length: int) -> None:
    """Any run of a text's words is found in it; the same run turned round only where it reads the same."""
    run = words[start : start + length] or words[:1]
    assert holds(" ".join(words), " ".join(run))
    pairs = list(pairwise(words))
    backwards = run[::-1][:2]
    if len(backwards) == 2:
        assert holds(" ".join(words), " ".join(backwards)) == (tuple(backwards) in pairs)


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("Burned to the beams.", "burn", False),
        ("Burned to the beams.", "BURN*", True),
        ("It's Aldo's boat.", "Aldo", True),
        ("It\N{RIGHT SINGLE QUOTATION MARK}s Aldo\N{RIGHT SINGLE QUOTATION MARK}s boat.", "it's", True),
        ("I can't say.", "can", False),
        ("I can't say.", "can't say", True),
        ("Said the maid.", "AI", False),
        ("An AI? Me?", "ai", True),
        ("Forty-silver, he owes.", "forty silver", True),
        ("Forty. Silver is dear.", "forty silver", False),
        ("She owes forty more silver.", "forty silver", False),
        ("They were burning mills all winter.", "burn* mill*", True),
        ("half-day", "half", True),
    ],
)
def test_examples(text: str, pattern: str, found: bool) -> None:
    """What a writer means by a pattern."""
    assert holds(text, pattern) is found


def test_held_keeps_the_writer_s_wording() -> None:
    """A report quotes the patterns as they stand in the suite."""
    assert held("Burned. All ash.", ("ASH", "river", "Burn*")) == ("ASH", "Burn*")


@pytest.mark.parametrize("pattern", ["*", "…", "b*rn", "*ash", "burn* -", "@"])
def test_a_pattern_that_can_not_match_is_a_mistake(pattern: str) -> None:
    """Only letters and digits can be looked for, and a star only ends a word."""
    assert pattern_mistake(pattern) is None if pattern == "burn* -" else pattern_mistake(pattern)


def test_the_same_words_differ_in_no_mark() -> None:
    """Case, spacing and the kind of apostrophe do not count; everything else does."""
    assert same_words("I'll  not haggle.", "i\N{RIGHT SINGLE QUOTATION MARK}ll not haggle.")
    assert not same_words("I'll not haggle.", "I'll not haggle!")
