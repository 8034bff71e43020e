"""The face rig: weights move what they name, and the same weights draw the same picture."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

import npcengine
from demo_game.face_rig import FaceRig
from demo_game.looks import BY_STEM, STRANGERS, Look, look_for
from demo_game.portrait.scenery import stage
from npcengine.face import expressions
from npcengine.types import EMOTIONS

SIZE = (320, 320)
EYES = (160.0, 140.0)
SCALE = 80.0
MOUTH = pygame.Rect(120, 185, 80, 60)
RIGHT_EYE = pygame.Rect(112, 124, 40, 30)
"""The eye at the viewer's left, which ARKit calls right."""
LEFT_EYE = pygame.Rect(168, 124, 40, 30)


def _face(head: tuple[float, float, float] = (0.0, 0.0, 0.0), **weights: float) -> npcengine.Face:
    """A face of named weights; a name without a side sets both."""
    values = np.zeros(len(npcengine.ARKIT_NAMES), dtype=np.float32)
    for index, name in enumerate(npcengine.ARKIT_NAMES):
        values[index] = weights.get(name, weights.get(name.removesuffix("Left").removesuffix("Right"), 0.0))
    return npcengine.Face(values, head=head)


def _picture(face: npcengine.Face, look: Look, rig: FaceRig | None = None) -> NDArray[np.int64]:
    """The pixels, indexed [x, y, channel]."""
    surface = stage(look, SIZE, origin=EYES, scale=SCALE)
    (rig or FaceRig(look)).draw(surface, face, origin=EYES, scale=SCALE)
    return pygame.surfarray.array3d(surface).astype(np.int64)


def _inside(picture: NDArray[np.int64], area: pygame.Rect) -> NDArray[np.int64]:
    return picture[area.left : area.right, area.top : area.bottom]


def _dark(picture: NDArray[np.int64], area: pygame.Rect) -> int:
    return int((_inside(picture, area).sum(axis=2) < 190).sum())


def _white(picture: NDArray[np.int64], area: pygame.Rect) -> int:
    return int((_inside(picture, area).min(axis=2) > 205).sum())


@pytest.fixture(params=sorted(BY_STEM))
def look(request: pytest.FixtureRequest) -> Look:
    """Each villager's look in turn."""
    return BY_STEM[request.param]


def test_an_open_jaw_opens_the_mouth(look: Look) -> None:
    """The further the jaw drops, the more of the mouth's dark shows."""
    shut, half, wide = (_dark(_picture(_face(jawOpen=jaw), look), MOUTH) for jaw in (0.0, 0.35, 0.8))
    assert shut < half < wide


def test_a_closed_mouth_stays_closed_below_an_open_jaw(look: Look) -> None:
    """MouthClose keeps the lips together however far the jaw has dropped."""
    closed = _dark(_picture(_face(jawOpen=0.6, mouthClose=1.0), look), MOUTH)
    assert closed < _dark(_picture(_face(jawOpen=0.6), look), MOUTH)


def test_a_blink_hides_the_eyes(look: Look) -> None:
    """The whites show in an open eye and are gone in a shut one."""
    for eye in (RIGHT_EYE, LEFT_EYE):
        assert _white(_picture(_face(), look), eye) > 20
        assert _white(_picture(_face(eyeBlink=1.0), look), eye) < 5


def test_left_is_the_persons_own_left(look: Look) -> None:
    """A wink of ARKit's left eye shuts the one at the viewer's right, and no other."""
    wink = _picture(_face(eyeBlinkLeft=1.0), look)
    assert _white(wink, LEFT_EYE) < 5
    assert _white(wink, RIGHT_EYE) > 20


def test_rounding_narrows_the_mouth() -> None:
    """A puckered mouth takes fewer columns than a smiling one."""
    look = BY_STEM["gerta"]
    rest = _picture(_face(), look)

    def columns(face: npcengine.Face) -> int:
        changed = np.abs(_picture(face, look) - rest).sum(axis=2)
        return int((_inside(changed[..., None], MOUTH).max(axis=(1, 2)) > 120).sum())

    assert columns(_face(jawOpen=0.3, mouthPucker=1.0)) < columns(_face(jawOpen=0.3, mouthSmile=0.8))


def test_the_head_turns_the_way_it_is_told() -> None:
    """Positive yaw carries the eyes to the viewer's right, positive pitch up."""
    look = BY_STEM["gerta"]

    def whites(head: tuple[float, float, float]) -> tuple[float, float]:
        picture = _picture(_face(head), look)
        x, y = np.nonzero(picture[100:230, 110:170].min(axis=2) > 205)
        return float(x.mean()), float(y.mean())

    ahead, turned, raised = whites((0, 0, 0)), whites((12, 0, 0)), whites((0, 12, 0))
    assert turned[0] > ahead[0] + 3
    assert raised[1] < ahead[1] - 3


def test_every_emotion_can_be_told_from_every_other(look: Look) -> None:
    """Any two of the twelve differ visibly in at least 80 pixels of a small portrait, whoever it is."""
    pictures = {
        emotion: _picture(
            npcengine.Face(expressions.ROWS[emotion], head=(0.0, *expressions.HEAD.get(emotion, (0, 0)))), look
        )
        for emotion in EMOTIONS
    }
    for (one, first), (other, second) in combinations(pictures.items(), 2):
        assert (np.abs(first - second).sum(axis=2) > 90).sum() >= 80, (one, other)


def test_a_breath_lifts_the_head() -> None:
    """Full lungs carry the eyes up by a pixel or two, and no further."""
    look = BY_STEM["gerta"]

    def height(breath: float) -> float:
        rest = npcengine.Face(np.zeros(len(npcengine.ARKIT_NAMES), dtype=np.float32), breath=breath)
        return float(np.nonzero(_picture(rest, look)[100:230, 110:170].min(axis=2) > 205)[1].mean())

    assert 1.0 < height(0.0) - height(1.0) < 3.0


def test_the_same_face_draws_the_same_picture(look: Look) -> None:
    """Neither an earlier frame nor another rig leaves a trace."""
    face = _face((3.0, -2.0, 1.0), jawOpen=0.4, mouthSmile=0.5, browInnerUp=0.3)
    rig = FaceRig(look)
    first = _picture(face, look, rig)
    _picture(_face(jawOpen=0.9, eyeBlink=1.0), look, rig)
    assert np.array_equal(first, _picture(face, look, rig))
    assert np.array_equal(first, _picture(face, look))


@pytest.mark.parametrize("scale", [20.0, SCALE, 140.0])
@pytest.mark.parametrize("stranger", STRANGERS)
def test_every_weight_at_its_end_can_be_drawn(stranger: Look, scale: float) -> None:
    """No combination of weights, gaze and head angles breaks the drawing, at any size."""
    extreme = npcengine.Face(
        np.ones(len(npcengine.ARKIT_NAMES), dtype=np.float32), gaze=(1.0, -1.0), head=(25.0, -20.0, 15.0)
    )
    surface = stage(stranger, SIZE, origin=EYES, scale=scale)
    FaceRig(stranger).draw(surface, extreme, origin=EYES, scale=scale)


def test_an_unknown_character_has_a_look() -> None:
    """A file dropped into the folder is drawn as a stranger, always the same one."""
    assert look_for("gerta") is BY_STEM["gerta"]
    assert look_for("somebody") in STRANGERS
    assert look_for("somebody") is look_for("somebody")
