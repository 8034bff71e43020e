"""Echo: framing keeps length and time, rest costs nothing, the gate shuts echo out, own words are told from others'."""

from __future__ import annotations

import logging

import numpy as np
import pytest

from npcengine.errors import BackendError, BackendMissing
from npcengine.hearing import apm
from npcengine.hearing.echo import FRAME_SAMPLES, FramedCanceller, is_own_words, open_canceller
from npcengine.hearing.echo_gate import GateFrames
from npcengine.types import HEARING_RATE, Pcm


class _Marking:
    """Halves what it cleans, 3 samples late, and counts the frames."""

    delay_samples = 3

    def __init__(self) -> None:
        self.frames = 0
        self._line = np.zeros(self.delay_samples, dtype=np.float32)

    def clean(self, frame: Pcm, reference: Pcm) -> Pcm:
        assert len(frame) == len(reference) == FRAME_SAMPLES
        self.frames += 1
        line = np.concatenate((self._line, frame))
        self._line = line[-self.delay_samples :]
        return line[:FRAME_SAMPLES] * np.float32(0.5)

    def reset(self) -> None:
        self._line = np.zeros(self.delay_samples, dtype=np.float32)


def _run(canceller: FramedCanceller, pcm: Pcm, reference: Pcm | None, block: int) -> Pcm:
    """Cleans in blocks, each of which keeps its length."""
    cleaned = []
    for at in range(0, len(pcm), block):
        part = pcm[at : at + block]
        cleaned.append(canceller.clean(part, None if reference is None else reference[at : at + block]))
        assert len(cleaned[-1]) == len(part)
        assert cleaned[-1].dtype == np.float32
    return np.concatenate(cleaned)


def _noise(seconds: float, seed: int, loudness: float = 0.1) -> Pcm:
    samples = np.random.default_rng(seed).standard_normal(int(seconds * HEARING_RATE))
    return (loudness * samples).astype(np.float32)


