"""A whole face over a recorded sound: a mouth's timeline with eyes and feeling added; knows no file formats."""

from __future__ import annotations

import numpy as np

from npcengine.face.exporters import CLOSE_S, ROWS_PER_SECOND, Timeline, Track
from npcengine.face.live import LONGEST_STEP_S, LiveFace
from npcengine.types import Emotion, Face, FaceCurves, Status


def faces(mouth: Timeline, live: LiveFace, emotion: Emotion, *, rows_per_second: float = ROWS_PER_SECOND) -> list[Face]:
    """The faces that `live` shows while it says `mouth` and feels `emotion`.

    Args:
        mouth: What the mouth says.
        live: A fresh face; it is advanced over the whole sound.
        emotion: Felt from before the first word on.
        rows_per_second: How many faces a second.

    Returns:
        Faces from the first sample to the sound's end plus the close.
    """
    live.update(LONGEST_STEP_S, "idle", emotion, None)
    shown = []
    for index in range(int(np.ceil((mouth.duration_s + CLOSE_S) * rows_per_second)) + 1):
        time_s = index / rows_per_second
        status: Status = "speaking" if time_s <= mouth.duration_s else "idle"
        shown.append(live.update(1.0 / rows_per_second, status, emotion, mouth.at(time_s)))
    return shown


def perform(mouth: Timeline, live: LiveFace, emotion: Emotion) -> Timeline:
    """`mouth` as `live` would show it in a game: blinks, gaze and expression in every row, as `faces` gives them.

    Returns:
        A timeline of one track with 60 rows a second.
    """
    shown = faces(mouth, live, emotion)
    curves = FaceCurves(
        sample_rate=mouth.sample_rate,
        frame_samples=mouth.sample_rate / ROWS_PER_SECOND,
        weights=np.stack([face.weights for face in shown]),
        visemes=tuple(face.viseme for face in shown),
        mouth_shapes="".join(face.mouth_shape for face in shown),
    )
    return Timeline(mouth.sample_rate, mouth.sample_count, (Track(0, curves),))
