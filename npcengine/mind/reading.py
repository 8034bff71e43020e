"""A player's line as the mind reads it: in plain words, with guesses at what was misheard, and what it leans on."""

from __future__ import annotations

from dataclasses import dataclass

from npcengine.mind.asking import Wanted, wanted
from npcengine.mind.heard import Names, plain
from npcengine.mind.memory import Memory
from npcengine.mind.words import FILLER, words

_LEANING = frozenset(
    {"he", "her", "him", "his", "it", "its", "she", "that", "their", "them", "then", "there", "they", "this", "so"}
    | {"those", "these", "one"}
)


@dataclass(frozen=True, slots=True)
class Version:
    """One way to read a line.

    Attributes:
        text: In plain words.
        doubt: 0 for what was said, 1 for a guess at it.
    """

    text: str
    doubt: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A line, read.

    Attributes:
        said: In plain words, with nothing guessed.
        versions: All that it may mean; what was said comes first.
        wanted: The kind of answer that it wants.
        leans: Whether it can only be understood from what was said before.
    """

    said: str
    versions: tuple[Version, ...]
    wanted: Wanted
    leans: bool = False


LEANING_DOUBT = 0.5
"""How much a line that is completed by the one before counts as a guess."""


def read(line: str, names: Names, memory: Memory) -> Reading:
    """The readings of a line in a conversation."""
    said = plain(line)
    versions = [Version(said)]
    if (restored := names.restored(said)) != said:
        versions.append(Version(restored, doubt=1.0))
    leans = leans_on_before(said)
    if leans and memory.exchanges:
        before = memory.exchanges[-1]
        about = [plain(text).rstrip("?") for text in (before.player, f"{before.player} {before.npc}") if text]
        versions += [Version(f"{text}, {restored}", doubt=LEANING_DOUBT) for text in about]
    return Reading(said, tuple(versions), wanted(said), leans)


def leans_on_before(said: str) -> bool:
    """Whether a line in plain words can only be understood from what was said before it."""
    all_words = words(said)
    subjects = [word for word in all_words if word not in FILLER]
    if not subjects:
        return True
    if said.startswith(("and ", "but ")):
        return True
    return len(subjects) < 3 and any(word in _LEANING for word in all_words) and len(all_words) > 1
