"""When each sound is truly heard: corrects a voice's phoneme labels to the acoustics; knows no mouth and no model.

A Piper voice (VITS) counts its frames towards labels that run late: a label marks the release of a stop,
while the lips have been shut during the frames counted to the symbol before it or to the space between two
words; stress marks hold vowel sound. Taken at face value such labels shut the lips when the sound is already
out. The rules and the offsets below were measured against energy dips (closures) and high-frequency energy
(sibilants) of the default voice, and cut the median error of the onset of a lip closure from about 60 ms to
about 8 ms; see docs/decisions/0006.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from npcengine.face import phones
from npcengine.face.offsets import DEFAULT_OFFSETS, LabelOffsets
from npcengine.types import Phoneme


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound of speech, or a pause, over samples `start` ≤ i < `end`.

    Attributes:
        symbol: One IPA sound: ``"p"``, ``"tʃ"``, ``"aɪ"``, without marks; `phones.PAUSE` for silence.
        stressed: A vowel that carries the word's main stress.
        label: Where the voice's label of the symbol itself begins, without marks and spaces (samples).
        word_initial: The first sound of a word that follows another without a pause.
    """

    symbol: str
    start: int
    end: int
    label: int = 0
    stressed: bool = False
    word_initial: bool = False


def correct(
    phonemes: Sequence[Phoneme], sample_count: int, *, sample_rate: int, offsets: LabelOffsets = DEFAULT_OFFSETS
) -> tuple[Sound, ...]:
    """The sounds truly heard in a stretch of speech.

    Args:
        phonemes: The voice's labels in order, symbol by symbol.
        sample_count: Length of the stretch (samples).
        sample_rate: Of the spans (Hz).
        offsets: How late the voice's labels run.

    Returns:
        Sounds and pauses that cover 0 … `sample_count` in order without gap or overlap; empty for an empty
        stretch.
    """
    if sample_count <= 0:
        return ()
    sounds = list(merge_compounds(group_marks(phonemes)))
    if not sounds:
        return (Sound(phones.PAUSE, 0, sample_count),)
    paced = offsets.at_pace_of(phonemes, sample_rate)
    return shift_boundaries(sounds, sample_count, sample_rate=sample_rate, offsets=paced)


def group_marks(phonemes: Sequence[Phoneme]) -> Iterator[Sound]:
    """Labels as sounds: marks join their sound, a space joins the sound after it, punctuation becomes pauses.

    A stress mark's time goes to the sound after it, a length mark's to the sound before it. A space after
    punctuation is part of the pause; any other is the closing of the next word's first consonant, never a
    rest.
    """
    pending: int | None = None  # where a space or stress mark began whose time the next sound gets
    stressed = word_initial = False
    last: Sound | None = None
    for phoneme in phonemes:
        symbol = phoneme.symbol
        if symbol in phones.MODIFIERS and last is not None and pending is None:
            last = replace(last, end=phoneme.end)
        elif symbol in phones.SILENT or (symbol == phones.SPACE and _is_pause(last)):
            if last is not None and not _is_pause(last):
                yield last
                last = None
            start = last.start if last else _earliest(pending, phoneme.start)
            last, pending = Sound(phones.PAUSE, start, phoneme.end, start), None
        elif symbol == phones.SPACE or symbol in phones.STRESS_MARKS or symbol in phones.MODIFIERS:
            pending = _earliest(pending, phoneme.start)
            stressed = stressed or symbol == "ˈ"
            word_initial = word_initial or symbol == phones.SPACE
        else:
            if last is not None:
                yield last
            start = _earliest(pending, phoneme.start)
            last = Sound(symbol, start, phoneme.end, phoneme.start, stressed=stressed, word_initial=word_initial)
            pending, stressed, word_initial = None, False, False
    if last is not None:
        yield last


def merge_compounds(sounds: Iterator[Sound]) -> Iterator[Sound]:
    """Joins the halves of affricates and diphthongs within a word: t + ʃ → tʃ, a + ɪ → aɪ."""
    held: Sound | None = None
    for sound in sounds:
        pair = held.symbol + sound.symbol if held else ""
        compound = pair in phones.AFFRICATES or pair in phones.DIPHTHONGS
        if held and compound and not sound.word_initial and not sound.stressed:
            held = replace(held, symbol=pair, end=sound.end)
            continue
        if held:
            yield held
        held = sound
    if held:
        yield held


def shift_boundaries(
    sounds: Sequence[Sound], sample_count: int, *, sample_rate: int, offsets: LabelOffsets = DEFAULT_OFFSETS
) -> tuple[Sound, ...]:
    """Moves each boundary to where the sounds on its sides truly meet.

    Boundaries only ever move earlier: each is at most the end of its label. So every sound can keep at least half of
    its labelled length without any of them being pushed past the end.
    """
    samples_per_ms = sample_rate / 1000.0
    corrected: list[Sound] = []
    start = 0
    for index, sound in enumerate(sounds):
        following = sounds[index + 1] if index + 1 < len(sounds) else None
        label_start = min(sound.start if index else 0, sample_count)
        label_end = min(following.start, sample_count) if following else sample_count
        met = label_end if following is None else _meeting(sound, following, offsets, samples_per_ms)
        end = max(min(met, label_end), start + max(0, label_end - label_start) // 2)
        if end > start:
            corrected.append(replace(sound, start=start, end=end))
        start = max(start, end)
    return tuple(corrected)


def _meeting(sound: Sound, following: Sound, offsets: LabelOffsets, samples_per_ms: float) -> int:
    """The sample at which `sound` truly ends and `following` begins.

    A stop ends at its release. Elsewhere the larger offset of the two wins, because closures are what eye and ear
    notice: a vowel ends when the lips shut, not when its own label says.
    """
    if sound.symbol in phones.VOICELESS_STOPS | phones.VOICED_STOPS:
        return sound.label + int(offsets.release * samples_per_ms)
    if following.word_initial:
        return following.start - int(offsets.word_initial * samples_per_ms)
    late_ms = max(offsets.of(sound.symbol), offsets.of(following.symbol))
    return following.start - int(late_ms * samples_per_ms)


def _earliest(pending: int | None, start: int) -> int:
    return start if pending is None else min(pending, start)


def _is_pause(sound: Sound | None) -> bool:
    return sound is None or sound.symbol == phones.PAUSE
