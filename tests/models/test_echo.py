"""A character with a real voice in simulated rooms: it does not hear itself, and hears the player."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from benchmarks.echo import CANCELLERS, hear, return_loss_db, words_of
from benchmarks.echo_scenes import LINES, ROOMS, SPEECH, Room, Scene, alone, clips, spoken, talked_over
from npcengine.errors import BackendMissing, ModelMissing
from npcengine.hearing import whisper
from npcengine.hearing.echo import EchoCanceller, is_own_words
from npcengine.hearing.protocol import SpeechToText
from npcengine.types import HEARING_RATE, LoadOptions, Pcm

pytestmark = pytest.mark.models

CLIPS_TALKED_OVER = 8
"""Every third of the 24 clips; the benchmark takes all."""


@pytest.fixture(scope="module")
def ears() -> Iterator[SpeechToText]:
    """The default recogniser."""
    try:
        loaded = whisper.load("tiny.en", LoadOptions(threads=2))
    except (ModelMissing, BackendMissing) as error:
        pytest.skip(str(error))
    yield loaded
    loaded.close()


@pytest.fixture(scope="module")
def voice() -> Pcm:
    """24 seconds of a character's lines."""
    try:
        return spoken()[0]
    except (ModelMissing, BackendMissing) as error:
        pytest.skip(str(error))


def _opened(name: str) -> EchoCanceller:
    if name == "apm":
        pytest.importorskip("livekit.rtc", reason="livekit is not installed")
    canceller = CANCELLERS[name]()
    assert canceller is not None
    return canceller


@pytest.mark.parametrize("name", ["apm", "gate"])
@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_a_character_does_not_hear_itself(name: str, room: Room, voice: Pcm, ears: SpeechToText) -> None:
    """From its first word on, in rooms with delays of 0 to 200 ms: no false start, hence no word."""
    heard = hear(alone(voice, room), _opened(name))
    assert heard.starts == ()
    assert words_of(heard, ears) == ""


def test_without_a_canceller_it_would(voice: Pcm, ears: SpeechToText) -> None:
    """The rooms are loud enough to matter: bare, its first word starts an utterance, known then as its own."""
    heard = hear(alone(voice, ROOMS[0]), None)
    assert heard.starts
    assert is_own_words(words_of(heard, ears), " ".join(LINES))


@pytest.mark.parametrize("delay_ms", [-10, 0, 20, 60, 120, 200])
def test_the_delay_need_not_be_known(delay_ms: int, voice: Pcm) -> None:
    """Whatever the delay, at least 20 dB of the echo are gone after the first two seconds."""
    scene = alone(voice[: 8 * HEARING_RATE], Room(max(delay_ms, 0), -6, 0.3))
    early = max(-delay_ms, 0) * HEARING_RATE // 1000
    scene = Scene(np.roll(scene.reference, early), scene.microphone)
    assert return_loss_db(scene, hear(scene, _opened("apm")), skip_s=2.0) > 20


def test_a_delay_that_changes_is_found_again(voice: Pcm) -> None:
    """A device that starts to buffer 40 ms more is followed within three seconds."""
    scene = alone(voice[: 16 * HEARING_RATE], Room(60, -6, 0.3))
    at, more = 8 * HEARING_RATE, 40 * HEARING_RATE // 1000
    later = np.concatenate((scene.microphone[:at], np.zeros(more, np.float32), scene.microphone[at:-more]))
    scene = Scene(scene.reference, later)
    assert return_loss_db(scene, hear(scene, _opened("apm")), skip_s=11.0) > 20


@pytest.mark.parametrize("name", ["apm", "gate"])
@pytest.mark.parametrize("level_db", [0.0, -6.0])
def test_a_player_who_talks_over_it_is_heard(name: str, level_db: float) -> None:
    """As loud as the echo or half as loud, the player starts an utterance, and the character does not."""
    if not SPEECH.is_dir():
        pytest.skip("no recordings of human speech beside the project: ../shared/speech")
    found = 0
    for number in range(0, len(clips()), len(clips()) // CLIPS_TALKED_OVER):
        scene = talked_over(number, level_db=level_db)
        heard = hear(scene, _opened(name))
        assert all(start >= scene.player_at - HEARING_RATE // 10 for start in heard.starts)
        found += heard.player_start(scene) is not None
    assert found >= CLIPS_TALKED_OVER - 1
