"""Changes the rate of a piece of speech and moves its spans along; knows soxr, no voice."""

from __future__ import annotations

from dataclasses import replace

import soxr

from npcengine.types import Pcm, Phoneme, Speech, SpokenWord


def resampled(speech: Speech, sample_rate: int) -> Speech:
    """The same sound at another rate."""
    if sample_rate == speech.sample_rate:
        return speech
    pcm: Pcm = soxr.resample(speech.pcm, speech.sample_rate, sample_rate, quality="HQ").astype("float32", copy=False)
    return replace(with_length(speech, pcm), sample_rate=sample_rate)


def with_length(speech: Speech, pcm: Pcm) -> Speech:
    """The same speech with other samples; spans scale from the old length to the new, so that they still cover it."""
    scale = len(pcm) / max(len(speech.pcm), 1)
    phonemes = tuple(
        Phoneme(phoneme.symbol, round(phoneme.start * scale), round(phoneme.end * scale)) for phoneme in speech.phonemes
    )
    words = tuple(SpokenWord(word.text, round(word.end * scale)) for word in speech.words)
    return replace(speech, pcm=pcm, phonemes=phonemes, words=words)
