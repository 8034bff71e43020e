"""``npcengine demo``: the demo game, or a conversation in the terminal where no window can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module, util
from pathlib import Path
from typing import Annotated

import typer

import npcengine
from npcengine.audio.speaker import RecordingSpeaker
from npcengine.cli import devices
from npcengine.cli.console import LoadingLine, complain, note
from npcengine.cli.rehearsal import read_script, rehearse
from npcengine.cli.session import Session
from npcengine.cli.terminal import Terminal, read_line
from npcengine.errors import ConfigError
from npcengine.models import store

_OUT = Path("npcengine-demo")


def demo(
    terminal: Annotated[bool, typer.Option("--terminal", help="Talk in the terminal, without a window.")] = False,
    characters: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Meet the characters in this folder instead; in the window, what you edit there shows."
        ),
    ] = None,
    script: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Have the game played by this script; exit code 1 if it is not as expected."),
    ] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="With a script: open no window and play no sound.")
    ] = False,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="With a script: where log, screenshots and saves go.")
    ] = _OUT,
    microphone: Annotated[
        str, typer.Option(metavar="NAME", help="auto, none, or wav:FILE to play a recording as your voice.")
    ] = "auto",
) -> None:
    """Meet four people of the village Oakhollow: hold SPACE to speak, or type.

    Without a display, a microphone or a speaker it says what is missing and goes on with what there is.
    """
    folder = characters or _own_characters()
    config = npcengine.EngineConfig(microphone=microphone, watch_characters=characters is not None)
    if headless and script is None:
        raise ConfigError("--headless needs a script: add  --script FILE")
    if script is not None:
        read = read_script(script)
        _require_models(config)
        heard = config.model_copy(update={"speaker": "none"}) if headless else config
        fine = rehearse(read, heard, characters=folder, out=out, headless=headless)
        raise typer.Exit(0 if fine else 1)
    _require_models(config)
    display = devices.Device(None, "asked for with --terminal") if terminal else devices.display()
    if display.name is None:
        note(f"no window: {display.why_not}; talking here instead")
        _talk_in_terminal(folder, config.model_copy(update={"priority": "normal"}))  # no frame to protect
        return
    raise typer.Exit(import_module("demo_game.main").run(config, characters=folder))


def _require_models(config: npcengine.EngineConfig) -> None:
    """What is missing is said before a window opens."""
    store.locate("stt", config.stt.partition(":")[2])
    store.locate("llm", config.llm.partition(":")[2])
    store.locate("tts", config.tts.partition(":")[2])


def _own_characters() -> Path:
    """Beside the demo: in a checkout the project's folder, in an installation the package's own."""
    spec = util.find_spec("demo_game")
    if spec is None or spec.origin is None:
        raise ConfigError("the demo game is not installed; install npcengine again, or run it from a checkout")
    package = Path(spec.origin).parent
    return next(folder for folder in (package / "characters", package.parent / "characters") if folder.is_dir())


def _talk_in_terminal(folder: Path, config: npcengine.EngineConfig) -> None:
    personas = [npcengine.load_persona(path) for path in sorted(folder.glob("*.yaml"))]
    if not personas:
        raise ConfigError(f"{folder}: there are no character files (*.yaml) here")
    speaker = devices.speaker()
    recorder = None
    if speaker.name is None:
        note(f"no speaker: {speaker.why_not}; the answers are written to {_OUT}/")
        recorder = RecordingSpeaker()
    with LoadingLine() as loading, Session(config, speaker=recorder, on_progress=loading.show) as session:
        npcs = [session.engine.spawn(persona) for persona in personas]
        for problem in session.wait_until_ready(needed=("mind",)):
            complain(problem)
        loading.close()
        table = Terminal(session, recorder=recorder, out=_OUT if recorder else None)
        table.announce()
        _meet(table, npcs)


def _meet(table: Terminal, npcs: Sequence[npcengine.Npc]) -> None:
    """One after the other, as the player chooses; with nobody at the keyboard they only greet."""
    print("\n".join(f"{number}. {npc.name}, {npc.persona.role}" for number, npc in enumerate(npcs, start=1)))
    met = False
    while (answer := read_line("Whom do you talk to (a number; Ctrl-D ends)? ")) is not None:
        if answer.strip().isdigit() and 1 <= int(answer) <= len(npcs):
            met = True
            table.converse(npcs[int(answer) - 1])
    if not met:
        for npc in npcs:
            table.greet(npc)
