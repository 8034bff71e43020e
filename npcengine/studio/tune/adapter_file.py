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
        tensor, part = _place(name)
        turned = about.architecture == "llama" and part == "lora_b" and tensor.endswith(("attn_q", "attn_k"))
        laid = _interleaved(values, about.heads[tensor.endswith("attn_k")]) if turned else values
        writer.add_tensor(f"{tensor}.weight.{part}", np.ascontiguousarray(laid, dtype=np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    beside.replace(path)


def _place(name: str) -> tuple[str, str]:
    """Where a correction belongs in llama.cpp's names."""
    met = _NAME.search(name)
    if met is None:
        raise ValueError(f"{name} is no correction of a matrix that llama.cpp knows")
    return f"blk.{met['layer']}.{_MATRICES[met['matrix']]}", f"lora_{met['half'].lower()}"


def _interleaved(values: NDArray[np.float32], heads: int) -> NDArray[np.float32]:
    """Rows in the order in which llama.cpp turns them: the two halves of each head alternate."""
    rows, rank = values.shape
    halves = values.reshape(heads, 2, rows // heads // 2, rank)
    return halves.swapaxes(1, 2).reshape(rows, rank)
