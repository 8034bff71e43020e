"""`npcengine calibrate`: listens to a voice and keeps how late its labels run; knows no acoustics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from npcengine.brain.label_timing import write_timing
from npcengine.brain.registry import open_tts
from npcengine.config import EngineConfig
from npcengine.errors import BackendError
from npcengine.face.calibration import SENTENCES, SPEEDS, calibrate
from npcengine.types import LoadOptions, Speech, Voice
from npcengine.voice.protocol import TextToSpeech

_ENOUGH_EXAMPLES = 20


def calibrate_voice(
    voice: Annotated[
        str | None, typer.Option("--voice", metavar="NAME", help="Engine and model: piper:en_US-joe-medium.")
    ] = None,
) -> None:
    """Measure how late a voice's phoneme labels run, so that lips shut when its sound does.

    Takes a few seconds, and is worth it once for every voice but the default one, whose figures are built in. The
    result is kept beside the voice, and used whenever the voice is opened.
    """
    name = voice or EngineConfig().tts
    tts = open_tts(name, LoadOptions())
    try:
        if not tts.capabilities.phonemes:
            raise BackendError(
                f"{name} doesn't tell when its phonemes sound, so there is nothing to calibrate. Its faces move by "
                f"the sound alone, which needs no calibration; lips are truer with a voice that tells."
            )
        speeches = list(_spoken(tts))
    finally:
        tts.close()
    found = calibrate(speeches)
    if found.examples < _ENOUGH_EXAMPLES:
        raise BackendError(
            f"Only {found.examples} closures of p, b and m were heard from {name}, fewer than {_ENOUGH_EXAMPLES}: too "
            f"few to calibrate by. Does it speak English?"
        )
    path = write_timing(name, found.offsets, found.examples)
    print(
        f"{name}: lips shut {found.labels_ms:.0f} ms off by its labels, {found.corrected_ms:.0f} ms once corrected "
        f"(median of {found.examples} closures; the sound of each sentence then does the rest)."
    )
    print(f"Kept in {path}")


def _spoken(tts: TextToSpeech) -> Iterator[Speech]:
    tasks = [(sentence, Voice(speed=speed)) for speed in SPEEDS for sentence in SENTENCES]
    console = Console(stderr=True)
    for sentence, voice in track(tasks, "listening", console=console, transient=True, disable=not console.is_terminal):
        yield from tts.speak(sentence, voice)
