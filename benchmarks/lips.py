"""How well lips meet the sound, beside labels as they are, loudness and openfacefx: python -m benchmarks.lips [--json].

Fifty sentences that no calibration has seen, at three speeds and in two characters' voices. For each p, b and m that
can be heard to shut: how much of it the lips are shut for, and by how much they shut too early or too late. `--quick`
takes every fourth sentence; `--json` prints the figures for programs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from benchmarks import lip_life
from benchmarks.heard_closures import HeardClosure, Listener, half_depth, landmarks
from benchmarks.lip_methods import METHODS, SHUT, Curve
from benchmarks.lip_sentences import SENTENCES
from npcengine.face import phones
from npcengine.types import LoadOptions, Speech, Voice
from npcengine.voice import piper
from npcengine.voice.protocol import TextToSpeech
from npcengine.voice.speaking import speak

VOICE = "en_US-joe-medium"

WAYS: Mapping[str, Voice] = {
    "speed 0.85": Voice(speed=0.85),
    "speed 1.0": Voice(),
    "speed 1.25": Voice(speed=1.25),
    "pitch +3, timbre 1.1": Voice(pitch=3.0, timbre=1.1),
    "pitch -4, timbre 0.9, speed 0.9": Voice(pitch=-4.0, timbre=0.9, speed=0.9),
}

LISTENERS: Mapping[str, Listener] = {"landmarks": landmarks, "half depth": half_depth}

MISSED_MS = 200.0
"""What a closure counts as that no lips shut for within this time."""

_SEEN_MS = 40
_NEAR_MS = (150.0, 50.0)
"""Lips that shut so much before and after a label of p, b or m, or a pause, have a reason to."""


@dataclass(frozen=True, slots=True)
class LipFigures:
    """One way to move lips, in one way to speak, by one listener.

    Attributes:
        closures: How many were heard.
        coverage: Share of them that lips are shut for by half or more.
        half_way: The same where lips half-way shut count as shut.
        onset_ms: Median distance of the lips' shutting from the sound's.
        onset_p90_ms: Nine tenths of them are nearer than this.
        early_ms: Median by which lips shut before the sound does; negative is late.
        needless: Times a minute that lips shut where there is neither p, b, m nor a pause.
    """

    closures: int
    coverage: float
    half_way: float
    onset_ms: float
    onset_p90_ms: float
    early_ms: float
    needless: float


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    sentences = SENTENCES[::4] if options.quick else SENTENCES
    tts = piper.load(VOICE, LoadOptions(threads=1))
    figures: dict[str, dict[str, dict[str, LipFigures]]] = {}
    jaws: dict[str, lip_life.JawFigures] = {}
    for way, voice in WAYS.items():
        print(f"speaking: {way}", file=sys.stderr)
        speeches = spoken(tts, sentences, voice)
        figures[way] = compare(speeches)
        jaws[way] = lip_life.jaws(speeches)
    life = lip_life.measure(tts, sentences)
    tts.close()
    if options.json:
        print(json.dumps(_as_data(figures, jaws, life), indent=2))
    else:
        _print(figures, jaws, life)


def spoken(tts: TextToSpeech, sentences: Sequence[str], voice: Voice) -> list[Speech]:
    """The sentences as a character with this voice says them."""
    return [speech for sentence in sentences for speech in speak(tts, sentence, voice)]


def compare(
    speeches: Sequence[Speech], methods: Mapping[str, Callable[[Speech], Curve]] = METHODS
) -> dict[str, dict[str, LipFigures]]:
    """Figures by listener and method."""
    shut = {name: [move(speech) for speech in speeches] for name, move in methods.items()}
    result = {}
    for listener, listen in LISTENERS.items():
        closures = [list(listen(speech)) for speech in speeches]
        result[listener] = {name: lip_figures(speeches, curves, closures) for name, curves in shut.items()}
    return result


def lip_figures(
    speeches: Sequence[Speech], curves: Sequence[Curve], closures: Sequence[Sequence[HeardClosure]]
) -> LipFigures:
    """How well curves (1 is shut), one of each speech, meet its closures."""
    covered, half_way, late_ms = [], [], []
    needless, minutes = 0, 0.0
    for speech, curve, heard in zip(speeches, curves, closures, strict=True):
        shut, nearly_shut = spans(curve, SHUT), spans(curve, 0.5)
        for closure in heard:
            covered.append(_shared_ms(shut, closure) >= 0.5 * (closure.end_ms - closure.start_ms))
            half_way.append(_shared_ms(nearly_shut, closure) >= 0.5 * (closure.end_ms - closure.start_ms))
            late_ms.append(_late_ms(shut, closure))
        needless += sum(1 for _ in _needless(shut, speech))
        minutes += len(speech.pcm) / speech.sample_rate / 60.0
    errors = np.abs(late_ms)
    return LipFigures(
        closures=len(covered),
        coverage=round(float(np.mean(covered)), 3),
        half_way=round(float(np.mean(half_way)), 3),
        onset_ms=round(float(np.median(errors)), 1),
        onset_p90_ms=round(float(np.percentile(errors, 90)), 1),
        early_ms=round(-float(np.median(late_ms)), 1),
        needless=round(needless / minutes, 1),
    )


def spans(curve: Curve, threshold: float) -> list[tuple[int, int]]:
    """(first, last + 1) millisecond of every stretch in which `curve` is at `threshold` or above."""
    inside = np.concatenate([[False], curve >= threshold, [False]]).astype(np.int8)
    edges = np.diff(inside)
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def _shared_ms(shut: Sequence[tuple[int, int]], closure: HeardClosure) -> float:
    return sum(max(0.0, min(end, closure.end_ms) - max(start, closure.start_ms)) for start, end in shut)


def _late_ms(shut: Sequence[tuple[int, int]], closure: HeardClosure) -> float:
    """By how much the lips shut after the sound, for the span that shares most with it, or lies nearest."""
    if not shut:
        return MISSED_MS
    start, end = max(shut, key=lambda span: min(span[1], closure.end_ms) - max(span[0], closure.start_ms))
    apart = max(start, closure.start_ms) - min(end, closure.end_ms) > MISSED_MS
    late_ms = start - closure.start_ms
    return MISSED_MS if apart else max(-MISSED_MS, min(late_ms, MISSED_MS))


def _needless(shut: Sequence[tuple[int, int]], speech: Speech) -> Iterator[tuple[int, int]]:
    per_ms = speech.sample_rate / 1000.0
    reasons = [
        (label.start / per_ms - _NEAR_MS[0], label.end / per_ms + _NEAR_MS[1])
        for label in speech.phonemes
        if label.symbol in phones.BILABIALS | phones.SILENT
    ]
    for start, end in shut:
        if end - start >= _SEEN_MS and not any(start < last and end > first for first, last in reasons):
            yield start, end


def _as_data(
    figures: Mapping[str, Mapping[str, Mapping[str, LipFigures]]],
    jaws: Mapping[str, lip_life.JawFigures],
    life: lip_life.LifeFigures,
) -> dict[str, object]:
    lips = {
        way: {by: {name: asdict(each) for name, each in table.items()} for by, table in tables.items()}
        for way, tables in figures.items()
    }
    return {"lips": lips, "jaw": {way: asdict(each) for way, each in jaws.items()}, "life": asdict(life)}


def _print(
    figures: Mapping[str, Mapping[str, Mapping[str, LipFigures]]],
    jaws: Mapping[str, lip_life.JawFigures],
    life: lip_life.LifeFigures,
) -> None:
    for listener in LISTENERS:
        print(
            f"\nClosures as {listener} tell them: covered (half-way), onset error median / p90, lead; needless a minute"
        )
        for way, tables in figures.items():
            print(f"{way}: {next(iter(tables[listener].values())).closures} closures")
            for name, each in tables[listener].items():
                print(
                    f"  {name:20} {each.coverage:5.0%} ({each.half_way:4.0%})  {each.onset_ms:4.0f} / "
                    f"{each.onset_p90_ms:3.0f} ms  {each.early_ms:+4.0f} ms  {each.needless:4.1f}"
                )
    print("\nThe jaw without phonemes beside the jaw with them: mean (smallest) correlation over the sentences")
    for way, jaw in jaws.items():
        print(
            f"  {way:32} from the sound {jaw.fallback:.2f} ({jaw.fallback_smallest:.2f}), "
            f"plain loudness {jaw.loudness:.2f} ({jaw.loudness_smallest:.2f})"
        )
    print("\nOver time")
    for name, value in asdict(life).items():
        print(f"  {name:28} {value:8.2f}")


if __name__ == "__main__":
    main()
