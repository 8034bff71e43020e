"""A whole face over a recorded sound: a mouth's timeline with eyes and feeling added; knows no file formats."""

from __future__ import annotations

import numpy as np

from npcengine.face.exporters import CLOSE_S, ROWS_PER_SECOND, Timeline, Track
from npcengine.face.live import LONGEST_STEP_S, LiveFace
from npcengine.types import Emotion, FaceCurves


def perform(mouth: Timeline, live: LiveFace, emotion: Emotion) -> Timeline:
    """`mouth` as `live` would show it in a game while it feels `emotion`: blinks, gaze and expression in every row.

    Args:
        mouth: What the mouth says.
        live: A fresh face; it is advanced over the whole sound.
        emotion: Felt from before the first word on.

    Returns:
        A timeline of one track with 60 rows a second, from the first sample to the sound's end plus the close.
    """
    live.update(LONGEST_STEP_S, "idle", emotion, None)
    rows = int(np.ceil((mouth.duration_s + CLOSE_S) * ROWS_PER_SECOND)) + 1
    faces = []
    for index in range(rows):
        time_s = index / ROWS_PER_SECOND
        speaking = time_s <= mouth.duration_s
        faces.append(live.update(1.0 / ROWS_PER_SECOND, "speaking" if speaking else "idle", emotion, mouth.at(time_s)))
    curves = FaceCurves(
        sample_rate=mouth.sample_rate,
        frame_samples=mouth.sample_rate / ROWS_PER_SECOND,
        weights=np.stack([face.weights for face in faces]),
        visemes=tuple(face.viseme for face in faces),
        mouth_shapes="".join(face.mouth_shape for face in faces),
    )
    return Timeline(mouth.sample_rate, mouth.sample_count, (Track(0, curves),))
