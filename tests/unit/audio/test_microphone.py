"""The microphone a game holds, and the sources of sound behind it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Self

import numpy as np
import pytest

from npcengine.audio.capture import NullSource, Sink
from npcengine.audio.microphone import BlockTiming, Microphone, next_level, open_microphone
from npcengine.audio.sound_device import SoundDeviceSource
from npcengine.audio.wav_source import WavSource
from npcengine.clock import SystemClock
from npcengine.errors import AudioError, ConfigError
from npcengine.testing import ManualClock
from npcengine.types import Pcm

RATE = 16_000


class _Heard:
    """A sink that keeps what it gets."""

    def __init__(self) -> None:
        self.blocks: list[Pcm] = []
        self.rates: set[int] = set()

    def __call__(self, pcm: Pcm, sample_rate: int) -> None:
        self.blocks.append(pcm)
        self.rates.add(sample_rate)

    @property
    def pcm(self) -> Pcm:
        return np.concatenate(self.blocks)


class _HandSource(NullSource):
    """A device whose blocks the test speaks."""

    device_name = "by hand"

    def start(self, sink: Sink) -> None:
        self.speak: Sink = sink


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    """Whatever a test starts has ended when it ends."""
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


def _loud(samples: int = 512) -> Pcm:
    return np.full(samples, 0.5, dtype=np.float32)


def _by_hand() -> tuple[Microphone, _HandSource, _Heard, ManualClock]:
    clock, source, heard = ManualClock(), _HandSource(), _Heard()
    microphone = Microphone(source, clock=clock)
    microphone.start(heard)
    return microphone, source, heard, clock


def test_blocks_reach_the_sink_in_both_talking_modes() -> None:
    """Push to talk hears all the time, too: what comes just before the key belongs to the utterance."""
    microphone, source, heard, _ = _by_hand()
    source.speak(_loud(), RATE)
    microphone.mode = "open"
    source.speak(_loud(), RATE)
    assert len(heard.blocks) == 2
    assert heard.rates == {RATE}


def test_off_hears_nothing() -> None:
    """Switched off, no sound leaves the microphone and the bar is empty."""
    microphone, source, heard, _ = _by_hand()
    source.speak(_loud(), RATE)
    microphone.mode = "off"
    source.speak(_loud(), RATE)
    assert len(heard.blocks) == 1
    assert microphone.level == 0.0


def test_a_mode_that_does_not_exist_lists_those_that_do() -> None:
    """A typing mistake in a game's settings is told at once."""
    with pytest.raises(ConfigError, match="push_to_talk, open, off"):
        Microphone(NullSource()).mode = "always"  # type: ignore[assignment]


def test_the_level_rises_at_once_and_falls_smoothly() -> None:
    """A loud block fills the bar, quiet ones empty it within a second, and it stays within 0 and 1."""
    loud = next_level(0.0, _loud(), RATE)
    assert loud == pytest.approx(0.9, abs=0.01)
    assert next_level(0.0, 4 * _loud(), RATE) == 1.0
    levels = [loud]
    for _ in range(31):
        levels.append(next_level(levels[-1], np.zeros(512, dtype=np.float32), RATE))
    assert levels == sorted(levels, reverse=True)
    assert 0.8 < levels[1] < loud
    assert levels[-1] == 0.0
    assert next_level(0.4, np.zeros(0, dtype=np.float32), RATE) == 0.4


def test_a_device_that_falls_silent_empties_the_bar_and_becomes_a_problem() -> None:
    """A hung driver calls nobody back: the level ends at once and the problem is told after some seconds."""
    microphone, source, _, clock = _by_hand()
    clock.advance(100.0)
    assert microphone.problem is None
    source.speak(_loud(), RATE)
    assert microphone.level > 0.0
    clock.advance(0.5)
    assert microphone.level == 0.0
    assert microphone.problem is None
    clock.advance(3.0)
    assert microphone.problem is not None
    assert "no sound comes from by hand" in microphone.problem
    source.speak(_loud(), RATE)
    assert microphone.problem is None


def test_a_sink_learns_when_its_block_began() -> None:
    """Blocks that follow each other begin where the last one ended, however late each of them came."""
    clock, source = ManualClock(), _HandSource()
    microphone = Microphone(source, clock=clock)
    began_s: list[float] = []
    microphone.start(lambda _pcm, _rate: began_s.append(microphone.block_began_s))
    for arrived_s in (10.032, 10.070, 10.099, 10.200, 10.201, 10.202):
        clock.advance(arrived_s - clock.now())
        source.speak(_loud(), RATE)
    assert began_s == pytest.approx([10.0 + 0.032 * index for index in range(6)], abs=1e-3 + 2e-3)
    microphone.start(lambda _pcm, _rate: began_s.append(microphone.block_began_s))
    clock.advance(50.032 - clock.now())
    source.speak(_loud(), RATE)
    assert began_s[-1] == pytest.approx(50.0)


