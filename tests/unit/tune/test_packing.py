"""Rows of tokens: each moment sees the opening and itself, and stands where it would stand alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from npcengine.studio.tune.lessons import Branch, Lesson
from npcengine.studio.tune.packing import pack
from tests.unit.tune.conftest import tokenize

text = st.lists(st.sampled_from(["ale", "bread", "cheese", "dog"]), min_size=1, max_size=6).map(" ".join)
branch = st.builds(
    Branch,
    history=st.one_of(st.just(""), text),
    tail=text,
    reply=st.one_of(st.just("\n"), text.map(lambda reply: f" {reply}\n")),
    skill=st.sampled_from(["answer", "decline"]),
)
lessons = st.builds(Lesson, opening=text, branches=st.lists(branch, min_size=1, max_size=6).map(tuple))


def alone(lesson: Lesson, number: int) -> tuple[list[int], list[int]]:
    """The tokens of one moment read by itself, and those that are wanted after it."""
    each = lesson.branches[number]
    before = tokenize(lesson.opening, first=True) + tokenize(each.history) + tokenize(each.tail)
    return before, tokenize(each.reply)


@given(lesson=lessons, most=st.integers(5, 200))
def test_no_branch_sees_another(lesson: Lesson, most: int) -> None:
    """Only the opening, itself, and never what comes later."""
    for row in pack(lesson, tokenize, most=most):
        whose = row.branches
        rows, columns = np.nonzero(row.sees)
        assert (columns <= rows).all()
        assert ((whose[columns] == 0) | (whose[columns] == whose[rows])).all()


@given(lesson=lessons, most=st.integers(5, 200))
def test_a_position_counts_what_is_seen(lesson: Lesson, most: int) -> None:
    """Each token stands where it would without the other moments."""
    for row in pack(lesson, tokenize, most=most):
        assert (row.positions == row.sees.sum(axis=1) - 1).all()


@given(lesson=lessons, most=st.integers(5, 200))
def test_every_moment_is_there_as_it_would_be_alone(lesson: Lesson, most: int) -> None:
    """The same tokens in the same order, and the same are wanted after the same places."""
    number = 0
    for row in pack(lesson, tokenize, most=most):
        for moment in row.moments():
            before, reply = alone(lesson, number)
            assert moment.tokens.tolist() == before + reply[:-1]
            assert moment.asked.tolist() == list(range(len(before) - 1, len(before) + len(reply) - 1))
            assert row.wanted[moment.places].tolist() == reply
            assert {row.skills[place] for place in moment.places} == {lesson.branches[number].skill}
            number += 1
    assert number == len(lesson.branches)


@given(lesson=lessons, most=st.integers(5, 200))
def test_a_row_keeps_to_its_length(lesson: Lesson, most: int) -> None:
    """Unless it holds a single moment."""
    for row in pack(lesson, tokenize, most=most):
        assert len(row.tokens) <= most or row.branches.max() == 1


@given(lesson=lessons)
def test_the_first_word_of_each_reply_is_known(lesson: Lesson) -> None:
    """It decides between an answer and none."""
    (row,) = pack(lesson, tokenize, most=10_000)
    for moment in row.moments():
        first = row.first[moment.places]
        assert first[0]
        assert not first[1:].any()


def test_an_opening_is_read_once() -> None:
    """A dozen moments of one character share it."""
    branches = tuple(Branch("", f"line {number}", " yes\n", "answer") for number in range(12))
    (row,) = pack(Lesson("who I am", branches), tokenize, most=1000)
    assert (row.tokens == 99).sum() == 1
    assert (row.branches == 0).sum() == len(tokenize("who I am", first=True))


def test_no_lesson_no_row() -> None:
    """A lesson of nothing takes no row."""
    assert pack(Lesson("who I am", ()), tokenize, most=100) == []
