"""Speaks through the game's mixer, beside the game's own sounds; knows no pygame but what `audio/mixer.py` shows of it.

The mixer mixes in C, so a busy game can't make the voice stutter. Each piece is one mixer sound and the next waits in
the channel's queue, so that a frame may be late by a whole clause before a gap could be heard.
"""

from __future__ import annotations

import math
from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

from npcengine.audio.echo_reference import EchoReference
from npcengine.audio.mixer import Mixer
from npcengine.audio.playback import OutputLine, Piece
from npcengine.audio.timeline import Timeline
from npcengine.clock import Clock

_FADE_OUT_MS = 40  # the mixer lowers the volume once a buffer: three or four small steps instead of one click
_NEARLY_DONE_S = 0.01
_PAN_STEPS = 128  # finer than the ear, and a slow turn doesn't rewrite the samples in every frame
_READ_AHEAD_S = 0.2  # a mixer opened with 4096 samples at 22 050 Hz is done this long before the ear
_CLOCK_GAIN = 0.1  # SDL's dummy device runs up to 7 % fast: it waits whole milliseconds


class MixerSpeaker:
    """The game's mixer, or one of our own where the game has none.

    Where the game closes the mixer, or opens it anew in another format, the lines go on in silence and in time. Pausing
    the mixer is not noticed: the time counts as heard.

    Args:
        clock: Times the playback.
        latency_s: From the mixer to the ear.

    Raises:
        AudioError: There is no pygame, or no sound device.
    """

    problem: str | None = None

    def __init__(self, clock: Clock, *, latency_s: float) -> None:
        self._mixer = Mixer.open()
        self.rate = self._mixer.rate
        self._clock = clock
        self._latency_s = latency_s
        self._lines: WeakSet[MixerLine] = WeakSet()
        self.echo = EchoReference()

    def line(self) -> OutputLine:
        """A new line; it takes a mixer channel only while it sounds."""
        timeline = Timeline(self.rate, latency_s=self._latency_s)
        line = MixerLine(self._clock, timeline, self._mixer, self.echo)
        self._lines.add(line)
        return line

    def close(self) -> None:
        """Stops our sounds and leaves the game's alone."""
        for line in self._lines:
            line.stop()


