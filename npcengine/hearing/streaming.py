"""One utterance transcribed while it is spoken, so that little or nothing is left to do at its end; knows no engine."""

from __future__ import annotations

from npcengine.hearing.protocol import SpeechToText
from npcengine.types import HEARING_RATE, Pcm, Transcript

_SETTLED_AFTER = 8 * HEARING_RATE
"""A pause so far into what is still open (samples) settles what was said before it: it is not transcribed again."""

_SURE = 0.5
"""A transcript below this confidence is made again at the end, with whatever followed it."""

_NOTHING = Transcript("", no_speech=1.0)


class StreamingTranscription:
    """One utterance; its sound grows at the end from call to call."""

    def __init__(self, recogniser: SpeechToText) -> None:
        self._recogniser = recogniser
        self._settled = _NOTHING
        self._settled_to = 0
        self._open: Transcript | None = None

    def hear(self, pcm: Pcm, *, pausing: bool = False) -> Transcript:
        """What was said so far.

        Args:
            pcm: All of the utterance up to now, mono float32, shape (samples,), 16 kHz.
            pausing: Whether the player pauses, so that the sound ends between two words.

        Raises:
            BackendError: The recogniser failed.
        """
        self._open = self._recogniser.transcribe(pcm[self._settled_to :])
        heard = _joined(self._settled, self._open)
        if pausing and len(pcm) - self._settled_to > _SETTLED_AFTER and self._open.confidence >= _SURE:
            self._settled, self._settled_to, self._open = heard, len(pcm), _NOTHING
        return heard

    def lose(self, samples: int) -> None:
        """The first `samples` of the sound are kept no longer: what was settled of them stays."""
        self._settled_to = max(0, self._settled_to - samples)

    def finish(self, pcm: Pcm, *, voiced_since: bool) -> Transcript:
        """What was said in all.

        Args:
            pcm: All of the utterance.
            voiced_since: Whether anybody spoke after the end of what `hear` was given last; if not, and if that was
                heard well, there is nothing left to do.

        Raises:
            BackendError: The recogniser failed.
        """
        if self._open is None or voiced_since or self._open.confidence < _SURE:
            self._open = self._recogniser.transcribe(pcm[self._settled_to :])
        return _joined(self._settled, self._open)


def _joined(first: Transcript, second: Transcript) -> Transcript:
    if not first.text:
        return second
    if not second.text:
        return first
    words = first.words + second.words if first.words and second.words else ()
    return Transcript(
        f"{first.text} {second.text}",
        words,
        confidence=min(first.confidence, second.confidence),
        no_speech=min(first.no_speech, second.no_speech),
    )
