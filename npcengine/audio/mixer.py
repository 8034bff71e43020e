"""pygame's mixer as a voice uses it; the only module of the engine to import pygame. Knows no speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import AudioError

if TYPE_CHECKING:
    from types import ModuleType

    from pygame.mixer import Channel, Sound

_RATE = 44_100
_BUFFER_SAMPLES = 512  # 12 ms
_SILENT_SAMPLES = 64
_CHANNEL_BLOCK = 8


class Mixer:
    """The mixer in the format it had when we came, and the channels that were added to it for us.

    The game may close it at any time; only `is_open` may be asked then, because pygame raises or crashes on the rest.

    Attributes:
        rate: Samples a second (Hz).
        output_channels: 1 for mono, 2 for stereo, more with speakers behind the player.
    """

    def __init__(self, mixer: ModuleType, rate: int, output_channels: int) -> None:
        self.rate = rate
        self.output_channels = output_channels
        self._mixer = mixer
        self._format = (rate, -16, output_channels)
        self._ours: list[int] = []

    @classmethod
    def open(cls) -> Mixer:
        """The game's mixer, or one of our own where the game has none.

        Raises:
            AudioError: There is no pygame, or no sound device.
        """
        try:
            import pygame  # noqa: PLC0415 - a server without pygame never comes here
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
        return cls(pygame.mixer, rate, channels)

    def is_open(self) -> bool:
        """Whether sounds in our format can be played."""
        return bool(self._mixer.get_init() == self._format)

    def sound(self, samples: NDArray[np.int16]) -> Sound:
        """A sound of `samples`, shape (samples, output channels)."""
        sound: Sound = self._mixer.Sound(buffer=samples)
        return sound

    def silence(self) -> Sound:
        """A sound of a millisecond or two in which there is nothing."""
        return self.sound(np.zeros((_SILENT_SAMPLES, self.output_channels), dtype=np.int16))

    def channel(self, number: int) -> Channel:
        """The channel of that number, which must exist."""
        channel: Channel = self._mixer.Channel(number)
        return channel

    def playing(self, number: int) -> Sound | None:
        """What plays in that channel; None when nothing does or the game took the channel away.

        `get_busy` can't tell: it is true of a sound of the game, and false between a sound and the queued one.
        """
        return self.channel(number).get_sound() if number < self._mixer.get_num_channels() else None

    def free_channel(self) -> int:
        """One of our channels on which nothing plays; more are added when all are taken.

        The game's own channels are left alone, because pygame doesn't tell which of them it has reserved.
        """
        count: int = self._mixer.get_num_channels()
        self._ours = [number for number in self._ours if number < count]
        for number in self._ours:
            channel = self.channel(number)
            if channel.get_sound() is None and not channel.get_busy():
                return number
        self._mixer.set_num_channels(count + _CHANNEL_BLOCK)
        self._ours += range(count, count + _CHANNEL_BLOCK)
        return count
