"""The player's microphone as a game sees it: mode, level, problem; knows no device library, no stage."""

from __future__ import annotations

import math
from collections import deque
from typing import Literal, TypeAlias, get_args

import numpy as np

from npcengine.audio.capture import CaptureSource, NullSource, Sink
from npcengine.audio.sound_device import SoundDeviceSource
from npcengine.audio.wav_source import WavSource
from npcengine.clock import Clock, SystemClock
from npcengine.errors import ConfigError
from npcengine.types import Pcm

MicrophoneMode: TypeAlias = Literal["push_to_talk", "open", "off"]
"""Who decides when the player speaks: a key, the voice detector, or nobody."""

MICROPHONE_MODES: tuple[MicrophoneMode, ...] = get_args(MicrophoneMode)

_FLOOR_DB = -60.0
"""RMS shown as an empty bar: about the noise of a quiet room in front of a cheap microphone."""

_FALL_PER_S = 1.5
"""How fast the bar falls after a sound (full bars a second): a word shows, and so does its end."""

_STALE_S = 0.25
"""Without a block for so long (8 of them) nothing is being captured, and the bar is empty."""

_SILENT_DEVICE_S = 3.0
"""A device that opened and then hands nothing over for so long has hung or was muted by the system."""

_TIMED_BLOCKS = 32
"""A block is timed by the promptest of so many (1 s): longer than any driver keeps blocks back to hand them over
together, and short enough to follow a device whose clock drifts or that lost some sound."""


class Microphone:
    """Captures the player's voice and hands it on; a missing or lost device shows in `problem`."""

    def __init__(
        self, source: CaptureSource, *, mode: MicrophoneMode = "push_to_talk", clock: Clock | None = None
    ) -> None:
        self._source = source
        self._clock: Clock = clock or SystemClock()
        self._sink: Sink | None = None
        self._level = 0.0
        self._last_block_s: float | None = None
        self._timing = BlockTiming()
        self.mode = mode

    @property
    def mode(self) -> MicrophoneMode:
        """``"push_to_talk"``, ``"open"`` or ``"off"``; off drops all sound before anybody hears it."""
        return self._mode

    @mode.setter
    def mode(self, mode: MicrophoneMode) -> None:
        if mode not in MICROPHONE_MODES:
            raise ConfigError(f"microphone.mode: {mode!r} is not a mode; choose one of {', '.join(MICROPHONE_MODES)}")
        self._mode: MicrophoneMode = mode

    @property
    def device_name(self) -> str:
        """What a settings screen shows; empty until the device is known."""
        return self._source.device_name

    @property
    def level(self) -> float:
        """Loudness for a level bar, 0 to 1 over the top 60 dB: rises at once, falls smoothly."""
        return 0.0 if self.mode == "off" or self._silent_for() > _STALE_S else self._level

    @property
    def problem(self) -> str | None:
        """One line on why nothing is heard and what to do about it; None while all is well."""
        if self._source.problem is None and _SILENT_DEVICE_S < self._silent_for() < math.inf:
            return f"no sound comes from {self.device_name}: check its connection and the system's permission"
        return self._source.problem

    @property
    def block_began_s(self) -> float:
        """When the first sample of the newest block came in (seconds on the clock); a sink asks this of its block.

        What the device itself takes, some 10 to 50 ms, is not known: the sound was in the air that much earlier.
        """
        return self._timing.began_s

    def start(self, sink: Sink) -> None:
        """Begins to capture; returns at once.

        Args:
            sink: Called with each block (mono float32, shape (samples,)) and its rate (Hz) on the capture
                thread, so it must not wait.
        """
        self._sink = sink
        self._last_block_s = None
        self._timing = BlockTiming()
        self._source.start(self._captured)

    def stop(self) -> None:
        """Ends capture and frees the device; safe to call twice."""
        self._source.stop()
        self._sink = None
        self._last_block_s = None
        self._level = 0.0

    def attend(self) -> None:
        """The player is about to speak; a recording in place of a device starts from its beginning."""
        self._source.attend()

    def _captured(self, pcm: Pcm, sample_rate: int) -> None:
        sink = self._sink
        self._last_block_s = self._clock.now()
        self._timing.add(self._last_block_s, len(pcm) / sample_rate)
        if sink is None or self.mode == "off":
            return
        self._level = next_level(self._level, pcm, sample_rate)
        sink(pcm, sample_rate)

    def _silent_for(self) -> float:
        """Seconds since the last block; infinite when there was none."""
        last_block_s = self._last_block_s
        return math.inf if last_block_s is None else self._clock.now() - last_block_s


class BlockTiming:
    """When blocks were captured that follow each other without a gap, but come late and in bursts.

    Attributes:
        began_s: When the newest block's first sample came in (seconds on the clock).
    """

    def __init__(self) -> None:
        self.began_s = 0.0
        self._length_s = 0.0
        self._delays_s: deque[float] = deque(maxlen=_TIMED_BLOCKS)

    def add(self, arrived_s: float, length_s: float) -> None:
        """A block of `length_s` arrived; no block can arrive before its last sample came in."""
        before_s, self._length_s = self._length_s, self._length_s + length_s
        self._delays_s.append(arrived_s - self._length_s)
        self.began_s = before_s + min(self._delays_s)


def next_level(level: float, pcm: Pcm, sample_rate: int) -> float:
    """The level bar after one more block.

    Args:
        level: Before it, 0 to 1.
        pcm: The block, shape (samples,).
        sample_rate: Of `pcm` (Hz).

    Returns:
        The block's RMS in decibels, 0 at 60 dB below full scale and 1 at full scale, or the fallen old level
        if that is higher.
    """
    if not len(pcm):
        return level
    power = float(np.dot(pcm, pcm)) / len(pcm)
    decibels = 10.0 * math.log10(max(power, 1e-12))
    loudness = min(1.0, max(0.0, 1.0 - decibels / _FLOOR_DB))
    return max(loudness, level - _FALL_PER_S * len(pcm) / sample_rate, 0.0)


def open_microphone(spec: str = "auto", *, realtime: bool = True, clock: Clock | None = None) -> CaptureSource:
    """The source of sound that `spec` names.

    Args:
        spec: ``"auto"`` the default device, ``"none"``, or ``"wav:PATH"`` a recording instead of a device.
        realtime: Whether a recording plays at its own pace or all at once.
        clock: Paces a recording.

    Raises:
        ConfigError: `spec` is none of these.
        AudioError: The recording can't be read.
    """
    kind, _, path = spec.partition(":")
    if spec == "auto":
        return SoundDeviceSource()
    if spec == "none":
        return NullSource("the microphone is switched off (microphone='none')")
    if kind == "wav" and path:
        return WavSource.from_file(path, realtime=realtime, clock=clock)
    raise ConfigError(f"microphone {spec!r} is not known; choose auto, none or wav:PATH")
