"""A file that gives out only so many bytes, however many it claims to hold; knows no format."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from npcengine.errors import CardError


class MeteredFile(io.RawIOBase):
    """A file opened for reading; skipping is free, but all that is read counts.

    A zip's list of files is read in one go and may claim any length, so that a bound on single reads would not do.
    """

    def __init__(self, path: Path, *, most_bytes: int) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._left = most_bytes

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes.

        Raises:
            CardError: More was asked for than a card needs.
        """
        length = os.fstat(self._file.fileno()).st_size - self._file.tell()
        wanted = max(0, length if size is None or size < 0 else min(size, length))
        self._left -= wanted
        if self._left < 0:
            raise CardError("the file asks for more memory than a card needs; it is damaged or made to do harm")
        return self._file.read(wanted)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Goes to a place in the file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._file.tell()

    def seekable(self) -> bool:
        """Always: cards are files."""
        return True

    def readable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Closes the file; safe to call twice."""
        self._file.close()
        super().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
