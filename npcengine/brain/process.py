"""The game's end of the link: starts the brain, watches it, starts it again after it dies; never blocks the game."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import BinaryIO, Protocol, cast

from npcengine.brain.channel import Channel, ChannelClosed
from npcengine.brain.link import Link
from npcengine.brain.messages import (
    BrainLost,
    BrainRestarted,
    Command,
    Configure,
    MicrophoneBlock,
    Report,
)
from npcengine.clock import Clock

logger = logging.getLogger(__name__)

_MICROPHONE_BACKLOG = 1000
"""Commands that may wait for the brain before microphone sound is lost (32 s of 32 ms blocks)."""
_REPORT_BACKLOG = 1024
_DEATHS_ALLOWED = 3
_DEATHS_WITHIN_S = 60.0
_CLOSE_S = 2.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report and when it came (seconds on the engine's clock)."""

    report: Report
    at_s: float


class BrainHandle(Protocol):
    """A brain, wherever it runs."""

    arrivals: Channel[Arrival]

    def send(self, command: Command) -> None:
        """Hands `command` on; never waits, and drops it where no brain is left."""
        ...

    def replace(self, reason: str) -> None:
        """Kills a brain that hangs, and starts another; a brain in threads of this process can't be helped."""
        ...

    def close(self) -> None:
        """Ends the brain."""
        ...


class BrainProcess:
    """A brain in a process of its own.

    Two daemon threads: the watcher starts the process, reads its reports and starts it again when it dies; the writer
    hands commands on. What was on its way to a brain that died is dropped: on `BrainRestarted` the game says again what
    still matters, since it alone knows.
    """

    def __init__(self, configure: Configure, clock: Clock) -> None:
        self.arrivals: Channel[Arrival] = Channel(_REPORT_BACKLOG)
        self._configure = configure
        self._clock = clock
        self._commands = _new_command_channel()
        self._closing = False
        self._killed_because = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher = Thread(target=self._watch, name="npcengine-brain-watcher", daemon=True)
        self._watcher.start()

    @property
    def pid(self) -> int | None:
        """The process's number, None before it runs."""
        return self._process.pid if self._process else None

    def send(self, command: Command) -> None:
        """Hands `command` on; never waits."""
        try:
            self._commands.put(command)
        except ChannelClosed:
            logger.debug("no brain to take %s", type(command).__name__)

    def replace(self, reason: str) -> None:
        """Kills the process; the watcher, which sees it die, starts another."""
        if self._process:
            self._killed_because = reason
            self._process.kill()

    def close(self) -> None:
        """Ends the process; kills it when it does not end by itself."""
        self._closing = True
        self._commands.close(discard=True)
        self.arrivals.close(discard=True)
        self._watcher.join(_CLOSE_S)
        if self._watcher.is_alive() and self._process:
            self._process.kill()
            self._watcher.join()

    def _watch(self) -> None:
        deaths: deque[float] = deque(maxlen=_DEATHS_ALLOWED)
        while not self._closing:
            reason = self._live_once()
            if self._closing:
                return
            logger.info("%s", reason)
            deaths.append(self._clock.now())
            if len(deaths) == _DEATHS_ALLOWED and deaths[-1] - deaths[0] < _DEATHS_WITHIN_S:
                self._report(BrainLost(f"{reason}; it died {_DEATHS_ALLOWED} times within a minute"))
                self._commands.close(discard=True)
                return
            self._commands = _new_command_channel()
            self._report(BrainRestarted(reason))

    def _live_once(self) -> str:
        """Runs one brain from start to end; says how it ended."""
        with tempfile.TemporaryFile() as log:
            try:
                process = _start(self._configure, log)
            except OSError as error:
                return f"the brain process can't be started: {error}"
            self._process = process
            link: Link[Report, Command] = Link(cast(BinaryIO, process.stdout), cast(BinaryIO, process.stdin))
            commands = self._commands
            writer = Thread(
                target=_write,
                args=(link, self._configure, commands, process),
                name="npcengine-brain-writer",
                daemon=True,
            )
            writer.start()
            for report in link:
                self._report(report)
            commands.close(discard=True)
            exit_code = _wait(process)
            writer.join()
            killed_because, self._killed_because = self._killed_because, ""
            return (
                f"the brain process was killed: {killed_because}" if killed_because else _describe_end(exit_code, log)
            )

    def _report(self, report: Report) -> None:
        try:
            self.arrivals.put(Arrival(report, self._clock.now()))
        except ChannelClosed:
            logger.debug("nobody waits for %s any more", type(report).__name__)


