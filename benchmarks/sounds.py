"""What a microphone picks up while nobody speaks, synthesised; knows no model."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from npcengine.types import HEARING_RATE, Pcm

LEVELS_DB = (-50, -35, -20)
"""Loudness over the whole recording, to full scale: a quiet room, a noisy one, and louder than speech usually is."""

_Sound = NDArray[np.float64]


def unspoken(seconds: float, *, seed: int = 0) -> dict[str, Pcm]:
    """Every kind of sound at every level.

    Args:
        seconds: Length of each.
        seed: The same seed gives the same sounds.

    Returns:
        Mono float32 at 16 kHz by name, ``"hum -35 dB"``; ``"silence"`` is all zeros.
    """
    samples = round(seconds * HEARING_RATE)
    sounds = {"silence": np.zeros(samples, dtype=np.float32)}
    for name, make in _KINDS.items():
        sound = make(samples, np.random.default_rng(seed))
        for level_db in LEVELS_DB:
            sounds[f"{name} {level_db} dB"] = at_level(sound, level_db)
    return sounds


def at_level(sound: NDArray[np.floating], level_db: float) -> Pcm:
    """The sound with this root mean square, in dB to full scale; peaks beyond full scale are clipped."""
    power = float(np.mean(np.square(sound)))
    louder: Pcm = np.clip(sound * (10 ** (level_db / 20) / np.sqrt(power)), -1, 1).astype(np.float32)
    return louder


def over_noise(speech: Pcm, noise: Pcm, *, ratio_db: float) -> Pcm:
    """Speech with as much of the noise underneath as gives this ratio of their powers."""
    level_db = 10 * np.log10(float(np.mean(np.square(speech)))) - ratio_db
    return speech + at_level(noise[: len(speech)], level_db)


def _white(samples: int, random: np.random.Generator) -> _Sound:
    return random.standard_normal(samples)


def _pink(samples: int, random: np.random.Generator) -> _Sound:
    """Power falls with frequency: each octave holds as much."""
    spectrum = np.fft.rfft(random.standard_normal(samples))
    spectrum /= np.sqrt(np.maximum(1, np.arange(len(spectrum))))
    return np.fft.irfft(spectrum, samples)


def _hum(samples: int, _random: np.random.Generator) -> _Sound:
    """Mains at 50 Hz with its odd harmonics."""
    time_s = np.arange(samples) / HEARING_RATE
    sound: _Sound = np.sum([np.sin(2 * np.pi * 50 * part * time_s) / part for part in (1, 2, 3, 5, 7)], axis=0)
    return sound


def _music(samples: int, random: np.random.Generator) -> _Sound:
    """A chord a second, each tone with overtones that die away, and a melody above it."""
    roots_hz = (220.0, 174.6, 261.6, 196.0)
    sound = np.zeros(samples)
    for index, start in enumerate(range(0, samples, HEARING_RATE)):
        length = min(HEARING_RATE, samples - start)
        time_s = np.arange(length) / HEARING_RATE
        root = roots_hz[index % len(roots_hz)]
        melody = root * 2 ** (1 + int(random.integers(0, 12)) / 12)
        tones = [root, root * 2 ** (4 / 12), root * 2 ** (7 / 12), melody]
        for tone in tones:
            for overtone in range(1, 6):
                decay = np.exp(-time_s * 2 * overtone)
                sound[start : start + length] += decay * np.sin(2 * np.pi * tone * overtone * time_s) / overtone
    return sound


def _typing(samples: int, random: np.random.Generator) -> _Sound:
    """Keys: about six short, dull clicks a second, each with the softer one of the key's return."""
    strikes = np.zeros(samples)
    for at in random.integers(0, samples - 2_000, 6 * samples // HEARING_RATE):
        strikes[at] += random.uniform(0.5, 1)
        strikes[at + int(random.integers(900, 1_900))] += random.uniform(0.1, 0.4)
    click = random.standard_normal(320) * np.exp(-np.arange(320) / 50)
    return np.convolve(strikes, click)[:samples]


def _breath(samples: int, random: np.random.Generator) -> _Sound:
    """Noise through a mouth's resonances, in breaths of about a second with pauses."""
    spectrum = np.fft.rfft(random.standard_normal(samples))
    hertz = np.fft.rfftfreq(samples, 1 / HEARING_RATE)
    shape = sum(
        gain * np.exp(-0.5 * ((hertz - centre) / width) ** 2)
        for centre, width, gain in ((500, 200, 0.6), (1_500, 400, 1.0), (2_600, 500, 0.6), (4_500, 1_500, 0.3))
    )
    noise = np.fft.irfft(spectrum * shape, samples)
    envelope = np.zeros(samples)
    at = 0
    while at < samples:
        length = int(random.uniform(0.6, 1.4) * HEARING_RATE)
        burst = np.hanning(length)[: samples - at]
        envelope[at : at + len(burst)] = burst
        at += length + int(random.uniform(0.4, 1.5) * HEARING_RATE)
    return noise * envelope


_KINDS: dict[str, Callable[[int, np.random.Generator], _Sound]] = {
    "white noise": _white,
    "pink noise": _pink,
    "mains hum": _hum,
    "music": _music,
    "typing": _typing,
    "breath": _breath,
}
