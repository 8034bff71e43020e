"""Whisper with real weights: what people said is heard, and what nobody said is not."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from npcengine.audio.wav import load_speech
from npcengine.errors import BackendMissing, ModelMissing
from npcengine.hearing import whisper
from npcengine.hearing.protocol import SpeechToText
from npcengine.types import HEARING_RATE, LoadOptions, Pcm

pytestmark = pytest.mark.models

SPEECH = Path(__file__).resolve().parents[3] / "shared" / "speech"
MAX_WORD_ERROR_RATE = 0.05


@pytest.fixture(scope="module")
def ears() -> Iterator[SpeechToText]:
    """The default recogniser."""
    try:
        loaded = whisper.load("tiny.en", LoadOptions())
    except (ModelMissing, BackendMissing) as error:
        pytest.skip(str(error))
    yield loaded
    loaded.close()


@pytest.fixture(scope="module")
def clips() -> list[tuple[Pcm, str]]:
    """Clips of two people reading, with what they read."""
    if not SPEECH.is_dir():
        pytest.skip("no recordings of human speech beside the project: ../shared/speech")
    with (SPEECH / "transcripts.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(load_speech(SPEECH / row["file"]).pcm, row["text"]) for row in rows]


def test_human_speech_is_heard(ears: SpeechToText, clips: list[tuple[Pcm, str]]) -> None:
    """At most 5 % of the words read by two people are heard wrongly, and the recogniser is sure of the rest."""
    jiwer = pytest.importorskip("jiwer", reason="jiwer is not installed")
    english = pytest.importorskip("whisper_normalizer.english", reason="whisper-normalizer is not installed")
    normalize = english.EnglishTextNormalizer()
    heard = [ears.transcribe(pcm) for pcm, _ in clips]
    error_rate = jiwer.wer([normalize(said) for _, said in clips], [normalize(clip.text) for clip in heard])
    assert error_rate <= MAX_WORD_ERROR_RATE
    assert np.median([clip.confidence for clip in heard]) > 0.7
    assert max(clip.no_speech for clip in heard) < 0.6


def test_words_survive_silence_around_them(ears: SpeechToText, clips: list[tuple[Pcm, str]]) -> None:
    """A sentence deep in ten seconds of quiet noise is heard, and nothing besides."""
    pcm, _ = next(clip for clip in clips if clip[1].startswith("And now, down there"))
    room = np.random.default_rng(0).normal(0, 0.001, 10 * HEARING_RATE).astype(np.float32)
    room[5 * HEARING_RATE : 5 * HEARING_RATE + len(pcm)] += pcm
    assert ears.transcribe(room).text == ears.transcribe(pcm).text


def _sounds() -> dict[str, Pcm]:
    """Ten seconds each of what a microphone picks up while nobody speaks."""
    random = np.random.default_rng(0)
    time_s = np.arange(10 * HEARING_RATE) / HEARING_RATE
    white = random.standard_normal(len(time_s))
    brown = np.cumsum(white) - np.linspace(0, white.sum(), len(time_s))
    clicks = np.where(random.random(len(time_s)) < 3 / HEARING_RATE, 0.8, 0.0)
    sounds = {
        "silence": np.zeros(len(time_s)),
        "quiet noise": 0.001 * white,
        "noise": 0.05 * white,
        "loud noise": 0.3 * white,
        "rumble": 0.5 * brown / np.abs(brown).max(),
        "mains hum": 0.2 * sum(np.sin(2 * np.pi * 50 * k * time_s) / k for k in (1, 2, 3, 5, 7)),
        "tone": 0.3 * np.sin(2 * np.pi * 1_000 * time_s),
        "clicks": np.convolve(clicks, np.exp(-np.arange(400) / 60), "same"),
    }
    return {name: sound.astype(np.float32) for name, sound in sounds.items()}


@pytest.mark.parametrize("name", _sounds())
def test_what_nobody_said_is_not_heard(ears: SpeechToText, name: str) -> None:
    """Silence, noise, hum, tones and clicks give no text."""
    heard = ears.transcribe(_sounds()[name])
    assert heard.text == ""
    assert heard.no_speech > 0.5
