"""A face beside speech: it blinks, looks about, feels, and shuts its mouth when the words are gone."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from npcengine.errors import ConfigError
from npcengine.face import arkit, expressions
from npcengine.face.live import RELEASE_S, LiveFace
from npcengine.face.sampling import MouthSample
from npcengine.face.visemes import INDEX as VISEME
from npcengine.face.visemes import VISEME_ROWS
from npcengine.types import EMOTIONS, Emotion, Face, Status

FRAME_S = 1.0 / 60.0
JAW, SMILE, BLINK = arkit.JAW_OPEN, arkit.INDEX["mouthSmileLeft"], arkit.INDEX["eyeBlinkLeft"]
BROW_DOWN = arkit.INDEX["browDownLeft"]
OPEN = MouthSample(VISEME_ROWS[VISEME["aa"]], "aa", "D")
SHUT = MouthSample(VISEME_ROWS[VISEME["PP"]], "PP", "A")


def run(
    face: LiveFace,
    seconds: float,
    status: Status = "idle",
    emotion: Emotion = "neutral",
    mouth: MouthSample | None = None,
) -> list[Face]:
    """The faces of so many seconds at 60 frames a second."""
    return [face.update(FRAME_S, status, emotion, mouth) for _ in range(round(seconds / FRAME_S))]


def column(faces: list[Face], index: int) -> NDArray[np.float32]:
    """One weight over time."""
    return np.array([face.weights[index] for face in faces])


def blinks(faces: list[Face]) -> int:
    """How often the lids fell."""
    lids = column(faces, BLINK) > 0.6
    return int((lids[1:] & ~lids[:-1]).sum())


@pytest.mark.parametrize(("status", "per_minute"), [("idle", 16.0), ("speaking", 24.0)])
def test_blinks_come_at_their_rate(status: Status, per_minute: float) -> None:
    """Over ten minutes the rate is within a quarter of the one asked for; talking raises it by half."""
    face = LiveFace(9, blink_per_minute=16.0)
    count = blinks([face.update(2.0 * FRAME_S, status, "neutral", None) for _ in range(30 * 600)])
    assert 0.75 * per_minute < count / 10.0 < 1.25 * per_minute


def test_a_blink_is_short_and_shuts_the_eye() -> None:
    """Every blink reaches 1 at 60 frames a second and is over within 300 ms."""
    lids = column(run(LiveFace(4), 120.0), BLINK)
    starts = np.flatnonzero((lids[1:] > 0.3) & (lids[:-1] <= 0.3))
    assert len(starts) > 10
    for start in starts:
        assert lids[start : start + 15].max() > 0.95
        assert lids[start + 2 : start + 18].min() < 0.1


def test_no_blinks_when_none_are_asked_for() -> None:
    """0 blinks a minute is a face that never blinks."""
    assert blinks(run(LiveFace(1, blink_per_minute=0.0), 60.0)) == 0


def test_the_same_seed_gives_the_same_face() -> None:
    """Two faces of one seed agree in every number; another seed differs."""
    first, second, other = (run(LiveFace(seed), 20.0, "listening", "worried") for seed in (7, 7, 8))
    for left, right in zip(first, second, strict=True):
        assert np.array_equal(left.weights, right.weights)
        assert (left.gaze, left.head, left.breath) == (right.gaze, right.head, right.breath)
    assert any(left.gaze != right.gaze for left, right in zip(first, other, strict=True))


def test_frames_of_any_length_lead_to_the_same_face() -> None:
    """30 s in frames of 1/60 s and of 1/15 s end with the same lids, eyes and head."""
    smooth, choppy = LiveFace(5), LiveFace(5)
    left = run(smooth, 30.0, "listening", "happy")[-1]
    for _ in range(450):
        right = choppy.update(4.0 * FRAME_S, "listening", "happy", None)
    assert np.allclose(left.weights, right.weights, atol=1e-3)
    assert left.gaze == pytest.approx(right.gaze, abs=1e-3)
    assert left.head == pytest.approx(right.head, abs=0.2)


@pytest.mark.parametrize("emotion", ["neutral", "afraid", "surprised"])
@pytest.mark.parametrize("status", ["idle", "listening", "thinking"])
def test_the_jaw_rests_at_zero_outside_speech(status: Status, emotion: Emotion) -> None:
    """No look and no feeling opens the jaw of a silent face, and it shows Rhubarb's X and OVR's sil."""
    faces = run(LiveFace(2), 10.0, status, emotion)
    assert not column(faces, JAW).any()
    assert {(face.mouth_shape, face.viseme) for face in faces} == {("X", "sil")}


def test_an_interrupted_mouth_is_shut_within_200_ms() -> None:
    """Words cut off mid-vowel: the jaw only ever falls, no faster than a frame can show, and is at 0 after 200 ms."""
    face = LiveFace(3)
    spoken = run(face, 1.0, "speaking", "neutral", OPEN)
    jaw = column([spoken[-1], *run(face, 0.5, "listening")], JAW)
    assert jaw[0] == pytest.approx(OPEN[0][JAW])
    assert (np.diff(jaw) <= 0.0).all()
    assert np.diff(jaw).min() > -0.5 * jaw[0]
    assert RELEASE_S <= 0.2
    assert not jaw[13:].any()


def test_speech_passes_through_untouched() -> None:
    """A neutral face shows exactly the weights, the viseme and the letter that are heard."""
    face = run(LiveFace(1), 1.0, "speaking", "neutral", OPEN)[-1]
    assert np.allclose(face.weights[arkit.MOUTH], OPEN[0][arkit.MOUTH])
    assert (face.viseme, face.mouth_shape) == ("aa", "D")


def test_a_smile_gives_way_to_words_and_to_closed_lips() -> None:
    """Silent, a happy mouth smiles; speaking it keeps 40 % of that, on shut lips too, whose corners it lifts."""
    silent = run(LiveFace(1), 1.0, "idle", "happy")[-1].weights[SMILE]
    speaking = run(LiveFace(1), 1.0, "speaking", "happy", OPEN)[-1].weights[SMILE]
    shut = run(LiveFace(1), 1.0, "speaking", "happy", SHUT)[-1].weights
    smile = expressions.EXPRESSIONS["happy"]["mouthSmile"]
    assert silent == pytest.approx(smile)
    assert speaking == pytest.approx(0.4 * smile, abs=0.01)
    assert shut[SMILE] == pytest.approx(0.4 * smile, abs=0.01)
    assert shut[JAW] == 0.0


@pytest.mark.parametrize("emotion", EMOTIONS)
def test_no_feeling_parts_lips_that_must_be_shut(emotion: Emotion) -> None:
    """At full strength and twice as expressive as normal, nothing that opens a mouth is left on p, b and m."""
    parting = arkit.indices(["jawOpen", "mouthLowerDown", "mouthUpperUp", "mouthFunnel", "mouthPucker", "mouthStretch"])
    for before in (None, OPEN):
        face = LiveFace(1, expressiveness=2.0)
        run(face, 0.5, "thinking", emotion, before)
        for shown in run(face, 0.3, "speaking", emotion, SHUT):
            assert not shown.weights[parting].any()
            assert shown.weights[arkit.INDEX["mouthRollLower"]] >= 0.3


def test_feelings_fade_in() -> None:
    """A new emotion is there after 300 to 500 ms, and no weight jumps by more than a tenth from frame to frame."""
    face = LiveFace(1, blink_per_minute=0.0)
    run(face, 1.0)
    brows = column(run(face, 0.6, "idle", "angry"), BROW_DOWN)
    assert np.abs(np.diff(brows)).max() < 0.1
    assert brows[-1] == pytest.approx(expressions.EXPRESSIONS["angry"]["browDown"])
    assert 0.3 <= (np.argmax(brows > 0.999 * brows[-1]) + 1) * FRAME_S <= 0.5


def test_a_feeling_that_dies_away_sinks_into_the_mood() -> None:
    """From the full emotion through half of each to the mood alone, without a step and without a bump."""
    face = LiveFace(1, blink_per_minute=0.0)

    def brows(emotion: Emotion, strengths: NDArray[np.float64]) -> NDArray[np.float32]:
        faces = [face.update(FRAME_S, "idle", emotion, None, strength=share, resting="firm") for share in strengths]
        return column(faces, BROW_DOWN)

    angry, firm = (expressions.EXPRESSIONS[emotion]["browDown"] for emotion in ("angry", "firm"))
    assert brows("angry", np.ones(60))[-1] == pytest.approx(angry)
    let_go = brows("angry", np.full(60, 0.5))
    dying = brows("angry", np.linspace(0.5, 0.25, 600))
    at_rest = brows("firm", np.ones(60))
    assert let_go[-1] == pytest.approx((angry + firm) / 2.0, abs=1e-3)
    assert at_rest[-1] == pytest.approx(firm)
    whole = np.concatenate([let_go, dying, at_rest])
    assert np.diff(whole).max() < 1e-6
    assert np.diff(whole).min() > -0.05


def test_a_sad_face_looks_down() -> None:
    """Eyes, gaze and head go down together."""
    sad, neutral = (run(LiveFace(2, blink_per_minute=0.0), 3.0, "idle", emotion)[-1] for emotion in ("sad", "neutral"))
    assert sad.gaze[1] < neutral.gaze[1] - 0.1
    assert sad.head[1] < neutral.head[1] - 3.0
    assert sad.weights[arkit.INDEX["eyeLookDownLeft"]] == pytest.approx(-sad.gaze[1], abs=1e-6)


def test_a_face_without_expressiveness_is_a_mask() -> None:
    """0 leaves blinks and eyes alone, and takes away feeling and motion of the head."""
    face = run(LiveFace(1, expressiveness=0.0), 2.0, "thinking", "angry")[-1]
    assert face.weights[arkit.INDEX["browDownLeft"]] == 0.0
    assert face.head == pytest.approx((0.0, 0.0, 0.0))


def test_eyes_meet_the_player_who_speaks_and_leave_to_think() -> None:
    """Listening, the gaze rests near the player nearly always; thinking, it is away mostly, and mostly up."""
    listening = np.array([face.gaze for face in run(LiveFace(6), 60.0, "listening")])
    thinking = np.array([face.gaze for face in run(LiveFace(6), 60.0, "thinking")])
    assert (np.hypot(*listening.T) < 0.1).mean() > 0.85
    away = np.hypot(*thinking.T) > 0.1
    assert away.mean() > 0.5
    assert (thinking[away, 1] > 0.0).mean() > 0.9


def test_one_who_listens_and_one_who_thinks_look_it() -> None:
    """Listening opens the face, thinking knits one brow, lifts the other and presses the lips; both fade out."""
    face = LiveFace(2, blink_per_minute=0.0)
    down, up, press = (arkit.INDEX[name] for name in ("browDownLeft", "browOuterUpRight", "mouthPressLeft"))
    listening = run(face, 1.0, "listening")[-1].weights
    assert listening[arkit.INDEX["browInnerUp"]] > 0.1
    assert listening[down] == 0.0
    thinking = run(face, 1.0, "thinking")[-1].weights
    assert min(thinking[down], thinking[up], thinking[press]) > 0.1
    assert not run(face, 1.0, "idle")[-1].weights[[down, up, press]].any()


def test_the_eyes_turn_together() -> None:
    """To the viewer's right: the left eye looks out, the right eye in, both by the gaze."""
    right = next(face for face in run(LiveFace(6), 60.0, "idle") if face.gaze[0] > 0.2)
    assert right.weights[arkit.INDEX["eyeLookOutLeft"]] == pytest.approx(right.gaze[0], abs=1e-6)
    assert right.weights[arkit.INDEX["eyeLookInRight"]] == pytest.approx(right.gaze[0], abs=1e-6)
    assert right.weights[arkit.INDEX["eyeLookOutRight"]] == 0.0


