"""Moves the pitch of speech and keeps its formants and its timing; knows sound, no voice.

TD-PSOLA (Moulines and Charpentier, "Pitch-synchronous waveform processing techniques for text-to-speech synthesis using
diphones", Speech Communication 9, 1990): speech is cut into overlapping grains two periods long, centred on its pitch
marks, and the grains are laid out again closer together or further apart. A grain's spectrum carries the formants, the
distance of the grains is the pitch. Where there is no voice (s, t, silence) grains return to where they came from.
"""

from __future__ import annotations

import bisect

import numpy as np

from npcengine.types import Pcm
from npcengine.voice.pitch_track import PitchTrack, pitch_track

_UNVOICED_STEP_MS = 5
_SEARCH = 0.2
"""A mark lies on the largest peak within ±20 % of a period of where it is expected."""
_THINNEST = 0.35
"""Grains that hardly overlap are not amplified to full loudness: what is there is the grains' own fading ends."""


def with_pitch(pcm: Pcm, factor: float, *, sample_rate: int) -> Pcm:
    """The same speech with its pitch multiplied by `factor` (about 0.6–1.7), of the same length.

    Args:
        pcm: Shape (samples,).
        factor: Above 1 is higher.
        sample_rate: Of `pcm` (Hz).
    """
    if abs(factor - 1.0) < 0.005 or len(pcm) < sample_rate // 20:
        return pcm
    # Creak is the low end of a voice: it has to rise with the rest, and sounds as low as it should when that falls.
    track = pitch_track(pcm, sample_rate, through_creak=factor > 1.0)
    marks = _marks(pcm, track, step=sample_rate * _UNVOICED_STEP_MS // 1000)
    return _as_loud_as(pcm, _laid_out(pcm, marks, factor=factor))


def _marks(pcm: Pcm, track: PitchTrack, *, step: int) -> list[tuple[int, int, bool]]:
    """Where grains are centred: (sample, half a grain's length in samples, whether it is voiced)."""
    upright = pcm if np.max(pcm, initial=0) > -np.min(pcm, initial=0) else -pcm
    marks: list[tuple[int, int, bool]] = []
    position = 0
    while position < len(pcm):
        period = track.period_at(position)
        if period:
            reach = round(period * (_SEARCH if marks and marks[-1][2] else 0.5))
            start = max(position - reach, marks[-1][0] + 1 if marks else 0)
            position = start + int(np.argmax(upright[start : position + reach + 1]))
        marks.append((position, round(period) or step, bool(period)))
        position += marks[-1][1]
    return marks


def _laid_out(pcm: Pcm, marks: list[tuple[int, int, bool]], *, factor: float) -> Pcm:
    """Overlap-add of the nearest grain at every new mark."""
    places = [mark[0] for mark in marks]
    longest = max(half for _, half, _ in marks)
    source = np.pad(pcm, longest)
    total, weight = np.zeros_like(source), np.zeros_like(source)
    windows: dict[int, Pcm] = {}
    position = float(places[0])
    while position < len(pcm):
        nearest = _nearest(places, position)
        centre, half, voiced = marks[nearest]
        target = round(position) if voiced else centre
        window = windows.get(half)
        if window is None:
            window = windows.setdefault(half, np.hanning(2 * half + 1).astype(np.float32))
        taken = slice(centre + longest - half, centre + longest + half + 1)
        put = slice(target + longest - half, target + longest + half + 1)
        total[put] += source[taken] * window
        weight[put] += window
        position = target + half / factor if voiced else [*places[nearest + 1 : nearest + 2], len(pcm)][0]
    return np.asarray((total / np.maximum(weight, _THINNEST))[longest : longest + len(pcm)], np.float32)


def _nearest(places: list[int], position: float) -> int:
    after = bisect.bisect_left(places, position)
    if after == 0 or (after < len(places) and places[after] - position < position - places[after - 1]):
        return after
    return after - 1


def _as_loud_as(before: Pcm, after: Pcm) -> Pcm:
    """Grains laid apart lose up to a third of the loudness; give it back."""
    energy = float(np.mean(after**2))
    gain = np.sqrt(float(np.mean(before**2)) / energy) if energy > 0 else 1.0
    return np.asarray(after * np.float32(min(gain, 1.5)), np.float32)
