"""The only wiring between stages: hearing → mind → voice and face, each in its own worker."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Lock

import psutil

from npcengine.brain.channel import Channel, ChannelClosed
from npcengine.brain.draft import Draft
from npcengine.brain.ears import open_ears
from npcengine.brain.embedding import open_meaning
from npcengine.brain.first_clause import FirstClause
from npcengine.brain.hearing_stage import HearingResult, HearingStage, HearingWork
from npcengine.brain.messages import (
    Ask,
    Cancel,
    Command,
    Configure,
    Despawn,
    Ease,
    Failed,
    Felt,
    FirstToken,
    Listen,
    Loaded,
    Loading,
    MicrophoneBlock,
    Recollect,
    Recontext,
    Replied,
    Report,
    Say,
    Spawn,
    Spoken,
    StopListening,
    Voiced,
)
from npcengine.brain.mind_stage import MindResult, MindStage, MindWork
from npcengine.brain.registry import open_llm, open_tts
from npcengine.brain.rehearsal import opening_clauses
from npcengine.brain.voice_stage import VoiceResult, VoiceStage, VoiceWork
from npcengine.brain.work import Clause, EndOfReply, KeyReleased, Preparation, Question, Rehearsal, Settled
from npcengine.brain.worker import Job, Worker
from npcengine.clock import Clock, SystemClock, elapsed_ms
from npcengine.config import EngineConfig
from npcengine.errors import AdapterBroken, NpcEngineError
from npcengine.mind.protocol import LanguageModel
from npcengine.models import adapters
from npcengine.persona import Persona
from npcengine.types import LoadOptions, Turn
from npcengine.voice.chunker import clauses
from npcengine.voice.displayed_text import displayed

logger = logging.getLogger(__name__)

_MICROPHONE_BLOCKS = 1000
_QUESTIONS = 64
_CLAUSES = 64
_TURNS_KNOWN = 256
_SOUND_WAITING = 3
"""Blocks in line before hearing has no time for partial transcripts."""
_ENOUGH_CORES = 4
"""From so many on, mind and voice work side by side; with fewer, one at a time."""
_NO_TURN = Turn(0, 0)


@dataclass(slots=True)
class _KnownTurn:
    """A turn, the one object that stands for it here, so that cancelling reaches everybody who holds it.

    Attributes:
        ended_s: When the player's input ended (seconds on the brain's clock).
        draft: An answer prepared before that.
        released: Whether the player has let the key go.
    """

    turn: Turn
    released: bool = False
    ended_s: float = 0.0
    draft: Draft | None = None


class Brain:
    """Obeys commands and reports; the same code in a process of its own and in a thread of the game's.

    Args:
        send: Takes reports; called from the workers' threads.
    """

    def __init__(self, send: Callable[[Report], None], clock: Clock | None = None) -> None:
        self._send = send
        self._clock = clock or SystemClock()
        self._turns: OrderedDict[int, _KnownTurn] = OrderedDict()
        self._personas: dict[int, Persona] = {}
        self._hearing: Channel[Job[HearingWork]] = Channel(
            _MICROPHONE_BLOCKS, droppable=lambda job: isinstance(job.work, MicrophoneBlock)
        )
        self._mind: Channel[Job[MindWork]] = Channel(_QUESTIONS, droppable=_never)
        self._voice: Channel[Job[VoiceWork]] = Channel(_CLAUSES, droppable=_never)
        self._workers: list[
            Worker[HearingWork, HearingResult] | Worker[MindWork, MindResult] | Worker[VoiceWork, VoiceResult]
        ] = []
        self._mind_stage: MindStage | None = None
        self._first_clause = FirstClause(enough_cores=(psutil.cpu_count(logical=False) or 1) >= _ENOUGH_CORES)
        self._opening = Lock()
        self._opened = 0
        self._loaded = False

    def handle(self, command: Command) -> None:
        """Takes one command; never waits for a model."""
        match command:
            case Configure():
                self._start(command)
            case Spawn(npc, persona):
                self._personas[npc] = persona
                self._mind.put(Job(_NO_TURN, command))
                self._rehearse(npc)
            case Despawn(npc):
                self._personas.pop(npc, None)
                self._mind.put(Job(_NO_TURN, command))
            case Recollect(npc) if npc in self._personas:
                self._mind.put(Job(_NO_TURN, command))
            case MicrophoneBlock():
                self._hearing.put(Job(_NO_TURN, command))
            case Cancel(number):
                self._cancel(self._turns.get(number))
            case Ease(level):
                self._ease(level)
            case Listen() | Recontext() | StopListening() | Ask() | Say():
                self._handle_turn(command)

    def close(self) -> None:
        """Cancels all turns, closes the inboxes, waits for the workers, which close their stages."""
        for known in tuple(self._turns.values()):
            self._cancel(known)
        for inbox in (self._hearing, self._mind, self._voice):
            inbox.close(discard=True)
        for worker in self._workers:
            worker.join()

    def _handle_turn(self, command: Listen | Recontext | StopListening | Ask | Say) -> None:
        if command.npc not in self._personas:
            return  # the game is about to say again who this is
        if command.turn in self._turns and isinstance(command, Ask | Say):
            return  # the game said it again to a new brain that had got it already
        known = self._known(command.turn, command.npc)
        turn = known.turn
        match command:
            case Listen() | Recontext():
                self._hearing.put(Job(turn, command))
            case StopListening():
                known.released = True
                self._hearing.put(Job(turn, KeyReleased(command.context, self._clock.now())))
            case Ask():
                question = Question(command.text, command.event, command.context, ended_s=self._clock.now())
                self._ask(turn, question)
            case Say():
                self._recite(turn, command)

    def _recite(self, turn: Turn, command: Say) -> None:
        voice = self._personas[turn.npc].to_voice()
        self._send(Felt(turn.number, turn.npc, command.emotion))
        for clause in clauses(command.text):
            self._voice.put(Job(turn, Clause(clause, command.emotion, voice)))
        self._send(Replied(turn.number, turn.npc, displayed(command.text), "line", (), 0.0))
        self._voice.put(Job(turn, EndOfReply()))

    def _known(self, number: int, npc: int) -> _KnownTurn:
        known = self._turns.setdefault(number, _KnownTurn(Turn(number, npc)))
        while len(self._turns) > _TURNS_KNOWN:
            self._turns.popitem(last=False)
        return known

    def _cancel(self, known: _KnownTurn | None) -> None:
        if known:
            self._first_clause.cancel(known.turn)
        if known and known.draft:
            self._first_clause.cancel(known.draft.turn)

    def _ease(self, level: int) -> None:
        if self._mind_stage:
            self._mind_stage.ease(level)

    def _start(self, configure: Configure) -> None:
        config = configure.config
        options = load_options(config)
        hearing = HearingStage(lambda: open_ears(config, options), self._clock, hurried=self._is_hurried)
        self._mind_stage = mind = MindStage(
            lambda: self._open_llm(config.llm, mind_options(options)),
            open_embedder=lambda: open_meaning(config.embedding, options),
            spawned=self._spawned,
            seed=config.seed,
            player_first=lambda: hearing.transcribing,
            first_clause=self._first_clause.rest,
        )
        voice = VoiceStage(
            open_tts,
            replace(options, threads=1),
            default_voice=config.tts,
            output_rate=configure.output_rate,
            undisturbed=lambda: not (hearing.engaged or mind.answering),
        )
        self._workers = [
            Worker(hearing, self._hearing, deliver=self._route, opened=self._stage_opened, failed=self._stage_failed),
            Worker(mind, self._mind, deliver=self._route, opened=self._stage_opened, failed=self._stage_failed),
            Worker(voice, self._voice, deliver=self._route, opened=self._stage_opened, failed=self._stage_failed),
        ]
        self._send(Loading("models", 0.0))
        for worker in self._workers:
            worker.start()

    def _open_llm(self, name: str, options: LoadOptions) -> LanguageModel:
        """The language model; without its adapter where that can't be used, which is told."""
        try:
            return open_llm(name, options)
        except AdapterBroken as error:
            self._send(Failed("mind", f"The language model works without its adapter. {error}", recovered=True))
            return open_llm(name, replace(options, adapter=adapters.NONE))

    def _is_hurried(self, turn: Turn) -> bool:
        known = self._turns.get(turn.number)
        return len(self._hearing) > _SOUND_WAITING or bool(known and known.released)

    def _spawned(self) -> list[Spawn]:
        return [Spawn(npc, persona) for npc, persona in tuple(self._personas.items())]

    def _route(
        self, turn: Turn, result: Report | Settled | Job[Question] | Job[Question | Preparation] | Job[VoiceWork]
    ) -> None:
        """Jobs go to the next stage, reports to the game."""
        if isinstance(result, Settled):
            self._settle(result)
        elif not isinstance(result, Job):
            self._pass_on(turn, result)
        elif isinstance(result.work, Question | Preparation):
            self._ask(result.turn, result.work)
        else:
            self._voice.put(Job(result.turn, result.work))

    def _pass_on(self, turn: Turn, report: Report) -> None:
        """To the game, unless it comes of a draft: one that is kept waits until it is settled, a forgotten one ends."""
        if isinstance(report, Spoken) and not report.filler:
            self._first_clause.spoken(turn)
        known = self._turns.get(turn.number)
        if known is None or turn is known.turn:
            self._report(report)
            return
        draft = known.draft
        if draft and draft.turn is turn and not draft.hold(report):
            self._report(report)

    def _ask(self, turn: Turn, asked: Question | Preparation) -> None:
        known = self._known(turn.number, turn.npc)
        if known.turn.cancelled:
            return
        if isinstance(asked, Question) and asked.draft:
            known.draft = Draft(turn)
        elif isinstance(asked, Question):
            known.ended_s = asked.ended_s
        self._mind.put(Job(turn, asked))

    def _settle(self, settled: Settled) -> None:
        known = self._known(settled.turn.number, settled.turn.npc)
        if not settled.kept:
            self._first_clause.cancel(settled.turn)
        elif known.draft and known.draft.turn is settled.turn:
            known.ended_s = settled.ended_s
            known.draft.release(self._report)

    def _report(self, report: Report) -> None:
        """To the game; when the mind began and ended is told from the end of the player's input."""
        if isinstance(report, Voiced):
            self._rehearse(report.npc)  # others may have taken the room of what this one had ready
        if isinstance(report, FirstToken | Replied) and (known := self._turns.get(report.turn)) and known.ended_s:
            report = replace(report, took_ms=elapsed_ms(self._clock, known.ended_s))
        self._send(report)

    def _rehearse(self, npc: int) -> None:
        persona = self._personas.get(npc)
        if persona is None or not self._loaded:  # until then all cores load models
            return
        with suppress(ChannelClosed):  # the brain may be closed while it loads
            self._voice.put(Job(_NO_TURN, Rehearsal(opening_clauses(persona), persona.to_voice())))

    def _stage_opened(self, name: str) -> None:
        with self._opening:
            self._opened += 1
            self._send(Loading(name, self._opened / len(self._workers)))
            self._loaded = self._opened == len(self._workers)
        if self._loaded:
            self._send(Loaded())
            for npc in tuple(self._personas):
                self._rehearse(npc)

    def _stage_failed(self, name: str, turn: Turn | None, error: Exception) -> None:
        of = turn or _NO_TURN
        self._send(Failed(name, describe(error), of.number, of.npc, recovered=turn is not None))


def load_options(config: EngineConfig) -> LoadOptions:
    """What each back-end is told, from the engine's options; one thread for each physical core."""
    threads = config.threads or psutil.cpu_count(logical=False) or 1
    return LoadOptions(
        threads=threads,
        seed=config.seed,
        context_tokens=config.context_tokens,
        conversations=max(config.warm_characters, 1),
        adapter=config.adapter,
    )


def mind_options(options: LoadOptions) -> LoadOptions:
    """What the language model is told: it leaves a core to the game.

    Each token ends with all threads waiting for each other. On two cores at the lowest priority, two threads wrote 15
    to 27 tokens a second where one wrote 34, and 5 to 15 against 20 to 31 while a game used a core.
    """
    return replace(options, threads=max(1, options.threads - 1))


def describe(error: Exception) -> str:
    """One line: our own errors speak for themselves, others are named."""
    return str(error) if isinstance(error, NpcEngineError) else f"{type(error).__name__}: {error}"


def _never(_: object) -> bool:
    """Questions and clauses are never dropped: a full channel grows."""
    return False