@pytest.mark.parametrize("dt", [0.0, -1.0, 5.0])
def test_odd_steps_of_time_are_harmless(dt: float) -> None:
    """No time, time going back, a long stall: the face stays within its limits."""
    face = LiveFace(1)
    for status in ("speaking", "thinking", "idle"):
        weights = face.update(dt, status, "happy", OPEN).weights
        assert np.isfinite(weights).all()
        assert 0.0 <= weights.min() <= weights.max() <= 1.0


def test_a_face_nobody_looked_at_does_not_catch_up() -> None:
    """An hour in one step is as cheap as a second: the same face comes out."""
    long, short = LiveFace(1), LiveFace(1)
    after_hour, after_second = (face.update(dt, "idle", "sad", None) for face, dt in ((long, 3600.0), (short, 1.0)))
    assert np.array_equal(after_hour.weights, after_second.weights)


@pytest.mark.parametrize("settings", [{"expressiveness": -1.0}, {"blink_per_minute": float("nan")}])
def test_nonsense_is_refused(settings: dict[str, float]) -> None:
    """A negative or undefined figure raises, naming it."""
    with pytest.raises(ConfigError, match=next(iter(settings))):
        LiveFace(1, **settings)


def test_a_face_may_be_told_to_move_otherwise() -> None:
    """Blinks and expressions change as a file that is read again says; eyes and head go on from where they are."""
    calm = LiveFace(seed=3, expressiveness=0.5, blink_per_minute=0.0)
    for _ in range(100):
        before = calm.update(0.02, "idle", "angry", None)
    calm.adapt(expressiveness=1.0, blink_per_minute=60.0)
    after = calm.update(0.02, "idle", "angry", None)
    brow = arkit.INDEX["browDownLeft"]
    assert after.weights[brow] == pytest.approx(2 * before.weights[brow], rel=0.01)
    assert after.gaze == pytest.approx(before.gaze, abs=0.1)
    lids = [calm.update(0.02, "idle", "angry", None).weights[arkit.INDEX["eyeBlinkLeft"]] for _ in range(500)]
    assert max(lids) > 0.9
    with pytest.raises(ConfigError):
        calm.adapt(expressiveness=-1.0, blink_per_minute=16.0)
