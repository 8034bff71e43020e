"""`npcengine face`: speaks a text and writes the sound and its face curves side by side; knows no game."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, cast

import numpy as np
import typer

from npcengine.audio.wav import write_wav
from npcengine.brain.label_timing import animator_of
from npcengine.brain.registry import open_tts
from npcengine.cli.face_pictures import Performance, check_preview, write_curves_plot, write_preview
from npcengine.config import EngineConfig
from npcengine.errors import BackendMissing, ConfigError
from npcengine.expression import live_face
from npcengine.face import exporters
from npcengine.face.exporters import FACE_FORMATS, FaceFormat
from npcengine.face.performance import perform
from npcengine.persona import load_persona
from npcengine.types import EMOTIONS, Emotion, LoadOptions, Speech, Voice

_SUFFIXES = {"rhubarb-json": ".json", "rhubarb-tsv": ".tsv"}


def face(
    text: Annotated[str, typer.Argument(help="What to say.", show_default=False)],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The curves; the sound goes beside them as .wav."),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", metavar="NAME", help=f"One of {', '.join(FACE_FORMATS)}.")
    ] = "arkit-csv",
    character: Annotated[
        Path | None, typer.Option("--character", metavar="FILE", help="A character file: its voice, face and mood.")
    ] = None,
    emotion: Annotated[
        str | None, typer.Option("--emotion", metavar="NAME", help="How it is said; a character's mood by default.")
    ] = None,
    voice: Annotated[
        str | None, typer.Option("--voice", metavar="NAME", help="Engine and model: piper:en_US-joe-medium.")
    ] = None,
    preview: Annotated[
        Path | None,
        typer.Option("--preview", metavar="FILE", help="A head that says it: FILE.gif, or FILE.mp4 with sound."),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="The curves under the sound, with the phonemes: FILE.png."),
    ] = None,
) -> None:
    """Speak TEXT, and write the curves that move a face with it."""
    face_format = cast(FaceFormat, _one_of("--format", format, FACE_FORMATS))
    check_preview(preview)
    curves_path = output or Path(f"face{_SUFFIXES.get(face_format, '.csv')}")
    sound_path = curves_path.with_suffix(".wav")
    if sound_path == curves_path:
        raise ConfigError(f"{curves_path} is where the sound goes; give the curves another ending than .wav.")
    persona = load_persona(character) if character else None
    feeling = cast(Emotion, _one_of("--emotion", emotion or (persona.mood if persona else "neutral"), EMOTIONS))
    own_voice = persona.to_voice() if persona else Voice()
    own_voice = replace(own_voice, tts=voice or own_voice.tts or EngineConfig().tts)
    pieces = _speech(text, own_voice, feeling)
    animator = animator_of(own_voice.tts)
    starts = np.cumsum([0, *(len(piece.pcm) for piece in pieces)]).tolist()
    tracks = [(start, animator.animate(piece, feeling)) for start, piece in zip(starts, pieces, strict=False)]
    sample_rate = pieces[0].sample_rate
    line = exporters.timeline(tracks, starts[-1], sample_rate)
    write_wav(sound_path, np.concatenate([piece.pcm for piece in pieces]), sample_rate)
    exporters.write(curves_path, perform(line, live_face(persona), feeling), face_format, sound_file=sound_path.name)
    performance = Performance(text, pieces, line, feeling, persona)
    if preview:
        write_preview(preview, performance)
    if plot:
        write_curves_plot(plot, performance, animator.offsets)
    written = [curves_path, *filter(None, (preview, plot)), sound_path]
    print(f"{', '.join(map(str, written[:-1]))} and {written[-1]}: {line.duration_s:.2f} s")


def _speech(text: str, voice: Voice, feeling: Emotion) -> list[Speech]:
    try:
        from npcengine.voice.prosody import coloured  # noqa: PLC0415 - the game's process can do without a voice
        from npcengine.voice.speaking import speak  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise BackendMissing(f"Speaking needs {error.name!r}: pip install 'npcengine[voice]'") from error
    voice_engine = open_tts(voice.tts, LoadOptions())
    try:
        pieces = list(speak(voice_engine, text, coloured(voice, feeling)))
    finally:
        voice_engine.close()
    if not pieces:
        raise ConfigError(f"There is no word to speak in {text!r}.")
    return pieces


def _one_of(option: str, name: str, known: tuple[str, ...]) -> str:
    if name in known:
        return name
    near = get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ConfigError(f"{option} can't be {name!r}; known are {', '.join(known)}.{hint}")