class BrainThread:
    """A brain in threads of this process: the same messages and the same code, for debugging and tests with fakes."""

    def __init__(self, configure: Configure, clock: Clock) -> None:
        from npcengine.brain.pipeline import Brain  # noqa: PLC0415 - only who asks for it pays for the import

        # Some reports come on the game's own thread, which must not wait for itself: the channel grows instead.
        self.arrivals: Channel[Arrival] = Channel(_REPORT_BACKLOG, droppable=lambda _: False)
        self._clock = clock
        self._brain = Brain(self._report, clock)
        self._brain.handle(configure)

    def send(self, command: Command) -> None:
        """Hands `command` on; never waits."""
        self._brain.handle(command)

    def replace(self, reason: str) -> None:
        """A thread can't be killed: it is left to itself."""
        logger.warning("the brain hangs in its thread: %s", reason)

    def close(self) -> None:
        """Ends the threads once their present piece of work is done."""
        self.arrivals.close(discard=True)
        self._brain.close()

    def _report(self, report: Report) -> None:
        try:
            self.arrivals.put(Arrival(report, self._clock.now()))
        except ChannelClosed:
            logger.debug("nobody waits for %s any more", type(report).__name__)


def start_brain(configure: Configure, clock: Clock) -> BrainHandle:
    """A brain as the configuration wants it; returns at once, the models load meanwhile."""
    return BrainThread(configure, clock) if configure.config.brain == "thread" else BrainProcess(configure, clock)


def _new_command_channel() -> Channel[Command]:
    return Channel(_MICROPHONE_BACKLOG, droppable=lambda command: isinstance(command, MicrophoneBlock))


def _start(configure: Configure, log: BinaryIO) -> subprocess.Popen[bytes]:
    command = configure.config.brain_command or (sys.executable, "-m", "npcengine.brain")
    # The package may have been found through a path that only this process knows.
    package_root = str(Path(__file__).parents[2])
    paths = [package_root, *filter(None, [os.environ.get("PYTHONPATH")])]
    # OpenMP's threads wait for each other by spinning, which on busy cores starves the one waited for: decoding fell
    # from 35 to 1-5 tokens a second on two cores with five busy processes, and stayed at 27-34 with passive waiting.
    # And glibc gives each of some thirty threads a heap of its own unless it is told otherwise: 60 MB of holes.
    careful = {"OMP_WAIT_POLICY": "passive", "MALLOC_ARENA_MAX": "2"}
    environment = {**careful, **os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    no_console = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(  # noqa: S603 - our own module, or the command the game's developer gave
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=environment,
        creationflags=no_console,
    )


def _write(
    link: Link[Report, Command],
    configure: Configure,
    commands: Channel[Command],
    process: subprocess.Popen[bytes],
) -> None:
    """Hands commands to the brain until there are no more, then closes the pipe, which ends the brain."""
    stdin = cast(BinaryIO, process.stdin)
    try:
        link.send(configure)
        for command in commands:
            link.send(command)
        stdin.close()
    except OSError:
        logger.debug("the brain stopped reading")


def _wait(process: subprocess.Popen[bytes]) -> int:
    """The exit code; a brain that closed its pipe and yet lives on is killed."""
    try:
        return process.wait(_CLOSE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _describe_end(exit_code: int, log: BinaryIO) -> str:
    log.seek(0)
    lines = log.read().decode(errors="replace").strip().splitlines()
    how = f"by signal {-exit_code}" if exit_code < 0 else f"with exit code {exit_code}"
    return f"the brain process ended {how}" + (f": {lines[-1]}" if lines and exit_code > 0 else "")
