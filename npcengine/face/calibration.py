"""How late a voice's labels run, found by listening to it: speech in, `LabelOffsets` out; knows no engine and no file.

Nobody marks anything by ear. A stop between two vowels is a dip in what lips and tongue let through, an s is a rise of
the hiss, and vowels are where the level is high: what is sought is the distance from there to the label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from npcengine.face import phones
from npcengine.face.closures import ROWS_PER_SECOND, Dip, closure_level_db, find_dip
from npcengine.face.envelope import loudness_db
from npcengine.face.offsets import DEFAULT_OFFSETS, LabelOffsets, class_of
from npcengine.face.timing import Sound, correct, group_marks, merge_compounds
from npcengine.types import Pcm, Speech

SENTENCES = (
    "The miller paid a copper penny for a bag of pepper.",
    "Bring me a bottle of amber beer, Abby.",
    "My mother may remember the name of the lamb.",
    "He put a paper map upon the open table.",
    "A big brown bear ambled over the bridge.",
    "Tell Emma that the hammer is below the beam.",
    "Five of the seven wives have never visited a village fair.",
    "She was a fisher who fished for a shilling a dish.",
    "You see, the lazy sailor was a sore loser.",
    "Perhaps Ruby may borrow a hobby horse.",
    "Leave a few loaves of bread above the oven.",
    "The reaper sleeps upon a heap of apples.",
    "Ma'am, a number of men are coming home.",
    "Nobody believes that a baby robbed the abbot.",
    "The major imagined a richer village and a large orchard.",
    "Nina has a pony, a canary and an evening to be funny.",
)
"""Many p, b, m, s and sh between vowels, at the beginning of words and within them."""

SPEEDS = (1.0, 0.85, 1.2)
"""Each sentence is said at all of them, so that the offsets hold for a pace that lies between."""

_FEWEST = 4
"""So many examples make a class's median; with fewer it keeps its usual offset."""

_SIBILANTS = frozenset("szʃʒ")
_OPEN = phones.VOWELS | frozenset("lɹwj")
_HISS_PEAK_HZ = 8_000.0
_FURTHEST_MS = (-40.0, 160.0)
"""No label is further from its sound than this; what seems to be is another sound."""

