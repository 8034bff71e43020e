"""What the player says in the benchmark: recordings of people, or lines in the engine's own voice; plays nothing."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from npcengine.audio.wav import load_speech
from npcengine.brain.registry import open_tts
from npcengine.hearing import silero
from npcengine.hearing.voice_activity import BLOCK_SAMPLES, probabilities
from npcengine.studio.bench.scenario import FAKE_LINE, PLAYER_LINES, Options
from npcengine.types import HEARING_RATE, LoadOptions, Pcm, Voice
from npcengine.voice.resampling import resampled
from npcengine.voice.speaking import speak

Origin: TypeAlias = Literal["human", "synthetic", "fake"]

MOST = 24
QUICK = 4
_VOICED = 0.5
_SILENCE = np.zeros(HEARING_RATE // 2, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Something a player says.

    Attributes:
        text: The words.
        pcm: Mono float32, shape (samples,), 16 kHz, with at least half a second of silence at its end.
        voiced_end_s: When the last speech sounds, from the clip's first sample.
    """

    text: str
    pcm: Pcm
    voiced_end_s: float

    def until(self, end_s: float) -> Pcm:
        """The sound up to `end_s` seconds."""
        return self.pcm[: round(end_s * HEARING_RATE)]


def load_clips(options: Options) -> tuple[list[Clip], Origin]:
    """The clips, and where they come from: people if their recordings are there, else the engine's own voice."""
    count = QUICK if options.quick else MOST
    if options.fakes:
        hum = np.full(HEARING_RATE // 2, 0.1, dtype=np.float32)
        return [Clip(FAKE_LINE, np.concatenate((hum, _SILENCE)), 0.5)] * 2, "fake"
    table = options.speech / "transcripts.tsv"
    if not table.is_file():
        return _synthetic(options, count), "synthetic"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    chosen = rows[:: max(1, len(rows) // count)][:count]  # spread over all speakers
    return [_clip(row["text"], load_speech(options.speech / row["file"]).pcm) for row in chosen], "human"


def _synthetic(options: Options, count: int) -> list[Clip]:
    voice = open_tts(options.config().tts, LoadOptions())
    clips = []
    for line in PLAYER_LINES[:count]:
        pieces = [resampled(speech, HEARING_RATE).pcm for speech in speak(voice, line, Voice())]
        clips.append(_clip(line, np.concatenate(pieces)))
    voice.close()
    return clips


def _clip(text: str, pcm: Pcm) -> Clip:
    voiced = np.flatnonzero(probabilities(silero.load(), pcm) > _VOICED)
    end = min(len(pcm), (int(voiced[-1]) + 1) * BLOCK_SAMPLES) if len(voiced) else len(pcm)
    return Clip(text, np.concatenate((pcm, _SILENCE)), end / HEARING_RATE)
