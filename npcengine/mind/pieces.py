"""Joins the bytes of tokens into text and ends it before a stop string; knows no model."""

from __future__ import annotations

import codecs
from collections.abc import Sequence


class PieceJoiner:
    """Text out of token bytes: characters are never torn, and no part of a stop string comes out.

    Attributes:
        stopped: Whether a stop string was met; nothing comes out after it.
    """

    def __init__(self, stop: Sequence[str]) -> None:
        self.stopped = False
        self._stop = tuple(text for text in stop if text)
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._held = ""

    def feed(self, piece: bytes) -> str:
        """What may be said now that `piece` came; empty while it may be the beginning of a stop string."""
        return self._release(self._decoder.decode(piece))

    def finish(self) -> str:
        """What was held back, at the end of the text."""
        text = self._release(self._decoder.decode(b"", final=True))
        rest, self._held = self._held, ""
        return text + rest

    def _release(self, text: str) -> str:
        if self.stopped:
            return ""
        self._held += text
        met = [place for place in (self._held.find(stop) for stop in self._stop) if place >= 0]
        if met:
            said, self._held, self.stopped = self._held[: min(met)], "", True
            return said
        keep = self._unsure()
        cut = len(self._held) - keep
        said, self._held = self._held[:cut], self._held[cut:]
        return said

    def _unsure(self) -> int:
        """Characters at the end that may be the beginning of a stop string."""
        longest = max((len(stop) for stop in self._stop), default=0) - 1
        for length in range(min(longest, len(self._held)), 0, -1):
            if any(stop.startswith(self._held[-length:]) for stop in self._stop):
                return length
        return 0
