"""What one turn's player has said so far: partial transcripts, the draft of a question, and the final words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from npcengine.brain.messages import Context, Listen, Recontext, Transcribed
from npcengine.brain.work import Preparation, Question, Settled
from npcengine.brain.worker import Job
from npcengine.clock import Clock, elapsed_ms
from npcengine.hearing.backchannel import is_backchannel
from npcengine.hearing.echo import is_own_words
from npcengine.hearing.listener import Utterance
from npcengine.hearing.protocol import SpeechToText
from npcengine.hearing.streaming import SURE, VERY_SURE, StreamingTranscription
from npcengine.mind.words import words
from npcengine.types import Pcm, Transcript, Turn

UtteranceResult: TypeAlias = Transcribed | Settled | Job[Question | Preparation]


@dataclass(slots=True)
class _Draft:
    turn: Turn
    question: Question


class OpenUtterance:
    """The utterance that a turn waits for or is listening to.

    Attributes:
        turn: Whose it is.
        open_microphone: Whether the voice begins and ends it, and not a key.
        heard_to: Position in the microphone's stream up to which it has been transcribed.
    """

    def __init__(self, turn: Turn, listen: Listen, recogniser: SpeechToText, clock: Clock) -> None:
        self.turn = turn
        self.open_microphone = listen.open_microphone
        self.heard_to = 0
        self._context = listen.context
        self._unanswered = listen.unanswered
        self._talked_over = ""
        self._up_to_date = not listen.open_microphone  # an open microphone may have waited for minutes
        self._stream = StreamingTranscription(recogniser)
        self._clock = clock
        self._heard: Transcript | None = None
        self._wants_turn = False  # said so in a partial transcript, which the game may have acted on
        self._draft: _Draft | None = None

    def bring_up_to_date(self, now: Recontext) -> None:
        """The player has begun to speak: what holds from here on."""
        self._context = now.context
        self._unanswered = now.unanswered
        self._talked_over = now.talked_over
        self._up_to_date = True

    def hear_partly(self, pcm: Pcm, position: int, *, pausing: bool, brief: bool = False) -> Iterator[UtteranceResult]:
        """What was said so far; in a pause, also a draft of the question.

        Args:
            pcm: All of the utterance up to now.
            position: Of its end in the microphone's stream.
            pausing: Whether the player may be finished.
            brief: They have been silent for so short a time that only a very sure transcript is believed.
        """
        heard = self._stream.hear(pcm)
        if brief and heard.confidence < VERY_SURE:
            return
        self.heard_to = position
        self._heard = heard
        if not heard.text or not self._up_to_date:
            return
        aside = self._is_aside(heard, voiced_ms=0.0)
        self._wants_turn = self._wants_turn or not aside
        text = self._joined(heard)
        yield self._transcribed(text, heard, took_ms=0.0, aside=aside)
        if pausing:
            yield from self.pause()
        elif not aside:
            yield Job(self.turn, Preparation(text, self._context))

    def pause(self) -> Iterator[UtteranceResult]:
        """The player may be finished with what was heard last: a draft of the question, if that is worth it."""
        heard = self._heard
        if heard and heard.text and heard.confidence >= SURE and not self._is_aside(heard, voiced_ms=0.0):
            yield from self._draft_anew(Question(self._joined(heard), "", self._context, draft=True))

    def hear_finally(
        self, ended: Utterance, *, voiced_since: bool, ended_s: float, context: Context | None = None
    ) -> Iterator[UtteranceResult]:
        """The player has finished: the final words, and what is to be answered.

        Args:
            ended: All of the utterance.
            voiced_since: Whether anything was said after `heard_to`.
            ended_s: When it ended (seconds on the brain's clock).
            context: What holds now, where that is known better than when it began.
        """
        context = context or self._context
        heard = self._stream.finish(ended.pcm, voiced_since=voiced_since)
        aside = self._is_aside(heard, voiced_ms=ended.voiced_ms)
        text = heard.text if aside else self._joined(heard)
        yield self._transcribed(text, heard, took_ms=elapsed_ms(self._clock, ended_s), final=True, aside=aside)
        question = Question(text, "", context, ended_s=ended_s)
        if aside or not text:
            yield from self.forget_draft()
        elif self._draft and _same_question(self._draft.question, question):
            yield Settled(self._draft.turn, kept=True, ended_s=ended_s)
        else:
            yield from self.forget_draft()
            yield Job(self.turn, question)

    def forget_draft(self) -> Iterator[UtteranceResult]:
        """The draft, if there is one, is not what the player said."""
        if self._draft:
            yield Settled(self._draft.turn, kept=False)
            self._draft = None

    def _draft_anew(self, question: Question) -> Iterator[UtteranceResult]:
        if self._draft and _same_question(self._draft.question, question):
            return
        yield from self.forget_draft()
        self._draft = _Draft(Turn(self.turn.number, self.turn.npc), question)
        yield Job(self._draft.turn, question)

    def _is_aside(self, heard: Transcript, *, voiced_ms: float) -> bool:
        """Whether somebody who spoke while the character was busy did not want the turn."""
        if self._wants_turn or not self.open_microphone or not (self._talked_over or self._unanswered):
            return False
        answering = self._talked_over.rstrip().endswith("?")
        return is_backchannel(heard.text, voiced_ms, answering=answering) or is_own_words(heard.text, self._talked_over)

    def _joined(self, heard: Transcript) -> str:
        return " ".join(filter(None, (self._unanswered, heard.text)))

    def _transcribed(
        self, text: str, heard: Transcript, *, took_ms: float, final: bool = False, aside: bool = False
    ) -> Transcribed:
        turn = self.turn
        return Transcribed(
            turn.number, turn.npc, text, final=final, confidence=heard.confidence, took_ms=took_ms, aside=aside
        )


def _same_question(draft: Question, final: Question) -> bool:
    """Whether an answer to the one is an answer to the other."""
    return words(draft.text) == words(final.text) and draft.context == final.context
