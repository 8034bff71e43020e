"""The mouth over time: jaws without phonemes, three minutes of talk, silence, an interruption, and what it costs."""

from __future__ import annotations

import statistics
import timeit
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.heard_closures import landmarks
from benchmarks.lip_methods import SHUT, plain_loudness
from npcengine.audio.playback import Piece, Playback
from npcengine.audio.speaker import SilentSpeaker
from npcengine.face import arkit, visemes
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.envelope import loudness_db
from npcengine.face.live import LiveFace
from npcengine.face.sampling import MouthSample, sample
from npcengine.testing.game import ManualClock
from npcengine.types import Face, Speech, Voice
from npcengine.voice.protocol import TextToSpeech
from npcengine.voice.speaking import speak

MONOLOGUE_S = 180.0
OUTPUT_RATE = 44_100
FRAMES_S = (1 / 60, 1 / 60, 1 / 45, 1 / 75, 1 / 30)
"""Frames of a game that is sometimes late, over and over."""

AUDIBLE_DB = -50.0
OPEN_FACE = 0.02
_PRESSED = float(visemes.ARKIT["PP"]["mouthPress"])


@dataclass(frozen=True, slots=True)
class JawFigures:
    """Correlation of jaw curves with the jaw of the phonemes: mean and smallest over the sentences."""

    fallback: float
    fallback_smallest: float
    loudness: float
    loudness_smallest: float


@dataclass(frozen=True, slots=True)
class LifeFigures:
    """Figures over time.

    Attributes:
        monologue_s: Length of the monologue.
        drift_ms: How much later lips shut in its last part than in its first, in which the same is said.
        lead_ms: How long before the first sound of a stretch the mouth begins to move, at most.
        tail_ms: How long after the last sound it still moves, at most.
        shut_after_interruption_ms: From the frame in which the sound stops, wide open, to the frame with a shut mouth.
        sample_us: Reading the mouth at a sample.
        face_us: The whole face in a frame.
        curves_ms: Curves of a sentence, median.
        curves_longest_ms: Of the sentence that takes longest.
    """

    monologue_s: float
    drift_ms: float
    lead_ms: float
    tail_ms: float
    shut_after_interruption_ms: float
    sample_us: float
    face_us: float
    curves_ms: float
    curves_longest_ms: float


@dataclass(frozen=True, slots=True)
class Seen:
    """The mouth at one frame: when (seconds of the sound heard), how pressed the lips and how much moves at all."""

    time_s: float
    pressed: float
    moving: float


def jaws(speeches: Sequence[Speech]) -> JawFigures:
    """Each speech with and without its phonemes."""
    fallback, loudness = [], []
    for speech in speeches:
        true = _jaw(speech)
        fallback.append(_correlation(true, _jaw(replace(speech, phonemes=()))))
        loudness.append(_correlation(true, plain_loudness(speech)[::10]))
    rounded = [round(float(each), 3) for each in (np.mean(fallback), min(fallback), np.mean(loudness), min(loudness))]
    return JawFigures(*rounded)


