"""An utterance is transcribed once: nothing is left to do at its end that was done before."""

from __future__ import annotations

import numpy as np

from npcengine.hearing.streaming import StreamingTranscription
from npcengine.types import HEARING_RATE, Pcm, Transcript


class Counting:
    """Hears a word for each second of sound, and remembers how much it was given."""

    def __init__(self, confidence: float = 0.9) -> None:
        self.given_s: list[float] = []
        self.confidence = confidence

    def transcribe(self, pcm: Pcm) -> Transcript:
        self.given_s.append(len(pcm) / HEARING_RATE)
        seconds = [round(float(second)) for second in pcm[::HEARING_RATE][: len(pcm) // HEARING_RATE]]
        return Transcript(" ".join(f"w{second}" for second in seconds), confidence=self.confidence)

    def close(self) -> None: ...


def sound(seconds: int, start: int = 0) -> Pcm:
    """Sound whose samples tell in which second of the stream they are."""
    return np.repeat(np.arange(start, start + seconds, dtype=np.float32), HEARING_RATE)


def test_what_was_heard_to_its_end_is_final() -> None:
    """Silence after the last partial transcript costs no further pass."""
    ears = Counting()
    stream = StreamingTranscription(ears)
    partial = stream.hear(sound(3))
    assert stream.finish(sound(4), voiced_since=False) == partial
    assert ears.given_s == [3.0]


def test_speech_after_the_last_look_is_heard() -> None:
    """A word that came after the last partial transcript is in the final one."""
    stream = StreamingTranscription(Counting())
    stream.hear(sound(3))
    assert stream.finish(sound(4), voiced_since=True).text == "w0 w1 w2 w3"


def test_a_doubtful_transcript_is_made_again() -> None:
    """What was heard badly in the middle gets another chance with everything known."""
    ears = Counting(confidence=0.2)
    stream = StreamingTranscription(ears)
    stream.hear(sound(3))
    stream.finish(sound(4), voiced_since=False)
    assert ears.given_s == [3.0, 4.0]


def test_a_long_utterance_is_settled_in_its_pauses() -> None:
    """Only what followed the last long stretch is transcribed again, and no word is lost or said twice."""
    ears = Counting()
    stream = StreamingTranscription(ears)
    stream.hear(sound(5), pausing=True)
    stream.hear(sound(10), pausing=True)
    assert stream.hear(sound(12)).text == " ".join(f"w{second}" for second in range(12))
    assert stream.finish(sound(14), voiced_since=True).text == " ".join(f"w{second}" for second in range(14))
    assert ears.given_s == [5.0, 10.0, 2.0, 4.0]


def test_sound_that_is_kept_no_longer_leaves_its_words() -> None:
    """Beyond the 30 s that are kept, what was settled is still in the final transcript."""
    stream = StreamingTranscription(Counting())
    stream.hear(sound(20), pausing=True)
    stream.lose(10 * HEARING_RATE)
    assert stream.finish(sound(30, start=10), voiced_since=True).text == " ".join(f"w{s}" for s in range(40))


def test_nothing_heard_stays_nothing() -> None:
    """An utterance that nobody looked at before is transcribed at its end."""
    ears = Counting()
    assert StreamingTranscription(ears).finish(sound(0), voiced_since=False).text == ""
    assert ears.given_s == [0.0]
