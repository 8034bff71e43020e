"""What each figure should reach, as data, and whether it did; measures nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from npcengine.studio.bench.scenario import Result


@dataclass(frozen=True, slots=True)
class Target:
    """A figure of the report and what is wanted of it.

    Attributes:
        path: Where it stands in the report, keys joined with dots.
        title: For people.
        unit: Of the figure.
        at_most: The figure should not be above this.
        at_least: Or not be below this.
    """

    path: str
    title: str
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None


TARGETS = (
    Target("first_audio_ms.median", "last word to first sound, median", "ms"),
    Target("first_audio_ms.p95", "last word to first sound, 95 %", "ms"),
    Target("naive_first_audio_ms.median", "the same, one stage after the other", "ms"),
    Target("first_audio_ratio", "first sound, to the naive chain", at_most=0.3),
    Target("first_words_ratio", "first word that is no filler, to the naive chain"),
    Target("first_words_model_ratio", "the same, where the words are the model's own"),
    Target("stt.ratio_to_default", "transcript after the key, to the library's defaults", at_most=0.35),
    Target("stt.wer", "word errors", at_most=0.05),
    Target("stt.wer_added", "word errors beyond those of the library's defaults", at_most=0.01),
    Target("llm.share_of_limit", "tokens a second, of the bare loop's", at_least=0.9),
    Target("llm.reprocessed_tokens", "prompt tokens read twice in a conversation", at_most=0),
    Target("tts.first_chunk_ms", "first clause spoken", "ms"),
    Target("tts.sentence_ms", "a sentence spoken", "ms"),
    Target("frames.idle_late_pct", "late frames, nobody talks", "%"),
    Target("frames.talking_late_pct", "late frames, talking without pause", "%"),
    Target("frames.added_late_pct", "late frames that talking adds", "points", at_most=0.5),
    Target("frames.naive_late_pct", "late frames, naive chain in a thread", "%"),
    Target("frames.update_p50_ms", "update(), median", "ms"),
    Target("frames.update_p99_ms", "update(), 99 %", "ms", at_most=0.25),
    Target("npcs.update_p99_ms", "update() with 1,000 characters, 99 %", "ms", at_most=0.6),
    Target("npcs.switch_first_token_ratio", "first token after a change of character, to staying", at_most=1.2),
    Target("memory_mb.game_above_window", "the game's process, above its bare window", "MB", at_most=60),
    Target("memory_mb.brain", "the brain's process", "MB", at_most=1200),
    Target("interrupt.stop_ms", "interrupt() to silence", "ms", at_most=60),
    Target("ready_s", "Engine() to ready", "s", at_most=10),
    Target("ghost_words", "words heard in noise", at_most=0),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target and what was reached; `met` is None where there is no target or no figure."""

    target: Target
    value: float | None
    met: bool | None

    @property
    def wanted(self) -> str:
        """The target in words, empty where there is none."""
        if self.target.at_most is not None:
            return f"≤ {self.target.at_most:g} {self.target.unit}".rstrip()
        if self.target.at_least is not None:
            return f"≥ {self.target.at_least:g} {self.target.unit}".rstrip()
        return ""

    @property
    def reached(self) -> str:
        """The figure in words."""
        return "not measured" if self.value is None else f"{self.value:g} {self.target.unit}".rstrip()

    @property
    def word(self) -> Literal["met", "missed", ""]:
        """The verdict in a word."""
        return "" if self.met is None else "met" if self.met else "missed"


def judge(report: Result) -> Iterator[Verdict]:
    """A verdict on each target whose scenario was run."""
    for target in TARGETS:
        if target.path.partition(".")[0] in report:
            value = find(report, target.path)
            yield Verdict(target, value, _is_met(target, value))


def find(report: Result, path: str) -> float | None:
    """The figure at `path`, None where there is none."""
    found: Any = report
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return float(found) if isinstance(found, int | float) else None


def _is_met(target: Target, value: float | None) -> bool | None:
    if value is None or (target.at_most is None and target.at_least is None):
        return None
    return (target.at_most is None or value <= target.at_most) and (target.at_least is None or value >= target.at_least)
