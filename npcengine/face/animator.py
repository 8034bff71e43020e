"""The face stage's default: speech with timed phonemes to curves, and a fallback for voices that tell none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from npcengine.face import accents, arkit, curves, loudness, mouth_shapes
from npcengine.face.closures import snap_closures
from npcengine.face.envelope import loudness_db, row_count
from npcengine.face.gestures import carry_rounding, hold_closures, merge_repeated, to_gestures
from npcengine.face.offsets import DEFAULT_OFFSETS, LabelOffsets
from npcengine.face.timing import Sound, correct
from npcengine.types import Emotion, FaceCurves, Speech

EMOTION_AMOUNT = 0.25
"""How much of an expression's mouth shows through speech."""


@dataclass(frozen=True, slots=True)
class PhonemeAnimator:
    """Animates the lower face from the phonemes of the speech, or from its sound where it brings none.

    Attributes:
        offsets: How late the voice's phoneme labels run.
        emotion_amount: 0–1, how much of an expression's mouth shows through speech.
    """

    offsets: LabelOffsets = DEFAULT_OFFSETS
    emotion_amount: float = EMOTION_AMOUNT

    def animate(self, speech: Speech, emotion: Emotion = "neutral") -> FaceCurves:
        """Curves over the whole of `speech`, 100 rows a second; the mouth is shut in the first and the last row."""
        if len(speech.pcm) == 0:
            return silence(speech.sample_rate)
        if not speech.phonemes:
            mouth = loudness.animate(speech, emotion, emotion_amount=self.emotion_amount)
            level_db = loudness_db(speech.pcm, mouth.frame_samples)
            beats = accents.from_loudness(level_db, speech.sample_rate, rows_per_second=curves.ROWS_PER_SECOND)
            return replace(mouth, accents=beats)
        return animate_sounds(speech, heard(speech, self.offsets), emotion, emotion_amount=self.emotion_amount)


def heard(speech: Speech, offsets: LabelOffsets = DEFAULT_OFFSETS) -> tuple[Sound, ...]:
    """When each sound of the speech is truly heard: its labels, corrected on average and then by this very sound."""
    sounds = correct(speech.phonemes, len(speech.pcm), sample_rate=speech.sample_rate, offsets=offsets)
    return snap_closures(sounds, speech.pcm, speech.sample_rate)


def animate_sounds(
    speech: Speech, sounds: Sequence[Sound], emotion: Emotion, *, emotion_amount: float = EMOTION_AMOUNT
) -> FaceCurves:
    """Curves for speech whose sounds are known: sounds to gestures, gestures to curves, and what must hold in the end.

    Args:
        speech: Of at least one sample.
        sounds: Cover it in order.
        emotion: How it is said.
        emotion_amount: 0–1, how much of an expression's mouth shows through speech.
    """
    frame_samples = speech.sample_rate / curves.ROWS_PER_SECOND
    rows = row_count(len(speech.pcm), frame_samples)
    gestures = merge_repeated(to_gestures(sounds, speech.sample_rate))
    gestures = hold_closures(carry_rounding(gestures))
    level_db = loudness_db(speech.pcm, frame_samples)

    weights = curves.smooth(curves.blend(gestures, rows))
    weights = curves.open_with_loudness(weights, level_db)
    weights = curves.tint(weights, emotion, emotion_amount)
    weights = curves.narrow_jaw_for_sibilants(weights, gestures)
    weights = curves.touch_teeth_for_labiodentals(weights, gestures)
    weights = curves.close_lips_for_bilabials(weights, gestures)
    return FaceCurves(
        sample_rate=speech.sample_rate,
        frame_samples=frame_samples,
        weights=curves.close_ends(weights),
        visemes=mouth_shapes.names(gestures, rows, curves.ROWS_PER_SECOND),
        mouth_shapes=mouth_shapes.letters(gestures, rows, curves.ROWS_PER_SECOND),
        accents=accents.from_sounds(
            sounds, speech.sample_rate, level_db=level_db, rows_per_second=curves.ROWS_PER_SECOND
        ),
    )


def silence(sample_rate: int) -> FaceCurves:
    """A shut mouth of a single row."""
    return FaceCurves(
        sample_rate=sample_rate,
        frame_samples=sample_rate / curves.ROWS_PER_SECOND,
        weights=np.zeros((1, arkit.COUNT), dtype=np.float32),
        visemes=("sil",),
        mouth_shapes="X",
    )
