"""A face's own life over simulated minutes: how often, how long, how far, against the figures of real people."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from npcengine.face import arkit, visemes
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.beats import SHORTEST_GAP_S
from npcengine.face.eyes import CLOSE_S, GAZE_RANGE_DEG, HOLD_S, OPEN_S, Gaze
from npcengine.face.live import LiveFace
from npcengine.face.sampling import MouthSample, sample
from npcengine.face.timing import correct
from npcengine.types import Accent, Face, FaceCurves, Speech, Status

FRAME_S = 1.0 / 60.0
LIDS = arkit.INDEX["eyeBlinkLeft"]
BROW = arkit.INDEX["browOuterUpLeft"]
VOWEL = MouthSample(visemes.VISEME_ROWS[visemes.INDEX["aa"]], "aa", "D")

Times = NDArray[np.float64]


def live(seconds: float, status: Status, *, seed: int = 9, step_s: float = FRAME_S) -> list[Face]:
    """A face left to itself, speaking where that is its status."""
    face = LiveFace(seed)
    mouth = VOWEL if status == "speaking" else None
    return [face.update(step_s, status, "neutral", mouth) for _ in range(round(seconds / step_s))]


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """(first, behind the last) of each stretch that is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


@pytest.mark.parametrize(("status", "low", "high"), [("idle", 8, 21), ("listening", 8, 21), ("speaking", 20, 32)])
def test_blinks_come_as_often_as_peoples(status: Status, low: float, high: float) -> None:
    """Over ten minutes: at rest 8-21 a minute (Doughty 2001, gaze ahead), talking near 26 (Bentivoglio et al. 1997)."""
    lids = np.array([face.weights[LIDS] for face in live(600.0, status, step_s=0.03)])
    assert low <= len(runs(lids > 0.6)) / 10.0 <= high


def test_gaps_between_blinks_are_skewed_as_peoples() -> None:
    """Log-normal: the mean is well above the median, and some blinks come in pairs."""
    lids = np.array([face.weights[LIDS] for face in live(900.0, "idle", step_s=0.03)])
    gaps_s = np.diff([first for first, _ in runs(lids > 0.6)]) * 0.03
    assert gaps_s.mean() > 1.1 * np.median(gaps_s)
    assert 0.03 < (gaps_s < 0.5).mean() < 0.15


def test_lids_fall_faster_than_they_rise() -> None:
    """From 10 % to 90 % in under 60 ms, back in more than 1.4 times that; shut for some 20 ms; 0.3 s in all."""
    lids = np.array([face.weights[LIDS] for face in live(120.0, "listening", step_s=0.002)])
    blinks = [(first, end) for first, end in runs(lids > 0.1) if lids[first:end].max() > 0.9]
    assert len(blinks) > 15
    single = [(first, end) for first, end in blinks if (end - first) * 0.002 < 0.3]
    closing, opening = [], []
    for first, end in single:
        up = np.flatnonzero(lids[first:end] > 0.9)
        closing.append(up[0] * 0.002)
        opening.append((end - first - up[-1]) * 0.002)
    assert np.median(closing) < 0.06
    assert np.median(opening) > 1.4 * np.median(closing)
    assert len(single) > 0.8 * len(blinks)
    assert CLOSE_S + HOLD_S + OPEN_S < 0.3


@pytest.mark.parametrize(("status", "share"), [("speaking", 3.1 / 4.0), ("listening", 7.9 / 8.3)])
def test_looks_at_the_player_and_away_last_as_peoples(status: Status, share: float) -> None:
    """The share of looking at the player is Lee, Badler & Badler's (2002) within six hundredths."""
    gaze = np.array([face.gaze for face in live(600.0, status, step_s=0.03)])
    at_player = np.hypot(gaze[:, 0], gaze[:, 1]) * GAZE_RANGE_DEG < 3.5
    assert at_player.mean() == pytest.approx(share, abs=0.06)


def test_saccades_are_as_large_and_as_fast_as_peoples() -> None:
    """Most turn by less than 15 degrees, the larger the rarer; 25 ms and 2.4 ms a degree; 150 ms apart at least."""
    gaze = Gaze(4)
    points = np.array([gaze.advance(0.002, "speaking") for _ in range(150_000)]) * GAZE_RANGE_DEG
    moves = runs(np.hypot(*np.diff(points, axis=0).T) > 1e-6)
    sizes = np.array([np.hypot(*(points[end] - points[first])) for first, end in moves])
    lengths_s = np.array([(end - first) * 0.002 for first, end in moves])
    assert len(moves) > 150
    assert 0.85 < (sizes < 15.0).mean() < 1.0
    counts, _ = np.histogram(sizes, bins=[0.0, 6.0, 12.0, 18.0, 30.0])
    assert (np.diff(counts) < 0).all()
    assert np.allclose(lengths_s, 0.025 + 0.0024 * sizes, atol=0.006)
    assert min((after[0] - before[1]) * 0.002 for before, after in pairwise(moves)) > 0.15


