"""How far apart the characters' voices are, though one model speaks for all, and whether each is understood.

`python -m benchmarks.voices [--json] [--sentences N]` from the project's root (`pip install 'npcengine[bench]'`). Lines
from the characters' own files are said by the plain voice and by each character's, without emotion. Praat measures
pitch, formants and periodicity, tiny.en transcribes. Synthesis varies from take to take, and goes on from one seed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path

import jiwer
import numpy as np
import parselmouth
from numpy.typing import NDArray
from whisper_normalizer.english import EnglishTextNormalizer

from npcengine.hearing import whisper
from npcengine.hearing.protocol import SpeechToText
from npcengine.persona import Persona, load_persona
from npcengine.types import HEARING_RATE, LoadOptions, Pcm, Speech, Voice
from npcengine.voice import piper
from npcengine.voice.level import loudness_lufs
from npcengine.voice.resampling import resampled
from npcengine.voice.sentences import sentences
from npcengine.voice.speaking import speak

CHARACTERS = Path(__file__).resolve().parents[1] / "characters"
NAMES = ("oswin", "aldo", "gerta", "maren")
PLAIN = "plain"
SENTENCES = 48
WORDS = range(5, 16)
"""Of a sentence that is used: a recogniser needs a few to go by."""
STEP_S = 0.01
PITCH_HZ = (55.0, 450.0)
FORMANT_CEILING_HZ = 5000.0
"""Below which a man has five formants (Praat's manual); for another voice it moves with the size that was measured."""
LIFTER_S = 0.003
"""Of a cepstrum: what is longer is pitch (up to 330 Hz), not the shape of a mouth."""
ENVELOPE_HZ = (200.0, 5000.0)
SCALES = np.exp(np.linspace(np.log(0.75), np.log(1.35), 241))
"""Of the frequency axis, that are tried."""
APART_SEMITONES, APART_FORMANTS, WORSE_WER = 2.0, 0.06, 0.05
normalize = EnglishTextNormalizer()


@dataclass(frozen=True, slots=True)
class Measured:
    """One voice.

    Attributes:
        name: Whose.
        settings: Pitch (semitones), timbre and speed, as set.
        pitch_hz: The 10th, 50th and 90th percentile of voiced frames.
        size: What multiplies the frequencies of the plain voice's spectral envelope so that it fits this one best.
        formants_hz: F1 to F3, medians of voiced frames.
        harmonicity_db: Median of voiced frames; roughness lowers it.
        loudness_lufs: The mean of its sentences, and how far they spread (standard deviation).
        words_per_minute: Pauses included.
        wer: Of tiny.en.
    """

    name: str
    settings: tuple[float, float, float]
    pitch_hz: tuple[float, float, float]
    size: float
    formants_hz: tuple[float, float, float]
    harmonicity_db: float
    loudness_lufs: tuple[float, float]
    words_per_minute: float
    wer: float


@dataclass(frozen=True, slots=True)
class Pair:
    """How far apart two voices are: medians of pitch (semitones), and the ratio of their sizes, less 1."""

    names: tuple[str, str]
    semitones: float
    formants: float

    @property
    def apart(self) -> bool:
        """Whether nobody takes the one for the other."""
        return self.semitones >= APART_SEMITONES or self.formants >= APART_FORMANTS


def lines_of(personas: Sequence[Persona], count: int) -> tuple[str, ...]:
    """Sentences from their files, taking turns."""
    each = [
        [
            sentence
            for text in (
                *(fact.say or "" for fact in persona.knowledge),
                *(example.npc for example in persona.examples),
            )
            for sentence in sentences(text)
            if len(sentence.split()) in WORDS
        ]
        for persona in personas
    ]
    longest = max(map(len, each))
    mixed = [lines[index] for index in range(longest) for lines in each if index < len(lines)]
    return tuple(dict.fromkeys(mixed))[:count]


def measure(name: str, voice: Voice, said: Sequence[Sequence[Speech]], size: float, ears: SpeechToText) -> Measured:
    """All figures of one voice, from what it said."""
    texts = [" ".join(piece.text for piece in pieces) for pieces in said]
    sounds, rate = sounds_of(said), said[0][0].sample_rate
    frames = [_frames(sound, rate, FORMANT_CEILING_HZ * size) for sound in sounds]
    pitch = np.concatenate([each[:, 0] for each in frames])
    formants = np.nanmedian(np.concatenate([each[:, 1:4] for each in frames]), axis=0)
    harmonicity = np.concatenate([each[:, 4] for each in frames])
    levels = [loudness_lufs(sound, rate) for sound in sounds]
    heard = [
        ears.transcribe(np.concatenate([resampled(piece, HEARING_RATE).pcm for piece in pieces])).text
        for pieces in said
    ]
    low, middle, high = np.percentile(pitch, (10, 50, 90))
    first, second, third = formants
    return Measured(
        name,
        (voice.pitch, voice.timbre, voice.speed),
        (float(low), float(middle), float(high)),
        size,
        (float(first), float(second), float(third)),
        float(np.median(harmonicity[harmonicity > -100.0])),
        (float(np.mean(levels)), float(np.std(levels))),
        60.0 * sum(len(text.split()) for text in texts) * rate / sum(map(len, sounds)),
        float(jiwer.wer([normalize(text) for text in texts], [normalize(text) for text in heard])),
    )


def sounds_of(said: Sequence[Sequence[Speech]]) -> list[Pcm]:
    """One sound a line."""
    return [np.concatenate([piece.pcm for piece in pieces]) for pieces in said]


def size_beside(plain: Sequence[Pcm], other: Sequence[Pcm], rate: int) -> float:
    """How much higher the other's resonances lie: the best fit of their mean envelopes over a stretched axis."""
    hertz = np.linspace(*ENVELOPE_HZ, 1000)
    mine, theirs = (_envelope(sounds, rate) for sounds in (plain, other))
    fits = [float(np.corrcoef(mine(hertz / scale), theirs(hertz))[0, 1]) for scale in SCALES]
    return float(SCALES[int(np.argmax(fits))])


def _envelope(sounds: Sequence[Pcm], rate: int) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """The mean logarithmic spectrum of loud voiced frames by frequency (Hz), without its harmonics and its tilt."""
    length = round(0.04 * rate)
    frames = np.concatenate(
        [np.lib.stride_tricks.sliding_window_view(sound, length)[:: length // 2] for sound in sounds]
    )
    power = np.mean(frames**2, axis=1)
    steps = np.mean(np.diff(frames, axis=1) ** 2, axis=1)
    voiced = frames[(power > np.percentile(power, 50)) & (steps < 0.3 * power)]
    cepstrum = np.fft.irfft(np.log(np.abs(np.fft.rfft(voiced * np.hanning(length), axis=1)) + 1e-6), axis=1).mean(
        axis=0
    )
    kept = round(LIFTER_S * rate)
    cepstrum[kept : len(cepstrum) - kept + 1] = 0.0
    shape, bins = np.fft.rfft(cepstrum).real, np.fft.rfftfreq(len(cepstrum), 1 / rate)
    octaves = np.log2(np.maximum(bins, bins[1]))
    inside = (bins >= ENVELOPE_HZ[0]) & (bins <= ENVELOPE_HZ[1])
    shape = shape - np.polyval(np.polyfit(octaves[inside], shape[inside], 1), octaves)
    return lambda hertz: np.asarray(np.interp(hertz, bins, shape))


def _frames(pcm: Pcm, rate: int, ceiling_hz: float) -> NDArray[np.float64]:
    """Pitch, F1, F2, F3 and harmonicity of every voiced frame, shape (frames, 5)."""
    sound = parselmouth.Sound(np.asarray(pcm, np.float64), rate)
    pitch = sound.to_pitch_ac(time_step=STEP_S, pitch_floor=PITCH_HZ[0], pitch_ceiling=PITCH_HZ[1])
    formants = sound.to_formant_burg(time_step=STEP_S, max_number_of_formants=5.0, maximum_formant=ceiling_hz)
    harmonicity = sound.to_harmonicity_cc(time_step=STEP_S, minimum_pitch=PITCH_HZ[0])
    rows = [
        (hertz, *(formants.get_value_at_time(number, time) for number in (1, 2, 3)), harmonicity.get_value(time))
        for time, hertz in zip(pitch.xs(), pitch.selected_array["frequency"], strict=True)
        if hertz > 0
    ]
    return np.asarray(rows, np.float64).reshape(-1, 5)


def pair(one: Measured, two: Measured) -> Pair:
    """How far apart they are."""
    semitones = 12.0 * abs(np.log2(one.pitch_hz[1] / two.pitch_hz[1]))
    return Pair((one.name, two.name), float(semitones), float(np.exp(abs(np.log(one.size / two.size))) - 1.0))


def report(voices: Sequence[Measured], pairs: Sequence[Pair], count: int) -> None:
    """Tables as the documentation shows them."""
    print(f"{count} sentences each\n")
    print(
        "| voice | pitch, timbre, speed | F0 10/50/90 % (Hz) | size | F1, F2, F3 (Hz) | HNR (dB) | LUFS | words/min "
        "| WER |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for voice in voices:
        settings = ", ".join(f"{value:g}" for value in voice.settings)
        hertz = " / ".join(f"{value:.0f}" for value in voice.pitch_hz)
        formants = ", ".join(f"{value:.0f}" for value in voice.formants_hz)
        level, spread = voice.loudness_lufs
        print(
            f"| {voice.name} | {settings} | {hertz} | {voice.size:.2f} | {formants} | {voice.harmonicity_db:.1f} "
            f"| {level:.1f} ± {spread:.1f} | {voice.words_per_minute:.0f} | {100 * voice.wer:.1f} % |"
        )
    print("\n| pair | pitch (semitones) | formants |\n|---|---|---|")
    for each in pairs:
        print(f"| {' – '.join(each.names)} | {each.semitones:.1f} | {100 * each.formants:.0f} % |")
    plain, *others = voices
    worst = max(others, key=lambda voice: voice.wer)
    print(f"\nall pairs apart: {all(each.apart for each in pairs)}")
    print(f"worst understood: {worst.name}, {100 * (worst.wer - plain.wer):+.1f} points against the plain voice")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="figures as JSON, and nothing else")
    parser.add_argument("--sentences", type=int, default=SENTENCES, help="how many each voice says")
    options = parser.parse_args()
    personas = {name: load_persona(CHARACTERS / f"{name}.yaml") for name in NAMES}
    texts = lines_of(tuple(personas.values()), options.sentences)
    tts = piper.load("en_US-joe-medium", LoadOptions(threads=2))
    ears = whisper.load("tiny.en", LoadOptions(threads=2))
    guises = {PLAIN: Voice(), **{name: persona.to_voice() for name, persona in personas.items()}}
    said = {name: [list(speak(tts, text, voice)) for text in texts] for name, voice in guises.items()}
    rate = tts.capabilities.sample_rate
    sizes = {name: size_beside(sounds_of(said[PLAIN]), sounds_of(lines), rate) for name, lines in said.items()}
    voices = [measure(name, voice, said[name], sizes[name], ears) for name, voice in guises.items()]
    pairs = [pair(one, two) for one, two in combinations(voices[1:], 2)]
    if options.json:
        values = {"sentences": len(texts), "voices": [*map(asdict, voices)], "pairs": [*map(asdict, pairs)]}
        print(json.dumps(values, indent=2))
    else:
        report(voices, pairs, len(texts))
    tts.close()
    ears.close()


if __name__ == "__main__":
    main()
