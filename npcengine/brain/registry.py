"""Finds back-ends by name, ``"engine:model"``; knows where they are, and imports one only when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, cast

from npcengine.errors import BackendMissing, BackendUnknown
from npcengine.hearing.protocol import SpeechToText
from npcengine.mind.protocol import LanguageModel, SentenceEmbedder
from npcengine.types import LoadOptions
from npcengine.voice.protocol import TextToSpeech

ENTRY_POINT_GROUP = "npcengine.backends"
"""Other packages add engines here; an entry is named ``stage.engine`` and points to a ``load(model, options)``."""

_BUILT_IN = {
    "stt.whisper": ("npcengine.hearing.whisper:load", "npcengine[hearing]"),
    "stt.fake": ("npcengine.testing.fakes:load_ears", "npcengine"),
    "llm.llama": ("npcengine.mind.llama:load", "npcengine[mind]"),
    "llm.fake": ("npcengine.testing.fakes:load_model", "npcengine"),
    "embedding.bert": ("npcengine.mind.bert:load", "npcengine[mind]"),
    "embedding.fake": ("npcengine.testing.fakes:load_embedder", "npcengine"),
    "tts.piper": ("npcengine.voice.piper:load", "npcengine[voice]"),
    "tts.fake": ("npcengine.testing.fakes:load_voice", "npcengine"),
}


def open_stt(name: str, options: LoadOptions) -> SpeechToText:
    """The speech recogniser `name`, loaded.

    Raises:
        BackendUnknown: No engine of that name.
        BackendMissing: Its package is not installed.
        ModelError: Its model is missing or broken.
    """
    return cast(SpeechToText, _open("stt", name, options))


def open_llm(name: str, options: LoadOptions) -> LanguageModel:
    """The language model `name`, loaded; raises as `open_stt`."""
    return cast(LanguageModel, _open("llm", name, options))


def open_embedder(name: str, options: LoadOptions) -> SentenceEmbedder:
    """The sentence embedder `name`, loaded; raises as `open_stt`."""
    return cast(SentenceEmbedder, _open("embedding", name, options))


def open_tts(name: str, options: LoadOptions) -> TextToSpeech:
    """The voice `name`, loaded; raises as `open_stt`."""
    return cast(TextToSpeech, _open("tts", name, options))


def _open(stage: str, name: str, options: LoadOptions) -> object:
    engine, _, model = name.partition(":")
    load, extra = _find(stage, engine, name)
    try:
        return load(model, options)
    except ModuleNotFoundError as error:
        raise BackendMissing(
            f"{name} needs the package {error.name!r}, which is not installed: run  pip install '{extra}'"
        ) from error


def _find(stage: str, engine: str, name: str) -> tuple[Callable[[str, LoadOptions], Any], str]:
    key = f"{stage}.{engine}"
    if key in _BUILT_IN:
        target, extra = _BUILT_IN[key]
        module, _, function = target.partition(":")
        return getattr(import_module(module), function), extra
    plugins = {entry.name: entry for entry in entry_points(group=ENTRY_POINT_GROUP)}
    if key in plugins:
        plugin = plugins[key]
        return plugin.load(), plugin.dist.name if plugin.dist else engine
    known = sorted(key.partition(".")[2] for key in {*_BUILT_IN, *plugins} if key.startswith(f"{stage}."))
    raise BackendUnknown(
        f"no engine {engine!r} for {name!r}; known are: {', '.join(known)} (names are written engine:model)"
    )
