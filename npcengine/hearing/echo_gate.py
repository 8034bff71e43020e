"""Shuts the microphone while the loudspeakers explain all that it hears: for want of a canceller; knows no library."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from npcengine.types import HEARING_RATE, Pcm

_Levels = NDArray[np.float32]
"""Power per band, in dB."""

_FRAME_SAMPLES = HEARING_RATE // 100
_BAND_EDGES_HZ = (150, 300, 450, 600, 800, 1000, 1300, 1600, 2000, 2500, 3100, 3900, 4900, 6000, 7500)

_MOST_DELAY_FRAMES = 30
_TAIL_FRAMES = 30
_FALL_DB = 1.2
"""Reverberation falls so far in a frame: 60 dB in half a second."""

_FIRST_COUPLING_DB = 6.0
"""Before it knows the room, the gate takes even a loud microphone's sound for echo."""

_COUPLING_QUANTILE = 0.8
_FIRST_STEP_DB = 3.0
_LAST_STEP_DB = 0.2
_STEP_SHRINKS = 0.98
_OPEN_STEP = 0.05
"""While the player is heard the gate hardly learns, but it does: else a turned-up loudspeaker would hold it open."""

_ECHO_MARGIN_DB = 7.0
_NOISE_MARGIN_DB = 12.0
_NOISE_RISES_DB = 0.02
_FEWEST_BANDS = 4
"""So many bands above the expected echo, in so many of so many frames, are the player."""
_FEWEST_FRAMES = 5
_JUDGED_FRAMES = 6
_HOLD_FRAMES = 25


class _Bands:
    """Levels of a stream's bands, from its last 20 ms."""

    def __init__(self) -> None:
        self._last = np.zeros(_FRAME_SAMPLES, dtype=np.float32)
        self._window = np.hanning(2 * _FRAME_SAMPLES).astype(np.float32)
        bin_hz = HEARING_RATE / (2 * _FRAME_SAMPLES)
        self._edges = np.round(np.array(_BAND_EDGES_HZ) / bin_hz).astype(np.intp)

    def levels(self, frame: Pcm) -> _Levels:
        spectrum = np.fft.rfft(np.concatenate((self._last, frame)) * self._window)
        self._last = frame
        power = np.add.reduceat(np.abs(spectrum) ** 2, self._edges)[:-1] / len(self._window) ** 2
        levels: _Levels = 10 * np.log10(power + 1e-12).astype(np.float32)
        return levels


class _Delay:
    """Which lag between two streams of levels fits best, from how they rise and fall together."""

    def __init__(self) -> None:
        self._likeness = np.zeros(_MOST_DELAY_FRAMES)
        self._means = np.zeros(2)

    def follow(self, heard: _Levels, played: NDArray[np.float32]) -> int:
        """The lag in frames so far; `played` has the newest frame first, shape (frames, bands)."""
        self._means += 0.01 * (np.array([heard.mean(), played[0].mean()]) - self._means)
        rise = np.maximum(heard - self._means[0], -10)
        rises = np.maximum(played[:_MOST_DELAY_FRAMES] - self._means[1], -10)
        self._likeness = 0.995 * self._likeness + rises @ rise
        return int(np.argmax(self._likeness))


class GateFrames:
    """Lets the microphone through only while it hears more than the echo that the reference makes likely.

    Attributes:
        delay_samples: It looks ahead so far (50 ms), so that a first consonant is not lost.
    """

    delay_samples = 5 * _FRAME_SAMPLES

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forgets the room."""
        bands = len(_BAND_EDGES_HZ) - 1
        self._heard, self._reference, self._delay = _Bands(), _Bands(), _Delay()
        self._played = np.full((_MOST_DELAY_FRAMES + _TAIL_FRAMES, bands), -120, dtype=np.float32)
        self._coupling = np.full(bands, _FIRST_COUPLING_DB, dtype=np.float32)
        self._noise = np.full(bands, -60, dtype=np.float32)
        self._step = _FIRST_STEP_DB
        self._votes: deque[bool] = deque(maxlen=_JUDGED_FRAMES)
        self._ahead = deque([np.zeros(_FRAME_SAMPLES, dtype=np.float32)] * (self.delay_samples // _FRAME_SAMPLES))
        self._open_frames = 0

    def clean(self, frame: Pcm, reference: Pcm) -> Pcm:
        """The frame heard 50 ms ago, or silence if that was only echo.

        Args:
            frame: From the microphone; mono float32, shape (160,), 16 kHz.
            reference: What the loudspeakers play meanwhile; as `frame`.
        """
        heard = self._heard.levels(frame)
        self._played = np.concatenate((self._reference.levels(reference)[np.newaxis], self._played[:-1]))
        echo = self._expected(self._delay.follow(heard, self._played))
        self._judge(heard, echo)
        self._learn(heard, echo)
        self._ahead.append(frame)
        late = self._ahead.popleft()
        return late if self._open_frames else np.zeros_like(late)

    def _expected(self, delay: int) -> _Levels:
        """The loudest that the reference and its reverberation can be in each band, before coupling."""
        first = max(0, delay - 2)
        recent = self._played[first : delay + _TAIL_FRAMES]
        fall = _FALL_DB * np.maximum(np.arange(first, first + len(recent)) - delay - 1, 0)
        expected: _Levels = (recent - fall[:, np.newaxis].astype(np.float32)).max(axis=0)
        return expected

    def _judge(self, heard: _Levels, echo: _Levels) -> None:
        unexplained = (heard > echo + self._coupling + _ECHO_MARGIN_DB) & (heard > self._noise + _NOISE_MARGIN_DB)
        self._votes.append(int(unexplained.sum()) >= _FEWEST_BANDS)
        if sum(self._votes) >= _FEWEST_FRAMES:
            self._open_frames = _HOLD_FRAMES
        else:
            self._open_frames = max(0, self._open_frames - 1)

    def _learn(self, heard: _Levels, echo: _Levels) -> None:
        """Follows a high quantile of how loud each band of the reference comes back, and the noise below it."""
        self._noise = np.minimum(heard, self._noise + np.float32(_NOISE_RISES_DB)).astype(np.float32)
        telling = echo > echo.max() - 25 if echo.max() > -70 else np.zeros(len(echo), dtype=np.bool_)
        step = self._step * (_OPEN_STEP if self._open_frames else 1.0)
        louder = heard - echo > self._coupling
        move = np.where(louder, _COUPLING_QUANTILE, _COUPLING_QUANTILE - 1) * telling * step
        self._coupling = (self._coupling + move).astype(np.float32)
        if telling.any() and not self._open_frames:
            self._step = max(_LAST_STEP_DB, self._step * _STEP_SHRINKS)
