"""The whole face at every frame of a game: speech, eyes, head, breath and emotion; knows no sound and no curves."""

from __future__ import annotations

import math

import numpy as np

from npcengine.errors import ConfigError
from npcengine.face import arkit
from npcengine.face.beats import Beats
from npcengine.face.breath import Breath
from npcengine.face.eyes import Blinks, Gaze, ease
from npcengine.face.feelings import CROSS_FADE_S, CrossFade, Feelings, Row
from npcengine.face.head import Drive, Head
from npcengine.face.sampling import MouthSample
from npcengine.types import Emotion, Face, Status

RELEASE_S = 0.15
"""A mouth whose speech is gone comes to rest in so many seconds."""

LONGEST_STEP_S = 1.0
"""A longer step (a pause, a face nobody looked at) counts as this much: what was not seen needs no catching up."""

SPEAKING_MIX_S = 0.15
"""An expression's mouth makes room for words in so many seconds; it comes back as slowly as any feeling."""
SPEAKING_SHARE = 0.4
"""How much of an expression's mouth is left while speaking, so that words stay readable."""

SENTENCE_END_S = 0.1
"""Speech that is silent for so long has come to the end of something, and a blink that is due comes now."""

_STATUS_LOOKS = {
    "idle": {},
    "listening": {"browInnerUp": 0.12, "browOuterUp": 0.1, "eyeWide": 0.06},
    "thinking": {"browDownLeft": 0.25, "browOuterUpRight": 0.2, "eyeSquint": 0.15, "mouthPress": 0.12},
    "speaking": {},
}
_LOOKS = {status: arkit.row(look) for status, look in _STATUS_LOOKS.items()}

_BEAT = arkit.row({"browInnerUp": 0.3, "browOuterUp": 0.45})
"""Brows on the strongest accent."""

_ONE = np.float32(1.0)
_ROLL = arkit.INDEX["mouthRollLower"]
_LIPS_TOUCH_ROLL = 0.3  # the roll at which p, b, m, f and v have the lips where they must be
_LOOK_DOWN = arkit.INDEX["eyeLookDownLeft"]
_LIDS_FOLLOW = 0.25  # looking down lowers the lids

_CORNERS = arkit.indices(["mouthSmile", "mouthFrown", "mouthDimple", "mouthPress"])
"""Shapes of the mouth that leave shut lips shut: a smile that went out with every p would look like a twitch."""
_CORNER_MASK, _LIPS_MASK, _UPPER_MASK = (np.zeros(arkit.COUNT, dtype=np.float32) for _ in range(3))
_LIPS_MASK[arkit.MOUTH] = 1.0
_UPPER_MASK[:] = 1.0 - _LIPS_MASK
_CORNER_MASK[_CORNERS], _LIPS_MASK[_CORNERS] = 1.0, 0.0


def _mask(speaking: float, touch: float) -> Row:
    """What is let through by a mouth that speaks so much, with lips that must touch so much (both 0–1)."""
    share = 1.0 - (1.0 - SPEAKING_SHARE) * speaking
    mask: Row = _UPPER_MASK + np.float32(share) * _CORNER_MASK + np.float32(share * (1.0 - touch)) * _LIPS_MASK
    return mask


_SPEAKING_MASK = _mask(1.0, 0.0)


