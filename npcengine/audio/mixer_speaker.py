"""Plays speech through pygame's mixer, beside the game's own sounds; the only module of the engine to import pygame.

The mixer mixes in C, so a busy game can't make the voice stutter. Each piece is one mixer sound and the next waits in
the channel's queue, so that a frame may be late by a whole clause before a gap could be heard.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from npcengine.audio.playback import OutputLine, Piece
from npcengine.audio.timeline import Timeline
from npcengine.clock import Clock
from npcengine.errors import AudioError

if TYPE_CHECKING:
    import pygame

_RATE = 44_100
_BUFFER_SAMPLES = 512
_NEARLY_DONE_S = 0.01


class MixerSpeaker:
    """The game's mixer, or one of our own where the game has none.

    Args:
        clock: Times the playback.
        latency_s: From the mixer to the ear.

    Raises:
        AudioError: There is no pygame, or no sound device.
    """

    problem: str | None = None

    def __init__(self, clock: Clock, *, latency_s: float) -> None:
        self.rate, self._channels = _open_mixer()
        self._clock = clock
        self._latency_s = latency_s
        self._lines: list[MixerLine] = []

    def line(self) -> OutputLine:
        """A new line; it takes a mixer channel only while it sounds."""
        line = MixerLine(self._clock, Timeline(self.rate, latency_s=self._latency_s), self._channels)
        self._lines = [other for other in self._lines if other.sounding] + [line]
        return line

    def close(self) -> None:
        """Stops our sounds and leaves the game's alone."""
        for line in self._lines:
            line.stop()


class MixerLine:
    """One character's voice in the mixer."""

    def __init__(self, clock: Clock, timeline: Timeline, channels: int) -> None:
        self._clock = clock
        self._timeline = timeline
        self._output_channels = channels
        self._channel: pygame.mixer.Channel | None = None
        self._gains = (1.0, 1.0)

    @property
    def sounding(self) -> bool:
        """Whether a sound of this line is in the mixer."""
        return self._channel is not None and self._channel.get_busy()

    def accept(self, piece: Piece) -> bool:
        """Plays `piece` at once or queues it behind the one that plays; False while one is queued."""
        channel = self._channel
        if channel is None or not channel.get_busy():
            self._channel = channel = _free_channel()
            channel.play(self._sound(piece))
            self._set_gains(channel)
        elif channel.get_queue() is None and self._timeline.remaining_s(self._clock.now()) > _NEARLY_DONE_S:
            channel.queue(self._sound(piece))
        else:
            return False
        self._timeline.add(len(piece.pcm), self._clock.now())
        return True

    def heard(self) -> int:
        """Samples heard so far."""
        return self._timeline.position(self._clock.now())

    def stop(self) -> None:
        """Silence within one mixer buffer (12 ms)."""
        self._timeline.cut(self._clock.now())
        if self._channel is not None and self._channel.get_busy():
            self._channel.stop()
        self._channel = None

    def place(self, pan: float, volume: float) -> None:
        """Equal-power panning."""
        angle = (min(max(pan, -1.0), 1.0) + 1.0) * math.pi / 4.0
        loudness = min(max(volume, 0.0), 1.0) * math.sqrt(2.0)
        self._gains = (min(1.0, math.cos(angle) * loudness), min(1.0, math.sin(angle) * loudness))
        if self._channel is not None and self._channel.get_busy():
            self._set_gains(self._channel)

    def _set_gains(self, channel: pygame.mixer.Channel) -> None:
        if self._output_channels == 1:
            channel.set_volume(max(self._gains))
        else:
            channel.set_volume(*self._gains)

    def _sound(self, piece: Piece) -> pygame.mixer.Sound:
        import pygame  # noqa: PLC0415 - a server without pygame never comes here

        samples = piece.pcm if self._output_channels == 1 else np.repeat(piece.pcm, self._output_channels)
        return pygame.mixer.Sound(buffer=samples.tobytes())


def _open_mixer() -> tuple[int, int]:
    """The mixer's rate (Hz) and number of output channels; opens it where the game has not."""
    try:
        import pygame  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise AudioError("no speaker: pygame is not installed; run  pip install 'npcengine[game]'") from error
    try:
        if pygame.mixer.get_init() is None:
            pygame.mixer.init(_RATE, -16, 2, _BUFFER_SAMPLES)
        rate, size, channels = pygame.mixer.get_init()
    except pygame.error as error:
        raise AudioError(f"no speaker: {error}") from error
    if size != -16:
        raise AudioError(
            f"no speaker: the game's mixer has format {size}; open it with size=-16, as pygame.mixer.init() does"
        )
    return rate, channels


def _free_channel() -> pygame.mixer.Channel:
    """A channel on which nothing plays; the mixer grows when the game uses all it has."""
    import pygame  # noqa: PLC0415

    channel = pygame.mixer.find_channel()
    if channel is None:
        count = pygame.mixer.get_num_channels()
        pygame.mixer.set_num_channels(count + 4)
        channel = pygame.mixer.Channel(count)
    return channel
