"""Evaluation suites as a player would speak them: every question said by our voice and heard by our recogniser.

Run it from the project's root: ``python -m benchmarks.spoken_suites evaluation --out heard`` and then
``npcengine eval heard``. Questions that were typed sloppily are said as they stand, so some come out worse than anyone
speaks. Half a second a question.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track
from ruamel.yaml import YAML

from npcengine.brain.registry import open_stt, open_tts
from npcengine.config import EngineConfig
from npcengine.hearing.protocol import SpeechToText
from npcengine.types import HEARING_RATE, LoadOptions, Voice
from npcengine.voice.protocol import TextToSpeech
from npcengine.voice.resampling import resampled

SILENCE_S = 0.3
"""Before and after a question, as a microphone that is already open records it."""


def main() -> None:
    """Write each suite once more, with what was heard in place of what was asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, help="suite files, or folders of them")
    parser.add_argument("--out", type=Path, required=True, help="the folder that the heard suites go to")
    asked = parser.parse_args()
    config, options = EngineConfig(), LoadOptions(threads=1)
    ears, voice = open_stt(config.stt, options), open_tts(config.tts, options)
    asked.out.mkdir(parents=True, exist_ok=True)
    for path in _suites(asked.paths):
        suite = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        suite["persona"] = os.path.relpath(path.parent / suite["persona"], asked.out)
        for case in track(suite["cases"], description=path.stem):
            case["ask"] = [_heard(ask, voice, ears) for ask in _listed(case["ask"])]
        with (asked.out / path.name).open("w", encoding="utf-8") as file:
            YAML().dump(suite, file)


def _suites(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        for each in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
            if "cases:" in each.read_text(encoding="utf-8"):
                yield each


def _listed(value: Any) -> list[str]:  # noqa: ANN401 - as the file has it
    return [value] if isinstance(value, str) else list(value)


def _heard(text: str, voice: TextToSpeech, ears: SpeechToText) -> str:
    """What is made of a text on its way through the air; "hm" where nothing was heard."""
    spoken = [resampled(each, HEARING_RATE).pcm for each in voice.speak(text, Voice())]
    silence = np.zeros(int(SILENCE_S * HEARING_RATE), np.float32)
    return ears.transcribe(np.concatenate([silence, *spoken, silence])).text.strip() or "hm"


if __name__ == "__main__":
    main()