_VOWEL_LAGS_MS = range(-40, 81, 2)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was found.

    Attributes:
        offsets: How late the labels run.
        examples: Of how many closures of p, b and m that was taken.
        labels_ms: Median distance of their labels from their beginnings, as the voice tells them.
        corrected_ms: The same once the offsets are applied, before the sound itself is looked at.
    """

    offsets: LabelOffsets
    examples: int
    labels_ms: float
    corrected_ms: float


@dataclass(frozen=True, slots=True)
class Lateness:
    """One example: the label of a sound, or what `LabelOffsets` calls otherwise, is so late (milliseconds)."""

    field: str
    late_ms: float


def calibrate(speeches: Sequence[Speech], usual: LabelOffsets = DEFAULT_OFFSETS) -> Calibration:
    """Offsets for the voice that speaks.

    Args:
        speeches: `SENTENCES`, or others as many, as the voice says them, with its phonemes.
        usual: What holds where there are too few examples.
    """
    lengths_ms = [
        (phoneme.end - phoneme.start) * 1000.0 / speech.sample_rate
        for speech in speeches
        for phoneme in speech.phonemes
        if phoneme.symbol not in phones.SILENT
    ]
    offsets = replace(usual, symbol_ms=round(float(np.mean(lengths_ms)), 1) if lengths_ms else 0.0)
    found: dict[str, list[float]] = {}
    for speech in speeches:
        pace = offsets.pace_of(speech.phonemes, speech.sample_rate)
        for example in latenesses(speech):
            found.setdefault(example.field, []).append(example.late_ms / pace)
    medians = {field: round(median(late), 1) for field, late in found.items() if len(late) >= _FEWEST}
    offsets = replace(offsets, **medians)
    raw_ms, corrected_ms = _distances_ms(speeches, offsets)
    return Calibration(
        offsets, len(raw_ms), *(round(median(each), 1) if each else 0.0 for each in (raw_ms, corrected_ms))
    )


def latenesses(speech: Speech) -> Iterator[Lateness]:
    """Every example in a stretch."""
    per_ms = speech.sample_rate / 1000.0
    for sound, dip in closures(speech):
        late_ms = sound.start / per_ms - dip.start
        if not _FURTHEST_MS[0] <= late_ms <= _FURTHEST_MS[1]:
            continue
        yield Lateness("word_initial" if sound.word_initial else class_of(sound.symbol), late_ms)
        if sound.symbol in "pb":
            yield Lateness("release", dip.end - sound.label / per_ms)
    yield from _hisses(speech)
    yield from _vowels(speech)


def closures(speech: Speech) -> Iterator[tuple[Sound, Dip]]:
    """Every stop, nasal and affricate between open sounds, as labelled, with the dip that is heard of it."""
    per_ms = speech.sample_rate / 1000.0
    level_db = closure_level_db(speech.pcm, speech.sample_rate)
    closing = phones.VOICELESS_STOPS | phones.VOICED_STOPS | phones.NASALS | phones.AFFRICATES
    for before, sound, after in _between_open(speech):
        if sound.symbol not in closing:
            continue
        dip = find_dip(level_db, int(before.start / per_ms), int((after.start + after.end) / (2.0 * per_ms)))
        if dip is not None:
            yield sound, dip


def _between_open(speech: Speech) -> Iterator[tuple[Sound, Sound, Sound]]:
    """Every sound between two vowels, liquids or glides, with its neighbours, as labelled."""
    sounds = list(merge_compounds(group_marks(speech.phonemes)))
    for index in range(1, len(sounds) - 1):
        before, sound, after = sounds[index - 1 : index + 2]
        if before.symbol[-1] in _OPEN and after.symbol[0] in _OPEN:
            yield before, sound, after


def _hisses(speech: Speech) -> Iterator[Lateness]:
    """The hiss of an s within a word begins where it has risen half-way from the vowel before it."""
    per_ms = speech.sample_rate / 1000.0
    hiss_db = _hiss_db(speech.pcm, speech.sample_rate)
    for before, sound, _ in _between_open(speech):
        if sound.symbol not in _SIBILANTS or sound.word_initial:
            continue
        first, last = int((before.start + before.end) / (2.0 * per_ms)), min(int(sound.end / per_ms), len(hiss_db))
        if last - first < 2:
            continue
        stretch = hiss_db[first:last]
        peak = int(np.argmax(stretch))
        middle_db = (float(stretch[: peak + 1].min()) + float(stretch[peak])) / 2.0
        quiet = np.flatnonzero(stretch[: peak + 1] < middle_db)
        if len(quiet):
            yield Lateness("fricative", sound.start / per_ms - (first + int(quiet[-1]) + 1))


def _hiss_db(pcm: Pcm, sample_rate: int) -> NDArray[np.float32]:
    """The level of what lies about 8 kHz, a value a millisecond (dB)."""
    lag = max(1, round(sample_rate / (2.0 * _HISS_PEAK_HZ)))
    hiss = np.zeros_like(pcm)
    hiss[lag:-lag] = pcm[2 * lag :] - 2.0 * pcm[lag:-lag] + pcm[: -2 * lag]
    return loudness_db(hiss, sample_rate / ROWS_PER_SECOND)


def _vowels(speech: Speech) -> Iterator[Lateness]:
    """By how much the labels of all vowels must move together to lie best where the level is high."""
    per_ms = speech.sample_rate / 1000.0
    level_db = loudness_db(speech.pcm, per_ms)
    vowels = np.zeros(len(level_db) + 2 * max(_VOWEL_LAGS_MS), dtype=np.float64)
    for sound in group_marks(speech.phonemes):
        if phones.is_vowel(sound.symbol):
            vowels[round(sound.start / per_ms) : round(sound.end / per_ms)] = 1.0
    if not vowels.any() or vowels.all():
        return
    fits = {late_ms: _correlation(level_db, np.roll(vowels, -late_ms)[: len(level_db)]) for late_ms in _VOWEL_LAGS_MS}
    yield Lateness("vowel", float(max(fits, key=lambda late_ms: fits[late_ms])))


def _correlation(one: NDArray[np.float32], other: NDArray[np.float64]) -> float:
    spread = float(one.std() * other.std())
    return float(np.mean((one - one.mean()) * (other - other.mean()))) / spread if spread else 0.0


def _distances_ms(speeches: Sequence[Speech], offsets: LabelOffsets) -> tuple[list[float], list[float]]:
    """How far from the beginning of each closure of p, b and m its label lies, and where it lies once corrected."""
    raw_ms, corrected_ms = [], []
    for speech in speeches:
        per_ms = speech.sample_rate / 1000.0
        sounds = correct(speech.phonemes, len(speech.pcm), sample_rate=speech.sample_rate, offsets=offsets)
        true = {sound.label: sound for sound in sounds}
        for sound, dip in closures(speech):
            if sound.symbol in phones.BILABIALS and sound.label in true:
                raw_ms.append(abs(sound.label / per_ms - dip.start))
                corrected_ms.append(abs(true[sound.label].start / per_ms - dip.start))
    return raw_ms, corrected_ms
