"""Messages over a pair of byte streams: a length, then the pickled message.

Pickle is safe here because the pipe is private: the game starts the brain and nobody else holds its ends.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterator
from threading import Lock
from typing import BinaryIO, Generic, TypeVar

Incoming = TypeVar("Incoming")
Outgoing = TypeVar("Outgoing")

_LENGTH = struct.Struct("<Q")


class Link(Generic[Incoming, Outgoing]):
    """One end of the pipe; `send` may be called from any thread, iterate from one."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader = reader
        self._writer = writer
        self._writing = Lock()

    def send(self, message: Outgoing) -> None:
        """Writes `message`; waits while the other end does not read.

        Raises:
            OSError: The other end is gone.
        """
        payload = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
        with self._writing:
            self._writer.write(_LENGTH.pack(len(payload)))
            self._writer.write(payload)
            self._writer.flush()

    def __iter__(self) -> Iterator[Incoming]:
        """Messages as they arrive, until the other end is closed or dies."""
        while (message := self._receive()) is not None:
            yield message

    def _receive(self) -> Incoming | None:
        header = self._read(_LENGTH.size)
        if header is None:
            return None
        payload = self._read(_LENGTH.unpack(header)[0])
        if payload is None:
            return None
        message: Incoming = pickle.loads(payload)  # noqa: S301 - a private pipe to our own child, see above
        return message

    def _read(self, size: int) -> bytes | None:
        """Exactly `size` bytes, or None when the stream ends before."""
        data = self._reader.read(size)
        return data if len(data) == size else None
