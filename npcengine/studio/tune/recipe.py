"""What one asks for when a model is to be taught: plain values, with the shipped adapter's as defaults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Precision: TypeAlias = Literal["auto", "bfloat16", "float32"]
"""Of the base's weights while something is learnt."""

STEPS = 850
RATE = 5e-4
RANK = 16


@dataclass(frozen=True, slots=True)
class Recipe:
    """What one asks for.

    Attributes:
        paths: World files, exchange files, character files, or folders of them.
        out: The adapter.
        model: The base: a name in the catalogue, or a GGUF file.
        threads: CPU threads.
        steps: Rows that are learnt from, one each.
        rate: The highest learning rate.
        seed: Of all chance.
        rank: Of the corrections.
        attention_only: Correct no other matrices than attention's.
        precision: Of the base's weights while something is learnt.
        hold_out: Names of files that are kept back whole, see `divide`.
        begin_with: An adapter that is taught further; None begins with the base alone.
    """

    paths: tuple[Path, ...]
    out: Path
    model: str
    threads: int
    steps: int = STEPS
    rate: float = RATE
    seed: int = 0
    rank: int = RANK
    attention_only: bool = False
    precision: Precision = "auto"
    hold_out: tuple[str, ...] = ()
    begin_with: Path | None = None

    @property
    def unfinished(self) -> Path:
        """Where learning that was broken off lies."""
        return self.out.with_name(f"{self.out.name}.unfinished")
