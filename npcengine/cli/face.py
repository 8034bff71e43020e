"""`npcengine face`: speaks a text and writes the sound and its face curves side by side; knows no game."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, cast

import numpy as np
import typer

from npcengine.audio.wav import write_wav
from npcengine.brain.registry import open_tts
from npcengine.config import EngineConfig
from npcengine.errors import BackendMissing, ConfigError
from npcengine.face import exporters
from npcengine.face.animator import PhonemeAnimator
from npcengine.face.exporters import FACE_FORMATS, FaceFormat
from npcengine.face.live import LiveFace
from npcengine.face.performance import perform
from npcengine.persona import FaceSettings, load_persona
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
) -> None:
    """Speak TEXT, and write the curves that move a face with it."""
    face_format = cast(FaceFormat, _one_of("--format", format, FACE_FORMATS))
    curves_path = output or Path(f"face{_SUFFIXES.get(face_format, '.csv')}")
    sound_path = curves_path.with_suffix(".wav")
    if sound_path == curves_path:
        raise ConfigError(f"{curves_path} is where the sound goes; give the curves another ending than .wav.")
    own_voice, settings, mood = _character(character)
    feeling = cast(Emotion, _one_of("--emotion", emotion or mood, EMOTIONS))
    pieces = _speech(text, replace(own_voice, tts=voice) if voice else own_voice, feeling)
    animator = PhonemeAnimator()
    starts = np.cumsum([0, *(len(piece.pcm) for piece in pieces)]).tolist()
    tracks = [(start, animator.animate(piece, feeling)) for start, piece in zip(starts, pieces, strict=False)]
    sample_rate = pieces[0].sample_rate
    line = exporters.timeline(tracks, starts[-1], sample_rate)
    write_wav(sound_path, np.concatenate([piece.pcm for piece in pieces]), sample_rate)
    live = LiveFace(0, expressiveness=settings.expressiveness, blink_per_minute=settings.blink_per_minute)
    exporters.write(curves_path, perform(line, live, feeling), face_format, sound_file=sound_path.name)
    print(f"{curves_path} and {sound_path}: {line.duration_s:.2f} s")


def _character(path: Path | None) -> tuple[Voice, FaceSettings, Emotion]:
    if path is None:
        return Voice(), FaceSettings(), "neutral"
    persona = load_persona(path)
    return persona.to_voice(), persona.face, persona.mood


def _speech(text: str, voice: Voice, feeling: Emotion) -> list[Speech]:
    try:
        from npcengine.voice.prosody import coloured  # noqa: PLC0415 - the game's process can do without a voice
        from npcengine.voice.speaking import speak  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise BackendMissing(f"Speaking needs {error.name!r}: pip install 'npcengine[voice]'") from error
    voice_engine = open_tts(voice.tts or EngineConfig().tts, LoadOptions())
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
