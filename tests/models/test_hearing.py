"""Whisper with real weights: what people said is heard, and what nobody said is not."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from benchmarks.sounds import over_noise, unspoken
from npcengine.audio.wav import load_speech
from npcengine.hearing.protocol import SpeechToText
from npcengine.hearing.streaming import StreamingTranscription
from npcengine.types import HEARING_RATE, Pcm, Transcript

pytestmark = pytest.mark.models

SPEECH = Path(__file__).resolve().parents[3] / "shared" / "speech"
MAX_WORD_ERROR_RATE = 0.05
STEP = round(0.6 * HEARING_RATE)


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
    deep, alone = (ears.transcribe(sound).text.replace(",", "") for sound in (room, pcm))
    assert deep == alone


def test_what_is_heard_while_people_speak_becomes_the_same_words(
    ears: SpeechToText, clips: list[tuple[Pcm, str]]
) -> None:
    """Fed as it is spoken, speech loses no words against the 5 % allowed."""
    jiwer = pytest.importorskip("jiwer", reason="jiwer is not installed")
    english = pytest.importorskip("whisper_normalizer.english", reason="whisper-normalizer is not installed")
    normalize = english.EnglishTextNormalizer()
    heard = []
    for pcm, _ in clips[::2]:
        utterance = StreamingTranscription(ears)
        for end in range(STEP, len(pcm) - STEP // 2, STEP):
            utterance.hear(pcm[:end])
        heard.append(utterance.finish(pcm, voiced_since=True))
    assert jiwer.wer([normalize(said) for _, said in clips[::2]], [normalize(clip.text) for clip in heard]) <= 0.05


def test_a_long_line_is_heard_to_its_end_without_being_heard_anew(
    ears: SpeechToText, clips: list[tuple[Pcm, str]]
) -> None:
    """Six sentences in one breath: the words are right, and no pass hears more than the last ones."""
    jiwer = pytest.importorskip("jiwer", reason="jiwer is not installed")
    english = pytest.importorskip("whisper_normalizer.english", reason="whisper-normalizer is not installed")
    normalize = english.EnglishTextNormalizer()
    lengths_s: list[float] = []

    class Measured:
        def transcribe(self, pcm: Pcm, *, opening: str = "") -> Transcript:
            lengths_s.append(len(pcm) / HEARING_RATE)
            return ears.transcribe(pcm, opening=opening)

        def close(self) -> None:
            pass

    pause = np.zeros(round(0.3 * HEARING_RATE), dtype=np.float32)
    pcm = np.concatenate([part for clip, _ in clips[:6] for part in (clip, pause)])
    utterance = StreamingTranscription(Measured())
    for end in range(2 * STEP, len(pcm), 2 * STEP):
        utterance.hear(pcm[:end])
    heard = utterance.finish(pcm, voiced_since=True)
    assert jiwer.wer(normalize(" ".join(said for _, said in clips[:6])), normalize(heard.text)) <= 0.06
    assert len(pcm) / HEARING_RATE > 20
    assert lengths_s[-1] < 12
    assert max(lengths_s) < 16


@pytest.mark.parametrize("name", unspoken(1.0))
def test_what_nobody_said_is_not_heard(ears: SpeechToText, name: str) -> None:
    """A minute each of silence, noise, hum, music, typing and breath, at three levels, gives not one word."""
    heard = ears.transcribe(unspoken(60.0)[name])
    assert heard.text == ""
    assert heard.no_speech > 0.5


@pytest.mark.parametrize("name", [name for name in unspoken(1.0) if name.endswith("-35 dB")])
def test_people_are_heard_over_noise(ears: SpeechToText, clips: list[tuple[Pcm, str]], name: str) -> None:
    """With such a sound 20 dB below the voice at most 8 % of the words are heard wrongly."""
    jiwer = pytest.importorskip("jiwer", reason="jiwer is not installed")
    english = pytest.importorskip("whisper_normalizer.english", reason="whisper-normalizer is not installed")
    normalize = english.EnglishTextNormalizer()
    noise = unspoken(6.0)[name]
    heard = [ears.transcribe(over_noise(pcm, noise, ratio_db=20)).text for pcm, _ in clips]
    assert jiwer.wer([normalize(said) for _, said in clips], [normalize(text) for text in heard]) <= 0.08
