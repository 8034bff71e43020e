"""A conversation driven from a command line: an engine, its frames, and what came of each turn; prints nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Self

import numpy as np

import npcengine
from npcengine.audio.capture import BLOCK_MS, PushedSource
from npcengine.audio.playback import Speaker
from npcengine.clock import SystemClock
from npcengine.errors import ModelError, NpcEngineError
from npcengine.types import HEARING_RATE, ActionCall, Emotion, Pcm

_FRAME_S = 1 / 100


@dataclass(slots=True)
class TurnReport:
    """What came of one turn."""

    finished: npcengine.TurnFinished | None = None
    heard: str = ""
    emotion: Emotion = "neutral"
    actions: list[ActionCall] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Session:
    """One engine and its frames; use it as a context manager."""

    def __init__(
        self,
        config: npcengine.EngineConfig,
        *,
        speaker: Speaker | None = None,
        on_progress: Callable[[npcengine.ModelProgress], None] | None = None,
    ) -> None:
        self._pushed = PushedSource() if config.microphone == "none" else None
        self.engine = npcengine.Engine(config, speaker=speaker, microphone=self._pushed)
        self._clock = SystemClock()
        self._last_s = self._clock.now()
        self._on_progress = on_progress

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.close()

    def wait_until_ready(self, *, needed: tuple[str, ...]) -> list[str]:
        """Lets the models load.

        Args:
            needed: Stages without which there is no point in going on.

        Returns:
            What failed to load and can be done without, or is made do without.

        Raises:
            ModelError: A needed stage could not be loaded.
        """
        tolerated: list[str] = []
        for event in self.frames():
            match event:
                case npcengine.StageFailed(stage=stage, message=message, recovered=False):
                    if stage in (*needed, "brain"):
                        raise ModelError(message)
                    tolerated.append(f"{stage}: {message}")
                case npcengine.StageFailed(stage=stage, message=message):
                    tolerated.append(f"{stage}: {message}")
                case npcengine.ModelProgress() if self._on_progress:
                    self._on_progress(event)
                case npcengine.EngineReady():
                    return tolerated
                case _:
                    pass
        raise NpcEngineError("the engine was closed while its models were loading")

    def tell(self, npc: npcengine.Npc, text: str) -> TurnReport:
        """The player types."""
        npc.tell(text)
        report = self.follow(npc)
        report.heard = text
        return report

    def play_to(self, npc: npcengine.Npc, pcm: Pcm) -> TurnReport:
        """The player says what is in `pcm` (mono float32, 16 kHz), as fast as the engine takes it."""
        if self._pushed is None:
            raise NpcEngineError("this session has a real microphone: open it with microphone='none' to play sound")
        npc.listen()
        step = HEARING_RATE * BLOCK_MS // 1000
        for start in range(0, len(pcm), step):
            self._pushed.push(np.ascontiguousarray(pcm[start : start + step]), HEARING_RATE)
        npc.stop_listening()
        return self.follow(npc)

    def follow(self, npc: npcengine.Npc) -> TurnReport:
        """Runs frames until the turn is over."""
        report = TurnReport(emotion=npc.mood)
        for event in self.frames():
            match event:
                case npcengine.PlayerHeard(text=text, final=True):
                    report.heard = text
                    if not text:
                        return report
                case npcengine.NpcEmotion(emotion=emotion):
                    report.emotion = emotion
                case npcengine.ActionRequested(name=name, args=args):
                    report.actions.append(ActionCall(name, dict(args)))
                case npcengine.StageFailed(message=message):
                    report.problems.append(message)
                case npcengine.TurnFinished(npc=who) if who is npc:
                    report.finished = event
                    return report
                case _:
                    pass
        return report

    def frames(self) -> Iterator[npcengine.Event]:
        """Events, frame after frame."""
        while True:
            now_s = self._clock.now()
            yield from self.engine.update(now_s - self._last_s)
            self._last_s = now_s
            self.engine.wait(_FRAME_S)