def _voice(seconds: float, seed: int) -> Pcm:
    """Noise in syllables: 150 ms in one of many bands, 50 ms of near-silence."""
    random = np.random.default_rng(seed)
    pieces = []
    for _ in range(int(seconds * 5)):
        spectrum = np.fft.rfft(random.standard_normal(HEARING_RATE * 3 // 20))
        hz = np.fft.rfftfreq(HEARING_RATE * 3 // 20, 1 / HEARING_RATE)
        shape = sum(np.exp(-(((hz - random.uniform(200, 6000)) / 300) ** 2)) for _ in range(4))
        pieces += [np.fft.irfft(spectrum * shape), np.zeros(HEARING_RATE // 20)]
    voice = np.concatenate(pieces)
    scaled: Pcm = (0.1 * voice / voice.std()).astype(np.float32)
    return scaled


@pytest.mark.parametrize("block", [1, 100, FRAME_SAMPLES, 333, 512, 5000])
def test_silence_of_loudspeakers_changes_nothing_but_time(block: int) -> None:
    """Without a reference the same samples come out, late by the stated latency, and no frame is worked on."""
    frames = _Marking()
    canceller, pcm = FramedCanceller(frames), _noise(0.2, 0)
    cleaned = _run(canceller, pcm, None, block)
    assert canceller.latency_samples == FRAME_SAMPLES + 3
    assert np.array_equal(cleaned[canceller.latency_samples :], pcm[: -canceller.latency_samples])
    assert not cleaned[: canceller.latency_samples].any()
    assert frames.frames == 0


@pytest.mark.parametrize("block", [100, 512, 5000])
def test_blocks_of_any_size_give_the_same_sound(block: int) -> None:
    """How the stream is cut, and whether a silent reference is zeros or None, makes no difference."""
    pcm = _noise(6, 0)
    silence = np.zeros(HEARING_RATE, np.float32)
    reference = np.concatenate((silence, _noise(3, 1), silence, silence))
    whole = FramedCanceller(_Marking()).clean(pcm, reference)
    assert np.array_equal(_run(FramedCanceller(_Marking()), pcm, reference, block), whole)


def test_the_canceller_works_until_the_echo_has_died_away_and_keeps_its_time() -> None:
    """Frames are worked on while there is a reference and for 0.8 s after it, and time stays the same in between."""
    frames = _Marking()
    canceller, pcm = FramedCanceller(frames), _noise(8, 0)
    reference = np.concatenate((_noise(4, 1), np.zeros(4 * HEARING_RATE, np.float32)))
    cleaned = _run(canceller, pcm, reference, 512)
    assert frames.frames == pytest.approx(480, abs=1)
    late, length = canceller.latency_samples, len(pcm) - canceller.latency_samples
    expected = np.where(np.arange(length) < 480 * FRAME_SAMPLES - 3, pcm[:length] / 2, pcm[:length])
    told = slice(3 * HEARING_RATE, length)
    # Where work turns to rest three samples change hands.
    assert np.mean(cleaned[late:][told] != expected[told]) < 0.001


def test_nothing_is_let_through_while_the_room_is_unknown() -> None:
    """The first 1.5 s of reference are silence, once; a pause or a new line does not bring that back, a reset does."""
    canceller = FramedCanceller(_Marking())
    pcm, loud, quiet = _noise(2.5, 0), _noise(2.5, 1), np.zeros(5 * HEARING_RATE // 2, np.float32)
    first = canceller.clean(pcm, loud)
    assert not first[: int(1.5 * HEARING_RATE)].any()
    fading, trusted = (first[int(start_s * HEARING_RATE) :][: HEARING_RATE // 10] for start_s in (1.6, 2.3))
    assert 0 < np.abs(fading).mean() < np.abs(trusted).mean() / 3
    canceller.clean(pcm, quiet)
    assert canceller.clean(pcm, loud)[: HEARING_RATE // 2].all()
    canceller.reset()
    assert not canceller.clean(pcm, loud)[: int(1.5 * HEARING_RATE)].any()


def test_a_reference_of_another_length_is_an_error() -> None:
    """Sound and reference that can't belong together are not guessed at."""
    with pytest.raises(BackendError, match="100"):
        FramedCanceller(_Marking()).clean(np.zeros(160, np.float32), np.zeros(100, np.float32))


@pytest.mark.parametrize(("delay_ms", "gain"), [(0, 0.7), (60, 0.1), (200, 0.7)])
def test_the_gate_shuts_echo_out_and_lets_the_player_in(delay_ms: int, gain: float) -> None:
    """Whatever the delay and the loudness, almost nothing of an echo passes, and most of a voice as loud as it does."""
    reference, player = _voice(10, 1), np.zeros(10 * HEARING_RATE, np.float32)
    player[7 * HEARING_RATE : 9 * HEARING_RATE] = gain * _voice(2, 2)
    echo = np.roll(gain * reference, delay_ms * HEARING_RATE // 1000) + _noise(10, 3, loudness=0.0005)
    alone = FramedCanceller(GateFrames()).clean(echo, reference) != 0
    both = FramedCanceller(GateFrames()).clean(echo + player, reference) != 0
    assert alone.mean() < 0.02
    assert both[7 * HEARING_RATE : 9 * HEARING_RATE].mean() > 0.5


def test_without_the_package_the_gate_takes_over(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A missing canceller costs quality and a warning with its cure, never the microphone."""

    def missing() -> apm.ApmFrames:
        raise BackendMissing("Echo cancelling needs livekit: pip install 'npcengine[echo]'")

    monkeypatch.setattr(apm, "load", missing)
    with caplog.at_level(logging.WARNING):
        canceller = open_canceller()
    assert canceller.latency_samples == FRAME_SAMPLES + GateFrames.delay_samples
    assert "pip install" in caplog.text


SPOKEN = "Five silver for the sword, traveller, and I'll not haggle over it. My brother's gone up the river."


@pytest.mark.parametrize(
    "heard",
    [
        SPOKEN,
        "Five silver for the sword traveler",
        "I'll not haggle over it. My brother is gone",
        "and all not haggle over it",
        "gone up the river.",
    ],
)
def test_own_words_are_known_with_a_recognisers_mistakes(heard: str) -> None:
    """A part of what the character says, even misheard, is its own."""
    assert is_own_words(heard, SPOKEN)


@pytest.mark.parametrize(
    "heard",
    [
        "",
        "No.",
        "Stop!",
        "And?",
        "Five silver is too much for me.",
        "Where did your brother go?",
        "Will you take three?",
        "Your brother's dead, isn't he?",
        "Five silver for the sword, traveller, and I'll not haggle over it. No, I have only three, so take it or not.",
    ],
)
def test_the_players_words_are_not_taken_for_the_characters(heard: str) -> None:
    """Answers, single words, questions with the same words, and own words followed by the player's."""
    assert not is_own_words(heard, SPOKEN)


def test_a_silent_character_has_no_words() -> None:
    """While nothing is spoken everything heard is the player's, and more than was spoken is not explained by it."""
    assert not is_own_words("Who goes there?", "")
    assert not is_own_words("The river is high today, so how do I get across?", "the river")
