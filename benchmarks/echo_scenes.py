"""Simulated rooms in which our own voice comes back and human players talk over it; knows no canceller."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from npcengine.audio.wav import load_speech
from npcengine.types import HEARING_RATE, LoadOptions, Pcm, Voice
from npcengine.voice import piper
from npcengine.voice.speaking import speak

SPEECH = Path(__file__).resolve().parents[2] / "shared" / "speech"

LINES = (
    "Burned to the beams last winter, and the miller ran off to the city.",
    "Mind the sparks when you come near the forge, my friend.",
    "I would rather walk all the way home than talk to him again.",
    "The old man came to the door with a bag of silver coins, didn't he?",
    "Five silver for the sword, traveller, and I will not haggle over it.",
    "My brother went up the river with the bandits, and I have not seen him since the spring.",
)
VOICES = (Voice(), Voice(pitch=3, timbre=1.08, speed=0.95))


@dataclass(frozen=True, slots=True)
class Room:
    """Loudspeakers, walls and a microphone.

    Attributes:
        delay_ms: From the reference to the first echo, as the canceller sees it.
        gain_db: Of the echo over the reference.
        reverberation_s: Until the echo has fallen by 60 dB.
    """

    delay_ms: int
    gain_db: float
    reverberation_s: float


ROOMS = (
    Room(0, -6, 0.2),
    Room(20, -3, 0.3),
    Room(60, -12, 0.3),
    Room(120, -6, 0.4),
    Room(200, -20, 0.2),
    Room(60, -3, 0.4),
)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What the loudspeakers play and the microphone hears; `player_at` and `player_end` are samples, 0 for nobody."""

    reference: Pcm
    microphone: Pcm
    player_at: int = 0
    player_end: int = 0


def echo_of(reference: Pcm, room: Room, seed: int = 0) -> Pcm:
    """The reference as the room gives it back: a soft-clipping loudspeaker, early reflections and a noise-like tail."""
    played = np.tanh(2.0 * reference) / 2.0
    response = _response(room, np.random.default_rng(seed))
    size = 1 << (len(played) + len(response)).bit_length()
    echo = np.fft.irfft(np.fft.rfft(played, size) * np.fft.rfft(response, size), size)[: len(played)]
    delay = room.delay_ms * HEARING_RATE // 1000
    late = np.concatenate((np.zeros(delay), echo))[: len(played)]
    scaled: Pcm = (late * 10 ** (room.gain_db / 20)).astype(np.float32)
    return scaled


def _response(room: Room, random: np.random.Generator) -> Pcm:
    """An impulse response of energy 1: direct sound, five reflections within 20 ms, a tail 3 dB below the direct."""
    samples = int(room.reverberation_s * HEARING_RATE)
    tail = random.standard_normal(samples) * 10 ** (-3 * np.arange(samples) / samples)
    tail[: HEARING_RATE * 3 // 1000] = 0
    response = tail / np.sqrt(np.sum(tail**2)) * 10 ** (-3 / 20)
    response[0] += 1
    for _ in range(5):
        response[random.integers(16, 320)] += random.choice((-1, 1)) * random.uniform(0.2, 0.5)
    scaled: Pcm = (response / np.sqrt(np.sum(response**2))).astype(np.float32)
    return scaled


def noise(samples: int, seed: int = 0) -> Pcm:
    """A quiet room and a microphone's hiss, −65 dB."""
    return (np.random.default_rng(seed).standard_normal(samples) * 10 ** (-65 / 20)).astype(np.float32)


@cache
def spoken() -> tuple[Pcm, ...]:
    """All lines, one sound per voice, half a second between lines."""
    tts = piper.load("en_US-joe-medium", LoadOptions(threads=2))
    pause = np.zeros(HEARING_RATE // 2, dtype=np.float32)
    sounds = []
    for voice in VOICES:
        pieces = [piece.pcm for line in LINES for piece in speak(tts, line, voice, HEARING_RATE)]
        sounds.append(np.concatenate([part for piece in pieces for part in (piece, pause)]))
    tts.close()
    return tuple(sounds)


@cache
def clips() -> tuple[tuple[Pcm, str], ...]:
    """The players: human speech and its words."""
    with (SPEECH / "transcripts.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return tuple((load_speech(SPEECH / row["file"]).pcm, row["text"]) for row in rows)


def alone(reference: Pcm, room: Room, seed: int = 0) -> Scene:
    """A character speaks and nobody else."""
    played = np.concatenate((reference, np.zeros(HEARING_RATE, dtype=np.float32)))
    return Scene(played, echo_of(played, room, seed) + noise(len(played), seed))


def talked_over(number: int, *, level_db: float, lead_s: float = 4.0, stops_after_s: float | None = None) -> Scene:
    """The player's clip `number` begins while a character speaks.

    Args:
        number: Of the clip; also chooses the room and the voice.
        level_db: Of the player over the echo.
        lead_s: How long the character has spoken before, to a canceller that knows nothing yet.
        stops_after_s: When the character falls silent once the player speaks; never when left out.
    """
    player = clips()[number][0]
    voice = spoken()[number % len(VOICES)]
    begin = int(lead_s * HEARING_RATE)
    end = begin + len(player)
    reference = np.resize(np.roll(voice, -number * HEARING_RATE), end + 3 * HEARING_RATE // 2).astype(np.float32)
    silent_from = end if stops_after_s is None else begin + int(stops_after_s * HEARING_RATE)
    echo = echo_of(reference, ROOMS[number % len(ROOMS)], number)
    loudness = float(np.sqrt(np.mean(echo**2) / np.mean(player**2))) * 10 ** (level_db / 20)
    reference[silent_from:] = 0
    microphone = echo_of(reference, ROOMS[number % len(ROOMS)], number) + noise(len(reference), number)
    microphone[begin:end] += player * np.float32(loudness)
    return Scene(reference, microphone, begin, end)


def without_character(scene: Scene, number: int) -> Scene:
    """The scene `talked_over` made of the clip `number`, the character being silent."""
    echo = echo_of(scene.reference, ROOMS[number % len(ROOMS)], number)
    return Scene(np.zeros_like(echo), scene.microphone - echo, scene.player_at, scene.player_end)
