"""Which conversation's tokens lie in which cached sequence, as plain bookkeeping; knows no model library."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from npcengine.models.adapters import Adapter


@dataclass(slots=True)
class CachedSequence:
    """What the model has read for one conversation.

    Attributes:
        slot: The model's number for it.
        tokens: Read so far, in order.
        prefix: The stable part of the last prompt; reading any of it again is waste.
        adapter: What the model was changed by while it read; None for nothing.
        claims: Counts the prompts that took this sequence over; a generation with an older claim must stop.
    """

    slot: int
    tokens: list[int] = field(default_factory=list)
    prefix: list[int] = field(default_factory=list)
    adapter: Adapter | None = None
    claims: int = 0

    def shared_with(self, tokens: Sequence[int], adapter: Adapter | None) -> int:
        """How many of `tokens` are cached; none of what was read with another adapter."""
        return common_length(self.tokens, tokens) if adapter == self.adapter else 0

    def forget(self) -> None:
        """Nothing is cached any more, and whoever was generating here must stop."""
        self.tokens = []
        self.claims += 1


class SequenceTable:
    """A fixed number of slots, each for one conversation; the least recently used one gives way."""

    def __init__(self, slots: int) -> None:
        self._free = list(range(slots - 1, -1, -1))
        self._by_conversation: OrderedDict[str, CachedSequence] = OrderedDict()

    def take(self, conversation: str) -> tuple[CachedSequence, bool]:
        """The sequence of `conversation`, now the most recent, and whether another had to give way for it."""
        evicted = False
        if conversation not in self._by_conversation:
            slot, evicted = self._slot()
            self._by_conversation[conversation] = CachedSequence(slot)
        self._by_conversation.move_to_end(conversation)
        return self._by_conversation[conversation], evicted

    def least_recent(self, *, but: CachedSequence) -> CachedSequence | None:
        """The least recently used sequence that holds tokens, other than `but`."""
        return next((cached for cached in self if cached is not but and cached.tokens), None)

    def __iter__(self) -> Iterator[CachedSequence]:
        """All sequences, the least recently used first."""
        return iter(self._by_conversation.values())

    def _slot(self) -> tuple[int, bool]:
        if self._free:
            return self._free.pop(), False
        _, oldest = self._by_conversation.popitem(last=False)
        oldest.forget()
        return oldest.slot, True


def common_length(left: Sequence[int], right: Sequence[int]) -> int:
    """How many tokens both begin with."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(left), len(right)))


def reread(before: Sequence[int], after: Sequence[int], kept: int) -> int:
    """Tokens of a stable prefix that had been read once and are to be read again where they stood: a persona's, mostly.

    Args:
        before: The conversation's last prefix.
        after: Its new prefix.
        kept: How many tokens of the new prompt are still cached.

    Returns:
        What is lost of the beginning that both share. History that moved because its start was cut is new text at a new
        place, and is not counted.
    """
    return max(0, common_length(before, after) - kept)
