"""Whether a file is the kind of model it is taken for, by its header and neighbours; knows no catalogue."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from npcengine.errors import ModelBroken

Kind: TypeAlias = Literal["stt", "llm", "tts", "turn", "embedding"]
"""Speech to text, language model, text to speech, end of turn, meaning of sentences."""

GGUF_MAGIC = b"GGUF"
GGUF_OLDEST = 2
"""Version 1 of the format counted in 32 bits; llama.cpp no longer reads it."""
GGUF_NEWEST_KNOWN = 16
"""Far above today's 3: a larger number means a big-endian file or garbage."""

ADAPTER_KEY = b"adapter.lora.alpha"
"""The key that every LoRA adapter has in its header, and nothing else."""
_ADAPTER_HEADER = 16_384
"""Bytes that surely hold the keys of an adapter: it has no vocabulary."""

CTRANSLATE2_FILES = ("model.bin", "config.json", "tokenizer.json")
CTRANSLATE2_VOCABULARIES = ("vocabulary.txt", "vocabulary.json")
CTRANSLATE2_SPECIFICATION = b"WhisperSpec"

BERT_FILES = ("model.safetensors", "tokenizer.json", "config.json")

ONNX_FIRST_BYTE = b"\x08"
"""The protocol buffer tag of `ModelProto.ir_version`, field 1, which every exporter writes first."""


def check(kind: Kind, path: Path) -> None:
    """Raise `ModelBroken` unless `path` holds a model of that kind.

    Args:
        kind: What it is wanted for.
        path: An existing file or folder.
    """
    _CHECKS[kind](path)


def is_adapter(path: Path) -> bool:
    """Whether a GGUF file holds a LoRA adapter, by the names in its header.

    Raises:
        ModelBroken: It is no GGUF file that can be read.
    """
    _check_gguf(path, "an adapter (.gguf)")
    return ADAPTER_KEY in _head(path, _ADAPTER_HEADER)


def _check_stt(folder: Path) -> None:
    if not folder.is_dir():
        raise ModelBroken(
            f"{folder} is a file; a speech recognition model is a CTranslate2 folder "
            f"({', '.join(CTRANSLATE2_FILES)}, vocabulary). Give the folder."
        )
    missing = [name for name in CTRANSLATE2_FILES if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in CTRANSLATE2_VOCABULARIES):
        missing.append(" or ".join(CTRANSLATE2_VOCABULARIES))
    if missing:
        raise ModelBroken(
            f"{folder} lacks {', '.join(missing)}: it is no complete CTranslate2 Whisper folder. "
            f"Convert the model with ct2-transformers-converter, or fetch it again."
        )
    if CTRANSLATE2_SPECIFICATION not in _head(folder / "model.bin", 64):
        raise ModelBroken(f"{folder / 'model.bin'} is no CTranslate2 Whisper model. Fetch it again.")


def _check_llm(path: Path) -> None:
    _check_gguf(path, "a .gguf language model")
    if ADAPTER_KEY in _head(path, _ADAPTER_HEADER):
        raise ModelBroken(f"{path} is an adapter for a language model, not one by itself. Give it as the adapter.")


def _check_gguf(path: Path, wanted: str) -> None:
    head = _head(path, 8)
    if head[:4] != GGUF_MAGIC:
        raise ModelBroken(f"{path} is no GGUF file ({_looks_like(head)}). Give {wanted}.")
    version = struct.unpack("<I", head[4:8])[0] if len(head) == 8 else 0
    if not GGUF_OLDEST <= version <= GGUF_NEWEST_KNOWN:
        raise ModelBroken(f"{path} is GGUF of version {version}, which llama.cpp can't read. Convert it again.")


def _check_tts(path: Path) -> None:
    head = _head(path, 8)
    if head[:1] != ONNX_FIRST_BYTE:
        raise ModelBroken(f"{path} is no ONNX file ({_looks_like(head)}). Give a piper voice (.onnx).")
    beside = path.with_name(path.name + ".json")
    if not beside.is_file():
        raise ModelBroken(f"{path} has no {beside.name} beside it. Copy the voice's .onnx.json there too.")
    try:
        settings = json.loads(beside.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelBroken(f"{beside} can't be read as JSON: {error}. Fetch the voice again.") from error
    if not isinstance(settings, dict) or "phoneme_id_map" not in settings:
        raise ModelBroken(f"{beside} describes no piper voice (no phoneme_id_map). Fetch the voice again.")


def _check_turn(path: Path) -> None:
    head = _head(path, 8)
    if head[:1] != ONNX_FIRST_BYTE:
        raise ModelBroken(f"{path} is no ONNX file ({_looks_like(head)}). Give an end-of-turn model (.onnx).")


def _check_embedding(folder: Path) -> None:
    if not folder.is_dir():
        raise ModelBroken(f"{folder} is a file; a sentence embedder is a folder ({', '.join(BERT_FILES)}).")
    missing = [name for name in BERT_FILES if not (folder / name).is_file()]
    if missing:
        raise ModelBroken(f"{folder} lacks {', '.join(missing)}: it is no complete sentence embedder. Fetch it again.")
    head = _head(folder / "model.safetensors", 9)
    if head[8:] != b"{":
        raise ModelBroken(f"{folder / 'model.safetensors'} is no safetensors file ({_looks_like(head)}).")


def _head(path: Path, size: int) -> bytes:
    if path.is_dir():
        raise ModelBroken(f"{path} is a folder; the model's file is wanted. Give the file in it.")
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise ModelBroken(f"{path} can't be read: {error.strerror}. Check its permissions.") from error


def _looks_like(head: bytes) -> str:
    if not head:
        return "it is empty"
    if head[:1] == b"<":
        return "it looks like a web page"
    if head.startswith(b"version "):
        return "it looks like a Git LFS pointer, not the file itself"
    return f"it starts with {head!r}"


_CHECKS: Mapping[Kind, Callable[[Path], None]] = {
    "stt": _check_stt,
    "llm": _check_llm,
    "tts": _check_tts,
    "turn": _check_turn,
    "embedding": _check_embedding,
}
