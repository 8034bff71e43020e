"""The mind as a worker runs it: questions in, clauses and what else there is to know out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from npcengine.brain.attention import AttentiveModel
from npcengine.brain.messages import Acted, Despawn, Failed, Felt, FirstToken, Recollect, Replied, Spawn
from npcengine.brain.work import Clause, EndOfReply, Preparation, Question
from npcengine.brain.worker import Job
from npcengine.errors import ModelError
from npcengine.mind.memory import Memory
from npcengine.mind.mind import Mind
from npcengine.mind.protocol import LanguageModel, SentenceEmbedder
from npcengine.mind.view import MindView, ReplyAction, ReplyEmotion, ReplyEnd, ReplyText
from npcengine.types import Emotion, Turn, Voice
from npcengine.voice.chunker import Chunker
from npcengine.voice.displayed_text import displayed

MindWork: TypeAlias = Spawn | Despawn | Recollect | Preparation | Question
MindResult: TypeAlias = FirstToken | Felt | Acted | Replied | Failed | Job[Clause | EndOfReply]

_READ = object()


class MindStage:
    """Answers; reads ahead of time while nobody waits.

    Args:
        open_model: Loads the language model.
        spawned: The characters there are.
        seed: Makes all choices repeatable.
        player_first: Whether the player is being transcribed: reading their line ahead then waits for the whole of it.
        open_embedder: Loads what tells the meaning of sentences, if there is one.
        first_clause: Called once a reply's first clause was handed on; may wait for it to be spoken.
    """

    name = "mind"

    def __init__(
        self,
        open_model: Callable[[], LanguageModel],
        *,
        spawned: Callable[[], Sequence[Spawn]],
        seed: int,
        player_first: Callable[[], bool],
        first_clause: Callable[[Turn], None],
        open_embedder: Callable[[], SentenceEmbedder | None] = lambda: None,
    ) -> None:
        self._open_model = open_model
        self._open_embedder = open_embedder
        self._spawned = spawned
        self._seed = seed
        self._player_first = player_first
        self._first_clause = first_clause
        self._preparing = False
        self._answering = False
        self._level = 0
        self._model: AttentiveModel | None = None
        self._embedder: SentenceEmbedder | None = None
        self._personas: dict[int, Spawn] = {}
        self._minds: dict[int, Mind] = {}
        self._unadapted: set[int] = set()
        self._unreported: deque[Failed] = deque()
        self._unread: dict[int, Memory] = {}
        self._reading: Iterator[None] = iter(())

    @property
    def answering(self) -> bool:
        """Whether a reply is being written; any thread may ask."""
        return self._answering

    def open(self) -> None:
        """Loads the language model, and reads the file of the first character there is: somebody will talk to it."""
        self._model = AttentiveModel(self._open_model())
        self._model.ease(self._level)
        self._embedder = self._open_embedder()
        for first in self._spawned()[:1]:
            self._take(first)
            for _ in self._mind(first.npc).warm():
                pass

    def run(self, job: Job[MindWork]) -> Iterator[MindResult]:
        """What comes of one question; a character's coming and going has no result, unless its adapter is unusable."""
        yield from self._work(job)
        while self._unreported:
            yield self._unreported.popleft()

    def _work(self, job: Job[MindWork]) -> Iterator[MindResult]:
        match job.work:
            case Spawn(npc=npc) if job.work == self._personas.get(npc):
                pass  # read when the model was opened
            case Spawn(npc=npc):
                self._take(job.work)
                if self._minds.pop(npc, None) is not None:  # its file was read again: what it read ahead is stale
                    self._reading, self._preparing = iter(()), False
                self._unread[npc] = Memory()
            case Recollect(npc=npc, memory=memory):
                self._unread[npc] = memory
            case Despawn(npc=npc):
                self._personas.pop(npc, None)
                self._minds.pop(npc, None)
                self._unadapted.discard(npc)
            case Preparation():
                self._reading = self._mind(job.turn.npc).prepare(_view(job.work))
                self._preparing = True
            case Question():
                self._reading, self._preparing = iter(()), False
                self._answering = True
                try:
                    yield from self._answer(job.turn, job.work)
                finally:
                    self._answering = False

    def rescue(self, job: Job[MindWork]) -> Iterator[MindResult]:
        """Without a model the author's `unknown` line is all there is; the turn ends properly."""
        if isinstance(job.work, Spawn):
            self._personas[job.work.npc] = job.work
        elif isinstance(job.work, Question) and job.turn.npc in self._personas:
            persona = self._personas[job.turn.npc].persona
            text = persona.unknown[0]
            yield Job(job.turn, Clause(text, persona.mood, persona.to_voice()))
            yield from self._end(job.turn, text, ReplyEnd("unknown"))

    def ease(self, level: int) -> None:
        """Leaves more or less of its speed to the game, from the next token on; may be called by any thread."""
        self._level = level
        if self._model:
            self._model.ease(level)

    def idle(self) -> bool:
        """Reads ahead what one character's next prompt begins with: its file, and what was just said."""
        if self._preparing and self._player_first():
            return False  # what comes of it is the next job
        if next(self._reading, _READ) is not _READ:
            return True
        self._preparing = False
        if not self._unread:
            return False
        npc = next(iter(self._unread))
        memory = self._unread.pop(npc)
        if npc in self._personas:
            self._reading = self._mind(npc).warm(memory)
        return True

    def close(self) -> None:
        """Frees the model."""
        if self._model:
            self._model.close()
        if self._embedder:
            self._embedder.close()

    def _mind(self, npc: int) -> Mind:
        if npc not in self._minds:
            if self._model is None:
                raise RuntimeError("the worker runs a stage only after open()")
            persona = self._personas[npc].persona
            self._minds[npc] = Mind(
                persona if npc not in self._unadapted else persona.model_copy(update={"adapter": ""}),
                self._model,
                conversation=f"npc-{npc}",
                embedder=self._embedder,
                seed=self._seed,
            )
        return self._minds[npc]

    def _take(self, spawn: Spawn) -> None:
        """The character is there; if its adapter can't be used, it talks without, and the next result says why."""
        npc, persona = spawn.npc, spawn.persona
        self._personas[npc] = spawn
        self._unadapted.discard(npc)
        try:
            if self._model:
                self._model.load_adapter(persona.adapter)
        except ModelError as error:
            self._unadapted.add(npc)
            message = f"{persona.name} talks without its adapter. {error}"
            self._unreported.append(Failed(self.name, message, npc=npc, recovered=True))

    def _answer(self, turn: Turn, question: Question) -> Iterator[MindResult]:
        if self._model:
            self._model.turn = turn
        persona = self._personas[turn.npc].persona
        emotion: Emotion = persona.mood
        said: list[str] = []
        end = ReplyEnd("model")
        clauses = _Clauses(turn, persona.to_voice())
        for part in self._mind(turn.npc).answer(_view(question)):
            match part:
                case ReplyEmotion():
                    emotion = part.emotion
                    yield Felt(turn.number, turn.npc, emotion)
                case ReplyAction():
                    yield Acted(turn.number, turn.npc, part.call)
                case ReplyEnd():
                    end = part
                case ReplyText():
                    if not said:
                        yield FirstToken(turn.number, turn.npc, 0.0)
                    said.append(part.text)
                    if part.filler:
                        yield clauses.filler(part.text, emotion)
                        continue
                    for job in clauses.feed(part.text, emotion):
                        yield job
                        self._first_clause(turn)
        yield from clauses.finish(emotion)
        yield from self._end(turn, "".join(said), end)

    def _end(self, turn: Turn, text: str, end: ReplyEnd) -> Iterator[MindResult]:
        yield Replied(turn.number, turn.npc, displayed(text), end.source, end.knowledge_used, 0.0, end.prompt)
        yield Job(turn, EndOfReply())


class _Clauses:
    """Cuts one reply into the voice's jobs."""

    def __init__(self, turn: Turn, voice: Voice) -> None:
        self._turn = turn
        self._voice = voice
        self._chunker = Chunker()

    def filler(self, text: str, emotion: Emotion) -> Job[Clause]:
        """It is spoken by itself, and what follows it is cut as early as without it."""
        return Job(self._turn, Clause(text.strip(), emotion, self._voice, filler=True))

    def feed(self, text: str, emotion: Emotion) -> Iterator[Job[Clause]]:
        """What `text` completes."""
        for clause in self._chunker.feed(text):
            yield Job(self._turn, Clause(clause, emotion, self._voice))

    def finish(self, emotion: Emotion) -> Iterator[Job[Clause]]:
        """The rest."""
        for clause in self._chunker.finish():
            yield Job(self._turn, Clause(clause, emotion, self._voice))


def _view(asked: Question | Preparation) -> MindView:
    context = asked.context
    event = asked.event if isinstance(asked, Question) else ""
    return MindView(
        text=asked.text,
        memory=context.memory,
        state=context.state,
        world=context.world,
        event=event,
        mood=context.mood,
    )