class MixerLine:
    """One character's voice in the mixer."""

    def __init__(self, clock: Clock, timeline: Timeline, mixer: Mixer, echo: EchoReference) -> None:
        self._clock = clock
        self._timeline = timeline
        self._mixer = mixer
        self._echo = echo
        self._channel: int | None = None  # None unless one of our sounds was in it when we last looked
        self._sounds: list[_PieceSound] = []  # what plays and what is queued
        self._pan = 0.0
        self._volume = 1.0
        self._cut_off = False

    def accept(self, piece: Piece) -> bool:
        """Plays `piece` at once or queues it behind the one that plays; False while one is queued."""
        if not len(piece.pcm):
            return True  # pygame crashes on a sound without samples
        self._look()
        if self._cut_off or not (self._play(piece) if self._mixer.is_open() else True):
            return False
        starts_s = self._timeline.add(len(piece.pcm), self._clock.now())
        if self._channel is not None:
            # From the mixer, and not to the ear: a device that is faster than we think must not overtake it.
            self._echo.play(self, piece.pcm, self._mixer.rate, at_s=starts_s, gain=self._loudness())
        return True

    def heard(self) -> int | None:
        """Samples heard so far; None once the game has stopped our sound, as `pygame.mixer.stop()` does."""
        self._look()
        return None if self._cut_off else self._timeline.position(self._clock.now())

    def stop(self) -> None:
        """Fades out within 40 ms; what comes after begins in another channel meanwhile."""
        self._look()
        self._timeline.cut(self._clock.now())
        if self._channel is not None:
            channel = self._mixer.channel(self._channel)
            channel.queue(self._mixer.silence())  # in place of our next piece, which would begin after the fade
            channel.fadeout(_FADE_OUT_MS)
            self._echo.cut(self, self._clock.now() + _FADE_OUT_MS / 1000.0)
        self._forget()

    def place(self, pan: float, volume: float) -> None:
        """Equal-power panning, of the piece that plays and of those that follow."""
        place = min(max(pan, -1.0), 1.0), min(max(volume, 0.0), 1.0)
        if place == (self._pan, self._volume):
            return
        self._pan, self._volume = place
        self._look()
        if self._channel is None:
            return
        for sound in self._sounds:
            sound.place(self._pan, self._volume)
        self._echo.place(self, self._loudness(), self._clock.now())

    def _play(self, piece: Piece) -> bool:
        """Gives `piece` to the mixer; False when there is no room."""
        remaining_s = self._timeline.remaining_s(self._clock.now())
        if self._channel is None:
            if remaining_s > self._tolerance_s():
                return False  # counting in silence since the game closed the mixer that it has opened again
            sound = _PieceSound(piece.pcm, self._mixer, self._pan, self._volume)
            self._channel = self._mixer.free_channel()
            channel = self._mixer.channel(self._channel)
            channel.set_volume(1.0)  # a sound of the game may have left another
            channel.play(sound.sound)
        else:
            channel = self._mixer.channel(self._channel)
            if channel.get_queue() is not None or remaining_s <= _NEARLY_DONE_S:
                return False
            sound = _PieceSound(piece.pcm, self._mixer, self._pan, self._volume)
            channel.queue(sound.sound)
        self._sounds = [*self._sounds[-1:], sound]
        return True

    def _look(self) -> None:
        """Finds out whether our sounds are still in the mixer and, if not, whether they came to their end."""
        if self._channel is None:
            return
        now_s = self._clock.now()
        if not self._mixer.is_open():
            self._echo.cut(self, now_s)
            self._forget()
        elif not self._plays(self._mixer.playing(self._channel)):
            self._cut_off = self._timeline.remaining_s(now_s) > self._tolerance_s()
            if self._cut_off:
                self._echo.cut(self, now_s)
            self._forget()

    def _plays(self, playing: object) -> bool:
        """Whether `playing` is one of our sounds."""
        return any([each.sound is playing for each in self._sounds])  # noqa: C419 - once a frame: a list is faster

    def _tolerance_s(self) -> float:
        """By how much the mixer may be done before the timeline."""
        return _READ_AHEAD_S + _CLOCK_GAIN * self._timeline.elapsed_s(self._clock.now())

    def _loudness(self) -> float:
        """Of both sides together, as a microphone between them hears it."""
        gains = _gains(self._pan, self._mixer.output_channels)
        return self._volume * sum(gains) / len(gains)

    def _forget(self) -> None:
        self._channel = None
        self._sounds = []


class _PieceSound:
    """A piece as the mixer plays it.

    The panning is in the samples, because the mixer drops a channel's panning when one sound ends and the queued one
    begins. The loudness is the sound's own, which stays.
    """

    def __init__(self, pcm: NDArray[np.int16], mixer: Mixer, pan: float, volume: float) -> None:
        self._pcm = pcm
        self._gains = _gains(pan, mixer.output_channels)
        samples = np.zeros((len(pcm), mixer.output_channels), dtype=np.int16)
        _spread(pcm, self._gains, samples)
        self.sound = mixer.sound(samples)
        self.sound.set_volume(volume)
        # The mixer's own memory: what is written here is what it plays from the next buffer on.
        self._samples = np.asarray(self.sound).reshape(samples.shape)

    def place(self, pan: float, volume: float) -> None:
        """Moves the sound, whether it plays or waits."""
        self.sound.set_volume(volume)
        gains = _gains(pan, self._samples.shape[1])
        if gains != self._gains:
            self._gains = gains
            _spread(self._pcm, gains, self._samples)


def _gains(pan: float, output_channels: int) -> tuple[float, ...]:
    """Of the left and the right front speaker; 1 for both in the middle, and for a mixer with one channel."""
    if output_channels == 1:
        return (1.0,)
    angle = (pan + 1.0) * math.pi / 4.0
    sides = (math.cos(angle) * math.sqrt(2.0), math.sin(angle) * math.sqrt(2.0))
    return tuple(round(min(1.0, side) * _PAN_STEPS) / _PAN_STEPS for side in sides)


def _spread(pcm: NDArray[np.int16], gains: tuple[float, ...], samples: NDArray[np.int16]) -> None:
    """Writes `pcm` into the first columns of `samples`, (samples, output channels), each with its gain."""
    for side, gain in enumerate(gains):
        if gain == 1.0:
            samples[:, side] = pcm
        else:
            np.multiply(pcm, np.float32(gain), out=samples[:, side], casting="unsafe")
