"""What is made of the real voice: closures stay with their labels, clauses join, emotions and characters differ."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from npcengine.errors import BackendMissing, ModelMissing
from npcengine.persona import load_persona
from npcengine.types import Emotion, LoadOptions, Pcm, Speech, Voice
from npcengine.voice import effects, piper
from npcengine.voice.chunker import clauses
from npcengine.voice.level import TARGET_LUFS, loudness_lufs
from npcengine.voice.pitch_track import pitch_track
from npcengine.voice.prosody import coloured
from npcengine.voice.speaking import speak
from npcengine.voice.trimming import pause_ms

pytestmark = pytest.mark.models

NAMES = ("oswin", "aldo", "gerta", "maren")
REPLIES = (
    "Burned to the beams last winter, and the miller ran off. Nobody has seen him since.",
    "Well, I never. A pair of boots upon the upper step? Put them by the barn.",
    "Five silver, traveller, and I will not haggle about a paper boat...",
    "Open a box of amber beads for me, and my papa will be happy.",
)
RATE = 44_100
SILENCE = 10 ** (-46 / 20)


@pytest.fixture(scope="module")
def tts() -> Iterator[piper.PiperSpeech]:
    """One voice for all tests."""
    try:
        loaded = piper.load("en_US-joe-medium", LoadOptions(threads=2))
    except (ModelMissing, BackendMissing) as error:
        pytest.skip(str(error))
    yield loaded
    loaded.close()


@pytest.fixture
def voices(characters: Path) -> dict[str, Voice]:
    """The four characters'."""
    return {name: load_persona(characters / f"{name}.yaml").to_voice() for name in NAMES}


def turn(tts: piper.PiperSpeech, reply: str, voice: Voice) -> list[Speech]:
    """The pieces of a reply, as the brain makes them."""
    return [piece for clause in clauses(reply) for piece in speak(tts, clause, voice, RATE)]


def level(pcm: Pcm, rate: float) -> NDArray[np.float64]:
    """Loudness in decibels, once a millisecond."""
    energy = np.concatenate([[0.0], np.cumsum(np.square(pcm, dtype=np.float64))])
    centres = np.arange(0, len(pcm), rate / 1000).astype(int)
    half = int(0.008 * rate)
    power = energy[np.minimum(centres + half, len(pcm))] - energy[np.maximum(centres - half, 0)]
    decibels = 10 * np.log10(power / half + 1e-9)
    return np.asarray(np.maximum(decibels, decibels.max() - 45))


@pytest.mark.parametrize("name", NAMES)
def test_closures_stay_where_their_labels_say(tts: piper.PiperSpeech, voices: dict[str, Voice], name: str) -> None:
    """Around each p, b and m the sound rises and falls when it did before the effects, as the labels count time."""
    voice = coloured(voices[name], "happy")
    lags_ms: list[float] = []
    for reply in REPLIES:
        for plain in tts.speak(reply, replace(voice, speed=effects.synthesis_speed(voice))):
            changed = effects.apply(plain, voice)
            assert [each.symbol for each in changed.phonemes] == [each.symbol for each in plain.phonemes]
            assert all(one.end == two.start for one, two in itertools.pairwise(changed.phonemes))
            assert (changed.phonemes[0].start, changed.phonemes[-1].end) == (0, len(changed.pcm))
            scale = len(changed.pcm) / len(plain.pcm)
            before, after = level(plain.pcm, plain.sample_rate / scale), level(changed.pcm, changed.sample_rate)
            lags_ms += list(_lags_ms(before, after, changed))
    print(f"\n{name}: {len(lags_ms)} closures, off by {np.percentile(np.abs(lags_ms), [50, 90])} ms")
    assert len(lags_ms) >= 15
    assert np.percentile(np.abs(lags_ms), 50) <= 3
    assert np.percentile(np.abs(lags_ms), 90) <= 8


def _lags_ms(before: NDArray[np.float64], after: NDArray[np.float64], changed: Speech) -> Iterator[float]:
    """By how much the changed sound is late around each p, b and m: the best fit within ±30 ms."""
    for phoneme in (each for each in changed.phonemes if each.symbol in "pbm"):
        centre = round(1000 * phoneme.start / changed.sample_rate)
        around = slice(centre - 150, centre + 110)
        if around.start < 30 or around.stop + 30 > min(len(before), len(after)):
            continue
        fits = {
            lag: float(np.corrcoef(before[around], after[around.start + lag : around.stop + lag])[0, 1])
            for lag in range(-30, 31)
        }
        yield max(fits, key=lambda lag: fits[lag])


