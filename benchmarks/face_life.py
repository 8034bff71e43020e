"""Counts what a face does over ten simulated minutes, and times a frame: ``python -m benchmarks.face_life``."""

from __future__ import annotations

from itertools import count
from statistics import median
from timeit import timeit

import numpy as np
from numpy.typing import NDArray

from npcengine.face import arkit, visemes
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.eyes import GAZE_RANGE_DEG, Gaze
from npcengine.face.live import LiveFace
from npcengine.face.sampling import MouthSample, sample
from npcengine.types import Face, Phoneme, Speech, Status

MINUTES, STEP_S = 10, 0.02
AT_PLAYER_DEG = 3.5
LIDS = arkit.INDEX["eyeBlinkLeft"]
SENTENCE_S, PAUSE_S, ACCENT_EVERY_S = 2.6, 0.4, 1.3
"""What is said while speaking: sentences of this length with a pause after each, and accents in them."""
VOWEL = MouthSample(visemes.VISEME_ROWS[visemes.INDEX["aa"]], "aa", "D")
SILENCE = MouthSample(visemes.VISEME_ROWS[visemes.INDEX["sil"]], "sil", "X")
STATUSES: tuple[Status, ...] = ("idle", "listening", "thinking", "speaking")


def main() -> None:
    """Prints a row for each status, then saccades and cost."""
    print("| status | blinks a minute | gaze at the player | breaths a minute | nods a minute |\n|---|---|---|---|---|")
    for status in STATUSES:
        print(f"| {status} | {' | '.join(row(status))} |")
    gaze = Gaze(1)
    points = np.array([gaze.advance(0.002, "speaking") for _ in range(300_000)]) * GAZE_RANGE_DEG
    sizes = np.array([np.hypot(*(points[end] - points[first])) for first, end in runs(_moves(points))])
    print(f"\nsaccades while speaking: median {np.median(sizes):.1f}°, mean {sizes.mean():.1f}°", end="")
    print(f", {100 * (sizes < 15.0).mean():.0f} % below 15°")
    print(f"a frame with curves: median {frame_us():.1f} µs")


def row(status: Status) -> tuple[str, ...]:
    """The figures of one status."""
    face = LiveFace(1)
    times = np.arange(0.0, 60.0 * MINUTES, STEP_S).tolist()
    faces: list[Face] = [
        face.update(STEP_S, status, "neutral", spoken(time_s) if status == "speaking" else None) for time_s in times
    ]
    lids = np.array([each.weights[LIDS] for each in faces])
    off = np.hypot(*np.array([each.gaze for each in faces]).T) * GAZE_RANGE_DEG
    breath = np.array([each.breath for each in faces])
    pitch = np.array([each.head[1] for each in faces])
    breaths = [first for first, end in runs(np.diff(breath) > 1e-6) if (end - first) * STEP_S > 0.5]
    nods = runs(pitch[8:] - pitch[:-8] < -1.5)
    per_minute = (len(runs(lids > 0.6)), len(breaths), len(nods))
    blinks, inhaled, nodded = (f"{number / MINUTES:.1f}" for number in per_minute)
    return blinks, f"{100 * (off < AT_PLAYER_DEG).mean():.0f} %", inhaled, nodded


def spoken(time_s: float) -> MouthSample:
    """A mouth that speaks sentence after sentence."""
    within_s = time_s % (SENTENCE_S + PAUSE_S)
    since_s = within_s % ACCENT_EVERY_S - 0.2
    return VOWEL._replace(accent=(since_s, 0.8) if since_s >= -0.08 else None) if within_s < SENTENCE_S else SILENCE


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """(first, behind the last) of each stretch that is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def frame_us() -> float:
    """The median time of reading curves and updating a face, in microseconds."""
    rate, symbols = 22_050, "^plˈiːz bɹˈɪŋ maɪ hˈæmɚ, ænd ðə wʊd fɔːɹ hˌoʊpfəl pˈiːpəl.$"
    labels = tuple(Phoneme(symbol, index * 1_323, (index + 1) * 1_323) for index, symbol in enumerate(symbols))
    pcm = (0.2 * np.sin(np.arange(labels[-1].end) / 20.0)).astype(np.float32)
    curves = PhonemeAnimator().animate(Speech("", pcm, rate, labels), "happy")
    face, frames = LiveFace(1), count()

    def frame() -> None:
        mouth = sample(curves, next(frames) * rate / 60.0 % len(pcm))
        face.update(1.0 / 60.0, "speaking", "happy", mouth, strength=0.7, resting="content")

    return 1e6 * median(timeit(frame, number=1) for _ in range(20_000))


def _moves(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    moved: NDArray[np.bool_] = np.hypot(*np.diff(points, axis=0).T) > 1e-6
    return moved


if __name__ == "__main__":
    main()
