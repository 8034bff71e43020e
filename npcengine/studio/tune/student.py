"""The language model that is taught, in PyTorch: read from the GGUF file itself, with low-rank corrections that learn.

What is read are the base's quantised weights, made floating point again: the corrections are learnt beside the very
weights that they will stand beside in llama.cpp.
"""

from __future__ import annotations

import math
import warnings
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from torch import Tensor, nn
from transformers import AutoModelForCausalLM
from transformers.utils import logging

from npcengine.errors import ModelBroken
from npcengine.studio.tune.adapter_file import read_adapter
from npcengine.studio.tune.packing import Packed
from npcengine.studio.tune.recipe import Precision

LINEAR = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")

STRAYS = 4096
"""Words of the vocabulary beside those that the lessons hold, drawn anew for each step, that a reply is told from; all
262,144 of Gemma's would take half of the time (sampled softmax, Jean et al. 2015)."""


def settled(precision: Precision) -> Precision:
    """What ``"auto"`` means on this machine: half the memory and time where the processor multiplies in bfloat16."""
    if precision != "auto":
        return precision
    tells = (getattr(torch.cpu, name, bool) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"))
    return "bfloat16" if any(tell() for tell in tells) else "float32"


def prepare(*, seed: int, threads: int) -> None:
    """Make PyTorch's chance repeatable, and have it use so many CPU threads."""
    torch.manual_seed(seed)
    torch.set_num_threads(threads)


@dataclass(frozen=True, slots=True)
class Shape:
    """Of the corrections.

    Attributes:
        rank: Of each.
        scale: What they are multiplied by, ``alpha / rank``.
        where: The matrices that are corrected, by PyTorch's names.
    """

    rank: int = 16
    scale: float = 2.0
    where: tuple[str, ...] = LINEAR


class Student:
    """A base model with corrections.

    Attributes:
        family: The architecture's name in PyTorch, ``gemma3_text`` or ``llama``.
        heads: Of the queries, and of the keys.
    """

    def __init__(self, base: Path, shape: Shape, *, precision: Precision, vocabulary: NDArray[np.int64]) -> None:
        """Read a base model.

        Args:
            base: A GGUF file.
            shape: Of the corrections.
            precision: Of the base's weights; the corrections are float32 in any case.
            vocabulary: Tokens that lessons hold.

        Raises:
            ModelBroken: The file can't be read, or its architecture is not known to transformers.
        """
        self.shape = shape
        model = _read(base, settled(precision))
        self.family: str = model.config.model_type
        self.heads: tuple[int, int] = (model.config.num_attention_heads, model.config.num_key_value_heads)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # PEFT asks transformers for what that is about to rename
            self._model: Any = get_peft_model(model, _lora(shape))
        self._body: Any = self._model.base_model.model.model
        self._head: Tensor = self._model.base_model.model.lm_head.weight
        self._vocabulary = torch.from_numpy(vocabulary)

    @property
    def corrections(self) -> list[nn.Parameter]:
        """What learns."""
        return [each for each in self._model.parameters() if each.requires_grad]

    def losses(self, packed: Packed, chance: torch.Generator) -> tuple[Tensor, Tensor]:
        """What each wanted token costs, and what it costs to tell whether a reply ends there, in nats; shapes (m,)."""
        hidden = self._hidden(packed)
        strays = torch.randint(self._head.shape[0], (STRAYS,), generator=chance)
        rows, places = torch.unique(
            torch.cat([torch.from_numpy(packed.wanted), self._vocabulary, strays]), return_inverse=True
        )
        scores = (hidden @ self._head[rows].T).float()
        words = nn.functional.cross_entropy(scores, places[: len(packed.wanted)], reduction="none")
        end = int(packed.wanted[-1])  # every reply ends with it
        others = scores.masked_fill((rows == end)[None, :], -math.inf).logsumexp(dim=1)
        odds = scores[:, rows == end].squeeze(1) - others
        ends = torch.from_numpy(packed.wanted == end).float()
        return words, nn.functional.binary_cross_entropy_with_logits(odds, ends, reduction="none")

    def scores(self, packed: Packed) -> Tensor:
        """The logits of all tokens at the places that are asked for; shape (m, vocabulary)."""
        with torch.no_grad():
            return (self._hidden(packed) @ self._head.T).float()

    def _hidden(self, packed: Packed) -> Tensor:
        sees = torch.from_numpy(packed.sees)[None, None]
        mask = {"full_attention": sees, "sliding_attention": sees} if self.family.startswith("gemma") else sees
        answer = self._body(
            input_ids=torch.from_numpy(packed.tokens)[None],
            position_ids=torch.from_numpy(packed.positions)[None],
            attention_mask=mask,
            use_cache=False,
        )
        hidden: Tensor = answer.last_hidden_state[0, torch.from_numpy(packed.asked)]
        return hidden.to(self._head.dtype)

    def learnt(self) -> dict[str, Tensor]:
        """The corrections by PEFT's names."""
        return {name: each.detach().clone() for name, each in self._state().items()}

    def corrections_by_name(self) -> dict[str, NDArray[np.float32]]:
        """The corrections as plain numbers, by PEFT's names."""
        return {name: each.float().numpy() for name, each in self.learnt().items()}

    def go_on_from(self, adapter: Path) -> None:
        """Begin with the corrections of an adapter's file.

        Raises:
            ConfigError: It is none, or one of another shape.
        """
        shapes = {name: tuple(each.shape) for name, each in self._state().items()}
        learnt = read_adapter(adapter, shapes, heads=self.heads, scale=self.shape.scale)
        self.teach_again({name: torch.from_numpy(each) for name, each in learnt.items()})

    def teach_again(self, learnt: dict[str, Tensor]) -> None:
        """Go on from corrections that `learnt` gave."""
        set_peft_model_state_dict(self._model, learnt)

    def _state(self) -> dict[str, Tensor]:
        # What words are and how they are told apart is not corrected, and the base has no folder to look that up in.
        state: dict[str, Tensor] = get_peft_model_state_dict(self._model, save_embedding_layers=False)
        return state


def _read(base: Path, precision: Precision) -> Any:  # noqa: ANN401 - transformers'
    logging.set_verbosity_error()
    try:
        with redirect_stderr(StringIO()):  # its bars would tear ours
            return AutoModelForCausalLM.from_pretrained(
                str(base.parent), gguf_file=base.name, dtype=getattr(torch, precision), attn_implementation="sdpa"
            )
    except (OSError, ValueError, KeyError) as error:
        raise ModelBroken(f"{base} can't be taught: {error}") from error


def _lora(shape: Shape) -> LoraConfig:
    return LoraConfig(r=shape.rank, lora_alpha=shape.rank * shape.scale, target_modules=list(shape.where))
