"""Cuts the silence a voice leaves around a sentence down to the pause its punctuation asks for; values only."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from npcengine.types import Pcm, Phoneme, Speech

_SILENCE = 10 ** (-46 / 20)
"""A window quieter than this (root mean square, full scale 1) is silence."""
_WINDOW_MS = 5
LEAD_MS = 20
"""Kept before the first sound: a soft consonant begins below what counts as silence."""
_PAUSES_MS = (
    (re.compile(r"(…|\.\.\.)\W*$"), 400),
    (re.compile(r"[.!?]\W*$"), 260),
    (re.compile(r"[,;:—–-]\W*$"), 200),
)
"""A clause that was cut at a comma shall not be told from one that was not: the default voice itself rests for 195 to
335 ms at a comma (20 of them, 10th to 90th percentile)."""
_NO_PAUSE_MS = 40


def pause_ms(ending: str) -> int:
    """How long nothing is heard between a text that ends like this and the next, at normal speed (milliseconds)."""
    return next((pause for pattern, pause in _PAUSES_MS if pattern.search(ending)), _NO_PAUSE_MS)


def trimmed(speech: Speech, *, ending: str, speed: float = 1.0, hastened_by: float = 1.0) -> Speech:
    """Keep 20 ms before the first sound and, after the last, what is left of the pause that `ending` asks for.

    Args:
        speech: One stretch, whose phonemes cover it.
        ending: The text, or its end.
        speed: Of the speech as it will be heard; the pause is as much shorter.
        hastened_by: How much faster the samples will be played in the end; as much more of them is kept.

    Returns:
        The sound, and spans that cover it again; phonemes that lay wholly in what was cut are gone, and so are all
        words. Joined to a stretch that was cut the same way, it is followed by the pause.
    """
    pcm, rate = speech.pcm, speech.sample_rate
    window = max(rate * _WINDOW_MS // 1000, 1)
    loud = np.flatnonzero(_loudness(pcm, window) > _SILENCE)
    if not len(loud):
        return speech
    lead = round(LEAD_MS / 1000 * rate * hastened_by)
    pause = round(pause_ms(ending) / 1000 * rate * hastened_by / speed)
    start = max(int(loud[0]) * window - lead, 0)
    end = (int(loud[-1]) + 1) * window + max(pause - lead, 0)
    kept = pcm[start:end]
    kept = np.pad(kept, (0, end - start - len(kept)))
    return replace(speech, pcm=kept, phonemes=_moved(speech.phonemes, -start, len(kept)), words=())


def _loudness(pcm: Pcm, window: int) -> Pcm:
    whole = np.pad(pcm, (0, -len(pcm) % window)).reshape(-1, window)
    return np.asarray(np.sqrt(np.mean(whole**2, axis=1)), np.float32)


def _moved(phonemes: tuple[Phoneme, ...], by: int, length: int) -> tuple[Phoneme, ...]:
    """Spans moved and cut to 0 … `length`; the last is stretched over an added pause."""
    moved = [Phoneme(phoneme.symbol, max(phoneme.start + by, 0), min(phoneme.end + by, length)) for phoneme in phonemes]
    moved = [phoneme for phoneme in moved if phoneme.end > phoneme.start]
    if moved and moved[-1].end < length:
        moved[-1] = Phoneme(moved[-1].symbol, moved[-1].start, length)
    return tuple(moved)
