"""Speech in pygame's mixer, beside the game's own sounds, under SDL's dummy driver."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from npcengine.audio.mixer_speaker import MixerSpeaker
from npcengine.audio.playback import Piece, Playback
from npcengine.audio.speaker import SilentSpeaker, open_speaker
from npcengine.clock import SystemClock
from npcengine.errors import ConfigError
from npcengine.face.animator import silence
from npcengine.testing import ManualClock


def piece(rate: int, seconds: float = 0.3) -> Piece:
    """A hum."""
    pcm = (3000 * np.sin(np.arange(round(rate * seconds)) / 20)).astype(np.int16)
    return Piece("hum", pcm, (), silence(rate))


def speaking() -> pygame.mixer.Channel:
    """The one channel in which there is a sound."""
    channels = [pygame.mixer.Channel(number) for number in range(pygame.mixer.get_num_channels())]
    (channel,) = [channel for channel in channels if channel.get_sound()]
    return channel


def busy_channels() -> int:
    """How many channels sound."""
    return sum(pygame.mixer.Channel(number).get_busy() for number in range(pygame.mixer.get_num_channels()))


def fade_out(*, left: int = 0) -> None:
    """Lets the mixer, which runs in real time, play until only `left` channels sound; 5 s at most."""
    for _ in range(500):
        if busy_channels() == left:
            return
        pygame.time.wait(10)


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
    game = tone.play(loops=-1)
    speaker = MixerSpeaker(ManualClock(), latency_s=0.0)
    playback = Playback(speaker.line())
    for _ in range(2):
        playback.add(piece(speaker.rate, 100.0))
    assert busy_channels() == 2
    playback.stop()
    fade_out(left=1)
    assert busy_channels() == 1
    assert game.get_busy()


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
def test_every_piece_of_a_voice_comes_from_its_side(pan: float, louder: int) -> None:
    """Panned hard to one side, the other is silent: while a piece plays, while one waits, and after a move."""
    speaker = MixerSpeaker(ManualClock(), latency_s=0.0)
    line = speaker.line()
    line.place(pan, 0.5)
    for _ in range(2):
        line.accept(piece(speaker.rate))
    sounds = [each.sound for each in line._sounds]  # type: ignore[attr-defined]
    for sound in sounds:
        samples = np.asarray(sound)
        assert np.abs(samples[:, louder]).max() == 2999
        assert not samples[:, 1 - louder].any()
        assert sound.get_volume() == pytest.approx(0.5, abs=0.01)
    line.place(-pan, 1.0)
    for sound in sounds:
        assert not np.asarray(sound)[:, louder].any()
        assert sound.get_volume() == 1.0


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


@pytest.mark.usefixtures("mixer")
def test_a_channel_that_the_game_took_is_left_alone() -> None:
    """After a pause between clauses the game plays in our idle channel: it is neither waited for nor stopped."""
    clock = ManualClock()
    speaker = MixerSpeaker(clock, latency_s=0.0)
    line = speaker.line()
    assert line.accept(piece(speaker.rate))
    taken = speaking()
    taken.stop()
    clock.advance(1.0)
    ambience = pygame.mixer.Sound(buffer=bytes(22_050 * 4))
    taken.play(ambience, loops=-1)
    assert line.accept(piece(speaker.rate))
    line.stop()
    assert taken.get_busy()
    assert taken.get_sound() is ambience


@pytest.mark.usefixtures("mixer")
def test_channels_that_the_game_reserved_stay_its_own() -> None:
    """We speak in channels behind the game's."""
    pygame.mixer.set_reserved(8)
    speaker = MixerSpeaker(ManualClock(), latency_s=0.0)
    assert speaker.line().accept(piece(speaker.rate))
    assert not any(pygame.mixer.Channel(number).get_busy() for number in range(8))
    pygame.mixer.set_reserved(0)


@pytest.mark.usefixtures("mixer")
def test_a_mixer_that_was_closed_is_silence_and_not_an_error() -> None:
    """A game that quits pygame first can close the engine after; opened in another format, we keep out of it."""
    clock = ManualClock()
    speaker = MixerSpeaker(clock, latency_s=0.0)
    line = speaker.line()
    line.accept(piece(speaker.rate))
    for reopen in (False, True):
        pygame.mixer.quit()
        if reopen:
            pygame.mixer.init(48_000, -16, 1, 512, allowedchanges=0)
        assert line.accept(piece(speaker.rate))
        line.place(0.5, 0.5)
        clock.advance(1.0)
        assert line.heard()
    line.stop()
    speaker.close()


