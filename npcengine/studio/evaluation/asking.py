"""Puts every question of a suite to a fresh character; knows the mind's public face and no more of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from npcengine.clock import Clock
from npcengine.errors import BackendError
from npcengine.mind.mind import Mind
from npcengine.mind.protocol import LanguageModel, SentenceEmbedder
from npcengine.mind.view import MindView, ReplyAction, ReplyEmotion, ReplyEnd, ReplyText
from npcengine.studio.evaluation.judging import Reply, judge
from npcengine.studio.evaluation.sitting import Sitting, Turn, view_of
from npcengine.types import ActionCall, Emotion, Source
from npcengine.voice.displayed_text import displayed


def play(
    sittings: Sequence[Sitting],
    model: LanguageModel,
    clock: Clock,
    *,
    embedder: SentenceEmbedder | None = None,
    seed: int = 0,
) -> Iterator[Turn]:
    """All questions in order, one reply at a time; a failure of the model is that turn's fault and ends nothing."""
    for seat, sitting in enumerate(sittings):
        for number, case in enumerate(sitting.file.suite.cases):
            for ask in case.ask:
                # A new mind for each question keeps nothing of the last one; the shared name lets the model keep the
                # character's file in its cache, as it does in a game.
                mind = Mind(sitting.persona, model, conversation=f"evaluation-{seat}", embedder=embedder, seed=seed)
                reply = _reply(mind, view_of(sitting, case, ask), sitting.persona.mood, clock)
                yield Turn(sitting, number, ask, reply, judge(case, reply, sitting.persona))


def _reply(mind: Mind, view: MindView, mood: Emotion, clock: Clock) -> Reply:
    said: list[str] = []
    actions: list[ActionCall] = []
    emotion = mood
    source: Source = "model"
    used: tuple[str, ...] = ()
    failure = ""
    begun_s = clock.now()
    try:
        for part in mind.answer(view):
            match part:
                case ReplyEmotion():
                    emotion = part.emotion
                case ReplyAction():
                    actions.append(part.call)
                case ReplyText():
                    said.append(part.text)
                case ReplyEnd():
                    source, used = part.source, part.knowledge_used
    except BackendError as error:
        failure = str(error)
    text = displayed("".join(said))
    return Reply(text, emotion, tuple(actions), source, used, clock.now() - begun_s, failure)
