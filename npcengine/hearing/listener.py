"""Cuts one player's microphone stream into utterances, by a key or by the voice; knows no thread, clock or model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from npcengine.hearing.endpointing import Endpointing, EndpointingOptions, Paused, SpeechStarted
from npcengine.hearing.history import History
from npcengine.hearing.turn_end import EndOfTurn, TurnEndOptions, silence_needed_ms
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

_JUDGED_TAIL = 32 * _SAMPLES_PER_MS
"""How much of a pause the judge of turns hears: the longer it is, the more it takes any pause for the end."""

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
        voiced_ms: For how long there was voice in it.
    """

    pcm: Pcm
    start: int
    silence_ms: float = 0.0
    cut: bool = False
    voiced_ms: float = 0.0


ListenerEvent: TypeAlias = SpeechStarted | Paused | Utterance


class Listener:
    """Collects what one player says.

    With the key down (`start` … `stop`) everything is one utterance, of which the last 30 s are kept, whatever the
    mode. Otherwise an open listener lets the voice decide, and ends an utterance at 30 s so that an endless noise can't
    hold the conversation up. How long a silence ends it depends on what the judge of turns makes of the voice before
    it, and on the last words of what was transcribed so far (`note_partial`).
    """

    def __init__(
        self,
        activity: VoiceActivity,
        *,
        mode: ListenerMode = "push_to_talk",
        endpointing: EndpointingOptions | None = None,
        end_of_turn: EndOfTurn | None = None,
        turn_end: TurnEndOptions | None = None,
    ) -> None:
        self._activity = activity
        self._endpointing = Endpointing(endpointing)
        self._end_of_turn = end_of_turn
        self._turn_end = turn_end or TurnEndOptions()
        self._history = History(_LONGEST + BLOCK_SAMPLES)
        self._free_from = 0
        self._key_from: int | None = None
        self._voice_from: int | None = None
        self._voiced_until = 0
        self._finished: float | None = None
        self._partial = ""
        self._partial_until = 0
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
            if self._key_from is None:
                self._judge_from(self._history.end)

    @property
    def so_far(self) -> Pcm:
        """The utterance being spoken, up to now: for transcribing while the player speaks; empty between utterances."""
        start = self._key_from if self._key_from is not None else self._voice_from
        return self._history.between(self._history.end if start is None else start, self._history.end)

    @property
    def position(self) -> int:
        """The end of the stream so far, in samples."""
        return self._history.end

    @property
    def quiet_ms(self) -> float:
        """How long the player has paused within the utterance being spoken; 0 outside one and before its first word."""
        return self._endpointing.quiet_ms

    @property
    def voiced_ms(self) -> float:
        """For how long there was voice in the utterance being spoken; 0 outside one."""
        return self._endpointing.voiced_ms

    def voiced_since(self, position: int) -> bool:
        """Whether the player has spoken since that sample of the stream, in this utterance or another."""
        return self._voiced_until > position

    def note_partial(self, text: str, until: int | None = None) -> None:
        """Takes what was transcribed of the utterance being spoken; it counts until the voice goes on.

        Args:
            text: The words so far.
            until: The stream's position up to which they were transcribed; None is now.
        """
        self._partial = text
        self._partial_until = self.position if until is None else until

    def hear(self, pcm: Pcm) -> list[ListenerEvent]:
        """Takes the next sound of the stream.

        Args:
            pcm: Mono float32, shape (samples,), 16 kHz; any length.

        Returns:
            In order, where the voice began, where it paused, once a pause, and which utterances it ended. While the
            key is down only pauses.

        Raises:
            BackendError: The voice detector or the judge of turns failed.
        """
        events: list[ListenerEvent] = []
        # In steps no longer than a block, so that a long recording can't overrun the history.
        for start in range(0, len(pcm), BLOCK_SAMPLES):
            self._history.append(pcm[start : start + BLOCK_SAMPLES])
            if self._mode == "open" or self._key_from is not None:
                events += self._judge()
        return events

    def start(self) -> None:
        """The key goes down: everything from now on, and a little from before, is one utterance."""
        if self._key_from is not None:
            return
        begun = self._history.end - _KEY_PRE_ROLL
        # What the voice has already begun belongs to what the player now says with the key down.
        self._key_from = max(self._free_from, begun if self._voice_from is None else self._voice_from)
        if self._mode == "push_to_talk":
            self._judge_from(self._key_from)

    def stop(self) -> Utterance:
        """The key comes up: hands over what was said; empty when the key was not down."""
        start = self._history.end if self._key_from is None else self._key_from
        self._key_from = None
        said = self._take(start, self._history.end)
        self._judge_from(self._history.end)
        return said

    def _judge(self) -> list[ListenerEvent]:
        """What the voice detector makes of the blocks not judged yet."""
        events: list[ListenerEvent] = []
        while self._history.end - self._judged >= BLOCK_SAMPLES:
            block = self._history.between(self._judged, self._judged + BLOCK_SAMPLES)
            self._judged += BLOCK_SAMPLES
            event = self._endpointing.hear(self._activity.probability(block))
            if self._endpointing.speaking:
                self._voiced_until = max(self._voiced_until, self._judged_from + self._endpointing.voiced_until)
            if self._endpointing.quiet_from is None:
                self._finished = None
            if event is not None:
                events += self._placed(event)
            if self._key_from is None and self._voice_from is not None:
                events += self._ended(self._voice_from)
        return events

    def _placed(self, event: SpeechStarted | Paused) -> list[ListenerEvent]:
        """The same event at its position in the stream; with the key down, speech has started already."""
        position = self._judged_from + event.at_sample
        if isinstance(event, Paused):
            return [Paused(position, event.brief)]
        if self._key_from is not None:
            return []
        self._voice_from = max(self._free_from, position - _VOICE_PRE_ROLL)
        return [SpeechStarted(position)]

    def _ended(self, start: int) -> list[ListenerEvent]:
        """The open utterance that began at `start`, if it is over."""
        quiet_from = self._endpointing.quiet_from
        if quiet_from is not None and self._is_finished(start, self._judged_from + quiet_from):
            return [self._take(start, self._judged_from + quiet_from + _VOICE_TAIL, silence_ms=self.quiet_ms)]
        if self._judged - start < _LONGEST:
            return []
        said = self._take(start, self._judged, cut=True)
        self._judge_from(self._history.end)
        return [said]

    def _is_finished(self, start: int, quiet_from: int) -> bool:
        """Whether the silence since `quiet_from` is long enough; asks the judge of turns once a pause."""
        if self._end_of_turn and self._finished is None and self.quiet_ms >= self._turn_end.judge_after_ms:
            voice = self._history.between(start, quiet_from + _JUDGED_TAIL)
            self._finished = self._end_of_turn.probability(voice)
        words = "" if self.voiced_since(self._partial_until) else self._partial
        return self.quiet_ms >= silence_needed_ms(self._finished, words, self._turn_end)

    def _take(self, start: int, end: int, *, silence_ms: float = 0.0, cut: bool = False) -> Utterance:
        """The utterance between two positions; the next one can't reach back into it."""
        end = min(end, self._history.end)
        held = max(start, self._history.begin)
        voiced_ms = self._endpointing.voiced_ms
        self._endpointing.finish()
        self._voice_from = None
        self._partial = ""
        self._free_from = end
        return Utterance(self._history.between(held, end), held, silence_ms, cut or held > start, voiced_ms)

    def _judge_from(self, position: int) -> None:
        """Starts voice detection afresh at a position of the stream."""
        self._activity.reset()
        self._endpointing.reset()
        self._voice_from = None
        self._finished = None
        self._partial = ""
        self._judged_from = self._judged = max(position, self._history.begin)
