"""Plays speech through pygame's mixer, beside the game's own sounds; the only module of the engine to import pygame.

The mixer mixes in C, so a busy game can't make the voice stutter. Each piece is one mixer sound and the next waits in
the channel's queue, so that a frame may be late by a whole clause before a gap could be heard. A mixer that the game
pauses (`pygame.mixer.pause`) can't be noticed: interrupt or let characters finish before a pause.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING
from weakref import WeakSet

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
_SURELY_CUT_S = 0.05
"""A sound that is gone so long before its end did not end by itself: the game stopped the mixer."""
_CHANNELS_AT_A_TIME = 8


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
        self._mixer = _Mixer()
        self.rate = self._mixer.rate
        self._clock = clock
        self._latency_s = latency_s
        self._lines: WeakSet[MixerLine] = WeakSet()

    def line(self) -> OutputLine:
        """A new line; it takes a mixer channel only while it sounds."""
        line = MixerLine(self._clock, Timeline(self.rate, latency_s=self._latency_s), self._mixer)
        self._lines.add(line)
        return line

    def close(self) -> None:
        """Stops our sounds and leaves the game's alone."""
        for line in tuple(self._lines):
            line.stop()


class MixerLine:
    """One character's voice in the mixer; where the game has closed the mixer it counts time in silence.

    Attributes:
        silenced: Whether the game stopped the mixer while this line sounded.
    """

    def __init__(self, clock: Clock, timeline: Timeline, mixer: _Mixer) -> None:
        self.silenced = False
        self._clock = clock
        self._timeline = timeline
        self._mixer = mixer
        self._channel: pygame.mixer.Channel | None = None
        self._sounds: deque[pygame.mixer.Sound] = deque(maxlen=2)  # the one that plays and the one that waits
        self._panned: pygame.mixer.Sound | None = None
        self._gains = (1.0, 1.0)

    def accept(self, piece: Piece) -> bool:
        """Plays `piece` at once or queues it behind the one that plays; False while one is queued."""
        now_s = self._clock.now()
        if len(piece.pcm) and self._mixer.usable:
            if self._sounding():
                if not self._has_room(now_s):
                    return False
                self._playing_channel().queue(self._sound(piece))
            else:
                self._channel = self._mixer.free_channel()
                self._channel.play(self._sound(piece))
                self._follow()
        self._timeline.add(len(piece.pcm), now_s)
        return True

    def heard(self) -> int:
        """Samples heard so far."""
        now_s = self._clock.now()
        if self._channel is not None and self._mixer.usable:
            if self._sounding():
                self._follow()
            elif self._timeline.remaining_s(now_s) > _SURELY_CUT_S:
                self.silenced = True
                self._timeline.cut(now_s)
        return self._timeline.position(now_s)

    def stop(self) -> None:
        """Silence within one mixer buffer (12 ms)."""
        self._timeline.cut(self._clock.now())
        if self._mixer.usable and self._sounding():
            self._playing_channel().stop()
        self._channel = None

    def place(self, pan: float, volume: float) -> None:
        """Equal-power panning."""
        angle = (min(max(pan, -1.0), 1.0) + 1.0) * math.pi / 4.0
        loudness = min(max(volume, 0.0), 1.0) * math.sqrt(2.0)
        self._gains = (min(1.0, math.cos(angle) * loudness), min(1.0, math.sin(angle) * loudness))
        self._panned = None
        if self._mixer.usable and self._sounding():
            for sound in self._sounds:
                sound.set_volume(max(self._gains))
            self._follow()

    def _sounding(self) -> bool:
        """Whether a sound of ours is in the channel; an idle one may have been taken by the game."""
        channel = self._channel
        return channel is not None and channel.get_busy() and channel.get_sound() in self._sounds

    def _has_room(self, now_s: float) -> bool:
        """Whether the queue is free, and the sound that plays will last until the queue is looked at."""
        nearly_done = self._timeline.remaining_s(now_s) <= _NEARLY_DONE_S
        return self._playing_channel().get_queue() is None and not nearly_done

    def _playing_channel(self) -> pygame.mixer.Channel:
        if self._channel is None:
            raise RuntimeError("asked for the channel of a line that does not sound")
        return self._channel

    def _follow(self) -> None:
        """Turns the sound that plays to its side: SDL's mixer forgets a channel's panning when a sound of it ends."""
        channel = self._playing_channel()
        playing = channel.get_sound()
        if playing is self._panned:
            return
        self._panned = playing
        loudest = max(self._gains) or 1.0
        if self._mixer.channels == 1:
            channel.set_volume(1.0)
        else:
            channel.set_volume(self._gains[0] / loudest, self._gains[1] / loudest)

    def _sound(self, piece: Piece) -> pygame.mixer.Sound:
        """How loud it is stays with the sound, from the queue to its end."""
        sound = self._mixer.sound(piece)
        sound.set_volume(max(self._gains))
        self._sounds.append(sound)
        return sound


class _Mixer:
    """pygame's mixer as it was when the engine came, and channels of our own in it."""

    def __init__(self) -> None:
        self._format = _open_mixer()
        self.rate, _, self.channels = self._format
        self._own: list[int] = []

    @property
    def usable(self) -> bool:
        """Whether the game has left the mixer as it was: neither closed nor opened anew in another format."""
        import pygame  # noqa: PLC0415 - a server without pygame never comes here

        return bool(pygame.mixer.get_init() == self._format)

    def free_channel(self) -> pygame.mixer.Channel:
        """A channel behind the game's own on which nothing plays; the mixer grows by a few when all are busy."""
        import pygame  # noqa: PLC0415

        count = pygame.mixer.get_num_channels()
        for number in self._own:
            if number < count and not (channel := pygame.mixer.Channel(number)).get_busy():
                return channel
        pygame.mixer.set_num_channels(count + _CHANNELS_AT_A_TIME)
        self._own += range(count, count + _CHANNELS_AT_A_TIME)
        return pygame.mixer.Channel(count)

    def sound(self, piece: Piece) -> pygame.mixer.Sound:
        """`piece` as the mixer takes it."""
        import pygame  # noqa: PLC0415

        samples = np.empty((len(piece.pcm), self.channels), dtype=np.int16)
        samples[:] = piece.pcm[:, None]
        return pygame.mixer.Sound(buffer=samples)


def _open_mixer() -> tuple[int, int, int]:
    """The mixer's rate (Hz), sample format and number of output channels; opens it where the game has not."""
    try:
        import pygame  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise AudioError("no speaker: pygame is not installed; run  pip install 'npcengine[game]'") from error
    try:
        if pygame.mixer.get_init() is None:
            pygame.mixer.init(_RATE, -16, 2, _BUFFER_SAMPLES)
        opened: tuple[int, int, int] = pygame.mixer.get_init()
    except pygame.error as error:
        raise AudioError(f"no speaker: {error}") from error
    if opened[1] != -16:
        raise AudioError(
            f"no speaker: the game's mixer has format {opened[1]}; open it with size=-16, as pygame.mixer.init() does"
        )
    return opened
