"""The whole face at every frame of a game: speech, eyes, head and emotion together; knows no sound and no curves."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import ConfigError
from npcengine.face import arkit, expressions
from npcengine.face.eyes import Blinks, Gaze, ease
from npcengine.face.head import Head
from npcengine.face.sampling import MouthSample
from npcengine.types import Emotion, Face, Status

CROSS_FADE_S = 0.4
RELEASE_S = 0.15
"""A mouth whose speech is gone comes to rest in so many seconds."""

LONGEST_STEP_S = 1.0
"""A longer step (a pause, a face nobody looked at) counts as this much: what was not seen needs no catching up."""

SPEAKING_MIX_S = 0.15
"""An expression's mouth makes room for words in so many seconds; it comes back as slowly as any feeling."""
SPEAKING_SHARE = 0.4
"""How much of an expression's mouth is left while speaking, so that words stay readable."""

_STATUS_LOOKS = {
    "idle": {},
    "listening": {"browInnerUp": 0.12, "browOuterUp": 0.1, "eyeWide": 0.06},
    "thinking": {"browDownLeft": 0.25, "browOuterUpRight": 0.2, "eyeSquint": 0.15, "mouthPress": 0.12},
    "speaking": {},
}
_LOOKS = {status: arkit.row(look) for status, look in _STATUS_LOOKS.items()}

_BLINK = arkit.indices(["eyeBlink"])
_WIDE = arkit.indices(["eyeWide"])
_ROLL = arkit.INDEX["mouthRollLower"]
_LIPS_TOUCH_ROLL = 0.3  # the roll at which p, b, m, f and v have the lips where they must be
_LIDS_FOLLOW = 0.25  # looking down lowers the lids
_MOUTH_MASK = np.zeros(arkit.COUNT, dtype=np.float32)
_MOUTH_MASK[arkit.MOUTH] = 1.0
_UPPER_MASK = 1.0 - _MOUTH_MASK


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
        self._expression = _CrossFade(expressions.ROWS["neutral"])
        self._look = _CrossFade(_LOOKS["idle"])
        self._speech = np.zeros(arkit.COUNT, dtype=np.float32)
        self._silent_s = math.inf
        self._speaking = 0.0

    def adapt(self, expressiveness: float, blink_per_minute: float) -> None:
        """Moves as these figures want it from now on; eyes, head and mouth go on from where they are.

        Raises:
            ConfigError: A figure is negative or not finite.
        """
        _require_figures(expressiveness, blink_per_minute)
        self._expressiveness = self._head.expressiveness = expressiveness
        self._blinks.adapt(blink_per_minute)

    def update(self, dt: float, status: Status, emotion: Emotion, mouth: MouthSample | None) -> Face:
        """The face `dt` seconds after the last call.

        Args:
            dt: Seconds since the last call; negative counts as 0, more than `LONGEST_STEP_S` as that.
            status: What the character is doing.
            emotion: What it feels.
            mouth: What `npcengine.face.sampling.sample` gave for the sample being heard, None when none is.

        Returns:
            A new face; its array is the caller's to keep. The jaw is at exactly 0 once `RELEASE_S` has passed without
            speech.
        """
        dt = min(max(0.0, dt), LONGEST_STEP_S)
        speech, viseme, shape = self._mouth(dt, mouth)
        expression = self._expression.advance(dt, expressions.ROWS[emotion])
        look = self._look.advance(dt, _LOOKS[status])
        gaze = self._gaze.advance(dt, status)
        if self._gaze.turned_far():
            self._blinks.hurry()
        lids = self._blinks.advance(dt, status)

        overlay = np.minimum(expression + look, 1.0) * self._expressiveness
        weights = np.maximum(speech, overlay * self._overlay_mask(speech))
        _turn_eyes(weights, gaze)
        _close_lids(weights, lids, gaze)
        return Face(
            weights=np.minimum(weights, 1.0, out=weights),
            mouth_shape=shape,
            viseme=viseme,
            gaze=gaze,
            head=self._head.advance(dt, status, gaze),
        )

    def _mouth(self, dt: float, mouth: MouthSample | None) -> MouthSample:
        """The speech now: as given, or the last one on its way to rest."""
        if mouth is not None:
            self._speech, self._silent_s = mouth[0], 0.0
            self._speaking = min(1.0, self._speaking + dt / SPEAKING_MIX_S)
            return mouth
        self._silent_s += dt
        self._speaking = max(0.0, self._speaking - dt / CROSS_FADE_S)
        left = 1.0 - ease(self._silent_s / RELEASE_S)
        return (self._speech * np.float32(left), "sil", "X")

    def _overlay_mask(self, speech: NDArray[np.float32]) -> NDArray[np.float32]:
        """How much of an expression each shape lets through: all above the mouth, none on lips that must touch."""
        if self._speaking == 0.0:
            return _ALL
        touch = min(1.0, float(speech[_ROLL]) / _LIPS_TOUCH_ROLL)
        share = (1.0 - (1.0 - SPEAKING_SHARE) * self._speaking) * (1.0 - touch)
        return _UPPER_MASK + np.float32(share) * _MOUTH_MASK


def _require_figures(expressiveness: float, blink_per_minute: float) -> None:
    for name, value in (("expressiveness", expressiveness), ("blink_per_minute", blink_per_minute)):
        if not 0.0 <= value < math.inf:
            raise ConfigError(f"A face's {name} is {value}; give 0 or more.")


_ALL = np.ones(arkit.COUNT, dtype=np.float32)


class _CrossFade:
    """A row of weights that glides to whatever target it is given."""

    def __init__(self, row: NDArray[np.float32]) -> None:
        self._origin = self._target = row
        self._age_s = CROSS_FADE_S

    def advance(self, dt: float, target: NDArray[np.float32]) -> NDArray[np.float32]:
        """The row after `dt` more seconds; a new target starts a new fade from where the row is."""
        if target is not self._target:
            self._origin, self._target, self._age_s = self._now(), target, 0.0
        self._age_s = min(CROSS_FADE_S, self._age_s + dt)
        return self._now()

    def _now(self) -> NDArray[np.float32]:
        if self._age_s >= CROSS_FADE_S:
            return self._target
        share = np.float32(ease(self._age_s / CROSS_FADE_S))
        return self._origin + (self._target - self._origin) * share


_EYE = {name: arkit.INDEX[name] for name in arkit.NAMES if name.startswith("eyeLook")}


def _turn_eyes(weights: NDArray[np.float32], gaze: tuple[float, float]) -> None:
    """Adds the gaze's shapes; the viewer's right is the character's left."""
    right, up = gaze
    outward, inward = ("eyeLookOutLeft", "eyeLookInRight") if right > 0.0 else ("eyeLookInLeft", "eyeLookOutRight")
    vertical = ("eyeLookUpLeft", "eyeLookUpRight") if up > 0.0 else ("eyeLookDownLeft", "eyeLookDownRight")
    for name, amount in ((outward, right), (inward, right), (vertical[0], up), (vertical[1], up)):
        weights[_EYE[name]] = min(1.0, float(weights[_EYE[name]]) + abs(amount))


def _close_lids(weights: NDArray[np.float32], lids: float, gaze: tuple[float, float]) -> None:
    """Shuts the lids by a blink and lowers them with the eyes; a shut eye isn't wide."""
    lowered = _LIDS_FOLLOW * max(0.0, -gaze[1])
    weights[_BLINK] = max(lids, lowered)
    weights[_WIDE] *= 1.0 - lids
