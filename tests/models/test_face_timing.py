"""Lips against sound with the real voice: the face shuts its lips while the sound of p, b and m is shut."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from benchmarks import lip_life
from benchmarks.heard_closures import HeardClosure, half_depth, landmarks, level_db
from benchmarks.lip_methods import METHODS, of_engine, of_labels, of_loudness
from benchmarks.lip_sentences import SENTENCES
from benchmarks.lips import WAYS, LipFigures, compare, lip_figures, spoken
from npcengine.errors import BackendMissing, ModelMissing
from npcengine.face import arkit, calibration
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.offsets import DEFAULT_OFFSETS
from npcengine.face.sampling import sample
from npcengine.types import LoadOptions, Speech, Voice
from npcengine.voice import piper
from npcengine.voice.protocol import TextToSpeech

pytestmark = pytest.mark.models

EVERY_FIFTH = SENTENCES[::5]


@pytest.fixture(scope="module")
def voice() -> Iterator[TextToSpeech]:
    """The default voice."""
    try:
        loaded = piper.load("en_US-joe-medium", LoadOptions(threads=1))
    except (ModelMissing, BackendMissing) as error:
        pytest.skip(str(error))
    yield loaded
    loaded.close()


@pytest.fixture(scope="module")
def speeches(voice: TextToSpeech) -> list[Speech]:
    """The sentences as the default voice says them when nothing is asked of it."""
    return spoken(voice, EVERY_FIFTH, Voice())


@pytest.fixture(scope="module")
def life(voice: TextToSpeech) -> lip_life.LifeFigures:
    """Three minutes of talk."""
    return lip_life.measure(voice, EVERY_FIFTH)


def told(name: str, figures: LipFigures) -> LipFigures:
    """The same, printed."""
    print(f"\n{name}: {figures}")
    return figures


@pytest.mark.parametrize("way", WAYS)
def test_lips_shut_with_the_sound_at_every_speed_and_in_every_voice(voice: TextToSpeech, way: str) -> None:
    """Nine closures of ten are covered, half of the onsets are 12 ms off or less, nine of ten 40 ms or less."""
    said = spoken(voice, EVERY_FIFTH, WAYS[way])
    tables = compare(said, {"engine": of_engine, "labels": of_labels, "loudness": of_loudness})
    for listener, table in tables.items():
        ours = told(f"{way}, {listener}", table["engine"])
        assert ours.closures >= 20
        assert ours.coverage >= 0.9
        assert ours.onset_ms <= (12.0 if listener == "landmarks" else 15.0)
        assert ours.onset_p90_ms <= 40.0
        assert ours.needless == 0.0
        assert ours.coverage > table["labels"].coverage + 0.3
        assert ours.coverage > table["loudness"].coverage + 0.1


@pytest.mark.skipif(not importlib.util.find_spec("openfacefx"), reason="pip install 'npcengine[bench]'")
def test_the_nearest_library_takes_labels_as_they_are(speeches: list[Speech]) -> None:
    """With openfacefx the lips shut later than with the engine, by 40 ms at the median."""
    heard = [list(landmarks(speech)) for speech in speeches]
    ours, other = (
        lip_figures(speeches, [METHODS[name](speech) for speech in speeches], heard)
        for name in ("engine", "openfacefx")
    )
    assert told("openfacefx", other).early_ms < ours.early_ms - 40.0


def test_two_ways_of_listening_agree(speeches: list[Speech]) -> None:
    """The two detectors that the engine does not use place the same closures within 15 ms of each other, mostly."""
    apart_ms = []
    for speech in speeches:
        others = list(half_depth(speech))
        for closure in landmarks(speech):
            near = [abs(other.start_ms - closure.start_ms) for other in others if _overlap(other, closure)]
            apart_ms += near[:1]
    assert len(apart_ms) >= 15
    assert np.median(apart_ms) <= 15.0


def test_a_calibration_finds_the_offsets_that_are_built_in(voice: TextToSpeech) -> None:
    """Other sentences give lips that are 12 ms off at the median, and p far later than m."""
    said = spoken(voice, calibration.SENTENCES, Voice())
    found = calibration.calibrate(said)
    print(f"\n{found}")
    assert found.labels_ms > 40.0
    assert found.corrected_ms <= 12.0
    assert found.offsets.voiceless_stop > found.offsets.nasal
    for name in ("voiceless_stop", "voiced_stop", "word_initial", "release"):
        built_in = getattr(DEFAULT_OFFSETS, name)
        assert getattr(found.offsets, name) == pytest.approx(built_in, abs=12.0)


def test_the_lips_are_shut_in_the_middle_of_a_closure(speeches: list[Speech]) -> None:
    """There jawOpen is at 0 and the lips are pressed, for at least 90 % of closures."""
    shut = []
    for speech in speeches:
        curves = PhonemeAnimator().animate(speech, "neutral")
        for closure in landmarks(speech):
            middle = speech.sample_rate * (closure.start_ms + closure.end_ms) / 2000.0
            weights = sample(curves, middle)[0]
            shut.append(weights[arkit.JAW_OPEN] < 0.03 and weights[arkit.INDEX["mouthPressLeft"]] > 0.4)
    print(f"\nlips shut in {np.mean(shut):.0%} of {len(shut)} closures")
    assert np.mean(shut) >= 0.9


def test_the_jaw_opens_with_the_loudness_of_the_voice(speeches: list[Speech]) -> None:
    """Jaw and level go together: their correlation over a sentence is positive, 0.3 or more at the median."""
    found = []
    for speech in speeches:
        curves = PhonemeAnimator().animate(speech, "neutral")
        level = level_db(speech, 500, 4000, half_ms=6)[::10]
        rows = min(len(level), len(curves.weights))
        found.append(float(np.corrcoef(level[:rows], curves.weights[:rows, arkit.JAW_OPEN])[0, 1]))
    print(f"\njaw and level correlate by {np.median(found):.2f} at the median")
    assert np.median(found) >= 0.3
    assert min(found) > 0.0


def test_without_phonemes_the_jaw_still_knows_most_of_what_is_said(speeches: Sequence[Speech]) -> None:
    """Its correlation with the jaw of the phonemes is 0.6 or more on average, and above that of plain loudness."""
    found = lip_life.jaws(speeches)
    print(f"\n{found}")
    assert found.fallback >= 0.6
    assert found.fallback > found.loudness + 0.03


def test_nothing_drifts_in_three_minutes(life: lip_life.LifeFigures) -> None:
    """Played and shown frame by frame, lips are no later at the end than at the beginning, to 20 ms."""
    print(f"\n{life}")
    assert life.monologue_s >= 180.0
    assert abs(life.drift_ms) < 20.0


def test_the_mouth_moves_only_with_sound(life: lip_life.LifeFigures) -> None:
    """It opens at most 120 ms before a stretch is heard and is at rest 250 ms after; 200 ms after an interruption."""
    assert life.lead_ms <= 120.0
    assert life.tail_ms <= 250.0
    assert life.shut_after_interruption_ms <= 200.0


def test_a_face_costs_next_to_nothing(life: lip_life.LifeFigures) -> None:
    """Reading a mouth takes less than 20 µs, the curves of a sentence less than 5 ms."""
    assert life.sample_us < 20.0
    assert life.curves_ms < 5.0


def _overlap(one: HeardClosure, other: HeardClosure) -> bool:
    return one.start_ms < other.end_ms and other.start_ms < one.end_ms
