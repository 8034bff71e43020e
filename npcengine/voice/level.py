"""How loud speech sounds, and the gain that makes it as loud as all other speech; pure arithmetic on samples.

Loudness is ITU-R BS.1770-4's: the power after its two filters ("K": a head, and no rumble), in blocks of 400 ms of
which those count that are not silence. Filtering is done on the spectrum of pieces of 100 ms, since a power is all that
is asked for.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from npcengine.types import Pcm

TARGET_LUFS = -23.0
"""EBU R 128's level for programmes, half a decibel below what the default voice has by itself."""
_MOST_DB = 12.0
"""What is further from the target is no speech, or recorded badly."""
_STEP_MS = 100
_STEPS_A_BLOCK = 4
_SILENT_LUFS, _PAUSE_DB = -70.0, -10.0
_OFFSET_DB = -0.691

_SHELF = (1681.974450955533, 0.7071752369554196, 3.999843853973347)
_HIGH_PASS = (38.13547087602444, 0.5003270373238773)
"""Frequency (Hz), quality and gain (dB) of the analogue filters behind the recommendation's coefficients (De Man,
"Evaluation of Implementations of the EBU R128 Loudness Measurement", AES 145, 2018), since it gives them for 48 kHz."""


def loudness_lufs(pcm: Pcm, sample_rate: int) -> float:
    """Gated loudness; −70 for silence and for less sound than 100 ms.

    Args:
        pcm: Shape (samples,).
        sample_rate: Of `pcm` (Hz).
    """
    step = sample_rate * _STEP_MS // 1000
    steps = len(pcm) // step
    if steps == 0:
        return _SILENT_LUFS
    power = _weighted_power(pcm[: steps * step].reshape(steps, step), sample_rate)
    block = min(_STEPS_A_BLOCK, steps)
    blocks = np.convolve(power, np.full(block, 1.0 / block), "valid")
    heard = blocks[blocks > 10 ** ((_SILENT_LUFS - _OFFSET_DB) / 10)]
    if not len(heard):
        return _SILENT_LUFS
    speech = heard[heard > heard.mean() * 10 ** (_PAUSE_DB / 10)]
    return float(_OFFSET_DB + 10 * np.log10(speech.mean()))


def levelling_gain(pcm: Pcm, sample_rate: int) -> float:
    """What to multiply the speech by so that it is at the target; 1 for silence, and at most 12 dB either way."""
    loudness = loudness_lufs(pcm, sample_rate)
    if loudness <= _SILENT_LUFS:
        return 1.0
    return float(10 ** (np.clip(TARGET_LUFS - loudness, -_MOST_DB, _MOST_DB) / 20))


def _weighted_power(pieces: Pcm, sample_rate: int) -> NDArray[np.float64]:
    """The power of each piece behind both filters (Parseval's theorem)."""
    length = pieces.shape[1]
    spectrum = np.fft.rfft(pieces, axis=1)
    return np.asarray((spectrum.real**2 + spectrum.imag**2) @ _weights(length, sample_rate))


@lru_cache(maxsize=8)
def _weights(length: int, sample_rate: int) -> NDArray[np.float64]:
    """What the power of each bin of a spectrum adds to the mean square of the filtered sound."""
    bins = np.fft.rfftfreq(length)
    sides = np.where((bins == 0.0) | (bins == 0.5), 1.0, 2.0)
    delay = np.exp(-2j * np.pi * bins)
    return np.asarray(sides / length**2 * _shelf(delay, sample_rate) * _high_pass(delay, sample_rate))


def _shelf(delay: NDArray[np.complex128], sample_rate: int) -> NDArray[np.float64]:
    hertz, quality, gain_db = _SHELF
    warped = np.tan(np.pi * hertz / sample_rate)
    high = 10 ** (gain_db / 20)
    band = high**0.4996667741545416
    over = (
        high + band * warped / quality + warped**2,
        2 * (warped**2 - high),
        high - band * warped / quality + warped**2,
    )
    return _response(over, _resonance(warped, quality), delay)


def _high_pass(delay: NDArray[np.complex128], sample_rate: int) -> NDArray[np.float64]:
    hertz, quality = _HIGH_PASS
    warped = np.tan(np.pi * hertz / sample_rate)
    under = _resonance(warped, quality)
    return _response((under[0], -2 * under[0], under[0]), under, delay)


def _resonance(warped: float, quality: float) -> tuple[float, float, float]:
    return 1 + warped / quality + warped**2, 2 * (warped**2 - 1), 1 - warped / quality + warped**2


def _response(
    over: tuple[float, float, float], under: tuple[float, float, float], delay: NDArray[np.complex128]
) -> NDArray[np.float64]:
    """The power response of a filter of second order."""
    above, below = (each[0] + each[1] * delay + each[2] * delay**2 for each in (over, under))
    return np.asarray(np.abs(above / below) ** 2)
