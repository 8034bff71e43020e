"""Speech as movements of the mouth: sounds to targets with a time and a strength; knows no audio and no rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from npcengine.face import phones, visemes
from npcengine.face.timing import Sound
from npcengine.face.visemes import Mouth

GLIDE_SPLIT = 0.6
"""A diphthong's first vowel holds 60 % of it (Rhubarb Lip Sync, animationRules.cpp)."""

ROUNDING_LEAD_S, ROUNDING_LAG_S = 0.06, 0.03
"""Rounded sounds start so much before they are heard, and end so much after (JALI: lip-heavy sounds start early and end
late)."""

FURTHEST_LEAD_S = 0.15
"""Across sounds of the tongue alone lips round up to this much ahead (JALI: protrusion up to 150 ms before)."""

SHORTEST_CLOSURE_S = 0.05
"""A closure shorter than this isn't seen; it starts earlier instead."""

STRESSED_SCALE, UNSTRESSED_SCALE = 1.1, 0.85
"""How far a vowel opens with and without the word's stress."""

BORROWED_SHARE = 0.6
"""An h shows the next vowel at this share."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """One target of the mouth.

    Attributes:
        mouth: What it looks like.
        start_s: From when it holds (seconds from the start of the speech).
        end_s: Until when the sound it belongs to lasts (seconds).
        scale: Multiplies the target's weights.
        dominance: Multiplies the mouth's own dominance.
        lead_s: How much earlier the lips take their place (seconds).
        lag_s: How much later they leave it (seconds).
    """

    mouth: Mouth
    start_s: float
    end_s: float
    scale: float = 1.0
    dominance: float = 1.0
    lead_s: float = 0.0
    lag_s: float = 0.0

    @property
    def duration_s(self) -> float:
        """How long the sound lasts (seconds)."""
        return self.end_s - self.start_s


def to_gestures(sounds: Sequence[Sound], sample_rate: int) -> list[Gesture]:
    """Each sound's gesture; a diphthong gives two, h and the glottal stop take their neighbours' mouth."""
    gestures: list[Gesture] = []
    for index, sound in enumerate(sounds):
        start_s, end_s = sound.start / sample_rate, sound.end / sample_rate
        if sound.symbol in visemes.BORROWERS:
            gestures.append(_borrow(_next_mouth(sounds, index), start_s, end_s))
            continue
        scale = 1.0
        if phones.is_vowel(sound.symbol):
            scale = STRESSED_SCALE if sound.stressed else UNSTRESSED_SCALE
        for symbol, part_start_s, part_end_s in _parts(sound.symbol, start_s, end_s):
            gestures.append(Gesture(visemes.mouth_of(symbol), part_start_s, part_end_s, scale))
    return gestures


def merge_repeated(gestures: Sequence[Gesture]) -> list[Gesture]:
    """Joins gestures of the same mouth that follow each other, as in `lamb by` or `this sun`: lips move once for both.

    The joined gesture is as strong as the stronger of the two.
    """
    merged: list[Gesture] = []
    for gesture in gestures:
        last = merged[-1] if merged else None
        if last and last.mouth == gesture.mouth and last.mouth.lips != "rest":
            scale, dominance = max(last.scale, gesture.scale), max(last.dominance, gesture.dominance)
            merged[-1] = replace(last, end_s=gesture.end_s, scale=scale, dominance=dominance)
        else:
            merged.append(gesture)
    return merged


def carry_rounding(gestures: Sequence[Gesture]) -> list[Gesture]:
    """Starts rounded lips early and ends them late; across sounds of the tongue alone they start earlier still.

    In `stew` the lips are round before the t is heard, since neither the t nor anything else wants them. Other gestures
    keep their time.
    """
    carried = []
    for index, gesture in enumerate(gestures):
        if not _rounds(gesture.mouth):
            carried.append(gesture)
            continue
        free_s = gesture.start_s - _lips_free_from_s(gestures, index)
        lead_s = min(max(ROUNDING_LEAD_S, free_s), FURTHEST_LEAD_S)
        carried.append(replace(gesture, lead_s=lead_s, lag_s=ROUNDING_LAG_S))
    return carried


def _lips_free_from_s(gestures: Sequence[Gesture], index: int) -> float:
    """When the last sound before gesture `index` ends that wants anything of the lips."""
    while index and gestures[index - 1].mouth.lips == "tongue":
        index -= 1
    return gestures[index].start_s


def hold_closures(gestures: Sequence[Gesture], shortest_s: float = SHORTEST_CLOSURE_S) -> list[Gesture]:
    """Starts the shortest lip closures earlier, so that each is long enough to be seen."""
    return [
        replace(gesture, start_s=min(gesture.start_s, max(0.0, gesture.end_s - shortest_s)))
        if gesture.mouth.lips in ("shut", "teeth")
        else gesture
        for gesture in gestures
    ]


def _parts(symbol: str, start_s: float, end_s: float) -> list[tuple[str, float, float]]:
    glide = phones.glide(symbol)
    if glide is None:
        return [(symbol, start_s, end_s)]
    split_s = start_s + GLIDE_SPLIT * (end_s - start_s)
    return [(glide[0], start_s, split_s), (glide[1], split_s, end_s)]


def _next_mouth(sounds: Sequence[Sound], index: int) -> Mouth:
    """The mouth of the first sound after `index` that has one of its own; rest where none follows."""
    own = (sound.symbol for sound in sounds[index + 1 :] if sound.symbol not in visemes.BORROWERS)
    return visemes.mouth_of(next(own, phones.PAUSE)[0])


def _borrow(mouth: Mouth, start_s: float, end_s: float) -> Gesture:
    """A weak gesture towards `mouth`; a closure can't be borrowed, since its own sound would come twice."""
    if mouth.lips in ("shut", "teeth"):
        mouth = visemes.UNKNOWN
    return Gesture(mouth, start_s, end_s, scale=BORROWED_SHARE, dominance=0.5)


def _rounds(mouth: Mouth) -> bool:
    return mouth.lips == "round" or mouth.viseme == "CH"
