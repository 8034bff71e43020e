"""Hearing as a worker runs it: the microphone's blocks in, transcripts and the mind's next question out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np

from npcengine.brain.ears import Ears
from npcengine.brain.messages import Listen, MicrophoneBlock, Recontext, Transcribed, UtteranceStarted
from npcengine.brain.utterance import OpenUtterance, UtteranceResult
from npcengine.brain.work import KeyReleased
from npcengine.brain.worker import Job
from npcengine.clock import Clock
from npcengine.hearing.endpointing import Paused, SpeechStarted
from npcengine.hearing.listener import Listener, Utterance
from npcengine.hearing.resampling import HearingResampler
from npcengine.types import HEARING_RATE, Pcm, Turn

HearingWork: TypeAlias = Listen | Recontext | MicrophoneBlock | KeyReleased
HearingResult: TypeAlias = UtteranceStarted | UtteranceResult

_PARTIAL_EVERY = round(0.6 * HEARING_RATE)
"""So much new sound (samples) is worth another look while the player speaks on without a pause."""


class HearingStage:
    """Listens to one microphone, for one turn at a time: the one whose `Listen` came last.

    Args:
        open_ears: Loads the models.
        clock: The brain's.
        hurried: Whether sound waits already, or the end of the turn: then there is no time for partial transcripts.
    """

    name = "hearing"

    def __init__(self, open_ears: Callable[[], Ears], clock: Clock, *, hurried: Callable[[Turn], bool]) -> None:
        self._open_ears = open_ears
        self._clock = clock
        self._hurried = hurried
        self._resampler = HearingResampler()
        self._played_resampler = HearingResampler()
        self._ears: Ears | None = None
        self._listener: Listener | None = None
        self._utterance: OpenUtterance | None = None
        self._ending: Turn | None = None
        self._busy = False

    @property
    def transcribing(self) -> bool:
        """Whether the player's words are being worked out this moment; any thread may ask."""
        return self._busy

    @property
    def engaged(self) -> bool:
        """Whether the player holds a key or speaks, and not only an open microphone waits; any thread may ask."""
        utterance, listener = self._utterance, self._listener
        return bool(utterance and listener and (not utterance.open_microphone or listener.voiced_ms))

    def open(self) -> None:
        """Loads the models, which warm themselves."""
        self._ears = self._open_ears()
        self._listener = Listener(self._ears.activity, end_of_turn=self._ears.judge)

    def run(self, job: Job[HearingWork]) -> Iterator[HearingResult]:
        """What comes of one command or block of sound."""
        listener = self._require_listener()
        match job.work:
            case Listen() as listen:
                yield from self._release(listener)
                self._utterance = OpenUtterance(job.turn, listen, self._require_ears().recogniser, self._clock)
                if listen.open_microphone:
                    listener.mode = "open"
                else:
                    listener.start()
            case Recontext() as now:
                if self._utterance and self._utterance.turn is job.turn:
                    self._utterance.bring_up_to_date(now)
            case MicrophoneBlock() as block:
                yield from self._hear(listener, self._clean(block))
            case KeyReleased() as released:
                yield from self._end_of_key(listener, job.turn, released)

    def rescue(self, job: Job[HearingWork]) -> Iterator[HearingResult]:
        """Deaf, a turn at its end is over as if nobody had spoken; one that goes on is heard again at its end."""
        turn = job.turn if isinstance(job.work, KeyReleased) else self._ending
        self._ending = None
        if turn:
            yield _nothing_heard(turn)

    def idle(self) -> bool:
        """Nothing to do ahead of time."""
        return False

    def close(self) -> None:
        """Frees the models."""
        if self._ears:
            self._ears.recogniser.close()

    def _clean(self, block: MicrophoneBlock) -> Pcm:
        """The block at the rate of hearing; of an open microphone, without what the loudspeakers played.

        A canceller holds sound back for some milliseconds: a key's last syllable would come after its release.
        """
        pcm = self._resampler.convert(block.pcm, block.rate)
        canceller = self._require_ears().canceller
        if canceller is None or self._utterance is None or not self._utterance.open_microphone:
            return pcm
        played = np.zeros_like(block.pcm) if block.reference is None else block.reference
        # Both go the same way, so that they stay beside each other to the sample.
        reference = self._played_resampler.convert(played, block.rate)
        return canceller.clean(pcm, reference if reference.any() else None)

    def _hear(self, listener: Listener, pcm: Pcm) -> Iterator[HearingResult]:
        if self._utterance and self._utterance.turn.cancelled:
            yield from self._release(listener)
        for event in listener.hear(pcm):
            utterance = self._utterance
            if utterance is None:
                continue
            match event:
                case SpeechStarted() if utterance.open_microphone:
                    yield UtteranceStarted(utterance.turn.number, utterance.turn.npc)
                case Paused(brief=brief):
                    yield from self._look(listener, utterance, pausing=True, brief=brief)
                case Utterance():
                    yield from self._end_of_voice(listener, utterance, event)
                case _:
                    pass
        if self._utterance and self._is_worth_a_look(listener, self._utterance):
            yield from self._look(listener, self._utterance, pausing=False)

    def _look(
        self, listener: Listener, utterance: OpenUtterance, *, pausing: bool, brief: bool = False
    ) -> Iterator[HearingResult]:
        """A partial transcript, if there is time for one."""
        if self._hurried(utterance.turn):
            return
        if pausing and not listener.voiced_since(utterance.heard_to):
            yield from utterance.pause()
            return
        for result in self._working(
            utterance.hear_partly(listener.so_far, listener.position, pausing=pausing, brief=brief)
        ):
            if isinstance(result, Transcribed):
                listener.note_partial(result.text)
            yield result

    def _is_worth_a_look(self, listener: Listener, utterance: OpenUtterance) -> bool:
        """Whether there is enough of the utterance that was not transcribed yet.

        In the first moment of a silence there is not: it may be the last, and its own pass must not have to wait.
        """
        if listener.quiet_ms or not listener.voiced_ms or listener.position - utterance.heard_to < _PARTIAL_EVERY:
            return False
        return len(listener.so_far) >= _PARTIAL_EVERY

    def _working(self, results: Iterator[UtteranceResult]) -> Iterator[UtteranceResult]:
        """The same results, and whoever asks knows meanwhile that the recogniser is at work."""
        self._busy = True
        try:
            yield from results
        finally:
            self._busy = False

    def _end_of_voice(self, listener: Listener, utterance: OpenUtterance, ended: Utterance) -> Iterator[HearingResult]:
        self._utterance = None
        listener.mode = "push_to_talk"
        self._ending = utterance.turn
        yield from self._working(
            utterance.hear_finally(
                ended,
                voiced_since=listener.voiced_since(utterance.heard_to),
                ended_s=self._clock.now() - ended.silence_ms / 1000.0,
            )
        )
        self._ending = None

    def _end_of_key(self, listener: Listener, turn: Turn, released: KeyReleased) -> Iterator[HearingResult]:
        """The microphone may have gone to another turn while this one's key was held."""
        utterance = self._utterance
        if utterance is None or utterance.turn is not turn:
            yield _nothing_heard(turn)
            return
        listener.hear(self._resampler.finish())
        voiced_since = listener.voiced_since(utterance.heard_to)
        ended = listener.stop()
        self._utterance = None
        yield from self._working(
            utterance.hear_finally(ended, voiced_since=voiced_since, ended_s=released.ended_s, context=released.context)
        )

    def _release(self, listener: Listener) -> Iterator[HearingResult]:
        """The microphone is nobody's; what the listener holds of a turn that was left belongs to nobody either."""
        if self._utterance:
            yield from self._utterance.forget_draft()
            if not self._utterance.open_microphone:
                listener.stop()
        self._utterance = None
        listener.mode = "push_to_talk"

    def _require_listener(self) -> Listener:
        if self._listener is None:
            raise RuntimeError("the worker runs a stage only after open()")
        return self._listener

    def _require_ears(self) -> Ears:
        if self._ears is None:
            raise RuntimeError("the worker runs a stage only after open()")
        return self._ears


def _nothing_heard(turn: Turn) -> Transcribed:
    return Transcribed(turn.number, turn.npc, "", final=True, confidence=0.0, took_ms=0.0)