class LiveFace:
    """A character's face, advanced once per frame.

    Args:
        seed: The same seed and the same calls give the same face.
        expressiveness: 0 is a mask, 1 normal; multiplies expressions, looks and motion of the head.
        blink_per_minute: At rest; speaking raises it.

    Raises:
        ConfigError: A figure is negative or not finite.
    """

    def __init__(self, seed: int = 0, expressiveness: float = 1.0, blink_per_minute: float = 16.0) -> None:
        _require_figures(expressiveness, blink_per_minute)
        self._expressiveness = expressiveness
        self._blinks = Blinks(seed, blink_per_minute)
        self._gaze = Gaze(seed)
        self._head = Head(seed, expressiveness)
        self._breath = Breath(seed)
        self._beats = Beats()
        self._feelings = Feelings()
        self._look = CrossFade(_LOOKS["idle"])
        self._speech = np.zeros(arkit.COUNT, dtype=np.float32)
        self._unheard_s = math.inf  # since a mouth was given
        self._silent_s = math.inf  # since it said anything
        self._speaking = 0.0

    def adapt(self, expressiveness: float, blink_per_minute: float) -> None:
        """Moves as these figures want it from now on; eyes, head and mouth go on from where they are.

        Raises:
            ConfigError: A figure is negative or not finite.
        """
        _require_figures(expressiveness, blink_per_minute)
        self._expressiveness = self._head.expressiveness = expressiveness
        self._blinks.adapt(blink_per_minute)

    def update(
        self,
        dt: float,
        status: Status,
        emotion: Emotion,
        mouth: MouthSample | None,
        *,
        strength: float = 1.0,
        resting: Emotion = "neutral",
    ) -> Face:
        """The face `dt` seconds after the last call.

        Args:
            dt: Seconds since the last call; negative counts as 0, more than `LONGEST_STEP_S` as that.
            status: What the character is doing.
            emotion: What it feels.
            mouth: What `npcengine.face.sampling.sample` gave for the sample being heard, None when none is.
            strength: 0–1, how much of the emotion shows.
            resting: What shows in the place of what is missing.

        Returns:
            A new face; its array is the caller's to keep. The jaw is at exactly 0 once `RELEASE_S` has passed without
            speech.
        """
        dt = min(max(0.0, dt), LONGEST_STEP_S)
        speech, viseme, shape, accent = self._mouth(dt, mouth)
        gaze = self._gaze.advance(dt, status)
        if self._gaze.turned_far() or self._fell_silent(dt, viseme):
            self._blinks.hurry()
        lids = self._blinks.advance(dt, status)
        brow, nod = self._beats.advance(dt, accent)
        breath = self._breath.advance(dt, status, sounding=viseme != "sil")

        overlay = self._feelings.advance(dt, emotion, strength, resting) + self._look.advance(dt, _LOOKS[status])
        if brow:
            overlay += _BEAT * np.float32(brow)
        overlay = np.minimum(overlay, _ONE) * np.float32(self._expressiveness)
        gaze = (gaze[0], gaze[1] - float(overlay[_LOOK_DOWN]))
        weights = np.maximum(speech, self._let_through(overlay, speech))
        np.minimum(weights, _ONE, out=weights)
        _turn_eyes(weights, gaze)
        _close_lids(weights, lids, gaze)
        head = self._head.advance(dt, status, gaze, Drive(nod, breath, self._feelings.pose()))
        return Face(weights, shape, viseme, gaze, head, breath)

    def _mouth(self, dt: float, mouth: MouthSample | None) -> MouthSample:
        """The speech now: as given, or the last one on its way to rest."""
        if mouth is not None:
            self._speech, self._unheard_s = mouth.weights, 0.0
            self._speaking = min(1.0, self._speaking + dt / SPEAKING_MIX_S)
            return mouth
        self._unheard_s += dt
        self._speaking = max(0.0, self._speaking - dt / CROSS_FADE_S)
        left = 1.0 - ease(self._unheard_s / RELEASE_S)
        return MouthSample(self._speech * np.float32(left), "sil", "X")

    def _fell_silent(self, dt: float, viseme: str) -> bool:
        """Whether a pause in speech has just become long enough to be one."""
        before_s = self._silent_s
        self._silent_s = 0.0 if viseme != "sil" else before_s + dt
        return before_s < SENTENCE_END_S <= self._silent_s

    def _let_through(self, overlay: Row, speech: Row) -> Row:
        """What speech leaves of an expression: all above the mouth, little within it, nothing that would part lips."""
        if self._speaking == 0.0:
            return overlay
        touch = min(1.0, float(speech[_ROLL]) / _LIPS_TOUCH_ROLL)
        if self._speaking == 1.0 and touch == 0.0:
            return overlay * _SPEAKING_MASK
        return overlay * _mask(self._speaking, touch)


def _require_figures(expressiveness: float, blink_per_minute: float) -> None:
    for name, value in (("expressiveness", expressiveness), ("blink_per_minute", blink_per_minute)):
        if not 0.0 <= value < math.inf:
            raise ConfigError(f"A face's {name} is {value}; give 0 or more.")


_IN_LEFT, _IN_RIGHT = arkit.INDEX["eyeLookInLeft"], arkit.INDEX["eyeLookInRight"]
_OUT_LEFT, _OUT_RIGHT = arkit.INDEX["eyeLookOutLeft"], arkit.INDEX["eyeLookOutRight"]
_UP_LEFT, _UP_RIGHT = arkit.INDEX["eyeLookUpLeft"], arkit.INDEX["eyeLookUpRight"]
_DOWN_LEFT, _DOWN_RIGHT = arkit.INDEX["eyeLookDownLeft"], arkit.INDEX["eyeLookDownRight"]


def _turn_eyes(weights: Row, gaze: tuple[float, float]) -> None:
    """Sets the gaze's shapes; the viewer's right is the character's left."""
    right, up = gaze
    weights[_OUT_LEFT] = weights[_IN_RIGHT] = min(1.0, max(0.0, right))
    weights[_IN_LEFT] = weights[_OUT_RIGHT] = min(1.0, max(0.0, -right))
    weights[_UP_LEFT] = weights[_UP_RIGHT] = min(1.0, max(0.0, up))
    weights[_DOWN_LEFT] = weights[_DOWN_RIGHT] = min(1.0, max(0.0, -up))


_BLINK_LEFT, _BLINK_RIGHT = arkit.INDEX["eyeBlinkLeft"], arkit.INDEX["eyeBlinkRight"]
_WIDE_LEFT, _WIDE_RIGHT = arkit.INDEX["eyeWideLeft"], arkit.INDEX["eyeWideRight"]


def _close_lids(weights: Row, lids: float, gaze: tuple[float, float]) -> None:
    """Shuts the lids by a blink and lowers them with the eyes; a shut eye isn't wide."""
    weights[_BLINK_LEFT] = weights[_BLINK_RIGHT] = max(lids, _LIDS_FOLLOW * max(0.0, -gaze[1]))
    if lids > 0.0:
        weights[_WIDE_LEFT] *= 1.0 - lids
        weights[_WIDE_RIGHT] *= 1.0 - lids