def test_the_time_of_blocks_follows_a_device_that_loses_sound() -> None:
    """A second after a gap of half a second, and with a clock that runs away, blocks are timed to a millisecond."""
    timing = BlockTiming()
    arrived_s = 0.0
    for index in range(200):
        arrived_s += 0.032 * (1.0 + 1e-4) + (0.5 if index == 100 else 0.0)
        timing.add(arrived_s, 0.032)
        if not 100 <= index < 132:
            assert timing.began_s == pytest.approx(arrived_s - 0.032, abs=1e-3)


def test_stop_forgets() -> None:
    """After stop the bar is empty, a late block reaches nobody, and stopping twice is fine."""
    microphone, source, heard, _ = _by_hand()
    source.speak(_loud(), RATE)
    microphone.stop()
    microphone.stop()
    source.speak(_loud(), RATE)
    assert len(heard.blocks) == 1
    assert microphone.level == 0.0
    assert microphone.problem is None


def test_a_recording_all_at_once_is_followed_by_silence() -> None:
    """Every sample arrives in order within start, then a second of silence for the end of speech to show."""
    pcm = np.linspace(-1, 1, 20_000, dtype=np.float32)
    heard = _Heard()
    source = WavSource(pcm, RATE, realtime=False)
    source.start(heard)
    source.stop()
    np.testing.assert_array_equal(heard.pcm[:20_000], pcm)
    assert len(heard.pcm) >= 36_000
    assert not heard.pcm[20_000:].any()
    assert {len(block) for block in heard.blocks} == {512}


def test_a_recording_at_its_own_pace_takes_its_time_and_stops_when_told() -> None:
    """A block comes when its last sample would have been spoken, and stop ends the thread in the middle."""
    clock = SystemClock()
    began_s, due_s, enough = clock.now(), 4 * 0.032, threading.Event()
    heard = _Heard()

    def sink(pcm: Pcm, sample_rate: int) -> None:
        heard(pcm, sample_rate)
        if len(heard.blocks) == 4:
            enough.set()

    source = WavSource(_loud(RATE), RATE)
    source.start(sink)
    source.start(sink)
    assert enough.wait(5.0)
    assert clock.now() - began_s >= due_s
    source.stop()
    source.stop()
    count = len(heard.blocks)
    assert count < 20
    assert {len(block) for block in heard.blocks} == {512}


def test_a_recording_ends_in_silence_until_stopped() -> None:
    """After its last sample a recording is a microphone in a quiet room; started again, it begins anew."""
    silent, first = threading.Event(), threading.Event()

    def sink(pcm: Pcm, _rate: int) -> None:
        (first if pcm.any() else silent).set()

    source = WavSource(_loud(600), RATE, tail_s=0.0)
    for _ in range(2):
        first.clear()
        silent.clear()
        source.start(sink)
        assert first.wait(5.0)
        assert silent.wait(5.0)
        source.stop()


def test_sources_by_name(tmp_path: Path) -> None:
    """The names a command line takes, and errors that list them."""
    assert isinstance(open_microphone("auto"), SoundDeviceSource)
    assert isinstance(open_microphone("none"), NullSource)
    with pytest.raises(ConfigError, match="auto, none or wav:PATH"):
        open_microphone("default")
    with pytest.raises(ConfigError, match="wav:PATH"):
        open_microphone("wav:")
    with pytest.raises(AudioError, match="no such file"):
        open_microphone(f"wav:{tmp_path / 'hello.wav'}")


class _PortAudioError(Exception):
    """As the library has it."""


