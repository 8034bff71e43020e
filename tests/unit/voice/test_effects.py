"""Pitch, timbre and volume change the sound and leave its timing exact."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from npcengine.types import Pcm, Phoneme, Speech, SpokenWord, Voice
from npcengine.voice import effects
from npcengine.voice.level import TARGET_LUFS, loudness_lufs
from npcengine.voice.pitch_track import pitch_track

_RATE = 22_050


def _vowel(frequency: float, *, formant: float = 700.0, seconds: float = 1.0) -> Pcm:
    """Pulses at a pitch through one resonance, as a throat and a mouth make them."""
    pulses = np.zeros(int(_RATE * seconds))
    pulses[np.arange(0, len(pulses), _RATE / frequency).astype(int)] = 1.0
    times = np.arange(_RATE // 50) / _RATE
    ring = np.exp(-np.pi * 120 * times) * np.sin(2 * np.pi * formant * times)
    return np.asarray(np.convolve(pulses, ring)[: len(pulses)] * 0.4, np.float32)


def _pitch(pcm: Pcm) -> float:
    periods = pitch_track(pcm, _RATE).periods
    return float(_RATE / np.median(periods[periods > 0]))


def _formant(pcm: Pcm, frequency: float) -> float:
    """The centre of the energy around the strongest harmonics, within ±250 Hz of the strongest."""
    spectrum = np.abs(np.fft.rfft(pcm)) ** 2
    bins = np.fft.rfftfreq(len(pcm), 1 / _RATE)
    top = bins[np.argmax(spectrum)]
    near = np.abs(bins - top) < 2.2 * frequency
    return float(np.sum(bins[near] * spectrum[near]) / np.sum(spectrum[near]))


def _speech(pcm: Pcm) -> Speech:
    half = len(pcm) // 2
    phonemes = (Phoneme("a", 0, half), Phoneme("b", half, len(pcm)))
    return Speech("a b", pcm, _RATE, phonemes, (SpokenWord("a", half), SpokenWord("b", len(pcm))))


@pytest.mark.parametrize("frequency", [90.0, 120.0, 210.0])
@pytest.mark.parametrize("semitones", [-6, -3, 3, 6])
def test_pitch_moves_by_semitones(frequency: float, semitones: int) -> None:
    """The pitch is within 2 % of what was asked, and nothing else about the length changes."""
    speech = _speech(_vowel(frequency))
    shifted = effects.apply(speech, Voice(pitch=semitones))
    assert _pitch(shifted.pcm) == pytest.approx(frequency * 2 ** (semitones / 12), rel=0.02)
    assert len(shifted.pcm) == len(speech.pcm)
    assert shifted.phonemes == speech.phonemes


@pytest.mark.parametrize("semitones", [-4, 4])
def test_pitch_leaves_the_formant(semitones: int) -> None:
    """A higher voice is not a smaller mouth."""
    frequency = 110.0
    shifted = effects.apply(_speech(_vowel(frequency)), Voice(pitch=semitones)).pcm
    assert _formant(shifted, frequency) == pytest.approx(700, rel=0.06)


@pytest.mark.parametrize("timbre", [0.85, 1.2])
def test_timbre_moves_the_formant_and_not_the_pitch(timbre: float) -> None:
    """A smaller mouth is not a higher voice."""
    changed = effects.apply(_speech(_vowel(110.0)), Voice(timbre=timbre))
    assert _pitch(changed.pcm) == pytest.approx(110, rel=0.02)
    assert _formant(changed.pcm, 110.0) == pytest.approx(700 * timbre, rel=0.06)


@pytest.mark.parametrize("timbre", [0.85, 1.0, 1.2])
def test_speech_keeps_its_speed(timbre: float) -> None:
    """What is spoken slower by the timbre comes out at the voice's speed, its spans still covering it."""
    voice = Voice(timbre=timbre, speed=1.1)
    plain = _speech(_vowel(110.0, seconds=1.0 / effects.synthesis_speed(voice)))
    changed = effects.apply(plain, voice)
    assert len(changed.pcm) / _RATE == pytest.approx(1 / 1.1, abs=0.001)
    assert changed.phonemes[0].start == 0
    assert changed.phonemes[0].end == changed.phonemes[1].start == changed.words[0].end
    assert changed.phonemes[-1].end == changed.words[-1].end == len(changed.pcm)