@pytest.mark.parametrize("status", ["idle", "listening"])
def test_breath_comes_twelve_to_twenty_times_a_minute(status: Status) -> None:
    """Over five minutes, drawn in for less than half of each cycle, and no two cycles alike."""
    breath = np.array([face.breath for face in live(300.0, status, step_s=0.03)])
    rising = np.diff(breath) > 1e-6
    cycles = [(first, end) for first, end in runs(rising) if (end - first) * 0.03 > 0.5]
    assert 12 <= len(cycles) / 5.0 <= 20
    assert 0.3 < rising.mean() < 0.45
    lengths = np.diff([first for first, _ in cycles])
    assert 0.05 < lengths.std() / lengths.mean() < 0.3
    assert 0.0 <= breath.min() < 0.05
    assert breath.max() <= 1.0


def test_a_speaker_draws_breath_in_pauses_only() -> None:
    """Lungs empty while words are heard, and fill in a pause of more than 300 ms, and in no shorter one."""
    face = LiveFace(2)

    def breath(seconds: float, mouth: MouthSample) -> Times:
        return np.array([face.update(FRAME_S, "speaking", "neutral", mouth).breath for _ in range(round(seconds * 60))])

    silence = MouthSample(np.zeros(arkit.COUNT, dtype=np.float32), "sil", "X")
    breath(3.0, VOWEL)
    assert (np.diff(breath(1.0, VOWEL)) <= 1e-9).all()
    assert (np.diff(breath(0.2, silence)) <= 1e-9).all()
    assert (np.diff(breath(2.0, VOWEL)) <= 1e-9).all()
    assert breath(0.8, silence)[-1] > 0.85


def test_a_deep_breath_comes_before_an_answer() -> None:
    """Thinking begins with lungs that fill further than at rest."""
    face = LiveFace(3)
    at_rest = max(face.update(FRAME_S, "listening", "neutral", None).breath for _ in range(1800))
    thinking = max(face.update(FRAME_S, "thinking", "neutral", None).breath for _ in range(90))
    assert thinking > at_rest + 0.3


