"""Learning kinds of lines from examples."""

from __future__ import annotations

import gc

import pytest

from npcengine.mind.kinds import Kinds, shared
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.testing.fakes import FakeEmbedder

EXAMPLES = {"animals": ("a brown dog", "a brown cow"), "tools": ("the steel hammer", "the steel chisel")}


def test_a_line_is_of_the_kind_of_its_nearest_examples() -> None:
    """Scores sum to 1, whatever is asked."""
    embedder = FakeEmbedder()
    kinds = Kinds(EXAMPLES, embedder)
    for line, kind in (("a brown goat", "animals"), ("the steel saw", "tools"), ("xyzzy", "")):
        scores = kinds.scores(embedder.embed([line])[0])
        assert sum(scores.values()) == pytest.approx(1.0)
        assert not kind or scores[kind] > 0.6


def test_characters_share_what_is_learnt_as_long_as_its_embedder_lives() -> None:
    """Learning takes a moment and memory: once for each embedder, and gone with it."""
    learnt: list[int] = []

    @shared
    def learn(embedder: SentenceEmbedder) -> object:
        learnt.append(embedder.dimensions)
        return object()

    embedder = FakeEmbedder()
    assert learn(embedder) is learn(embedder)
    assert len(learnt) == 1
    del embedder
    gc.collect()
    learn(FakeEmbedder())
    assert len(learnt) == 2