def test_creak_goes_along_where_it_is_asked_for() -> None:
    """Pulses that come unevenly have a pitch near the one before them; hiss never has one."""
    random = np.random.default_rng(1)
    steps = _RATE / 80 * random.choice([0.55, 0.8, 1.0, 1.3, 1.7], 30)
    pulses = np.zeros(round(steps.sum()) + _RATE // 50)
    pulses[np.cumsum(steps).astype(int)] = 1.0
    times = np.arange(_RATE // 50) / _RATE
    ring = np.exp(-np.pi * 120 * times) * np.sin(2 * np.pi * 450 * times)
    creak = np.convolve(pulses, ring)[: len(pulses)] * 0.4
    hiss = np.diff(random.normal(0, 0.05, _RATE // 2))
    sound = np.concatenate([_vowel(80.0, formant=450.0), creak, hiss]).astype(np.float32)
    plain, through = (pitch_track(sound, _RATE, through_creak=creaky) for creaky in (False, True))
    inside = slice(round(1.05 * _RATE / plain.hop), round((_RATE + len(creak) - 800) / plain.hop))
    assert np.mean(plain.periods[inside] > 0) < 0.8
    assert np.mean(through.periods[inside] > 0) > 0.95
    assert np.median(through.periods[inside]) == pytest.approx(_RATE / 80, rel=0.3)
    after = slice(round((_RATE + len(creak) + 800) / plain.hop), None)
    assert np.all(through.periods[after] == 0)


def test_volume_is_a_linear_gain() -> None:
    """Below the limit nothing is bent."""
    speech = _speech(_vowel(110.0))
    normal, quiet = (effects.apply(speech, Voice(volume=volume)).pcm for volume in (1.0, 0.5))
    np.testing.assert_allclose(quiet, normal * 0.5, atol=1e-6)
    assert np.corrcoef(quiet, speech.pcm)[0, 1] == pytest.approx(1.0)


@pytest.mark.parametrize("gain", [0.4, 1.0, 2.0])
@pytest.mark.parametrize("voice", [Voice(), Voice(pitch=4, timbre=1.15), Voice(pitch=-2, timbre=0.9)])
def test_all_speech_is_equally_loud(gain: float, voice: Voice) -> None:
    """Whatever was recorded how loudly, and whatever is made of it, is at one loudness; volume goes on top."""
    speech = _speech(_vowel(110.0) * np.float32(gain))
    assert loudness_lufs(effects.apply(speech, voice).pcm, _RATE) == pytest.approx(TARGET_LUFS, abs=0.2)
    half = effects.apply(speech, replace(voice, volume=0.5)).pcm
    assert loudness_lufs(half, _RATE) == pytest.approx(TARGET_LUFS - 6, abs=0.3)


def test_loud_speech_never_clips() -> None:
    """However loud, full scale is never passed."""
    loud = effects.apply(_speech(_vowel(110.0)), Voice(volume=9.0)).pcm
    assert 0.9 < np.max(np.abs(loud)) <= 0.95


@pytest.mark.parametrize(
    "pcm", [np.zeros(0), np.zeros(10), np.zeros(9000), np.random.default_rng(1).normal(0, 0.1, 9000)]
)
def test_sounds_without_a_voice(pcm: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    """Silence, noise and next to nothing pass through without failing."""
    speech = Speech("", pcm.astype(np.float32), _RATE)
    changed = effects.apply(speech, Voice(pitch=4))
    assert len(changed.pcm) == len(pcm)
    assert np.all(np.isfinite(changed.pcm))
