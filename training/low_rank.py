"""The sentence embedder with a small correction in each of its layers, which alone is learnt. Knows no world."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from npcengine.mind import taught_weights
from training.mean_states import mean_states

RANK = 8
"""Directions in which each matrix may be corrected (Hu et al. 2021, LoRA)."""

MOST_TOKENS = 64


class Corrected(nn.Module):
    """A linear layer, and what is added to it: `down` to a few figures, `up` from them."""

    def __init__(self, inner: nn.Linear) -> None:
        super().__init__()
        self.inner = inner
        self.down = nn.Parameter(torch.randn(RANK, inner.in_features) / inner.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(inner.out_features, RANK))
        self.active = True

    def forward(self, states: Tensor) -> Tensor:
        """What the layer gives, corrected."""
        plain: Tensor = self.inner(states)
        if not self.active:
            return plain
        return plain + nn.functional.linear(nn.functional.linear(states, self.down), self.up)


class TunedEmbedder(nn.Module):
    """all-MiniLM-L6-v2 with corrections in all its matrices."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        config.update(hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
        self.bert = BertModel(BertConfig(**config, attn_implementation="eager"), add_pooling_layer=False)
        weights = load_file(folder / "model.safetensors")
        self._weights = {name: weight.numpy() for name, weight in weights.items()}
        self.bert.load_state_dict(weights, strict=False)
        self.bert.requires_grad_(requires_grad=False)
        self.corrected = {name: self._correct(name) for name in _linear_layers(self.bert)}
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(MOST_TOKENS)
        self.tokenizer.no_padding()

    def forward(self, texts: Sequence[str]) -> Tensor:
        """One row of length 1 for each text."""
        return nn.functional.normalize(mean_states(self.bert, self.tokenizer.encode_batch(list(texts))), dim=1)

    @contextmanager
    def as_it_was(self) -> Iterator[None]:
        """Without the corrections, as long as it lasts."""
        for layer in self.corrected.values():
            layer.active = False
        try:
            yield
        finally:
            for layer in self.corrected.values():
                layer.active = True

    def save(self, path: Path, *, share: float) -> None:
        """Write the corrections alone, and so much of them."""
        corrections = {
            name: (layer.down.detach().numpy(), share * layer.up.detach().numpy())
            for name, layer in self.corrected.items()
        }
        taught_weights.write(corrections, taught=self._weights, path=path)

    def _correct(self, name: str) -> Corrected:
        parent, _, child = name.rpartition(".")
        holder = self.bert.get_submodule(parent)
        corrected = Corrected(getattr(holder, child))
        setattr(holder, child, corrected)
        return corrected


def _linear_layers(bert: BertModel) -> list[str]:
    return [name for name, module in bert.named_modules() if isinstance(module, nn.Linear)]
