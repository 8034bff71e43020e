"""What a game holds: characters, the frame's tick, microphone and save; never waits, never raises for a model."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from npcengine import events
from npcengine.archive import Archive
from npcengine.audio.capture import CaptureSource
from npcengine.audio.microphone import Microphone, open_microphone
from npcengine.audio.playback import Speaker
from npcengine.audio.speaker import open_speaker
from npcengine.brain.messages import (
    BrainLost,
    BrainRestarted,
    Configure,
    Despawn,
    Ease,
    Failed,
    Loaded,
    Loading,
    MicrophoneBlock,
    Report,
)
from npcengine.brain.process import start_brain
from npcengine.clock import Clock, SystemClock
from npcengine.config import EngineConfig
from npcengine.conversation import Conversation
from npcengine.earshot import Earshot, Hearers
from npcengine.errors import ConfigError
from npcengine.governor import FrameGovernor
from npcengine.npc import Npc, free_key
from npcengine.patience import LONGEST_SILENCE_S, Patience
from npcengine.pause import Pause
from npcengine.persona import Persona
from npcengine.reloading import Reloader
from npcengine.state import World
from npcengine.surroundings import Surroundings
from npcengine.turn_stats import TurnStats, stats_of
from npcengine.types import Pcm

_LONGEST_FRAME_S = 0.25
"""A longer frame (a level that loads, a window that is dragged) counts as this much for faces and fades."""
_STATS_KEPT = 50


class Engine:
    """Runs characters beside a game; make one, call `update` once per frame, close it at the end.

    Args:
        config: Options; the defaults suit a game with a window.
        speaker: Replaces the one that `config.speaker` names.
        microphone: Replaces the one that `config.microphone` names.
        clock: Replaces the machine's clock, for tests.

    Raises:
        ConfigError: An option makes no sense. Models and devices that fail are reported as events and problems.
        AudioError: The recording that `config.microphone` names can't be read.
    """

    def __init__(
        self,
        config: EngineConfig | None = None,
        *,
        speaker: Speaker | None = None,
        microphone: CaptureSource | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.config = config or EngineConfig()
        self.world = World()
        self.stats: deque[TurnStats] = deque(maxlen=_STATS_KEPT)
        self._clock = clock or SystemClock()
        source = microphone or open_microphone(self.config.microphone, clock=self._clock)
        self.microphone = Microphone(source, clock=self._clock)
        self._speaker = speaker or open_speaker(
            self.config.speaker, self._clock, latency_s=self.config.output_latency_ms / 1000.0
        )
        self._brain = start_brain(Configure(self.config, self._speaker.rate), self._clock)
        self._conversations: dict[int, Conversation] = {}
        self._earshot = Earshot(self._conversations)
        self._pause = Pause(self._conversations)
        self._numbers = count(1)
        self._archive = Archive(self.config.memory_path)
        self._active: set[int] = set()
        self._focused: Conversation | None = None
        self._events: list[events.Event] = []
        self._frame_time_s = 0.0
        self._governor = FrameGovernor()
        self._reloader = Reloader(watch=self.config.watch_characters)
        self._patience = Patience()
        self._last_frame_s: float | None = None
        self._ready = False
        self._lost: str | None = None
        self._closed = False
        self._around = self._surroundings()
        self.microphone.start(self._hear)

    # ------------------------------------------------------------ characters

    def spawn(self, character: str | Path | Persona) -> Npc:
        """A character one can talk to; many can live side by side, also several of one file.

        Args:
            character: Path of a character file, which takes some 50 ms to read, or a loaded `Persona`, which takes
                none: load files where a frame may be late.

        Raises:
            PersonaError: The file has mistakes; the message names them all.
        """
        number = next(self._numbers)
        persona = character if isinstance(character, Persona) else self._reloader.read(number, character)
        conversation = Conversation(number, persona, free_key(persona.name, self.npcs), self._around)
        self._conversations[number] = conversation
        self._archive.meet(conversation)
        if len(self._conversations) <= self.config.warm_characters:
            conversation.introduce()
        return conversation.npc

    def despawn(self, npc: Npc) -> None:
        """The character leaves the game; it falls silent, and the handle is of no further use.

        What it remembers stays in the save, and is there again when a character of its name is spawned.

        Raises:
            ConfigError: `npc` belongs to another engine.
        """
        conversation = self._conversation_of(npc)
        conversation.leave()
        self._archive.part(conversation)
        self._earshot.leave(npc)
        if self._focused is conversation:
            self.focus(None)
        del self._conversations[conversation.number]
        self._active.discard(conversation.number)
        self._reloader.forget(conversation.number)
        self._brain.send(Despawn(conversation.number))

    def focus(self, npc: Npc | None) -> None:
        """The open microphone is `npc`'s from now on (None: nobody's); push-to-talk names its own.

        Raises:
            ConfigError: `npc` belongs to another engine.
        """
        if self._focused:
            self._focused.ignore_microphone()
        self._focused = None
        if npc is not None:
            self._focused = self._conversation_of(npc)

    def earshot(self, npc: Npc, others: Hearers) -> None:
        """From now on `others` overhear `npc`: what it says aloud, as far as it is heard, and what the player tells it.

        They remember it once the turn is over. An empty list ends it.

        Args:
            npc: The one who is talked to.
            others: Characters; or a function without arguments that gives those near enough, asked at each turn's end.

        Raises:
            ConfigError: `npc` or one of `others` belongs to another engine.
        """
        self._conversation_of(npc)
        if not callable(others):
            others = [self._conversation_of(other).npc for other in others]
        self._earshot.place(npc, others)

    # ------------------------------------------------------------ the frame

    def update(self, dt: float) -> list[events.Event]:
        """Moves everything on by one frame and tells what happened; takes microseconds, whatever the models do.

        Args:
            dt: Seconds since the last call, as the game counts them.
        """
        if self._pause.on:
            self._pause.keep()
        else:
            self._frame_time_s += min(max(dt, 0.0), _LONGEST_FRAME_S)
        self._govern()
        arrivals = self._brain.arrivals.take_all()
        for arrival in arrivals:
            self._receive(arrival.report, arrival.at_s)
        self._events += self._reloader.deliver(self._conversations)
        self._watch_over_brain(told=bool(arrivals))
        for number in tuple(self._active):
            conversation = self._conversations[number]
            if self._lost:
                conversation.abandon()
            conversation.update()
            if conversation.current is None:
                self._active.discard(number)
        self._keep_listening()
        while self._archive.problems:
            self._events.append(events.StageFailed("memory", self._archive.problems.popleft(), recovered=True))
        happened, self._events = self._events, []
        return happened

    def wait(self, timeout_s: float) -> bool:
        """Waits until the brain has something for `update`, at most `timeout_s` seconds; whether it has.

        For tools and servers that have no frames of their own; a game's loop never calls it.
        """
        return self._brain.arrivals.wait(timeout_s)

    def pause(self) -> None:
        """The game stands still: voices, faces and moods with it, and the microphone hears nothing.

        Call `update` all the same: models go on loading, and the answer to what was said before is got ready.
        """
        self._pause.begin()

    def resume(self) -> None:
        """The game goes on; whoever was cut in the middle of a word says that word again."""
        self._pause.end()

    @property
    def paused(self) -> bool:
        """Whether `pause` was called, and `resume` not yet."""
        return self._pause.on

    # ------------------------------------------------------------ the save

    def snapshot(self) -> dict[str, Any]:
        """Everything that must not be lost, as plain data for the game's own save file (JSON)."""
        return self._archive.snapshot(self.world, self._conversations.values())

    def restore(self, saved: Mapping[str, Any]) -> None:
        """Goes back to `saved`; what came after it is forgotten, and what is being said falls silent.

        The file of memories (`EngineConfig.memory_path`) goes back with it.

        Characters are known by their `Npc.key`; those that the save does not name are as new, and those that are
        spawned later find their memory waiting for them.

        Raises:
            ConfigError: This is no snapshot, or one of a newer version; nothing was changed.
        """
        self._archive.restore(saved, self.world, self._conversations.values())

    # ------------------------------------------------------------ the whole

    @property
    def ready(self) -> bool:
        """Whether all models are loaded."""
        return self._ready

    @property
    def npcs(self) -> tuple[Npc, ...]:
        """All characters, in the order in which they were spawned."""
        return tuple(conversation.npc for conversation in self._conversations.values())

    @property
    def speaker_problem(self) -> str | None:
        """Why nothing can be heard and what to do, in one line; None when it can."""
        return self._speaker.problem

    def close(self) -> None:
        """Silence, and the end of the brain; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        try:
            self.microphone.stop()
            for number in tuple(self._active):
                self._conversations[number].interrupt()
            self._speaker.close()
        finally:  # whatever a sound device did: no process stays behind, and nothing is forgotten
            self._reloader.close()
            self._brain.close()
            self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------ steps

    def _receive(self, report: Report, at_s: float) -> None:
        match report:
            case Loading():
                self._events.append(events.ModelProgress(report.what, report.fraction))
            case Loaded():
                self._ready = True
                self._events.append(events.EngineReady())
            case Failed():
                self._events.append(events.StageFailed(report.stage, report.message, report.recovered))
            case BrainRestarted():
                self._restart(report.reason)
            case BrainLost():
                self._lost = report.reason
                self._events.append(events.StageFailed("brain", report.reason, recovered=False))
            case _:
                if conversation := self._conversations.get(report.npc):
                    conversation.receive(report, at_s)

    def _govern(self) -> None:
        """Tells the brain to go easy while the game's frames come late."""
        now_s = self._clock.now()
        before, before_s = self._governor.level, self._last_frame_s
        self._last_frame_s = now_s
        if before_s is not None and self._governor.frame(now_s - before_s) != before:
            self._brain.send(Ease(self._governor.level))

    def _watch_over_brain(self, *, told: bool) -> None:
        """A native library that hangs takes its process with it, and only the game can see that nothing comes."""
        owed = self._ready and any(self._conversations[number].status == "thinking" for number in self._active)
        if self._patience.is_over(self._clock.now(), owed=owed, told=told):
            self._brain.replace(f"it owed an answer and told nothing for {LONGEST_SILENCE_S:.0f} s")

    def _restart(self, reason: str) -> None:
        """The new brain knows nothing; what matters is on this side."""
        self._ready = False
        for conversation in self._conversations.values():
            conversation.resume()
        self._events.append(events.StageFailed("brain", f"{reason}; a new one was started", recovered=True))

    def _attend(self, number: int) -> None:
        """The microphone belongs to one key at a time: to the one pressed last."""
        for other in tuple(self._active - {number}):
            if self._conversations[other].status == "listening":
                self._conversations[other].interrupt()
        self.microphone.attend()

    def _hear(self, pcm: Pcm, rate: int) -> None:
        """A block from the microphone, on the capture's thread; the brain keeps a little of what comes before a key."""
        if self._pause.on:
            return
        block = MicrophoneBlock(pcm, rate, self._played_during(pcm, rate))
        for number in tuple(self._active):
            if conversation := self._conversations.get(number):
                conversation.keep(block)
        self._brain.send(block)

    def _played_during(self, pcm: Pcm, rate: int) -> Pcm | None:
        """What the loudspeakers played while `pcm` was captured, as far as an open microphone may have heard it."""
        if self.microphone.mode != "open" or self.config.echo == "off":
            return None
        return self._speaker.echo.between(self.microphone.block_began_s, len(pcm), rate=rate)

    def _keep_listening(self) -> None:
        """With an open microphone, whoever is in focus awaits the player's next words, also while it speaks."""
        focused = self._focused
        if focused is None or self._pause.on:
            return
        if self.microphone.mode != "open":
            focused.ignore_microphone()
            focused.drop_open_utterance()
        elif not focused.hears and not self._key_is_held():
            focused.await_utterance()

    def _key_is_held(self) -> bool:
        return any(self._conversations[number].status == "listening" for number in self._active)

    def _emit(self, event: events.Event) -> None:
        self._events.append(event)
        if isinstance(event, events.TurnFinished):
            self.stats.append(stats_of(event))

    def _surroundings(self) -> Surroundings:
        turns = count(1)
        return Surroundings(
            clock=self._clock,
            speaker=self._speaker,
            world=self.world,
            send=self._brain.send,
            emit=self._emit,
            next_turn=lambda: next(turns),
            frame_time_s=lambda: self._frame_time_s,
            activated=self._active.add,
            attend=self._attend,
            reload=self._reloader.ask,
            said=self._earshot.said,
            being_said=self._earshot.being_said,
            remembered=lambda number: self._archive.write(self._conversations[number]),
        )

    def _conversation_of(self, npc: Npc) -> Conversation:
        for conversation in self._conversations.values():
            if conversation.npc is npc:
                return conversation
        raise ConfigError(f"{npc!r} was not spawned by this engine")
