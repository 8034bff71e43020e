"""Lips against sound with the real voice: the face closes while the sound of p, b and m is closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from npcengine.errors import BackendMissing, ModelMissing
from npcengine.face import arkit, phones
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.sampling import sample
from npcengine.face.timing import correct
from npcengine.types import LoadOptions, Speech, Voice
from npcengine.voice import piper

pytestmark = pytest.mark.models

SENTENCES = (
    "A pair of boots lay upon the upper step.",
    "Do not bother the bishop before he pays.",
    "The robber may be in a big abandoned barn.",
    "Open a box of amber beads for me.",
    "He moaned about the camel for a month.",
    "The gypsy will play her pipe by the lake.",
    "My papa built a tower above the abyss.",
    "Robin may pick a ruby or a piece of marble.",
    "Our army was a mob of poor peasants.",
    "To be polite, the baron poured me a beer.",
    "Hobble up a rope, my little baby.",
    "We buy paper in a shop below the library.",
)
"""None of them had a part in finding the offsets."""

BILABIALS = "pbm"
SONORANTS = frozenset("lɹwj ˈˌː")


@dataclass(frozen=True)
class Closure:
    """A dip in the energy of a vowel-to-vowel p, b or m, in seconds, and which label claims it."""

    label: int
    start_s: float
    end_s: float


@pytest.fixture(scope="module")
def speeches() -> list[Speech]:
    """The sentences as the default voice says them."""
    try:
        voice = piper.load("en_US-joe-medium", LoadOptions())
    except (ModelMissing, BackendMissing) as error:
        pytest.skip(str(error))
    spoken = [speech for sentence in SENTENCES for speech in voice.speak(sentence, Voice())]
    voice.close()
    return spoken


def level_db(speech: Speech) -> NDArray[np.float64]:
    """Level between 500 and 4000 Hz, where lips that shut take the most away; one value a millisecond."""
    spectrum = np.fft.rfft(speech.pcm)
    hertz = np.fft.rfftfreq(len(speech.pcm), 1.0 / speech.sample_rate)
    spectrum[(hertz < 500.0) | (hertz > 4000.0)] = 0.0
    energy = np.concatenate([[0.0], np.cumsum(np.square(np.fft.irfft(spectrum, len(speech.pcm))))])
    half = int(0.006 * speech.sample_rate)
    centres = np.arange(0, len(speech.pcm), speech.sample_rate / 1000.0).astype(int)
    power = energy[np.minimum(centres + half, len(speech.pcm))] - energy[np.maximum(centres - half, 0)]
    level = 10.0 * np.log10(power + 1e-12)
    return cast("NDArray[np.float64]", np.maximum(level, level.max() - 55.0))


def nucleus_ms(speech: Speech, index: int, step: int) -> int | None:
    """Where the label of the next vowel that way begins, None when an obstruent lies between."""
    labels = speech.phonemes
    index += step
    while 0 <= index < len(labels) and labels[index].symbol in SONORANTS:
        index += step
    if not 0 <= index < len(labels) or labels[index].symbol not in phones.VOWELS:
        return None
    while labels[index - 1].symbol in phones.VOWELS | phones.STRESS_MARKS:
        index -= 1
    return int(1000 * labels[index].start / speech.sample_rate)


def closures(speech: Speech) -> Iterator[Closure]:
    """Dips of at least 10 dB and 20 ms between two vowels, at half their depth; labels only tell where to look."""
    level = level_db(speech)
    for index, label in enumerate(speech.phonemes):
        left, right = nucleus_ms(speech, index, -1), nucleus_ms(speech, index, 1)
        if label.symbol not in BILABIALS or left is None or right is None or right - left < 30:
            continue
        first, last = left + 10, right + 20
        low = first + int(np.argmin(level[first:last]))
        depth = min(level[first : low + 1].max(), level[low:last].max()) - level[low]
        inside = level[first:last] < level[low] + depth / 2.0
        start = low - int(np.argmin(inside[: low - first + 1][::-1])) if not inside[: low - first].all() else first
        end = low + int(np.argmin(inside[low - first :])) if not inside[low - first :].all() else last
        if depth >= 10.0 and end - start >= 20:
            yield Closure(index, start / 1000.0, end / 1000.0)


def spans_of_bilabials(sounds: Sequence[tuple[str, int, int]], sample_rate: int) -> list[tuple[float, float]]:
    """(start, end) of each p, b and m in seconds, in order."""
    return [(start / sample_rate, end / sample_rate) for symbol, start, end in sounds if symbol in BILABIALS]


def figures(speeches: Sequence[Speech], *, corrected: bool) -> dict[str, float]:
    """How well spans of p, b and m meet the dips: coverage, and median absolute errors in milliseconds."""
    covered, onsets, ends = [], [], []
    for speech in speeches:
        labels: Sequence[tuple[str, int, int]] = [(each.symbol, each.start, each.end) for each in speech.phonemes]
        numbers = [index for index, label in enumerate(labels) if label[0] in BILABIALS]
        if corrected:
            sounds = correct(speech.phonemes, len(speech.pcm), sample_rate=speech.sample_rate)
            labels = [(sound.symbol, sound.start, sound.end) for sound in sounds]
        spans = spans_of_bilabials(labels, speech.sample_rate)
        assert len(spans) == len(numbers)
        for closure in closures(speech):
            start_s, end_s = spans[numbers.index(closure.label)]
            shared_s = min(end_s, closure.end_s) - max(start_s, closure.start_s)
            covered.append(shared_s >= 0.5 * (closure.end_s - closure.start_s))
            onsets.append(abs(start_s - closure.start_s))
            ends.append(abs(end_s - closure.end_s))
    return {
        "closures": len(covered),
        "coverage": float(np.mean(covered)),
        "onset_ms": 1000.0 * float(np.median(onsets)),
        "end_ms": 1000.0 * float(np.median(ends)),
    }


def test_corrected_labels_cover_the_closures_that_are_heard(speeches: list[Speech]) -> None:
    """At least 85 % of the acoustic closures are half covered or more, far above the labels at face value."""
    raw, true = figures(speeches, corrected=False), figures(speeches, corrected=True)
    print(f"\nlabels at face value: {raw}\ncorrected: {true}")
    assert true["closures"] >= 15
    assert true["coverage"] >= 0.85
    assert true["coverage"] > raw["coverage"] + 0.3
    assert true["onset_ms"] <= 20.0


def test_the_lips_are_shut_while_the_sound_is_closed(speeches: list[Speech]) -> None:
    """In the middle of a heard closure jawOpen is at 0 and the lips are pressed, for at least 80 % of closures."""
    shut = []
    for speech in speeches:
        curves = PhonemeAnimator().animate(speech, "neutral")
        for closure in closures(speech):
            middle = speech.sample_rate * (closure.start_s + closure.end_s) / 2.0
            weights = sample(curves, middle)[0]
            shut.append(weights[arkit.JAW_OPEN] < 0.03 and weights[arkit.INDEX["mouthPressLeft"]] > 0.4)
    print(f"\nlips shut in {np.mean(shut):.0%} of {len(shut)} closures")
    assert np.mean(shut) >= 0.8


def test_the_jaw_opens_with_the_loudness_of_the_voice(speeches: list[Speech]) -> None:
    """Jaw and level go together: their correlation over a sentence is positive, 0.3 or more at the median."""
    found = []
    for speech in speeches:
        curves = PhonemeAnimator().animate(speech, "neutral")
        level = level_db(speech)[::10]
        rows = min(len(level), len(curves.weights))
        found.append(float(np.corrcoef(level[:rows], curves.weights[:rows, arkit.JAW_OPEN])[0, 1]))
    print(f"\njaw and level correlate by {np.median(found):.2f} at the median")
    assert np.median(found) >= 0.3
    assert min(found) > 0.0