def measure(tts: TextToSpeech, sentences: Sequence[str]) -> LifeFigures:
    """All of it; the sentences are repeated until three minutes are full."""
    said = [speech for sentence in sentences for speech in speak(tts, sentence, Voice(), OUTPUT_RATE)]
    curves_ms = [1000.0 * _seconds(partial(PhonemeAnimator().animate, speech)) for speech in said]
    said_s = sum(len(speech.pcm) for speech in said) / OUTPUT_RATE
    rounds = max(2, int(np.ceil(MONOLOGUE_S / said_s)))
    lead_ms, tail_ms = _beyond_sound(said)
    curves = PhonemeAnimator().animate(said[0])
    live, mouth = LiveFace(seed=1), sample(curves, len(said[0].pcm) // 2)
    return LifeFigures(
        monologue_s=round(said_s * rounds, 1),
        drift_ms=round(drift_ms(said, rounds, watch(said * rounds)), 2),
        lead_ms=round(lead_ms, 1),
        tail_ms=round(tail_ms, 1),
        shut_after_interruption_ms=round(shut_after_interruption_ms(), 1),
        sample_us=round(1e6 * _seconds(partial(sample, curves, 20_000.0), 1000), 2),
        face_us=round(1e6 * _seconds(partial(live.update, 1 / 60, "speaking", "happy", mouth), 1000), 2),
        curves_ms=round(statistics.median(curves_ms), 2),
        curves_longest_ms=round(max(curves_ms), 2),
    )


def watch(speeches: Sequence[Speech]) -> list[Seen]:
    """The speeches one after the other as a game plays and shows them, frame by frame; no device, and no waiting."""
    clock = ManualClock()
    playback = Playback(SilentSpeaker(clock, rate=OUTPUT_RATE).line())
    for speech in speeches:
        pcm = (np.clip(speech.pcm, -1.0, 1.0) * np.iinfo(np.int16).max).astype(np.int16)
        playback.add(Piece(speech.text, pcm, speech.words, PhonemeAnimator().animate(speech)))
    live = LiveFace(seed=1)
    seen: list[Seen] = []
    while not playback.finished:
        frame_s = FRAMES_S[len(seen) % len(FRAMES_S)]
        clock.advance(frame_s)
        playback.feed()
        at = playback.face_position()
        face = live.update(frame_s, "speaking", "neutral", sample(*at) if at else None)
        seen.append(Seen(playback.position / OUTPUT_RATE, _pressed(face), float(face.weights[arkit.MOUTH].max())))
    return seen


def drift_ms(said: Sequence[Speech], rounds: int, seen: Sequence[Seen]) -> float:
    """By how much the lips are later in the last of so many rounds than in the first: the median over all closures."""
    times_s = np.array([each.time_s for each in seen])
    pressed = np.array([each.pressed for each in seen])
    round_s = sum(len(speech.pcm) for speech in said) / OUTPUT_RATE
    later_ms, start_s = [], 0.0
    for speech in said:
        for closure in landmarks(speech):
            closes_s = start_s + closure.start_ms / 1000.0
            moments_s = (closes_s, closes_s + (rounds - 1) * round_s)
            first, last = (_shut_after_s(times_s, pressed, moment_s) for moment_s in moments_s)
            if first is not None and last is not None:
                later_ms.append(1000.0 * (last - first))
        start_s += len(speech.pcm) / speech.sample_rate
    return float(np.median(later_ms))


def _shut_after_s(times_s: NDArray[np.float64], pressed: NDArray[np.float64], closes_s: float) -> float | None:
    """When the lips are first seen shut in a tenth of a second on either side of a closure, counted from it."""
    around_s = np.arange(-0.1, 0.1, 0.001)
    shut = np.flatnonzero(np.interp(closes_s + around_s, times_s, pressed) >= SHUT)
    return float(around_s[shut[0]]) if len(shut) else None


def shut_after_interruption_ms() -> float:
    """The widest mouth there is, and then no more speech, at 60 frames a second."""
    wide = np.zeros(arkit.COUNT, dtype=np.float32)
    wide[arkit.MOUTH] = 1.0
    live = LiveFace(seed=1)
    live.update(1 / 60, "speaking", "neutral", MouthSample(wide, "aa", "D"))
    frames = 0
    while live.update(1 / 60, "listening", "neutral", None).weights[arkit.MOUTH].max() > OPEN_FACE:
        frames += 1
    return (frames + 1) * 1000.0 / 60.0


def _beyond_sound(speeches: Sequence[Speech]) -> tuple[float, float]:
    """Milliseconds for which the mouth moves before the first and after the last audible sound, at most."""
    leads, tails = [], []
    for speech in speeches:
        curves = PhonemeAnimator().animate(speech)
        moving = np.flatnonzero(curves.weights.max(axis=1) > OPEN_FACE)
        audible = np.flatnonzero(loudness_db(speech.pcm, curves.frame_samples) > AUDIBLE_DB)
        leads.append(10.0 * float(audible[0] - moving[0]))
        tails.append(10.0 * float(moving[-1] - audible[-1]))
    return max(leads), max(tails)


def _jaw(speech: Speech) -> NDArray[np.float32]:
    jaw: NDArray[np.float32] = PhonemeAnimator().animate(speech).weights[:, arkit.JAW_OPEN]
    return jaw


def _correlation(one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    rows = min(len(one), len(other))
    return float(np.corrcoef(one[:rows], other[:rows])[0, 1])


def _pressed(face: Face) -> float:
    return float(face.weights[arkit.INDEX["mouthPressLeft"]]) / _PRESSED


def _seconds(run: Callable[[], object], number: int = 1) -> float:
    return min(timeit.repeat(run, number=number, repeat=5)) / number
