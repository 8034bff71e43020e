"""Takes what the loudspeakers play out of what the microphone hears; knows no library, thread or clock."""

from __future__ import annotations

import logging
import re
from typing import Protocol

import numpy as np
from rapidfuzz import fuzz

from npcengine.errors import BackendError
from npcengine.hearing.echo_gate import GateFrames
from npcengine.types import HEARING_RATE, Pcm

_log = logging.getLogger(__name__)

FRAME_SAMPLES = HEARING_RATE // 100
"""Cancellers work on 10 ms at a time."""

_SILENCE = 1e-3
"""A reference that stays below this (−60 dB) comes back fainter than a quiet room."""

_TAIL_SAMPLES = 800 * HEARING_RATE // 1000
"""Echo comes back for so long: 200 ms of devices' delays, and a living room's reverberation."""

_DEAF_FRAMES = 150
_LEARNING_FRAMES = 210
"""So many frames of reference (1.5 and 2.1 s) teach a canceller the room. Until then it lets bursts of echo through, so
that nothing at all is let through while there may be an echo, then more and more: a voice detector takes a sudden start
for a word. Once in a game, not once in a conversation."""

_LIKENESS = 80.0
_FEWEST_LETTERS = 5


class EchoCanceller(Protocol):
    """Follows one microphone and one set of loudspeakers."""

    @property
    def latency_samples(self) -> int:
        """How much later a sound comes out of `clean` than it went in; constant."""
        ...

    def clean(self, pcm: Pcm, reference: Pcm | None) -> Pcm:
        """The next sound of the microphone, without what the loudspeakers play.

        Args:
            pcm: Mono float32, shape (samples,), 16 kHz; any length.
            reference: What the loudspeakers play meanwhile, same shape; None while they are silent, which is nearly
                free once the echo has died away. An echo may come up to 300 ms later than its reference, but never
                earlier: whoever knows the delay only roughly gives the reference too early rather than too late.

        Returns:
            Same shape, later by `latency_samples`; begins with silence.

        Raises:
            BackendError: The lengths differ, or the canceller failed.
        """
        ...

    def reset(self) -> None:
        """Forgets the room and the sound so far: the next call starts a new stream."""
        ...


class FrameCanceller(Protocol):
    """A canceller that takes frames of FRAME_SAMPLES."""

    @property
    def delay_samples(self) -> int:
        """How much later a sound comes out than it went in."""
        ...

    def clean(self, frame: Pcm, reference: Pcm) -> Pcm:
        """The next frame without the reference's echo; both of shape (FRAME_SAMPLES,)."""
        ...

    def reset(self) -> None:
        """Forgets the room: the next frame starts a new stream."""
        ...


class FramedCanceller:
    """Lets a canceller of frames take sound of any length, and rest while there is nothing to cancel."""

    def __init__(self, frames: FrameCanceller) -> None:
        self._frames = frames
        self._heard = self._played = self._ready = self._line = np.zeros(0, dtype=np.float32)
        self._start()

    @property
    def latency_samples(self) -> int:
        """A frame to collect, and the canceller's own delay."""
        return FRAME_SAMPLES + self._frames.delay_samples

    def clean(self, pcm: Pcm, reference: Pcm | None) -> Pcm:
        """As `EchoCanceller.clean`."""
        if reference is not None and len(reference) != len(pcm):
            raise BackendError(f"An echo's reference has {len(reference)} samples, the microphone {len(pcm)}.")
        played = np.zeros_like(pcm) if reference is None else reference
        heard, played = np.concatenate((self._heard, pcm)), np.concatenate((self._played, played))
        whole = len(heard) - len(heard) % FRAME_SAMPLES
        self._heard, self._played = heard[whole:], played[whole:]
        ready = np.concatenate((self._ready, *self._cleaned(heard[:whole], played[:whole])))
        self._ready = ready[len(pcm) :]
        return ready[: len(pcm)]

    def reset(self) -> None:
        """As `EchoCanceller.reset`."""
        self._frames.reset()
        self._start()

    def _start(self) -> None:
        self._heard = self._played = np.zeros(0, dtype=np.float32)
        self._ready = np.zeros(FRAME_SAMPLES, dtype=np.float32)
        self._line = np.zeros(self._frames.delay_samples, dtype=np.float32)
        self._silent_samples = _TAIL_SAMPLES
        self._learned_frames = 0

    def _cleaned(self, heard: Pcm, played: Pcm) -> list[Pcm]:
        """Whole frames, cleaned; untouched but equally late where nothing was played for long."""
        if self._silent_samples >= _TAIL_SAMPLES and _is_silent(played):
            return [self._delayed(heard)]
        cleaned = []
        for start in range(0, len(heard), FRAME_SAMPLES):
            frame, reference = heard[start : start + FRAME_SAMPLES], played[start : start + FRAME_SAMPLES]
            self._silent_samples = self._silent_samples + FRAME_SAMPLES if _is_silent(reference) else 0
            delayed = self._delayed(frame)
            cleaned.append(delayed if self._silent_samples > _TAIL_SAMPLES else self._without_echo(frame, reference))
        return cleaned

    def _without_echo(self, frame: Pcm, reference: Pcm) -> Pcm:
        cleaned = self._frames.clean(frame, reference)
        if self._learned_frames >= _LEARNING_FRAMES:
            return cleaned
        self._learned_frames += not _is_silent(reference)
        trust = (self._learned_frames - _DEAF_FRAMES) / (_LEARNING_FRAMES - _DEAF_FRAMES)
        return cleaned * np.float32(max(trust, 0.0))

    def _delayed(self, pcm: Pcm) -> Pcm:
        line = np.concatenate((self._line, pcm))
        self._line = line[len(pcm) :]
        return line[: len(pcm)]


def open_canceller() -> EchoCanceller:
    """The best canceller that is installed: one that subtracts the echo, else one that shuts it out."""
    from npcengine.hearing import apm  # noqa: PLC0415 - a back-end is imported when it is opened

    try:
        return FramedCanceller(apm.load())
    except BackendError as error:
        _log.warning("%s Until then the player is heard less well while a character speaks.", error)
        return FramedCanceller(GateFrames())


def is_own_words(heard: str, spoken: str) -> bool:
    """Whether a transcript holds nothing but what a character is saying.

    Args:
        heard: The transcript.
        spoken: What the character has been saying for the last seconds.

    Returns:
        True when `heard` is a part of `spoken`, give or take a recogniser's mistakes. A word or two that anybody might
        say is the player's: to miss a "no" is worse than to hear one too many.
    """
    heard, spoken = _plain(heard), _plain(spoken)
    if len(heard.replace(" ", "")) < _FEWEST_LETTERS:
        return False
    if len(heard) >= len(spoken):
        return fuzz.ratio(heard, spoken) >= _LIKENESS
    return fuzz.partial_ratio(heard, spoken) >= _LIKENESS


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower().replace("'", "").replace("’", "")))


def _is_silent(pcm: Pcm) -> bool:
    return not len(pcm) or float(np.abs(pcm).max()) < _SILENCE
