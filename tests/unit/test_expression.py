"""What shows of a character: a reply's feeling, what is left of it, and the mood it rests in."""

from __future__ import annotations

from itertools import pairwise

from npcengine import ARKIT_NAMES
from npcengine.expression import Expression
from npcengine.persona import Persona
from npcengine.types import Face

FROWN = ARKIT_NAMES.index("browDownLeft")
FRAME_S = 1.0 / 30.0


def test_a_replys_feeling_fades_from_the_face_with_the_mood() -> None:
    """Angry while it says so, half as angry when the words are over, less and less, and content again in a minute."""
    shown = Expression(Persona(npcengine=1, name="Gerta", mood="content"), seed=1)

    def brow(start_s: float, seconds: float) -> list[float]:
        times = [start_s + index * FRAME_S for index in range(round(seconds / FRAME_S))]
        faces: list[Face] = [shown.face(time_s, "idle", shown.mood(time_s), None) for time_s in times]
        return [float(face.weights[FROWN]) for face in faces]

    shown.feel("angry")
    said = brow(0.0, 2.0)[-1]
    shown.linger(2.0)
    after = brow(2.0, 60.0)
    assert said > 0.7
    assert 0.4 * said < after[30] < 0.6 * said
    assert all(later <= earlier + 1e-6 for earlier, later in pairwise(after))
    assert 0.2 * said < after[25 * 30] < after[30]
    assert after[-1] == 0.0