@pytest.mark.parametrize("name", NAMES)
def test_clauses_join_without_a_click_and_with_the_pause_of_their_text(
    tts: piper.PiperSpeech, voices: dict[str, Voice], name: str
) -> None:
    """At a join nothing steps, and from sound to sound it is silent for as long as the punctuation asks."""
    voice = voices[name]
    errors_ms = []
    for one, two in (pair for reply in REPLIES for pair in itertools.pairwise(turn(tts, reply, voice))):
        joined, at = np.concatenate([one.pcm, two.pcm]), len(one.pcm)
        assert np.max(np.abs(np.diff(joined[at - 220 : at + 220]))) < 0.01
        asked_ms = pause_ms(one.text) / voice.speed
        errors_ms.append(_silence_ms(joined, at) - asked_ms)
    print(f"\n{name}: {len(errors_ms)} joins, pauses off by {np.percentile(errors_ms, [0, 50, 100]).round()} ms")
    assert len(errors_ms) >= 6
    assert np.median(np.abs(errors_ms)) <= 12


def _silence_ms(pcm: Pcm, at: int, window: int = RATE // 200) -> float:
    """How long it is silent around a sample."""

    def quiet(start: int) -> bool:
        return bool(np.sqrt(np.mean(pcm[start : start + window] ** 2)) < SILENCE)

    start, end = at, at
    while start >= window and quiet(start - window):
        start -= window
    while end + window <= len(pcm) and quiet(end):
        end += window
    return 1000 * (end - start) / RATE


def test_all_clauses_of_all_characters_are_equally_loud(tts: piper.PiperSpeech, voices: dict[str, Voice]) -> None:
    """Within one LU, from an "Aye." to a long sentence, and no peak reaches full scale at the rate that is played."""
    pieces = [
        piece for voice in voices.values() for reply in (*REPLIES, "Aye. No!") for piece in turn(tts, reply, voice)
    ]
    levels = [loudness_lufs(piece.pcm, RATE) for piece in pieces]
    peak = max(float(np.max(np.abs(piece.pcm))) for piece in pieces)
    print(f"\n{len(levels)} clauses: {min(levels):.2f} to {max(levels):.2f} LUFS, highest peak {peak:.3f}")
    assert max(abs(each - TARGET_LUFS) for each in levels) <= 1.0
    assert peak < 0.99


def test_emotions_are_heard_in_rate_and_pitch(tts: piper.PiperSpeech) -> None:
    """Fear is faster and higher than sadness, by about what the table says; Gerta stays Gerta's size of voice."""
    rates, pitches = {}, {}
    emotions: tuple[Emotion, ...] = ("neutral", "afraid", "sad")
    for emotion in emotions:
        pieces = [
            piece for reply in REPLIES for piece in turn(tts, reply, coloured(Voice(pitch=5, timbre=1.1), emotion))
        ]
        rates[emotion] = 1 / sum(len(piece.pcm) for piece in pieces)
        periods = np.concatenate([pitch_track(piece.pcm, RATE).periods for piece in pieces])
        pitches[emotion] = RATE / float(np.median(periods[periods > 0]))
    print({emotion: (round(rates[emotion] / rates["neutral"], 3), round(pitches[emotion])) for emotion in emotions})
    assert rates["sad"] < 0.95 * rates["neutral"]
    assert rates["neutral"] < 0.97 * rates["afraid"]
    assert 12 * np.log2(pitches["afraid"] / pitches["neutral"]) > 1
    assert 12 * np.log2(pitches["neutral"] / pitches["sad"]) > 0.4


def test_four_characters_are_told_apart_by_pitch(tts: piper.PiperSpeech, voices: dict[str, Voice]) -> None:
    """One model speaks for all, and no two medians of pitch are nearer than two semitones."""
    semitones = []
    for voice in voices.values():
        tracks = [pitch_track(piece.pcm, RATE).periods for reply in REPLIES for piece in turn(tts, reply, voice)]
        periods = np.concatenate(tracks)
        semitones.append(12 * np.log2(RATE / np.median(periods[periods > 0])))
    print(f"\n{dict(zip(NAMES, np.round(semitones, 1), strict=True))}")
    assert all(abs(one - two) >= 2 for one, two in itertools.combinations(semitones, 2))
