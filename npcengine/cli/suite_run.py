"""Has characters sit suites with a model that is loaded for it, for the commands that score; knows no report."""

from __future__ import annotations

import psutil

from npcengine.brain.embedding import open_meaning
from npcengine.brain.registry import open_llm
from npcengine.cli.progress_line import ProgressLine
from npcengine.clock import SystemClock
from npcengine.config import EngineConfig
from npcengine.errors import BackendMissing
from npcengine.studio.evaluation.sitting import Sitting, Turn
from npcengine.types import LoadOptions


def play_suites(sittings: list[Sitting], name: str, config: EngineConfig) -> tuple[list[Turn], bool]:
    """The turns that were played, and whether these are all."""
    try:
        from npcengine.studio.evaluation.asking import play  # noqa: PLC0415 - the other commands need no mind
    except ModuleNotFoundError as error:
        raise BackendMissing(
            f"suites need the package {error.name!r}, which is not installed: run  pip install 'npcengine[mind]'"
        ) from error
    clock = SystemClock()
    turns: list[Turn] = []
    language_model = open_llm(name, _load_options(config))
    embedder = open_meaning(config.embedding, _load_options(config))
    try:
        with ProgressLine(questions(sittings), clock, doing="asking", things="questions") as line:
            for turn in play(sittings, language_model, clock, embedder=embedder, seed=config.seed):
                turns.append(turn)
                line.advance(len(turns))
    except KeyboardInterrupt:
        return turns, False
    finally:
        language_model.close()
        if embedder:
            embedder.close()
    return turns, True


def questions(sittings: list[Sitting]) -> int:
    """How many they are, every wording counted."""
    return sum(each.turns for each in sittings)


def _load_options(config: EngineConfig) -> LoadOptions:
    """The language model has the machine to itself here."""
    threads = config.threads or psutil.cpu_count(logical=False) or 1
    return LoadOptions(threads=threads, seed=config.seed, context_tokens=config.context_tokens, adapter=config.adapter)
