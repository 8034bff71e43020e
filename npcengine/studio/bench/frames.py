"""A game at 60 frames a second: how many come late while nobody talks, while a character does, and the naive way.

Late is a frame of more than 20 ms. The three take turns in slices, because the machine drifts while it is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Literal, TypeAlias

import numpy as np

import npcengine
from npcengine.audio.capture import BLOCK_MS, PushedSource
from npcengine.brain.pipeline import load_options
from npcengine.clock import SystemClock, elapsed_ms
from npcengine.errors import NpcEngineError
from npcengine.studio.bench.clips import Clip, load_clips
from npcengine.studio.bench.figures import percentile, share_above
from npcengine.studio.bench.naive_chain import NaiveChain
from npcengine.studio.bench.naive_thread import NaiveThread
from npcengine.studio.bench.scenario import Options, Progress, Result, run
from npcengine.studio.bench.window import Window
from npcengine.types import HEARING_RATE

Mode: TypeAlias = Literal["idle", "talking", "naive"]

LATE_MS = 20.0
SLICE_S, QUICK_SLICE_S = 8.0, 2.5
SLICES, QUICK_SLICES = 5, 2
_SETTLE_S = 0.7
_BLOCK = HEARING_RATE * BLOCK_MS // 1000


@dataclass(slots=True)
class Samples:
    """What was measured in one mode, in milliseconds."""

    frames_ms: list[float] = field(default_factory=list)
    updates_ms: list[float] = field(default_factory=list)


class TalkingGame:
    """A game with a window, an engine, and one character that is spoken to."""

    def __init__(self, options: Options) -> None:
        self.clock = SystemClock()
        self.window = Window(self.clock)
        self._microphone = PushedSource()
        self.engine = npcengine.Engine(options.config(), microphone=self._microphone, clock=self.clock)
        self._npc = self.engine.spawn(options.character())
        self._heard_anything = True

    def frame(self, samples: Samples | None = None) -> list[npcengine.Event]:
        """One frame as games run it: wait, update, look at the face, draw."""
        length_ms = self.window.tick()
        began_s = self.clock.now()
        happened = self.engine.update(length_ms / 1000.0)
        if samples is not None:
            samples.updates_ms.append(elapsed_ms(self.clock, began_s))
            samples.frames_ms.append(length_ms)
        _ = self._npc.face
        self.window.draw()
        return happened

    def run(self, seconds: float, samples: Samples | None = None, each: Callable[[], None] | None = None) -> None:
        """Frames for so long."""
        until_s = self.clock.now() + seconds
        while self.clock.now() < until_s:
            if each:
                each()
            self.frame(samples)

    def wait_until_ready(self) -> None:
        """Frames until the models are loaded.

        Raises:
            NpcEngineError: They can't be.
        """
        while not self.engine.ready:
            for event in self.frame():
                if isinstance(event, npcengine.StageFailed) and not event.recovered:
                    raise NpcEngineError(event.message)

    def speak(self, clip: Clip) -> None:
        """The player says all of `clip` at once."""
        self._npc.listen()
        for start in range(0, len(clip.pcm), _BLOCK):
            self._microphone.push(np.ascontiguousarray(clip.pcm[start : start + _BLOCK]), HEARING_RATE)
        self._npc.stop_listening()

    @property
    def silent(self) -> bool:
        """Whether the character's turn is over."""
        return self._npc.status == "idle"

    def hush(self) -> None:
        """The character falls silent."""
        self._npc.interrupt()

    def close(self) -> None:
        """Ends the engine, then the window."""
        self.engine.close()
        self.window.close()


def measure(options: Options, progress: Progress) -> Result:
    """Late frames in all three modes, and how long update() takes."""
    clips, _ = load_clips(options)
    clips = clips[:: max(1, len(clips) // 6)]
    notes: list[str] = []
    measured: dict[Mode, Samples] = {"idle": Samples(), "talking": Samples(), "naive": Samples()}
    slices, slice_s = (QUICK_SLICES, QUICK_SLICE_S) if options.quick else (SLICES, SLICE_S)
    with _game(options) as game, _naive(options, clips[0], notes) as naive:
        game.wait_until_ready()
        drawing_ms = game.window.calibrate()
        said = cycle(clips)

        def keep_talking() -> None:
            if game.silent:
                game.speak(next(said))

        game.run(2.0, each=keep_talking)  # not counted: the first turn
        for number in range(slices):
            _rest(game)
            game.run(slice_s, measured["idle"])
            game.run(slice_s, measured["talking"], keep_talking)
            _rest(game)
            if naive:
                _run_naive(game, naive, slice_s, measured["naive"])
            progress((number + 1) / slices)
    return {"frames": _report(measured, drawing_ms, slices * slice_s), "notes": notes}


def _rest(game: TalkingGame) -> None:
    """What the brain still has to read is not the next slice's."""
    game.hush()
    game.run(_SETTLE_S)


def _run_naive(game: TalkingGame, naive: NaiveThread, seconds: float, samples: Samples) -> None:
    naive.resume()
    game.run(seconds, samples)
    naive.pause()
    while not naive.resting:
        game.frame()


@contextmanager
def _game(options: Options) -> Iterator[TalkingGame]:
    game = TalkingGame(options)
    try:
        yield game
    finally:
        game.close()


@contextmanager
def _naive(options: Options, clip: Clip, notes: list[str]) -> Iterator[NaiveThread | None]:
    """The naive chain in this process; None and a note where it can't be had."""
    if options.fakes:
        notes.append("frames.naive_late_pct: fake models have no library")
        yield None
        return
    config = options.config()
    try:
        chain = NaiveChain(config, options.character(), load_options(config), SystemClock())
    except NpcEngineError as error:
        notes.append(f"frames.naive_late_pct: {error}")
        yield None
        return
    chain.warm_up()
    thread = NaiveThread(chain, clip.pcm)
    try:
        yield thread
    finally:
        thread.close()


def _report(measured: dict[Mode, Samples], drawing_ms: float, seconds: float) -> Result:
    updates_ms = measured["talking"].updates_ms
    late = {mode: share_above(samples.frames_ms, LATE_MS) for mode, samples in measured.items()}
    return {
        **{f"{mode}_late_pct": share for mode, share in late.items()},
        "added_late_pct": round((late["talking"] or 0.0) - (late["idle"] or 0.0), 2),
        **{f"{mode}_p99_ms": percentile(samples.frames_ms, 99.0) for mode, samples in measured.items()},
        "update_p50_ms": percentile(updates_ms, 50.0, 3),
        "update_p99_ms": percentile(updates_ms, 99.0, 3),
        "drawing_ms": round(drawing_ms, 2),
        "seconds_each": seconds,
    }


if __name__ == "__main__":
    run(measure)
