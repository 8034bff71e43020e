"""``npcengine talk``: one conversation, from recordings and lines or from microphone and keyboard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

import npcengine
from npcengine.audio.speaker import RecordingSpeaker
from npcengine.audio.wav import LoadedSpeech, load_speech
from npcengine.cli.adapter import ADAPTER_HELP, usable
from npcengine.cli.console import LoadingLine, complain, note
from npcengine.cli.recording import Recording, write_turn
from npcengine.cli.session import Session, TurnReport
from npcengine.cli.terminal import Terminal
from npcengine.errors import ConfigError
from npcengine.types import Value

_ORDER = "npcengine.talk.order"


class TalkCommand(TyperCommand):
    """Remembers in which order ``--wav`` and ``--text`` were given, which the parsed options no longer tell."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401, D102 - click's, which typer may bring
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[_ORDER] = [each.name for each in order if each.name in ("wav", "text")]
        return super().parse_args(ctx, args)


def talk(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The character file.", show_default=False)],
    wav: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A turn spoken by the player: a recording.")
    ] = None,
    text: Annotated[list[str] | None, typer.Option(metavar="LINE", help="A turn typed by the player.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write turnN.wav and turnN.csv (the face) there.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a turn on standard output.")] = False,
    state: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Start with this state, e.g. trust=80.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Another language model: a catalogue name or a GGUF file.")
    ] = None,
    adapter: Annotated[str | None, typer.Option(metavar="NAME", help=ADAPTER_HELP)] = None,
) -> None:
    """Talk to the character in FILE.

    Each --wav and --text is a turn, in the order given, and they can be mixed. Without any, type lines, or press Enter
    on an empty line to speak.
    """
    if as_json and not (wav or text):
        raise ConfigError("--json prints turns: give at least one --wav or --text")
    persona = npcengine.load_persona(file)
    turns = _turns(context.meta.get(_ORDER, []), wav or [], text or [])
    config = _config(model, adapter, microphone="none" if turns else "auto")
    recorder = RecordingSpeaker() if turns or out else None
    with LoadingLine() as loading, Session(config, speaker=recorder, on_progress=loading.show) as session:
        npc = session.engine.spawn(persona)
        npc.state.update(_parse_state(state or []))
        needed = ("mind", "voice", *(["hearing"] if wav else [])) if turns else ("mind",)
        for problem in session.wait_until_ready(needed=needed):
            complain(problem)
        loading.close()
        if not turns:
            table = Terminal(session, recorder=recorder, out=out)
            table.announce()
            table.converse(npc)
        elif recorder and not _run(session, npc, turns, recorder=recorder, out=out, as_json=as_json):
            raise typer.Exit(1)


def _run(
    session: Session,
    npc: npcengine.Npc,
    turns: Sequence[LoadedSpeech | str],
    *,
    recorder: RecordingSpeaker,
    out: Path | None,
    as_json: bool,
) -> bool:
    """All turns in order; whether none of them failed."""
    fine = True
    for number, turn in enumerate(turns, start=1):
        report = session.tell(npc, turn) if isinstance(turn, str) else session.play_to(npc, turn.pcm)
        files: tuple[Path | None, Path | None] = (None, None)
        if out:
            said = Recording(recorder.take(), recorder.rate, report.emotion)
            files = write_turn(out, number, said, npc.persona)
        for problem in report.problems:
            complain(problem)
        if not report.heard:
            complain(f"turn {number}: nobody was heard speaking in the recording")
        if as_json:
            print(_as_json(number, npc, report, files))
        elif report.finished:
            print(_as_text(npc, report))
        fine = fine and bool(report.finished and report.finished.text_heard)
    return fine


def _turns(order: Sequence[str], wavs: Sequence[Path], texts: Sequence[str]) -> list[LoadedSpeech | str]:
    """The player's turns in the order in which they were given; recordings are read before any model is loaded."""
    spoken, typed = iter(wavs), iter(texts)
    turns: list[LoadedSpeech | str] = []
    for kind in order:
        if kind == "text":
            turns.append(_line(next(typed)))
            continue
        path = next(spoken)
        speech = load_speech(path)
        if speech.note:
            note(f"{path}: {speech.note}")
        turns.append(speech)
    return turns


def _line(text: str) -> str:
    if not text.strip():
        raise ConfigError("--text '': a line needs at least a word")
    return text


def _config(model: str | None, adapter: str | None, *, microphone: str) -> npcengine.EngineConfig:
    chosen = {"adapter": usable(adapter)}
    if model is not None:
        chosen["llm"] = model if model.partition(":")[0] in ("llama", "fake") else f"llama:{model}"
    return npcengine.EngineConfig(microphone=microphone, priority="normal", **chosen)


def _parse_state(assignments: Sequence[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals:
            raise ConfigError(f"--state {assignment}: write NAME=VALUE, e.g. --state trust=80")
        values[name.strip()] = _value(value.strip())
    return values


def _value(text: str) -> Value:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text


def _as_text(npc: npcengine.Npc, report: TurnReport) -> str:
    reply = report.finished.text if report.finished else ""
    lines = [f"You: {report.heard}", f"{npc.name} ({report.emotion}): {reply}"]
    lines += [f"  -> {call.name} {dict(call.args) or ''}".rstrip() for call in report.actions]
    return "\n".join(lines)


def _as_json(number: int, npc: npcengine.Npc, report: TurnReport, files: tuple[Path | None, Path | None]) -> str:
    finished = report.finished
    timings = finished.timings if finished else npcengine.Timings()
    turn: dict[str, Any] = {
        "turn": number,
        "npc": npc.name,
        "heard": report.heard,
        "reply": finished.text if finished else "",
        "emotion": report.emotion,
        "actions": [{"name": call.name, "args": dict(call.args)} for call in report.actions],
        "knowledge_used": list(finished.knowledge_used) if finished else [],
        "source": finished.source if finished else None,
        "audio": str(files[0]) if files[0] else None,
        "face": str(files[1]) if files[1] else None,
        "ms": {
            "stt": _rounded(timings.stt),
            "first_token": _rounded(timings.first_token),
            "first_audio": _rounded(timings.first_audio),
            "first_words": _rounded(timings.first_words),
            "reply_done": _rounded(timings.reply_done),
        },
    }
    return json.dumps(turn, ensure_ascii=False)


def _rounded(milliseconds: float | None) -> float:
    """0 for a step that did not happen, as a typed line is not transcribed."""
    return round(milliseconds, 1) if milliseconds is not None else 0
