"""Ways to move lips with speech, and when each of them has the lips shut; knows nothing of what is heard."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from npcengine.face import arkit, phones, visemes
from npcengine.face.animator import PhonemeAnimator, animate_sounds
from npcengine.face.envelope import loudness_db
from npcengine.face.timing import Sound, correct
from npcengine.types import FaceCurves, Speech

Curve: TypeAlias = NDArray[np.float64]
"""float64 (milliseconds,)."""

SHUT = 0.9
"""Lips are shut when they have come so much of the way from open to pressed together."""

_PRESS = arkit.INDEX["mouthPressLeft"]
_PRESSED = float(visemes.ARKIT["PP"]["mouthPress"])
_OPENFACEFX_FLOOR = 0.9
"""How far openfacefx closes the lips at a p, b or m (its `CoartParams.closure_floor`)."""


def of_engine(speech: Speech) -> Curve:
    """The engine: labels corrected for the voice, closures set by the sound."""
    return _pressed(PhonemeAnimator().animate(speech, "neutral"))


def of_drawn_mouth(speech: Speech) -> Curve:
    """The engine's letters, as nine pictures of a mouth show them: shut while it is A."""
    curves = PhonemeAnimator().animate(speech, "neutral")
    shut = np.array([letter == "A" for letter in curves.mouth_shapes], dtype=np.float32)
    row_ms = 1000.0 * curves.frame_samples / curves.sample_rate
    # A picture stands from half a row before its row to half a row after it.
    nearest = np.rint(np.arange(int((len(shut) - 1) * row_ms) + 1) / row_ms).astype(np.intp)
    return np.asarray(shut[nearest], np.float64)


def of_offsets(speech: Speech) -> Curve:
    """The engine without the last step: labels corrected for the voice, the sound not looked at."""
    sounds = correct(speech.phonemes, len(speech.pcm), sample_rate=speech.sample_rate)
    return _pressed(animate_sounds(speech, sounds, "neutral"))


def of_labels(speech: Speech) -> Curve:
    """The engine's curves from the voice's labels at face value: spaces and punctuation are silence."""
    sounds = []
    for label in speech.phonemes:
        if label.symbol in phones.STRESS_MARKS | phones.MODIFIERS or label.end <= label.start:
            continue
        silent = label.symbol in phones.SILENT or label.symbol == phones.SPACE
        sounds.append(Sound(phones.PAUSE if silent else label.symbol, label.start, label.end, label.start))
    return _pressed(animate_sounds(speech, sounds, "neutral"))


def of_loudness(speech: Speech) -> Curve:
    """A jaw that opens with the sound's amplitude, as most games have it; shut where it is nearly silent."""
    return 1.0 - plain_loudness(speech)


def of_openfacefx(speech: Speech) -> Curve:
    """The library of that name, with its own reader of Piper's labels, its own table of sounds and its defaults."""
    from openfacefx import generate_from_alignment  # noqa: PLC0415 - only this comparison needs it
    from openfacefx.ipa import IPA_MAPPING  # noqa: PLC0415
    from openfacefx.timing import parse_piper_alignments, resolve_ends, to_segments  # noqa: PLC0415

    labels = [{"phoneme": label.symbol, "num_samples": label.end - label.start} for label in speech.phonemes]
    events = parse_piper_alignments(json.dumps({"alignments": labels}), speech.sample_rate)
    track = generate_from_alignment(to_segments(resolve_ends(events)), fps=60.0, mapping=IPA_MAPPING)
    times_ms = np.arange(round(1000.0 * len(speech.pcm) / speech.sample_rate), dtype=np.float64)
    for channel in track.channels:
        if channel.name == "PP":
            keys = [(1000.0 * key.time, key.value) for key in channel.keys]
            values = np.interp(times_ms, *np.array(keys, dtype=np.float64).T)
            return np.asarray(values / _OPENFACEFX_FLOOR, np.float64)
    return np.zeros_like(times_ms)


METHODS: Mapping[str, Callable[[Speech], Curve]] = {
    "engine": of_engine,
    "engine, drawn": of_drawn_mouth,
    "labels corrected": of_offsets,
    "labels as they are": of_labels,
    "loudness": of_loudness,
    "openfacefx": of_openfacefx,
}


def plain_loudness(speech: Speech) -> Curve:
    """0–1: amplitude, 1 at the loud syllables."""
    frame_samples = speech.sample_rate / 100.0
    amplitude = np.power(10.0, loudness_db(speech.pcm, frame_samples) / 20.0)
    share = np.clip(amplitude / max(float(np.percentile(amplitude, 95)), 1e-6), 0.0, 1.0)
    return _per_ms(share.astype(np.float32), 10.0)


def _pressed(curves: FaceCurves) -> Curve:
    row_ms = 1000.0 * curves.frame_samples / curves.sample_rate
    return _per_ms(curves.weights[:, _PRESS] / _PRESSED, row_ms)


def _per_ms(rows: NDArray[np.float32], row_ms: float) -> Curve:
    times_ms = np.arange(int((len(rows) - 1) * row_ms) + 1)
    return np.asarray(np.interp(times_ms, np.arange(len(rows)) * row_ms, rows), np.float64)
