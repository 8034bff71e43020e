"""When each word of a subtitle has been heard; pure, knows phoneme spans and letters, no voice engine.

A voice counts words its own way: espeak runs "of the" together into one stretch of phonemes and speaks "$5" as two.
So the words as written and the stretches between the phonemes' spaces are aligned as two sequences, a short run of one
against a short run of the other, at the least disagreement between letters and sounds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from npcengine.types import Phoneme, SpokenWord

_PAUSES = frozenset(",.;:!?")
_SILENT = frozenset(" ^$ˈˌː'\"-_()") | _PAUSES
_STEPS = ((1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (2, 2), (4, 1), (1, 4), (1, 5), (1, 6), (1, 7), (1, 8))
_MERGE_COST = 0.4
_PAUSE_COST = 3.0


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Sounds between two spaces.

    Attributes:
        sounds: How many phonemes that make a sound, marks not counted.
        end: The sample at which the last of them ends.
        pause: Whether a pause follows.
    """

    sounds: int
    end: int
    pause: bool


def timed_words(
    words: Sequence[str], phonemes: Sequence[Phoneme], length: int, *, spoken: Sequence[str] | None = None
) -> tuple[SpokenWord, ...]:
    """Give every word the sample at which it has been heard to its end.

    Args:
        words: As a subtitle shows them, in order.
        phonemes: Of the whole stretch of speech; may be empty.
        length: Of the speech (samples).
        spoken: What is said for each word ("five dollars" for "$5"); the words themselves when left out.

    Returns:
        One entry per word; ends never decrease and the last is at most `length`.
    """
    weights = [max(_letters(said), 1) for said in (spoken if spoken is not None else words)]
    stretches = _stretches(phonemes)
    ends = _aligned_ends(words, weights, stretches) if stretches and words else None
    if ends is None:
        ends = _shares(weights, 0, stretches[-1].end if stretches else length)
    return tuple(SpokenWord(word, min(end, length)) for word, end in zip(words, ends, strict=True))


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def _shares(weights: Sequence[int], start: int, end: int) -> list[int]:
    """Split ``start … end`` in proportion to `weights`; the ends of the shares."""
    total = sum(weights)
    return [start + round((end - start) * upto / total) for upto in accumulate(weights)]


def _stretches(phonemes: Sequence[Phoneme]) -> list[_Stretch]:
    found: list[_Stretch] = []
    sounds, end = 0, 0
    for phoneme in (*phonemes, Phoneme(" ", 0, 0)):
        if phoneme.symbol in _PAUSES or phoneme.symbol == " ":
            pause = phoneme.symbol != " "
            if sounds:
                found.append(_Stretch(sounds, end, pause))
                sounds = 0
        elif phoneme.symbol not in _SILENT:
            sounds += 1
            end = phoneme.end
        elif sounds:
            end = phoneme.end if phoneme.symbol == "ː" else end
    return found


def _aligned_ends(words: Sequence[str], weights: Sequence[int], stretches: Sequence[_Stretch]) -> list[int] | None:
    """Cheapest monotone alignment by dynamic programming; None when the counts are too far apart."""
    rate = sum(stretch.sounds for stretch in stretches) / sum(weights)
    costs: dict[tuple[int, int], float] = {(0, 0): 0.0}
    came: dict[tuple[int, int], tuple[int, int]] = {}
    for word in range(len(words) + 1):
        for stretch in range(len(stretches) + 1):
            here = costs.get((word, stretch))
            if here is None:
                continue
            for words_taken, taken in _STEPS:
                there = (word + words_taken, stretch + taken)
                if there[0] > len(words) or there[1] > len(stretches):
                    continue
                cost = here + _step_cost(
                    words[word : there[0]],
                    stretches[stretch : there[1]],
                    expected=rate * sum(weights[word : there[0]]),
                )
                if cost < costs.get(there, float("inf")):
                    costs[there] = cost
                    came[there] = (word, stretch)
    if (len(words), len(stretches)) not in costs:
        return None
    return _ends_along(came, weights, stretches)


def _step_cost(words: Sequence[str], stretches: Sequence[_Stretch], *, expected: float) -> float:
    sounds = sum(stretch.sounds for stretch in stretches)
    written_pause = re.search(r"[,.;:!?…—][\"'”’)\]]*$", words[-1]) is not None
    pauses = int(written_pause != stretches[-1].pause) + sum(stretch.pause for stretch in stretches[:-1])
    merges = len(words) + len(stretches) - 2
    return abs(sounds - expected) + _MERGE_COST * merges + _PAUSE_COST * pauses


def _ends_along(
    came: dict[tuple[int, int], tuple[int, int]], weights: Sequence[int], stretches: Sequence[_Stretch]
) -> list[int]:
    """Walk the cheapest path back; words that share a stretch split it by their letters."""
    ends: list[int] = []
    place = (len(weights), len(stretches))
    while place != (0, 0):
        before = came[place]
        start = stretches[before[1] - 1].end if before[1] else 0
        ends[:0] = _shares(weights[before[0] : place[0]], start, stretches[place[1] - 1].end)
        place = before
    return ends
