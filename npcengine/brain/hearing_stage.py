"""Hearing as a worker runs it: the microphone's blocks in, transcripts and the mind's next question out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from npcengine.brain.messages import Context, Listen, MicrophoneBlock, Transcribed, UtteranceStarted
from npcengine.brain.work import KeyReleased, Question
from npcengine.brain.worker import Job
from npcengine.clock import Clock, elapsed_ms
from npcengine.hearing.listener import Listener, Utterance
from npcengine.hearing.protocol import SpeechToText
from npcengine.hearing.resampling import HearingResampler
from npcengine.hearing.voice_activity import VoiceActivity
from npcengine.types import Pcm, Turn

HearingWork: TypeAlias = Listen | MicrophoneBlock | KeyReleased
HearingResult: TypeAlias = UtteranceStarted | Transcribed | Job[Question]


@dataclass(frozen=True, slots=True)
class Ears:
    """What the hearing stage loads."""

    recogniser: SpeechToText
    activity: VoiceActivity


class HearingStage:
    """Listens to one microphone, for one character at a time."""

    name = "hearing"

    def __init__(self, open_ears: Callable[[], Ears], clock: Clock) -> None:
        self._open_ears = open_ears
        self._clock = clock
        self._resampler = HearingResampler()
        self._ears: Ears | None = None
        self._listener: Listener | None = None
        self._awaiting: Job[Listen] | None = None
        self._key_down = False

    def open(self) -> None:
        """Loads the models, which warm themselves."""
        self._ears = self._open_ears()
        self._listener = Listener(self._ears.activity)

    def run(self, job: Job[HearingWork]) -> Iterator[HearingResult]:
        """What comes of one command or block of sound."""
        listener = self._require_listener()
        match job.work:
            case Listen(open_microphone=True) as listen:
                self._awaiting = Job(job.turn, listen)
                listener.mode = "open"
            case Listen():
                self._stop_awaiting()
                self._press_key(listener)
            case MicrophoneBlock(pcm, rate):
                yield from self._hear(listener, self._resampler.convert(pcm, rate))
            case KeyReleased(context, ended_s):
                self._key_down = False
                listener.hear(self._resampler.finish())
                yield from self._transcribe(job.turn, listener.stop(), context, ended_s)

    def rescue(self, job: Job[HearingWork]) -> Iterator[HearingResult]:
        """Deaf, the turn ends as if nobody had spoken."""
        if isinstance(job.work, KeyReleased):
            yield Transcribed(job.turn.number, job.turn.npc, "", final=True, confidence=0.0, took_ms=0.0)

    def idle(self) -> bool:
        """Nothing to do ahead of time."""
        return False

    def close(self) -> None:
        """Frees the models."""
        if self._ears:
            self._ears.recogniser.close()

    def _press_key(self, listener: Listener) -> None:
        """What an interrupted turn left in the listener belongs to nobody."""
        if self._key_down:
            listener.stop()
        self._key_down = True
        listener.start()

    def _hear(self, listener: Listener, pcm: Pcm) -> Iterator[HearingResult]:
        if self._awaiting and self._awaiting.turn.cancelled:
            self._stop_awaiting()
        for event in listener.hear(pcm):
            if self._awaiting is None:
                continue
            turn, listen = self._awaiting.turn, self._awaiting.work
            if isinstance(event, Utterance):
                self._stop_awaiting()
                ended_s = self._clock.now() - event.silence_ms / 1000.0
                yield from self._transcribe(turn, event, listen.context, ended_s)
            else:
                yield UtteranceStarted(turn.number, turn.npc)

    def _transcribe(
        self, turn: Turn, utterance: Utterance, context: Context, ended_s: float
    ) -> Iterator[HearingResult]:
        if self._ears is None:
            raise RuntimeError("the worker runs a stage only after open()")
        heard = self._ears.recogniser.transcribe(utterance.pcm)
        took_ms = elapsed_ms(self._clock, ended_s)
        yield Transcribed(turn.number, turn.npc, heard.text, final=True, confidence=heard.confidence, took_ms=took_ms)
        if heard.text:
            yield Job(turn, Question(heard.text, "", context, ended_s))

    def _stop_awaiting(self) -> None:
        self._awaiting = None
        self._require_listener().mode = "push_to_talk"

    def _require_listener(self) -> Listener:
        if self._listener is None:
            raise RuntimeError("the worker runs a stage only after open()")
        return self._listener
