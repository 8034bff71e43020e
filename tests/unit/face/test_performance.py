"""A performance is the mouth's timeline with eyes and feeling, and the mouth loses nothing by it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from npcengine.face import arkit, exporters
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.live import LiveFace
from npcengine.face.performance import perform
from npcengine.types import Speech

INDEX = arkit.INDEX


def test_a_performance_adds_feeling_and_keeps_the_words(make_speech: Callable[..., Speech]) -> None:
    """The jaw is the mouth's own in every row and shut at the end; cheeks rise; eyes blink."""
    speech = make_speech(list("^mˈaɪ hˈæmɚ wʊd bˈiː ɐ pˈɪti.$"), 120.0)
    curves = PhonemeAnimator().animate(speech, "happy")
    mouth = exporters.timeline([(0, curves)], len(speech.pcm), speech.sample_rate)
    whole = perform(mouth, LiveFace(3, blink_per_minute=30.0), "happy")
    times = [time_s for time_s, _ in mouth.rows()]
    table = np.array([sample[0] for _, sample in whole.rows()])
    spoken = np.array([sample[0] for _, sample in mouth.rows()])
    assert [time_s for time_s, _ in whole.rows()] == times
    assert np.allclose(table[:, INDEX["jawOpen"]], spoken[:, INDEX["jawOpen"]], atol=1e-3)
    assert table[-1, INDEX["jawOpen"]] == 0.0
    assert table[0, INDEX["cheekSquintLeft"]] > 0.4
    assert table[:, INDEX["eyeBlinkLeft"]].max() > 0.9
    assert exporters.rhubarb_tsv(whole).splitlines()[-1].endswith("X")