@pytest.mark.usefixtures("mixer")
def test_an_empty_piece_is_no_sound() -> None:
    """Pygame crashes on a sound without samples."""
    speaker = MixerSpeaker(ManualClock(), latency_s=0.0)
    line = speaker.line()
    assert line.accept(piece(speaker.rate, 0.0))
    assert line.heard() == 0


@pytest.mark.usefixtures("mixer")
def test_a_mixer_that_the_game_stopped_silences_the_voice() -> None:
    """What was not heard does not count as heard."""
    clock = ManualClock()
    speaker = MixerSpeaker(clock, latency_s=0.0)
    playback = Playback(speaker.line())
    playback.add(piece(speaker.rate, 2.0))
    clock.advance(0.5)
    assert not playback.silenced
    position = playback.position
    pygame.mixer.stop()
    clock.advance(0.1)
    playback.feed()
    assert playback.silenced
    clock.advance(5.0)
    assert playback.position == position == 0.5 * speaker.rate


def test_a_queued_piece_leaves_the_mixer_from_its_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the second piece reaches the right ear, and it is as loud as the first; the device is a file."""
    recording = tmp_path / "mixed.raw"
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(recording))
    pygame.mixer.init(22_050, -16, 2, 512, allowedchanges=0)
    try:
        speaker = MixerSpeaker(SystemClock(), latency_s=0.0)
        line = speaker.line()
        line.place(-1.0, 0.5)
        steady = Piece("", np.full(4410, 8000, dtype=np.int16), (), silence(speaker.rate))
        assert line.accept(steady)
        assert line.accept(steady)
        for _ in range(500):
            if not any(pygame.mixer.Channel(number).get_sound() for number in range(pygame.mixer.get_num_channels())):
                break
            pygame.time.wait(10)
    finally:
        pygame.mixer.quit()
    mixed = np.fromfile(recording, dtype=np.int16).reshape(-1, 2)
    assert not mixed[:, 1].any()
    assert np.count_nonzero(mixed[:, 0] == 4000) == np.count_nonzero(mixed[:, 0]) == 8820


@pytest.mark.usefixtures("mixer")
def test_a_channel_s_volume_left_by_the_game_is_not_ours() -> None:
    """A voice is as loud as it was placed, whoever used the channel before."""
    clock = ManualClock()
    speaker = MixerSpeaker(clock, latency_s=0.0)
    line = speaker.line()
    line.accept(piece(speaker.rate))
    channel = speaking()
    channel.stop()
    channel.set_volume(0.1)
    clock.advance(1.0)
    line.accept(piece(speaker.rate))
    assert speaking().get_volume() == 1.0


@pytest.mark.usefixtures("mixer")
def test_a_mixer_a_little_ahead_of_the_clock_was_not_stopped() -> None:
    """A device reads ahead and may run fast: a sound that is gone shortly before its end was heard."""
    clock = ManualClock()
    speaker = MixerSpeaker(clock, latency_s=0.0)
    playback = Playback(speaker.line())
    playback.add(piece(speaker.rate, 2.0))
    clock.advance(1.8)
    pygame.mixer.stop()  # as if the sound had ended
    playback.feed()
    assert not playback.silenced
    clock.advance(0.2)
    assert playback.finished
    assert playback.heard_text() == "hum"


@pytest.mark.usefixtures("mixer")
def test_a_mixer_that_came_back_waits_for_what_was_counted_in_silence() -> None:
    """A piece that would play beside the position of another would move the mouth to the wrong words."""
    clock = ManualClock()
    speaker = MixerSpeaker(clock, latency_s=0.0)
    line = speaker.line()
    line.accept(piece(speaker.rate, 2.0))
    pygame.mixer.quit()
    clock.advance(0.5)
    assert line.heard() == 0.5 * speaker.rate
    pygame.mixer.init(22_050, -16, 2, 512, allowedchanges=0)
    assert not line.accept(piece(speaker.rate))
    clock.advance(1.5)
    assert line.accept(piece(speaker.rate))
    assert pygame.mixer.get_busy()


@pytest.mark.usefixtures("mixer")
def test_a_mixer_that_the_game_shrank_grows_again() -> None:
    """Our channels are gone then, and our sounds with them; the next turn takes new ones."""
    speaker = MixerSpeaker(ManualClock(), latency_s=0.0)
    playback = Playback(speaker.line())
    playback.add(piece(speaker.rate, 2.0))
    pygame.mixer.set_num_channels(8)
    playback.feed()
    assert playback.silenced
    assert speaker.line().accept(piece(speaker.rate))
    assert pygame.mixer.get_num_channels() > 8


@pytest.mark.usefixtures("mixer")
def test_a_closed_speaker_stops_every_line() -> None:
    """A line that was opened early and spoke late is stopped as well."""
    speaker = MixerSpeaker(ManualClock(), latency_s=0.0)
    early, _ = speaker.line(), speaker.line()
    early.accept(piece(speaker.rate, 100.0))
    speaker.close()
    fade_out()
    assert not pygame.mixer.get_busy()


@pytest.mark.usefixtures("mixer")
def test_a_line_that_was_stopped_speaks_again() -> None:
    """A voice that was held goes on, counts on from where it was, and is stopped with the speaker."""
    clock = ManualClock()
    speaker = MixerSpeaker(clock, latency_s=0.0)
    line = speaker.line()
    for _ in range(2):
        line.accept(piece(speaker.rate, 100.0))
    clock.advance(0.5)
    line.stop()
    clock.advance(1.0)
    assert line.heard() == 0.5 * speaker.rate
    speaker.line()
    assert line.accept(piece(speaker.rate, 100.0))
    clock.advance(0.5)
    assert line.heard() == speaker.rate
    fade_out(left=1)
    speaker.close()
    fade_out()
    assert not pygame.mixer.get_busy()


@pytest.mark.usefixtures("mixer")
def test_what_the_mixer_plays_is_noted_for_the_microphone() -> None:
    """From when to when, and how loud it was placed; what is stopped, or was closed away, ends with its fade."""
    clock = ManualClock()
    speaker = MixerSpeaker(clock, latency_s=0.1)
    line = speaker.line()
    line.place(-1.0, 0.5)
    steady = Piece("", np.full(speaker.rate, 16_384, dtype=np.int16), (), silence(speaker.rate))
    assert line.accept(steady)
    assert line.accept(steady)
    played = speaker.echo.between(0.5, 16_000)
    assert played is not None
    np.testing.assert_allclose(played, 0.5 * 0.5 * 0.5, rtol=1e-3)
    clock.advance(1.0)
    line.place(0.0, 1.0)
    played = speaker.echo.between(0.5, 16_000)
    assert played is not None
    np.testing.assert_allclose(played[:8_000], 0.125, rtol=1e-3)
    np.testing.assert_allclose(played[8_000:], 0.5, rtol=1e-3)
    line.stop()
    assert speaker.echo.between(1.03, 16) is not None
    assert speaker.echo.between(1.05, 16_000) is None
    line.accept(steady)
    assert speaker.echo.between(1.5, 16) is not None
    pygame.mixer.quit()
    line.heard()
    assert speaker.echo.between(1.5, 16) is None
    clock.advance(2.0)
    assert line.accept(steady)
    assert speaker.echo.between(3.1, 16) is None


@pytest.mark.usefixtures("mixer")
def test_sound_that_the_game_stopped_is_no_longer_played() -> None:
    """And sound that came to its end a little before its time stays as it was noted."""
    clock = ManualClock()
    speaker = MixerSpeaker(clock, latency_s=0.0)
    line = speaker.line()
    line.accept(piece(speaker.rate, 2.0))
    clock.advance(1.9)
    pygame.mixer.stop()
    line.heard()
    assert speaker.echo.between(1.9, 160) is not None
    clock.advance(1.0)
    line.accept(piece(speaker.rate, 2.0))
    clock.advance(1.0)
    pygame.mixer.stop()
    line.heard()
    assert speaker.echo.between(4.0, 160) is None
