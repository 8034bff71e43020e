"""Runs scenarios one after the other, each in a process of its own, and joins what they report; prints nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, cast

from npcengine.clock import Clock
from npcengine.studio.bench import machine
from npcengine.studio.bench.scenario import Options, Result

_CLOSE_S = 10.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something to measure.

    Attributes:
        name: Its module in this package.
        keys: What it adds to the report, null where it could not be measured.
        weight: About how long it takes beside the others.
    """

    name: str
    keys: tuple[str, ...]
    weight: float


SCENARIOS = (
    Scenario("ready", ("ready_s",), 1),
    Scenario(
        "speech",
        (
            *("first_audio_ms", "naive_first_audio_ms", "first_audio_ratio"),
            *("first_words_ratio", "first_words_model_ratio", "stt"),
        ),
        20,
    ),
    Scenario("llm", ("llm",), 4),
    Scenario("tts", ("tts",), 1),
    Scenario("frames", ("frames",), 15),
    Scenario("npcs", ("npcs",), 8),
    Scenario("memory", ("memory_mb",), 2),
    Scenario("interrupt", ("interrupt",), 2),
    Scenario("ghosts", ("ghost_words", "ghost_words_by_sound"), 5),
)

OnProgress = Callable[[str, float], None]
"""Told which scenario runs and which share of all is done (0–1)."""


def run_all(options: Options, scenarios: Sequence[Scenario], *, clock: Clock, on_progress: OnProgress) -> Result:
    """The whole report; a scenario that fails leaves nulls and a note on why."""
    config = options.config()
    began_s, load_before = clock.now(), machine.load_average()
    figures: Result = {}
    notes: list[str] = []
    done, whole = 0.0, sum(scenario.weight for scenario in scenarios)
    for scenario in scenarios:
        before = done

        def show(share: float, scenario: Scenario = scenario, before: float = before) -> None:
            on_progress(scenario.name, (before + share * scenario.weight) / whole)

        show(0.0)
        result = run_one(scenario, options, show)
        notes += result.pop("notes", [])
        figures |= dict.fromkeys(scenario.keys) | result
        done += scenario.weight
    return {
        "machine": {
            **machine.describe(config),
            "load_average": {"before": load_before, "after": machine.load_average()},
        },
        "models": {"stt": config.stt, "llm": config.llm, "tts": config.tts},
        "quick": options.quick,
        **figures,
        "notes": notes,
        "seconds": round(clock.now() - began_s, 1),
    }


def run_one(scenario: Scenario, options: Options, on_share: Callable[[float], None]) -> Result:
    """What one scenario reports; when it fails, a note on why and nothing else."""
    command = (sys.executable, "-m", f"{__package__}.{scenario.name}", *options.arguments())
    with TemporaryFile("w+") as log:
        process = subprocess.Popen(  # noqa: S603 - our own modules
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True, env=_environment()
        )
        try:
            for line in cast(IO[str], process.stdout):
                told = _read(line)
                if "result" in told:
                    process.wait()
                    return cast(Result, told["result"])
                on_share(told.get("progress", 0.0))
            process.wait()
        finally:
            _end(process)
        log.seek(0)
        last = log.read().strip().splitlines()[-1:] or [f"ended with exit code {process.returncode}"]
    return {"notes": [f"{scenario.name}: {last[0]}"]}


def _read(line: str) -> Result:
    """What a process told; a line that some library printed tells nothing."""
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _end(process: subprocess.Popen[str]) -> None:
    """No process stays behind: with it, its brain ends at the end of its pipe."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_CLOSE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout:
        process.stdout.close()


def _environment() -> dict[str, str]:
    """No window, no sound; the engine gives its brain what else that needs, and the naive chain gets the defaults."""
    root = str(Path(__file__).parents[3])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    quiet = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    return {**os.environ, **quiet, "PYTHONPATH": paths}
