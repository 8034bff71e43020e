"""What every scenario shares: its options, the character and the configuration, how it reports; measures nothing."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import Any, TypeAlias

import npcengine
from npcengine.errors import ConfigError
from npcengine.persona import persona_from_dict

Result: TypeAlias = dict[str, Any]
"""A part of the report: JSON, with ``notes`` on what could not be measured and why."""

Progress: TypeAlias = Callable[[float], None]
"""Told which share of the scenario is done (0–1)."""

SPEECH_FOLDER = Path("../shared/speech")
"""Where recordings of people are looked for, from the working directory."""

FAKE_LINE = "What happened to the mill?"
_FAKES = {
    "embedding": "none",
    "stt": f"fake:{FAKE_LINE}",
    "llm": "fake:The iron is hot. Mind the sparks.",
    "tts": "fake:hum",
}

PLAYER_LINES = (
    "What happened to the mill?",
    "Do you like working here, all alone by the fire?",
    "I have walked a long way today.",
    "Tell me about your brother.",
    "It is cold outside tonight.",
    "Are you never afraid of the dark?",
    "I lost my father's sword in the river.",
    "What do people here say about the bandits?",
    "You look tired this morning.",
    "My horse needs a new shoe.",
    "Would you travel with me to the coast?",
    "I think it is going to rain.",
    "What do you dream of at night?",
    "The bread at the inn was hard as stone.",
    "Have you ever been in love?",
    "I would like to learn your craft.",
    "How was your day so far?",
    "My sister is getting married in spring.",
    "Somebody stole my purse at the market.",
    "Do you sing when nobody listens?",
    "I slept badly in that old barn.",
    "What makes a good blade, would you say?",
    "The road behind me is flooded.",
    "I am looking for a quiet place to stay.",
)
"""What a player may say; statements and personal questions, so that the language model has to answer."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to measure.

    Attributes:
        quick: A tenth of the samples: whether it works, not how well.
        speech: Folder of recorded clips with a ``transcripts.tsv``; used if it is there.
        fakes: Fake models: tests the benchmark itself.
    """

    quick: bool = False
    speech: Path = SPEECH_FOLDER
    fakes: bool = False

    def arguments(self) -> list[str]:
        """What a scenario's process is started with."""
        flags = [f"--{name}" for name in ("quick", "fakes") if getattr(self, name)]
        return [*flags, "--speech", str(self.speech)]

    def config(self, **changes: Any) -> npcengine.EngineConfig:  # noqa: ANN401 - an engine's options
        """The engine's defaults with `changes`."""
        return npcengine.EngineConfig.model_validate({**(_FAKES if self.fakes else {}), **changes})

    def character(self) -> npcengine.Persona:
        """The blacksmith of the demo; with fake models somebody small."""
        if self.fakes:
            return persona_from_dict({"npcengine": 1, "name": "Gerta Holt", "voice": {"tts": "fake:hum"}})
        return npcengine.load_persona(characters_folder() / "gerta.yaml")


def characters_folder() -> Path:
    """Where the demo's characters lie: in a checkout the project's folder, in an installation the package's own."""
    spec = util.find_spec("demo_game")
    if spec is None or spec.origin is None:
        raise ConfigError("the benchmark talks to the demo's characters: install npcengine again with its demo game")
    package = Path(spec.origin).parent
    folders = (package.parent / "characters", package / "characters")
    return next((folder for folder in folders if folder.is_dir()), folders[0])


def run(measure: Callable[[Options, Progress], Result]) -> None:
    """Runs a scenario as a process: options on the command line, a JSON object a line on standard output."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    parser = argparse.ArgumentParser(description=measure.__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--fakes", action="store_true")
    parser.add_argument("--speech", type=Path, default=SPEECH_FOLDER)
    given = parser.parse_args()
    options = Options(quick=given.quick, speech=given.speech, fakes=given.fakes)
    try:
        result = measure(options, lambda done: _say({"progress": round(done, 3)}))
    except KeyboardInterrupt:
        return
    _say({"result": result})


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201 - the process that started this one reads it
