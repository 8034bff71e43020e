"""Sounds without a word in them, the same on every machine; knows no engine."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from npcengine.types import HEARING_RATE, Pcm

_NOTES_HZ = (220.0, 261.6, 329.6, 392.0, 440.0, 329.6, 261.6, 196.0)
_NOTE_S = 0.4


def noises(seconds: float) -> Mapping[str, Pcm]:
    """Each as mono float32 at 16 kHz, as loud as such things are beside a microphone."""
    return {"silence": _silence(seconds), "noise": _noise(seconds), "hum": _hum(seconds), "music": _music(seconds)}


def _silence(seconds: float) -> Pcm:
    """A quiet room through a cheap microphone (RMS −60 dB)."""
    return _white(seconds, 0.001)


def _noise(seconds: float) -> Pcm:
    """A fan: noise that falls by 6 dB an octave and swells a little (RMS −34 dB)."""
    brown = np.cumsum(_white(seconds, 1.0).astype(np.float64))
    brown -= np.convolve(brown, np.ones(400) / 400, mode="same")
    swell = 1.0 + 0.4 * np.sin(2.0 * np.pi * 0.3 * _times(seconds))
    return _at_level(brown * swell, 0.02)


def _hum(seconds: float) -> Pcm:
    """The mains and its harmonics (RMS −34 dB)."""
    times = _times(seconds)
    orders = np.array([[1.0], [2.0], [3.0], [5.0], [7.0]])
    return _at_level((np.sin(2.0 * np.pi * 50.0 * orders * times) / orders).sum(axis=0), 0.02)


def _music(seconds: float) -> Pcm:
    """Plucked notes over a drum, as from the game's own speakers (RMS −30 dB)."""
    times = _times(seconds)
    index = (times / _NOTE_S).astype(int)
    since = times - index * _NOTE_S
    pitch = np.asarray(_NOTES_HZ)[index % len(_NOTES_HZ)]
    orders = np.array([[1.0], [2.0], [3.0], [4.0]])
    pluck = (np.sin(2.0 * np.pi * pitch * orders * since) / orders).sum(axis=0) * np.exp(-6.0 * since)
    drum = _white(seconds, 1.0) * np.exp(-40.0 * since) * (index % 2)
    bass = 0.6 * np.sin(2.0 * np.pi * 82.4 * times)
    return _at_level(pluck + 0.5 * drum + bass, 0.03)


def _times(seconds: float) -> NDArray[np.float64]:
    return np.arange(round(seconds * HEARING_RATE)) / HEARING_RATE


def _white(seconds: float, level: float) -> Pcm:
    return np.random.default_rng(7).normal(0.0, level, round(seconds * HEARING_RATE)).astype(np.float32)


def _at_level(sound: NDArray[np.float64], level: float) -> Pcm:
    """`sound` with this root mean square."""
    scaled: Pcm = (sound * (level / np.sqrt(np.mean(sound**2)))).astype(np.float32)
    return scaled
