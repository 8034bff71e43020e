"""When the voice detector takes sound for speech: real words at once, noises made for the test never."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from npcengine.audio.wav import load_speech
from npcengine.hearing import silero
from npcengine.hearing.endpointing import SpeechStarted
from npcengine.hearing.listener import Listener
from npcengine.hearing.voice_activity import BLOCK_SAMPLES, VoiceActivity, probabilities
from npcengine.types import HEARING_RATE, Pcm

pytestmark = pytest.mark.models

FRAME = HEARING_RATE // 100


@pytest.fixture(scope="module")
def activity() -> VoiceActivity:
    """The voice detector."""
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    pytest.importorskip("faster_whisper", reason="faster-whisper is not installed")
    return silero.load()


def test_speech_starts_within_a_tenth_of_a_second(human_speech: Path, activity: VoiceActivity) -> None:
    """From the first energy of a word to the event, in the median; a character falls silent so soon."""
    clips = [load_speech(path).pcm for path in sorted(human_speech.glob("*.wav"))]
    delays_ms = []
    for number, clip in enumerate(clips):
        # Any place of the onset within a block is as likely as another.
        lead = HEARING_RATE + number * BLOCK_SAMPLES // len(clips)
        stream = np.concatenate((np.random.default_rng(0).normal(0.0, 0.0005, lead).astype(np.float32), clip))
        activity.reset()
        listener = Listener(activity, mode="open")
        for start in range(0, len(stream), BLOCK_SAMPLES):
            if any(isinstance(event, SpeechStarted) for event in listener.hear(stream[start : start + BLOCK_SAMPLES])):
                delays_ms.append((listener.position - lead - _onset(clip)) * 1000 / HEARING_RATE)
                break
    median_ms, slow_ms = np.percentile(delays_ms, [50, 95])
    print(f"\nspeech starts {median_ms:.0f} ms after its first energy, 95 % within {slow_ms:.0f} ms")
    assert len(delays_ms) == len(clips)
    assert median_ms <= 120.0
    assert slow_ms <= 220.0


def _onset(pcm: Pcm) -> int:
    """The first sample of the first 10 ms that are louder than 26 dB below the loudest."""
    level = np.sqrt(np.mean(pcm[: len(pcm) // FRAME * FRAME].reshape(-1, FRAME) ** 2, axis=1))
    return int(np.flatnonzero(level > 0.05 * level.max())[0]) * FRAME


SECONDS = 60
RANDOM = np.random.default_rng(7)
TIME_S = np.arange(SECONDS * HEARING_RATE) / HEARING_RATE


def _bursts(one: Pcm, every_s: float) -> Pcm:
    """The same short sound again and again, at uneven times and levels, in a quiet room."""
    stream = RANDOM.normal(0.0, 0.0005, len(TIME_S))
    at_s = 0.5
    while at_s + len(one) / HEARING_RATE + every_s < SECONDS:
        at = round(at_s * HEARING_RATE)
        stream[at : at + len(one)] += one * RANDOM.uniform(0.4, 1.0)
        at_s += every_s * RANDOM.uniform(0.6, 1.4)
    return stream.astype(np.float32)


def _coloured(seconds: float, low_hz: float, high_hz: float) -> Pcm:
    """Noise between two frequencies, at a level of about 0.2."""
    samples = round(seconds * HEARING_RATE)
    spectrum = np.fft.rfft(RANDOM.standard_normal(samples))
    hertz = np.fft.rfftfreq(samples, 1 / HEARING_RATE)
    noise = np.fft.irfft(spectrum * np.exp(-(((hertz - (low_hz + high_hz) / 2) / (high_hz - low_hz)) ** 2)), samples)
    return np.asarray(0.2 * noise / noise.std(), dtype=np.float32)


def _cough() -> Pcm:
    """An explosion and a wheeze: broad noise that decays, with a weak voice at its end."""
    time_s = np.arange(round(0.35 * HEARING_RATE)) / HEARING_RATE
    burst = _coloured(0.35, 300, 3500) * (np.exp(-time_s / 0.04) + 0.25 * np.exp(-(((time_s - 0.2) / 0.06) ** 2)))
    return np.asarray(2.0 * burst, dtype=np.float32)


def _breath() -> Pcm:
    """A second of air: noise that swells and fades."""
    time_s = np.arange(HEARING_RATE) / HEARING_RATE
    return np.asarray(0.15 * _coloured(1.0, 400, 2500) * np.sin(np.pi * time_s) ** 2, dtype=np.float32)


def _key() -> Pcm:
    """A key of a keyboard: two clicks with a little ringing."""
    time_s = np.arange(round(0.09 * HEARING_RATE)) / HEARING_RATE
    ringing = np.sin(2 * np.pi * 1900 * time_s) + RANDOM.standard_normal(len(time_s))
    second = 0.5 * (time_s > 0.06) * np.exp(-(time_s - 0.06) / 0.004)
    return np.asarray(0.25 * ringing * (np.exp(-time_s / 0.004) + second), dtype=np.float32)


def _bump() -> Pcm:
    """A knock on the table."""
    time_s = np.arange(round(0.2 * HEARING_RATE)) / HEARING_RATE
    return (0.7 * np.sin(2 * np.pi * 90 * time_s) * np.exp(-time_s / 0.05)).astype(np.float32)


def _music() -> Pcm:
    """A tune with vibrato over chords and a drum, two notes a second."""
    notes = 220.0 * 2.0 ** (np.array([0, 3, 7, 12, 10, 7, 5, 3])[(TIME_S * 2).astype(int) % 8] / 12)
    envelope = np.exp(-(TIME_S * 2 % 1) * 1.5)
    phase = 2 * np.pi * np.cumsum(notes) / HEARING_RATE + 0.3 * np.sin(2 * np.pi * 5 * TIME_S)
    tune = sum(np.sin(k * phase) / k for k in range(1, 7)) * envelope
    chord = sum(np.sin(2 * np.pi * f * TIME_S) for f in (110.0, 130.8, 164.8))
    drum = RANDOM.standard_normal(len(TIME_S)) * np.exp(-(TIME_S * 2 % 1) / 0.03)
    return (0.08 * tune + 0.05 * chord + 0.1 * drum).astype(np.float32)


def _sound(name: str) -> Pcm:
    match name:
        case "keyboard":
            return _bursts(_key(), 0.18)
        case "cough":
            return _bursts(_cough(), 2.0)
        case "breath":
            return _bursts(_breath(), 2.5)
        case "bump":
            return _bursts(_bump(), 1.0)
        case "hum":
            hum = sum(np.sin(2 * np.pi * 50 * k * TIME_S) / k for k in (1, 2, 3, 5, 7, 9))
            return (0.15 * np.asarray(hum)).astype(np.float32)
        case _:
            return _music()


@pytest.mark.parametrize("name", ["keyboard", "cough", "breath", "bump", "hum", "music"])
def test_what_is_no_voice_begins_no_turn(name: str, activity: VoiceActivity) -> None:
    """A minute of each of these starts no speech."""
    activity.reset()
    started = [each for each in Listener(activity, mode="open").hear(_sound(name)) if isinstance(each, SpeechStarted)]
    print(f"\n{name}: {len(started)} false starts in a minute; likeliest block {_likeliest(activity, name):.2f}")
    assert not started


def _likeliest(activity: VoiceActivity, name: str) -> float:
    return float(probabilities(activity, _sound(name)).max())
