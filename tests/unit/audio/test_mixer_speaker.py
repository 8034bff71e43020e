"""Speech in pygame's mixer, beside the game's own sounds, under SDL's dummy driver."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pygame
import pytest

from npcengine.audio.mixer_speaker import MixerSpeaker
from npcengine.audio.playback import Piece, Playback
from npcengine.audio.speaker import SilentSpeaker, open_speaker
from npcengine.errors import ConfigError
from npcengine.face.animator import silence
from npcengine.testing import ManualClock


def piece(rate: int, seconds: float = 0.3) -> Piece:
    """A hum."""
    pcm = (3000 * np.sin(np.arange(round(rate * seconds)) / 20)).astype(np.int16)
    return Piece("hum", pcm, (), silence(rate))


@pytest.fixture
def mixer() -> Iterator[None]:
    """The game's mixer, with all eight channels of it."""
    pygame.mixer.init(22_050, -16, 2, 512, allowedchanges=0)
    yield
    pygame.mixer.quit()


@pytest.mark.usefixtures("mixer")
def test_the_game_s_mixer_is_used_as_it_is() -> None:
    """The engine speaks at the rate the game has chosen."""
    assert MixerSpeaker(ManualClock(), latency_s=0.0).rate == 22_050


@pytest.mark.usefixtures("mixer")
def test_the_next_piece_waits_in_the_mixer_s_queue() -> None:
    """One piece plays, one waits, a third has to wait outside."""
    speaker = MixerSpeaker(ManualClock(), latency_s=0.0)
    line = speaker.line()
    assert [line.accept(piece(speaker.rate)) for _ in range(3)] == [True, True, False]


@pytest.mark.usefixtures("mixer")
def test_stopping_silences_our_voice_and_no_sound_of_the_game() -> None:
    """The game's music goes on."""
    tone = pygame.mixer.Sound(buffer=bytes(22_050 * 4))
    game = tone.play()
    speaker = MixerSpeaker(ManualClock(), latency_s=0.0)
    playback = Playback(speaker.line())
    playback.add(piece(speaker.rate))
    assert sum(pygame.mixer.Channel(n).get_busy() for n in range(8)) == 2
    playback.stop()
    assert game.get_busy()
    assert sum(pygame.mixer.Channel(n).get_busy() for n in range(8)) == 1


@pytest.mark.usefixtures("mixer")
def test_a_game_that_uses_every_channel_still_hears_its_characters() -> None:
    """The mixer grows rather than cut a sound of the game off."""
    tone = pygame.mixer.Sound(buffer=bytes(22_050 * 4))
    playing = [tone.play() for _ in range(8)]
    speaker = MixerSpeaker(ManualClock(), latency_s=0.0)
    assert speaker.line().accept(piece(speaker.rate))
    assert all(channel.get_busy() for channel in playing)
    assert pygame.mixer.get_num_channels() > 8


@pytest.mark.usefixtures("mixer")
@pytest.mark.parametrize(("pan", "louder"), [(-1.0, 0), (1.0, 1)])
def test_a_voice_comes_from_its_side(pan: float, louder: int) -> None:
    """Panned hard to one side, the other is silent."""
    line = MixerSpeaker(ManualClock(), latency_s=0.0).line()
    line.place(pan, 1.0)
    gains = line._gains  # type: ignore[attr-defined]
    assert gains[louder] == pytest.approx(1.0)
    assert gains[1 - louder] == pytest.approx(0.0, abs=1e-6)


def test_a_mixer_of_another_format_is_a_problem_told_and_not_a_crash() -> None:
    """The engine goes on without sound and says what to do."""
    pygame.mixer.init(22_050, 32, 2, 512, allowedchanges=0)
    try:
        speaker = open_speaker("auto", ManualClock(), latency_s=0.0)
        assert isinstance(speaker, SilentSpeaker)
        assert "size=-16" in (speaker.problem or "")
    finally:
        pygame.mixer.quit()


def test_an_unknown_speaker_is_refused() -> None:
    """The error lists what can be chosen."""
    with pytest.raises(ConfigError, match="auto or none"):
        open_speaker("loud", ManualClock(), latency_s=0.0)
