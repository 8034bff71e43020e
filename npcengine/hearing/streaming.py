"""One utterance transcribed while it is spoken; knows no model, no thread and no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from npcengine.hearing.protocol import SpeechToText
from npcengine.types import HEARING_RATE, Pcm, Transcript

SURE = 0.7
"""From this confidence on a transcript is taken at its word; measured by `python -m benchmarks.hearing`."""

VERY_SURE = 0.8
"""The same where the sound may lack its last consonant."""

_OPEN_WORDS = 2
"""The last words that two passes share may still change when the next ones are heard."""

_SETTLE_FROM_S = 8.0
"""A longer stretch is cut at a pause, so that what lies before it is not encoded again."""
_SETTLE_ANYWHERE_S = 14.0
"""A stretch of this length is cut at its quietest place, pause or not: each further second slows every pass."""
_LEAST_PIECE_S = 2.0
"""Whisper needs some words around a word: neither side of a cut is shorter."""

_PAUSE_S = 0.2
"""Closed lips are silent for up to 0.1 s within a word; this is between words."""
_PAUSE_POWER = 0.03
"""A pause has less than this part of the stretch's mean power: 15 dB below it."""

_BEGIN_SAMPLES = HEARING_RATE // 10
_NOTHING = Transcript("", no_speech=1.0)


@dataclass(slots=True, eq=False)
class _Utterance:
    """What is known of the utterance being spoken.

    Attributes:
        begin: Its first samples, by which it is told from another.
        settled: The transcripts of the stretches that are not heard again, and how many samples they take.
        tried_samples: Where a cut was tried last.
        tail: What the last pass heard after the settled stretches.
        opening: The words at the start of the tail that are agreed on.
        whole: What the last pass made of the whole utterance.
    """

    begin: Pcm
    settled: list[Transcript] = field(default_factory=list)
    settled_samples: int = 0
    tried_samples: int = 0
    tail: Transcript = _NOTHING
    opening: str = ""
    whole: Transcript | None = None


class StreamingTranscription:
    """One utterance, transcribed while it is spoken.

    Words on which two passes agree open the next one (LocalAgreement: Liu et al., "Low-latency sequence-to-sequence
    speech recognition and translation by partial hypothesis selection", Interspeech 2020). What lies before a pause far
    back is settled: it keeps its words and is not heard again.
    """

    def __init__(self, recogniser: SpeechToText) -> None:
        self._recogniser = recogniser
        self._said: _Utterance | None = None

    def hear(self, pcm: Pcm) -> Transcript:
        """The words of the utterance so far; the last one or two may still change.

        Args:
            pcm: Everything since the utterance began, mono float32, shape (samples,), 16 kHz: grows at its end.
                A recording that begins otherwise than the one before is another utterance.

        Raises:
            BackendError: The recogniser failed.
        """
        said, whole = self._pass(pcm)
        self._settle(said, pcm)
        return whole

    def finish(self, pcm: Pcm, *, voiced_since: bool) -> Transcript:
        """The words of the whole utterance.

        Args:
            pcm: The whole utterance; begins with what `hear` was given.
            voiced_since: Whether there was any voice after the sound that the last pass was given. If not, and the last
                pass was sure of its words, they are the final ones and nothing is computed.

        Raises:
            BackendError: The recogniser failed.
        """
        if self._said is not None and self._said.whole is not None and not voiced_since:
            whole = self._said.whole
            if whole.confidence >= SURE or not whole.text:
                return whole
            self._said.opening = ""
        _, whole = self._pass(pcm)
        return whole

    def _pass(self, pcm: Pcm) -> tuple[_Utterance, Transcript]:
        """Hears what is not settled, and puts it behind what is."""
        said = self._said
        if said is None or not len(said.begin) or not np.array_equal(pcm[: len(said.begin)], said.begin):
            self._said = said = _Utterance(pcm[:_BEGIN_SAMPLES].copy())
        heard = self._recogniser.transcribe(pcm[said.settled_samples :], opening=said.opening)
        said.opening = agreed(said.tail.text, heard.text)
        said.tail = heard
        said.whole = whole = joined([*said.settled, heard])
        return said, whole

    def _settle(self, said: _Utterance, pcm: Pcm) -> None:
        """Gives up the sound before a pause, once its words by themselves are those heard within the whole.

        A stretch that has become too long is settled whether or not: the player would wait for it.
        """
        stretch = pcm[said.settled_samples :]
        cut = _cut(stretch)
        at = said.settled_samples + cut
        too_long = len(stretch) > _SETTLE_ANYWHERE_S * HEARING_RATE
        if not cut or (at == said.tried_samples and not too_long):
            return
        said.tried_samples = at
        piece = self._recogniser.transcribe(stretch[:cut])
        words = _keys(piece.text)
        if words != _keys(said.tail.text)[: len(words)] and not too_long:
            return
        said.settled.append(piece)
        said.settled_samples = at
        said.tail = _NOTHING
        said.opening = ""


def agreed(before: str, now: str) -> str:
    """The words at the start of both texts, but for the last two of them."""
    shared = list(takewhile(lambda pair: pair[0] == pair[1], zip(before.split(), now.split(), strict=False)))
    return " ".join(word for word, _ in shared[:-_OPEN_WORDS])


def joined(pieces: list[Transcript]) -> Transcript:
    """One transcript of stretches that follow one another, as sure as its least sure words."""
    spoken = [piece for piece in pieces if piece.text]
    if not spoken:
        return pieces[-1] if pieces else Transcript("", no_speech=1.0)
    return Transcript(
        " ".join(piece.text for piece in spoken),
        confidence=min(piece.confidence for piece in spoken),
        no_speech=min(piece.no_speech for piece in spoken),
    )


def _cut(stretch: Pcm) -> int:
    """Where to cut a stretch that has become long, in samples; 0 for nowhere."""
    seconds = len(stretch) / HEARING_RATE
    if seconds < _SETTLE_FROM_S:
        return 0
    power = _smoothed_power(stretch)
    margin = round(_LEAST_PIECE_S * HEARING_RATE)
    cut = margin + int(np.argmin(power[margin:-margin]))
    quiet = bool(power[cut] < _PAUSE_POWER * power.mean())
    return cut if quiet or seconds > _SETTLE_ANYWHERE_S else 0


def _smoothed_power(pcm: Pcm) -> NDArray[np.float64]:
    """Mean power of the `_PAUSE_S` around each sample, shape (samples,)."""
    width = round(_PAUSE_S * HEARING_RATE)
    padded = np.pad(np.square(pcm, dtype=np.float64), (width // 2 + 1, width - width // 2 - 1), mode="edge")
    total = np.concatenate(([0.0], np.cumsum(padded)))
    return (total[width : width + len(pcm)] - total[: len(pcm)]) / width


def _keys(text: str) -> list[str]:
    """A text's words, however they are written."""
    return re.findall(r"[\w']+", text.lower())
