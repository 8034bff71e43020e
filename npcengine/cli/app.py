"""The command line as a whole: its commands, and how an error is told; knows no stage."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import npcengine
from npcengine.cli.bench import bench
from npcengine.cli.calibrate import calibrate_voice
from npcengine.cli.check import check
from npcengine.cli.demo import demo
from npcengine.cli.doctor import doctor
from npcengine.cli.eval import evaluate
from npcengine.cli.face import face
from npcengine.cli.import_card import import_card
from npcengine.cli.new import new
from npcengine.cli.schema import schema
from npcengine.cli.setup import setup
from npcengine.cli.talk import TalkCommand, talk
from npcengine.cli.tune import tune
from npcengine.errors import NpcEngineError, PersonaError

app = typer.Typer(
    name="npcengine",
    help="Game characters one can talk to: they hear, think, speak and move their faces, all on this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def _version(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    if version:
        print(f"npcengine {npcengine.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise typer.Exit


app.command()(demo)
app.command(cls=TalkCommand)(talk)
app.command()(new)
app.command()(check)
app.command()(schema)
app.command()(import_card)
app.command()(face)
app.command(name="calibrate")(calibrate_voice)
app.command()(setup)
app.command()(doctor)
app.command()(bench)
app.command(name="eval")(evaluate)
app.command()(tune)


def main() -> None:
    """Runs the command line; an error of ours is one message and exit code 1, never a traceback."""
    try:
        app()
    except PersonaError as error:  # its lines begin with file and line, for editors to jump to
        print(error, file=sys.stderr)
        sys.exit(1)
    except NpcEngineError as error:
        print(f"npcengine: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
