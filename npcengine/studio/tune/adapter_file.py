"""Corrections as a GGUF file that llama.cpp loads beside its base; knows PEFT's names and llama.cpp's.

The layout is llama.cpp's own: ``NAME.weight.lora_a`` of shape (rank, in) and ``NAME.weight.lora_b`` of (out, rank).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import gguf
import numpy as np
from numpy.typing import NDArray

from npcengine.errors import ConfigError

_NAME = re.compile(r"layers\.(?P<layer>\d+)\.\w+\.(?P<matrix>\w+)\.lora_(?P<half>[AB])\.")
_MATRICES = MappingProxyType(
    {
        "q_proj": "attn_q",
        "k_proj": "attn_k",
        "v_proj": "attn_v",
        "o_proj": "attn_output",
        "gate_proj": "ffn_gate",
        "up_proj": "ffn_up",
        "down_proj": "ffn_down",
    }
)


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself.

    Attributes:
        base: The model's name.
        architecture: The base's, as its own GGUF file names it.
        heads: The base's heads, of queries and of keys.
        rank: Of the corrections.
        scale: What they are multiplied by.
        licence: Of the base, which binds the adapter too.
    """

    base: str
    architecture: str
    heads: tuple[int, int]
    rank: int
    scale: float
    licence: str


def architecture_of(base: Path) -> str:
    """What a GGUF file says that it is."""
    field = gguf.GGUFReader(base).get_field("general.architecture")
    return str(field.contents()) if field else ""


def write_adapter(path: Path, learnt: Mapping[str, NDArray[np.float32]], about: About) -> None:
    """Write corrections, in float16.

    Args:
        path: The file; one that is there is replaced when all is written.
        learnt: By PEFT's names.
        about: What the file says of itself.
    """
    beside = path.with_name(f"{path.name}.part")
    writer = gguf.GGUFWriter(beside, about.architecture)
    writer.add_type("adapter")
    writer.add_name(f"npcengine dialogue, for {about.base}")
    writer.add_license(about.licence)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", about.rank * about.scale)
    writer.add_string("npcengine.taught", "dialogue")
    for name, values in learnt.items():
        tensor = _place(name)
        heads = _turned(tensor, about.architecture, about.heads)
        laid = _interleaved(values, heads) if heads else values
        writer.add_tensor(tensor, np.ascontiguousarray(laid, dtype=np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    beside.replace(path)


def read_adapter(
    path: Path, shapes: Mapping[str, tuple[int, ...]], *, heads: tuple[int, int], scale: float
) -> dict[str, NDArray[np.float32]]:
    """The corrections of a file, to go on from.

    Args:
        path: The file.
        shapes: The corrections that are wanted, by PEFT's names.
        heads: The base's heads, of queries and of keys.
        scale: What they will be multiplied by.

    Raises:
        ConfigError: It is no adapter, or one of another shape.
    """
    reader = _opened(path)
    architecture, alpha = (_told(reader, name) for name in ("general.architecture", "adapter.lora.alpha"))
    held = {each.name: np.array(gguf.dequantize(each.data, each.tensor_type)) for each in reader.tensors}
    learnt = {}
    for name, shape in shapes.items():
        values = held.pop(_place(name), None)
        if values is None or values.shape != shape:
            there = _size(values.shape) if values is not None else "nothing"
            raise ConfigError(
                f"{path} has {there} where {_size(shape)} are wanted ({_place(name)}): "
                "teach the same base with the same --rank and the same matrices"
            )
        turned = _turned(_place(name), str(architecture), heads)
        learnt[name] = _halved(values, turned) if turned else values
        if name.endswith("lora_A.weight"):
            learnt[name] = learnt[name] * (_strength(float(alpha or 0.0), shape[0]) / scale)
    if held:
        raise ConfigError(f"{path} corrects matrices that are not to be taught: leave --attention-only out")
    return learnt


def _opened(path: Path) -> gguf.GGUFReader:
    try:
        reader = gguf.GGUFReader(path)
    except (OSError, ValueError, IndexError) as error:  # the last where a file was cut off
        raise ConfigError(f"{path} can't be read as an adapter: {error}. Name one that tune wrote.") from error
    if _told(reader, "adapter.lora.alpha") is None:
        raise ConfigError(f"{path} is a GGUF file, but no adapter. Name one that tune wrote.")
    return reader


def _strength(alpha: float, rank: int) -> float:
    """What llama.cpp multiplies by; alpha 0 says nothing of it there (llama-adapter.h, `get_scale`)."""
    return alpha / rank if alpha else 1.0


def _size(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _told(reader: gguf.GGUFReader, name: str) -> str | float | None:
    field = reader.get_field(name)
    return field.contents() if field else None


def _turned(tensor: str, architecture: str, heads: tuple[int, int]) -> int:
    """How many heads the rows of a tensor stand in llama.cpp's own order for; 0 where they stand as in PyTorch."""
    if architecture != "llama" or not tensor.endswith(("attn_q.weight.lora_b", "attn_k.weight.lora_b")):
        return 0
    return heads["attn_k" in tensor]


def _place(name: str) -> str:
    """What llama.cpp calls a correction."""
    met = _NAME.search(name)
    if met is None:
        raise ValueError(f"{name} is no correction of a matrix that llama.cpp knows")
    return f"blk.{met['layer']}.{_MATRICES[met['matrix']]}.weight.lora_{met['half'].lower()}"


def _interleaved(values: NDArray[np.float32], heads: int) -> NDArray[np.float32]:
    """Rows in the order in which llama.cpp turns them: the two halves of each head alternate."""
    rows, rank = values.shape
    halves = values.reshape(heads, 2, rows // heads // 2, rank)
    return halves.swapaxes(1, 2).reshape(rows, rank)


def _halved(values: NDArray[np.float32], heads: int) -> NDArray[np.float32]:
    """The rows as they were before `_interleaved`."""
    rows, rank = values.shape
    pairs = values.reshape(heads, rows // heads // 2, 2, rank)
    return pairs.swapaxes(1, 2).reshape(rows, rank)
