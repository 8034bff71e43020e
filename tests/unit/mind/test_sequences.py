"""The bookkeeping of cached sequences."""

from __future__ import annotations

from pathlib import Path

from npcengine.mind.sequences import CachedSequence, SequenceTable, common_length, reread
from npcengine.models.adapters import Adapter


def test_the_least_recently_used_gives_way() -> None:
    """With all slots taken, the conversation that waited longest loses its own, and knows it."""
    table = SequenceTable(2)
    first, _ = table.take("a")
    first.tokens = [1]
    table.take("b")
    table.take("a")
    third, evicted = table.take("c")
    assert evicted
    assert third.slot != first.slot
    assert table.take("a")[0] is first
    assert table.least_recent(but=third) is first


def test_an_evicted_sequence_outdates_its_claim() -> None:
    """Whoever was generating there sees that it must stop."""
    table = SequenceTable(1)
    first, _ = table.take("a")
    claim = first.claims
    table.take("b")
    assert first.claims != claim
    assert first.tokens == []


def test_nothing_is_shared_with_what_another_adapter_read() -> None:
    """Tokens count as cached only for the adapter and the scale they were read with."""
    cached = CachedSequence(0, tokens=[1, 2, 3], adapter=Adapter(Path("one.gguf")))
    assert cached.shared_with([1, 2, 4], Adapter(Path("one.gguf"))) == 2
    assert cached.shared_with([1, 2, 4], Adapter(Path("one.gguf"), 0.5)) == 0
    assert cached.shared_with([1, 2, 4], Adapter(Path("two.gguf"))) == 0
    assert cached.shared_with([1, 2, 4], None) == 0


def test_only_tokens_read_before_count_as_read_again() -> None:
    """A prefix that grew costs nothing; what is lost of it does; what moved is not counted."""
    assert reread([], [1, 2], kept=0) == 0
    assert reread([1, 2], [1, 2, 3], kept=2) == 0
    assert reread([1, 2], [1, 2, 3], kept=0) == 2
    assert reread([1, 2, 3], [1, 3, 4], kept=1) == 0
    assert common_length([1, 2], [1, 2, 3]) == 2
    assert common_length([], [1]) == 0
