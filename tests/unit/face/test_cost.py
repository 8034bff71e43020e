"""What a face costs in a game's frame."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from statistics import median
from timeit import timeit

import numpy as np

from npcengine.face.animator import PhonemeAnimator
from npcengine.face.live import LiveFace
from npcengine.face.sampling import sample
from npcengine.types import Speech


def test_a_face_costs_as_much_as_a_few_dozen_sums(make_speech: Callable[..., Speech]) -> None:
    """Curves read, eyes, head, feeling and all: less than 90 sums of two rows, 26 µs where 16 is usual."""
    speech = make_speech(list("^plˈiːz bɹˈɪŋ maɪ hˈæmɚ, ænd ðə wʊd fɔːɹ hˌoʊpfəl pˈiːpəl.$"), 60.0)
    curves = PhonemeAnimator().animate(speech, "happy")
    face, row, frames = LiveFace(1), np.ones(52, dtype=np.float32), count()

    def frame() -> None:
        mouth = sample(curves, next(frames) * 367.5 % len(speech.pcm))
        face.update(1.0 / 60.0, "speaking", "happy", mouth, strength=0.7, resting="content")

    # Medians of single calls: on a busy machine a longer stretch also measures whoever else has the core.
    whole = 1e6 * median(timeit(frame, number=1) for _ in range(3000))
    one_sum = 1e6 * median(timeit(lambda: np.add(row, row), number=20) / 20 for _ in range(300))
    print(f"\na face: {whole:.1f} µs; a sum of two rows: {one_sum:.2f} µs")
    assert whole < 90.0 * one_sum
