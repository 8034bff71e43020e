"""The machine's default microphone through PortAudio; the only module that imports sounddevice."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from npcengine.audio.capture import BLOCK_MS, Sink
from npcengine.types import HEARING_RATE

if TYPE_CHECKING:
    from types import ModuleType

_log = logging.getLogger(__name__)

_STOP_TIMEOUT_S = 3.0
"""A driver that hangs is left behind (its thread is a daemon): closing the game matters more."""

_NOT_INSTALLED = "the package sounddevice is not installed: pip install 'npcengine[microphone]'"
_NO_PORTAUDIO = "the PortAudio library is missing: on Debian and Ubuntu, apt install libportaudio2"
_NO_DEVICE = "no microphone found: plug one in or choose one in the system's sound settings"


class SoundDeviceSource:
    """Captures from the default input device.

    One thread opens the device, waits and closes it, since opening scans all devices and can take a second.
    """

    def __init__(self) -> None:
        self.device_name = ""
        self.problem: str | None = None
        self._thread: Thread | None = None
        self._ended = Event()
        self._stopping = False

    def start(self, sink: Sink) -> None:
        """Opens the device in the background and hands blocks to `sink` from PortAudio's own thread."""
        if self._thread is not None and self._thread.is_alive():
            return
        self.problem = None
        self._stopping = False
        self._ended.clear()
        self._thread = Thread(target=self._run, args=(sink,), name="npcengine-microphone", daemon=True)
        self._thread.start()

    def attend(self) -> None:
        """Does nothing: a microphone hears all the time."""

    def stop(self) -> None:
        """Closes the device."""
        self._stopping = True
        self._ended.set()
        if self._thread is not None:
            self._thread.join(_STOP_TIMEOUT_S)
            self._thread = None

    def _run(self, sink: Sink) -> None:
        try:
            import sounddevice  # noqa: PLC0415 - loads PortAudio, which may be missing
        except ImportError:
            self.problem = _NOT_INSTALLED
        except OSError:
            self.problem = _NO_PORTAUDIO
        else:
            self._capture(sounddevice, sink)
        if self.problem:
            _log.info("Microphone: %s", self.problem)

    def _capture(self, sounddevice: ModuleType, sink: Sink) -> None:
        """Captures until stopped or until the device goes away."""
        try:
            with self._open(sounddevice, sink):
                self._ended.wait()
        except (sounddevice.PortAudioError, ValueError) as error:
            self.problem = self.problem or f"the microphone can't be used: {error}"
            return
        if not self._stopping:
            self.problem = f"the microphone {self.device_name} went away: plug it in and start again"

    def _open(self, sounddevice: ModuleType, sink: Sink) -> Any:  # noqa: ANN401 - the library is untyped
        """A started-on-entry stream at 16 kHz, else at the device's own rate and channels."""
        try:
            device = cast("dict[str, Any]", sounddevice.query_devices(kind="input"))
        except (sounddevice.PortAudioError, ValueError):
            self.problem = _NO_DEVICE
            raise
        self.device_name = str(device["name"])
        own_rate = int(device["default_samplerate"])
        own_channels = min(2, int(device["max_input_channels"]))
        for rate, channels in ((HEARING_RATE, 1), (own_rate, 1)):
            try:
                return self._stream(sounddevice, sink, rate, channels)
            except sounddevice.PortAudioError as error:
                _log.info("Microphone %s does not open at %d Hz: %s", self.device_name, rate, error)
        return self._stream(sounddevice, sink, own_rate, own_channels)

    def _stream(self, sounddevice: ModuleType, sink: Sink, rate: int, channels: int) -> Any:  # noqa: ANN401
        def copy_block(block: NDArray[np.float32], _frames: int, _time: object, _status: object) -> None:
            # PortAudio reuses its buffer once this returns, and everything slower belongs behind the sink.
            sink(block[:, 0].copy() if channels == 1 else block.mean(axis=1, dtype=np.float32), rate)

        return sounddevice.InputStream(
            samplerate=rate,
            channels=channels,
            dtype="float32",
            blocksize=rate * BLOCK_MS // 1000,
            callback=copy_block,
            finished_callback=self._ended.set,
        )