def test_the_head_never_stands_still_and_never_strays() -> None:
    """At rest it moves in every second by less than 3 degrees, and stays within 10 degrees of the player."""
    head = np.array([face.head for face in live(120.0, "idle")])
    spans = np.ptp(head[: 60 * (len(head) // 60)].reshape(-1, 60, 3), axis=1)
    assert (spans.max(axis=1) > 0.02).all()
    assert np.median(spans) < 3.0
    assert np.abs(head).max() < 10.0


def test_a_listener_nods_now_and_then() -> None:
    """Five to fifteen nods a minute, down by two degrees and more within a fifth of a second."""
    pitch = np.array([face.head[1] for face in live(300.0, "listening")])
    falling = runs((pitch[10:] - pitch[:-10]) < -1.5)
    assert 5 <= len(falling) / 5.0 <= 15


def accented(at_s: list[float], seconds: float, strength: float = 1.0) -> FaceCurves:
    """Speech with nothing but accents in it."""
    rows = round(seconds * 100) + 1
    weights = np.zeros((rows, arkit.COUNT), dtype=np.float32)
    accents = tuple(Accent(round(16_000 * each_s), strength) for each_s in at_s)
    return FaceCurves(16_000, 160.0, weights, ("E",) * rows, "B" * rows, accents)


def spoken(pieces: list[FaceCurves], step_s: float = FRAME_S) -> list[Face]:
    """The faces of pieces that are heard one after the other."""
    face = LiveFace(5, blink_per_minute=0.0)
    faces = []
    for curves in pieces:
        length_s = (len(curves.weights) - 1) / 100
        times = np.arange(0.0, length_s, step_s)
        faces += [face.update(step_s, "speaking", "neutral", sample(curves, 16_000 * time_s)) for time_s in times]
    return faces


def nods(faces: list[Face], without: list[Face], step_s: float = FRAME_S) -> tuple[Times, Times]:
    """(when each nod is lowest, by how many degrees) against a face without accents."""
    down = np.array([other.head[1] - face.head[1] for face, other in zip(faces, without, strict=True)])
    lows = [first + int(np.argmax(down[first:end])) for first, end in runs(down > 0.5)]
    return np.array(lows) * step_s, down[lows]


def test_an_accent_lifts_the_brows_and_then_bends_the_head() -> None:
    """Brows are on their way before the accent and highest within it; the head is lowest 0.15 s in; both scale."""
    plain = spoken([accented([], 3.0)])
    strong, weak = (spoken([accented([1.0], 3.0, strength)]) for strength in (1.0, 0.5))
    (low_s,), (depth,) = nods(strong, plain)
    (_,), (shallow,) = nods(weak, plain)
    brows = np.array([face.weights[BROW] for face in strong])
    assert low_s == pytest.approx(1.17, abs=0.03)
    assert depth == pytest.approx(3.5, abs=0.1)
    assert shallow == pytest.approx(depth / 2.0, abs=0.1)
    assert brows[59] > 0.1
    assert 1.0 < np.argmax(brows) / 60.0 < 1.15
    assert np.ptp([face.weights[BROW] for face in plain]) == 0.0


def test_two_stretches_of_speech_do_not_nod_twice_in_a_row() -> None:
    """Accents at the end of one piece and the start of the next: one nod; 0.8 s apart is the least there is."""
    pieces, plain = [accented([0.5], 0.7), accented([0.1, 1.2], 2.0)], [accented([], 0.7), accented([], 2.0)]
    lows_s, _ = nods(spoken(pieces), spoken(plain))
    assert len(lows_s) == 2
    assert np.diff(lows_s).min() >= SHORTEST_GAP_S


def test_a_nod_is_finished_when_the_words_are_cut() -> None:
    """An interruption in the middle of a nod: the head comes up as smoothly as ever."""
    face, plain = LiveFace(5), LiveFace(5)
    curves = accented([0.2], 1.0)
    down = []
    for index in range(60):
        mouth = sample(curves, 16_000 * index / 60) if index < 18 else None
        bare = None if mouth is None else mouth._replace(accent=None)
        nodding, still = (each.update(FRAME_S, "speaking", "neutral", m) for each, m in ((face, mouth), (plain, bare)))
        down.append(still.head[1] - nodding.head[1])
    assert max(down) > 2.0
    assert np.abs(np.diff(down)).max() < 1.0
    assert down[-1] == pytest.approx(0.0, abs=1e-6)


def test_accents_are_stressed_vowels_that_stand_out(make_speech: Callable[..., Speech]) -> None:
    """Each lies at the start of a stressed vowel, at least 0.9 s from the next; louder and longer ones win."""
    text = "^ðə mˈɪlɚ sˈoʊld hɪz flˈaʊɚ ænd wˈɛnt tə mˈɑːɹkɪt wɪð hɪz dˈɔːtɚ.$"
    speech = make_speech(list(text), 70.0)
    sounds = correct(speech.phonemes, len(speech.pcm), sample_rate=speech.sample_rate)
    stressed = {sound.start: sound for sound in sounds if sound.stressed}
    accents = PhonemeAnimator().animate(speech, "neutral").accents
    assert 2 <= len(accents) < len(stressed)
    assert {accent.sample for accent in accents} <= set(stressed)
    assert all(0.0 < accent.strength <= 1.0 for accent in accents)
    assert min(b.sample - a.sample for a, b in pairwise(accents)) >= 0.9 * speech.sample_rate
    chosen = next(start for start, sound in stressed.items() if sound.symbol == "ɛ")
    speech.pcm[chosen : chosen + 2000] *= 3.0
    assert chosen in {accent.sample for accent in PhonemeAnimator().animate(speech, "neutral").accents}


def test_speech_without_labels_has_accents_where_it_is_loudest() -> None:
    """Three bursts, the second twice as loud: the accent lies there."""
    time = np.arange(48_000) / 16_000
    level = np.where((time % 0.5) < 0.2, 0.1, 0.001) * np.where((time > 1.0) & (time < 1.3), 2.0, 1.0)
    pcm = (level * np.sin(2.0 * np.pi * 300.0 * time)).astype(np.float32)
    accents = PhonemeAnimator().animate(Speech("", pcm, 16_000), "neutral").accents
    assert any(16_000 <= accent.sample <= 19_200 for accent in accents)
    assert all(accent.strength <= 1.0 for accent in accents)
