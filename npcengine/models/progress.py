"""What a fetch is doing, as values that a command draws; knows no terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of a fetch.

    Attributes:
        doing: ``"waiting"`` for another process, ``"asking"`` where the file is, ``"downloading"``,
            ``"retrying"`` after a lost connection, ``"unpacking"``.
        label: The file it is about.
        done: Bytes so far.
        total: Bytes in all; 0 where unknown.
    """

    doing: Literal["waiting", "asking", "downloading", "retrying", "unpacking"]
    label: str
    done: int = 0
    total: int = 0


Report: TypeAlias = Callable[[Step], None]
"""Called with every step, some hundred times for a large file; must return soon."""


def silent(step: Step) -> None:
    """A report that says nothing."""


def megabytes(size: int) -> str:
    """A size as people read it: ``"71 MB"``, or ``"5 kB"`` for small files."""
    return f"{size / 1e6:.0f} MB" if size >= 1e6 else f"{max(size, 1) / 1e3:.0f} kB"
