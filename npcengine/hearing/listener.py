"""Cuts one player's microphone stream into utterances, by a key or by the voice; knows no thread, clock or model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from npcengine.hearing.endpointing import Endpointing, EndpointingOptions, SpeechEnded, SpeechStarted
from npcengine.hearing.history import History
from npcengine.hearing.voice_activity import BLOCK_SAMPLES, VoiceActivity
from npcengine.types import HEARING_RATE, Pcm

ListenerMode: TypeAlias = Literal["push_to_talk", "open"]

_SAMPLES_PER_MS = HEARING_RATE // 1000

_KEY_PRE_ROLL = 200 * _SAMPLES_PER_MS
"""People start to speak while the key goes down."""

_VOICE_PRE_ROLL = 400 * _SAMPLES_PER_MS
"""Breath and quiet consonants that come before the detector is sure."""

_VOICE_TAIL = 300 * _SAMPLES_PER_MS
"""Quiet consonants after the detector's last voiced block."""

_LONGEST = 30 * HEARING_RATE
"""What Whisper's encoder takes at once, and longer than anybody speaks to a shopkeeper."""


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """What the player said in one go.

    Attributes:
        pcm: Mono float32, shape (samples,), 16 kHz; empty when nothing was captured.
        start: Position of its first sample in the stream.
        silence_ms: How long the player had been silent when this was handed over; 0 when a key ended it.
        cut: Whether it was longer than 30 s, so that a part is missing or follows as the next utterance.
    """

    pcm: Pcm
    start: int
    silence_ms: float = 0.0
    cut: bool = False


class Listener:
    """Collects what one player says.

    With the key down (`start` … `stop`) everything is one utterance, of which the last 30 s are kept, whatever the
    mode. Otherwise an open listener lets the voice decide, and ends an utterance at 30 s so that an endless noise can't
    hold the conversation up.
    """

    def __init__(
        self,
        activity: VoiceActivity,
        *,
        mode: ListenerMode = "push_to_talk",
        endpointing: EndpointingOptions | None = None,
    ) -> None:
        self._activity = activity
        self._endpointing = Endpointing(endpointing)
        self._history = History(_LONGEST + BLOCK_SAMPLES)
        self._free_from = 0
        self._key_from: int | None = None
        self._voice_from: int | None = None
        self._judged_from = 0
        self._judged = 0
        self._mode: ListenerMode = mode

    @property
    def mode(self) -> ListenerMode:
        """Whether a key or the voice begins and ends an utterance; a change drops what the voice has begun."""
        return self._mode

    @mode.setter
    def mode(self, mode: ListenerMode) -> None:
        if mode != self._mode:
            self._mode = mode
            self._judge_from_here()

    @property
    def so_far(self) -> Pcm:
        """The utterance being spoken, up to now: for transcribing while the player speaks; empty between utterances."""
        start = self._key_from if self._key_from is not None else self._voice_from
        return self._history.between(self._history.end if start is None else start, self._history.end)

    @property
    def quiet_ms(self) -> float:
        """How long the player has paused within the open utterance being spoken; 0 outside one."""
        return self._endpointing.quiet_ms

    def hear(self, pcm: Pcm) -> list[SpeechStarted | Utterance]:
        """Takes the next sound of the stream.

        Args:
            pcm: Mono float32, shape (samples,), 16 kHz; any length.

        Returns:
            In order, where the voice began and which utterances it ended; nothing while the key is down.
        """
        events: list[SpeechStarted | Utterance] = []
        # In steps no longer than a block, so that a long recording can't overrun the history.
        for start in range(0, len(pcm), BLOCK_SAMPLES):
            self._history.append(pcm[start : start + BLOCK_SAMPLES])
            if self._mode == "open" and self._key_from is None:
                events += self._judge()
        return events

    def start(self) -> None:
        """The key goes down: everything from now on, and a little from before, is one utterance."""
        if self._key_from is None:
            begun = self._history.end - _KEY_PRE_ROLL
            # What the voice has already begun belongs to what the player now says with the key down.
            self._key_from = max(self._free_from, begun if self._voice_from is None else self._voice_from)
            self._judge_from_here()

    def stop(self) -> Utterance:
        """The key comes up: hands over what was said; empty when the key was not down."""
        start = self._history.end if self._key_from is None else self._key_from
        self._key_from = None
        self._judge_from_here()
        return self._take(start, self._history.end)

    def _judge(self) -> list[SpeechStarted | Utterance]:
        """What the voice detector makes of the blocks not judged yet."""
        events: list[SpeechStarted | Utterance] = []
        while self._history.end - self._judged >= BLOCK_SAMPLES:
            block = self._history.between(self._judged, self._judged + BLOCK_SAMPLES)
            self._judged += BLOCK_SAMPLES
            match self._endpointing.hear(self._activity.probability(block)):
                case SpeechStarted(at_sample):
                    began = self._judged_from + at_sample
                    self._voice_from = max(self._free_from, began - _VOICE_PRE_ROLL)
                    events.append(SpeechStarted(began))
                case SpeechEnded(at_sample) if self._voice_from is not None:
                    ended = self._judged_from + at_sample
                    silence_ms = (self._judged - ended) / _SAMPLES_PER_MS
                    events.append(self._take(self._voice_from, ended + _VOICE_TAIL, silence_ms=silence_ms))
                case _ if self._voice_from is not None and self._judged - self._voice_from >= _LONGEST:
                    events.append(self._take(self._voice_from, self._judged, cut=True))
                    self._judge_from_here()
        return events

    def _take(self, start: int, end: int, *, silence_ms: float = 0.0, cut: bool = False) -> Utterance:
        """The utterance between two positions; the next one can't reach back into it."""
        end = min(end, self._history.end)
        held = max(start, self._history.begin)
        self._voice_from = None
        self._free_from = end
        return Utterance(self._history.between(held, end), held, silence_ms, cut=cut or held > start)

    def _judge_from_here(self) -> None:
        """Starts voice detection afresh with the next sample."""
        self._activity.reset()
        self._endpointing.reset()
        self._voice_from = None
        self._judged_from = self._judged = self._history.end