class _FakeStream:
    """An input stream that speaks one stereo block when opened and can be unplugged."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.closed = False

    def __enter__(self) -> Self:
        block = np.zeros((self.options["blocksize"], self.options["channels"]), dtype=np.float32)
        block[:, 0] = 0.5
        self.options["callback"](block, len(block), None, None)
        block[:] = 9.0
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True

    def unplug(self) -> None:
        self.options["finished_callback"]()


class _FakeLibrary(ModuleType):
    """sounddevice with one device of certain abilities."""

    PortAudioError = _PortAudioError

    def __init__(self, *, rates: tuple[int, ...] = (16_000, 48_000), channels: tuple[int, ...] = (1, 2)) -> None:
        super().__init__("sounddevice")
        self.rates, self.channels = rates, channels
        self.stream: _FakeStream | None = None
        self.opened = threading.Event()

    def query_devices(self, kind: str) -> dict[str, Any]:
        assert kind == "input"
        if not self.rates:
            raise _PortAudioError("Error querying device -1")
        return {
            "name": "Webcam",
            "default_samplerate": float(self.rates[-1]),
            "max_input_channels": self.channels[-1],
        }

    def InputStream(self, **options: Any) -> _FakeStream:  # noqa: N802, ANN401
        if options["samplerate"] not in self.rates or options["channels"] not in self.channels:
            raise _PortAudioError("Invalid sample rate [PaErrorCode -9997]")
        self.stream = _FakeStream(options)
        self.opened.set()
        return self.stream


def _wait_until_ended(source: SoundDeviceSource) -> None:
    thread = source._thread
    assert thread is not None
    thread.join(5.0)


@pytest.mark.parametrize(
    ("library", "rate"),
    [
        (_FakeLibrary(), 16_000),
        (_FakeLibrary(rates=(44_100,)), 44_100),
        (_FakeLibrary(rates=(48_000,), channels=(2,)), 48_000),
    ],
    ids=["16 kHz", "own rate", "own rate, stereo only"],
)
def test_the_device_is_opened_as_it_allows(monkeypatch: pytest.MonkeyPatch, library: _FakeLibrary, rate: int) -> None:
    """16 kHz mono if the device takes it, else its own rate, else its own channels; blocks of 32 ms, copied, mono."""
    monkeypatch.setitem(sys.modules, "sounddevice", library)
    heard = _Heard()
    source = SoundDeviceSource()
    source.start(heard)
    source.start(heard)
    assert library.opened.wait(5.0)
    source.stop()
    assert source.problem is None
    assert source.device_name == "Webcam"
    assert heard.rates == {rate}
    [block] = heard.blocks
    assert block.shape == (rate * 32 // 1000,)
    assert block.max() <= 0.5
    assert library.stream is not None
    assert library.stream.closed


def test_a_lost_device_becomes_a_problem_and_can_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unplugged, it says so and its thread ends; started again, all is well again."""
    library = _FakeLibrary()
    monkeypatch.setitem(sys.modules, "sounddevice", library)
    source = SoundDeviceSource()
    source.start(_Heard())
    assert library.opened.wait(5.0)
    assert library.stream is not None
    library.stream.unplug()
    _wait_until_ended(source)
    assert source.problem is not None
    assert "Webcam went away" in source.problem
    library.opened.clear()
    source.start(_Heard())
    assert library.opened.wait(5.0)
    source.stop()
    assert source.problem is None


def _raise_os_error(*_: object) -> None:
    raise OSError("PortAudio library not found")


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda patch: patch.setitem(sys.modules, "sounddevice", None), "pip install 'npcengine[microphone]'"),
        (
            lambda patch: (
                patch.delitem(sys.modules, "sounddevice", raising=False),
                patch.setattr(sys, "meta_path", [SimpleNamespace(find_spec=_raise_os_error)]),
            ),
            "libportaudio2",
        ),
        (lambda patch: patch.setitem(sys.modules, "sounddevice", _FakeLibrary(rates=())), "no microphone found"),
        (
            lambda patch: patch.setitem(sys.modules, "sounddevice", _FakeLibrary(channels=(4,))),
            "can't be used: Invalid sample rate",
        ),
    ],
    ids=["no package", "no PortAudio", "no device", "device refuses"],
)
def test_without_a_microphone_the_game_goes_on(
    monkeypatch: pytest.MonkeyPatch, prepare: Callable[[pytest.MonkeyPatch], object], says: str
) -> None:
    """Whatever is missing shows as one line with a cure; nothing is raised and no thread is left."""
    prepare(monkeypatch)
    source = SoundDeviceSource()
    microphone = Microphone(source)
    microphone.start(_Heard())
    _wait_until_ended(source)
    microphone.stop()
    assert microphone.problem is not None
    assert says in microphone.problem
    assert "\n" not in microphone.problem
    assert microphone.level == 0.0


def test_a_recording_starts_again_when_the_player_speaks_up() -> None:
    """Whoever presses the talk key late still says the whole recording."""
    pcm = np.concatenate([np.full(512, 0.5, dtype=np.float32), np.zeros(512, dtype=np.float32)])
    source = WavSource(pcm, RATE)
    blocks: list[Pcm] = []
    loud_twice = threading.Event()

    def hear(block: Pcm, _: int) -> None:
        blocks.append(block)
        loud = sum(float(each.max()) > 0.1 for each in blocks)
        if loud == 1 and len(blocks) == 4:
            source.attend()
        if loud == 2:
            loud_twice.set()

    source.start(hear)
    assert loud_twice.wait(10)
    source.stop()
