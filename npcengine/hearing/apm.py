"""WebRTC's echo canceller through the livekit package; the only module that imports it."""

from __future__ import annotations

from collections import deque
from types import ModuleType
from typing import Any

import numpy as np

from npcengine.errors import BackendError, BackendMissing
from npcengine.types import HEARING_RATE, Pcm

_FULL_SCALE = 32_767.0

_LEAD_FRAMES = 2
"""The microphone is held back by 20 ms: the canceller misses echoes that come with their reference or before it."""


class ApmFrames:
    """Takes the echo of a reference out of a microphone's sound, 10 ms at a time.

    Attributes:
        delay_samples: How much later a sound comes out than it went in: the lead, and the canceller's own delay, found
            by correlation (7.7 ms).
    """

    delay_samples = _LEAD_FRAMES * HEARING_RATE // 100 + 123

    def __init__(self, rtc: ModuleType) -> None:
        self._rtc = rtc
        self.reset()

    def clean(self, frame: Pcm, reference: Pcm) -> Pcm:
        """The next frame without the reference's echo.

        Args:
            frame: From the microphone; mono float32, shape (160,), 16 kHz.
            reference: What the loudspeakers play meanwhile; as `frame`.

        Returns:
            Shape (160,), later by `delay_samples`.

        Raises:
            BackendError: The canceller failed.
        """
        self._held.append(self._sound(frame))
        near, far = self._held.popleft(), self._sound(reference)
        try:
            self._apm.process_reverse_stream(far)
            # The canceller finds the delay itself, from 0 up; told a longer one, it misses shorter ones for seconds.
            self._apm.set_stream_delay_ms(0)
            self._apm.process_stream(near)
        except RuntimeError as error:
            raise BackendError(f"The echo canceller failed on {len(frame)} samples ({error}).") from error
        return np.asarray(near.data, dtype=np.float32) / np.float32(_FULL_SCALE)

    def reset(self) -> None:
        """Forgets the room: the next frame starts a new stream."""
        self._held = deque(self._sound(np.zeros(HEARING_RATE // 100, dtype=np.float32)) for _ in range(_LEAD_FRAMES))
        try:
            self._apm = self._rtc.AudioProcessingModule(echo_cancellation=True)
        except (ImportError, RuntimeError) as error:
            raise BackendError(
                f"The echo canceller can't be started ({error}). Install it again: "
                "pip install --force-reinstall --no-deps livekit"
            ) from error

    def _sound(self, pcm: Pcm) -> Any:  # noqa: ANN401 - a back-end's own type
        samples = (np.clip(pcm, -1.0, 1.0) * _FULL_SCALE).astype(np.int16)
        return self._rtc.AudioFrame(bytearray(samples.tobytes()), HEARING_RATE, 1, len(samples))


def load() -> ApmFrames:
    """The canceller for one stream; under 2 % of one core while there is a reference.

    Raises:
        BackendMissing: livekit is not installed.
        BackendError: Its library can't be loaded.
    """
    try:
        from livekit import rtc  # noqa: PLC0415 - takes 0.2 s, and only the brain needs it
    except ImportError as error:
        raise BackendMissing("Echo cancelling needs livekit: pip install 'npcengine[echo]'") from error
    return ApmFrames(rtc)
