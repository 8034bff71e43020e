"""Hearing as a worker runs it: the microphone's blocks in, transcripts and the mind's next question out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from npcengine.brain.messages import Context, Listen, MicrophoneBlock, Recontext, Transcribed, UtteranceStarted
from npcengine.brain.work import KeyReleased, Question
from npcengine.brain.worker import Job
from npcengine.clock import Clock, elapsed_ms
from npcengine.hearing.endpointing import SpeechStarted
from npcengine.hearing.listener import Listener, Utterance
from npcengine.hearing.protocol import SpeechToText
from npcengine.hearing.resampling import HearingResampler
from npcengine.hearing.voice_activity import VoiceActivity
from npcengine.types import Pcm, Turn

HearingWork: TypeAlias = Listen | Recontext | MicrophoneBlock | KeyReleased
HearingResult: TypeAlias = UtteranceStarted | Transcribed | Job[Question]


@dataclass(frozen=True, slots=True)
class Ears:
    """What the hearing stage loads."""

    recogniser: SpeechToText
    activity: VoiceActivity


class HearingStage:
    """Listens to one microphone, for one turn at a time: the one whose `Listen` came last."""

    name = "hearing"

    def __init__(self, open_ears: Callable[[], Ears], clock: Clock) -> None:
        self._open_ears = open_ears
        self._clock = clock
        self._resampler = HearingResampler()
        self._ears: Ears | None = None
        self._listener: Listener | None = None
        self._owner: Job[Listen] | None = None
        self._transcribing: Turn | None = None

    def open(self) -> None:
        """Loads the models, which warm themselves."""
        self._ears = self._open_ears()
        self._listener = Listener(self._ears.activity)

    def run(self, job: Job[HearingWork]) -> Iterator[HearingResult]:
        """What comes of one command or block of sound."""
        listener = self._require_listener()
        match job.work:
            case Listen() as listen:
                self._release(listener)
                self._owner = Job(job.turn, listen)
                if listen.open_microphone:
                    listener.mode = "open"
                else:
                    listener.start()
            case Recontext(context=context):
                if self._owner and self._owner.turn is job.turn:
                    self._owner = Job(job.turn, replace(self._owner.work, context=context))
            case MicrophoneBlock(pcm, rate):
                yield from self._hear(listener, self._resampler.convert(pcm, rate))
            case KeyReleased(context, ended_s):
                yield from self._end_of_key(listener, job.turn, context, ended_s)

    def rescue(self, job: Job[HearingWork]) -> Iterator[HearingResult]:
        """Deaf, the turn ends as if nobody had spoken."""
        turn = job.turn if isinstance(job.work, KeyReleased) else self._transcribing
        self._transcribing = None
        if turn:
            yield _nothing_heard(turn)

    def idle(self) -> bool:
        """Nothing to do ahead of time."""
        return False

    def close(self) -> None:
        """Frees the models."""
        if self._ears:
            self._ears.recogniser.close()

    def _hear(self, listener: Listener, pcm: Pcm) -> Iterator[HearingResult]:
        if self._owner and self._owner.turn.cancelled:
            self._release(listener)
        for event in listener.hear(pcm):
            if self._owner is None:
                continue
            turn, listen = self._owner.turn, self._owner.work
            if isinstance(event, Utterance):
                self._release(listener)
                ended_s = self._clock.now() - event.silence_ms / 1000.0
                yield from self._transcribe(turn, event, listen.context, ended_s)
            elif isinstance(event, SpeechStarted):
                yield UtteranceStarted(turn.number, turn.npc)

    def _end_of_key(self, listener: Listener, turn: Turn, context: Context, ended_s: float) -> Iterator[HearingResult]:
        """The microphone may have gone to another turn while this one's key was held."""
        if self._owner is None or self._owner.turn is not turn:
            yield _nothing_heard(turn)
            return
        listener.hear(self._resampler.finish())
        utterance = listener.stop()
        self._owner = None
        yield from self._transcribe(turn, utterance, context, ended_s)

    def _transcribe(
        self, turn: Turn, utterance: Utterance, context: Context, ended_s: float
    ) -> Iterator[HearingResult]:
        if self._ears is None:
            raise RuntimeError("the worker runs a stage only after open()")
        self._transcribing = turn
        heard = self._ears.recogniser.transcribe(utterance.pcm)
        self._transcribing = None
        took_ms = elapsed_ms(self._clock, ended_s)
        yield Transcribed(turn.number, turn.npc, heard.text, final=True, confidence=heard.confidence, took_ms=took_ms)
        if heard.text:
            yield Job(turn, Question(heard.text, "", context, ended_s))

    def _release(self, listener: Listener) -> None:
        """The microphone is nobody's; what the listener holds of a turn that was left belongs to nobody either."""
        if self._owner and not self._owner.work.open_microphone:
            listener.stop()
        self._owner = None
        listener.mode = "push_to_talk"

    def _require_listener(self) -> Listener:
        if self._listener is None:
            raise RuntimeError("the worker runs a stage only after open()")
        return self._listener


def _nothing_heard(turn: Turn) -> Transcribed:
    return Transcribed(turn.number, turn.npc, "", final=True, confidence=0.0, took_ms=0.0)
