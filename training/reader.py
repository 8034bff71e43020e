"""A small BERT that reads a question and a fact together and tells the odds that the one answers the other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from npcengine.mind import taught_weights
from training.mean_states import mean_states

MOST_TOKENS = 96

RANK = 32
"""Of what is written: the changes of a matrix, as far as so many directions tell them."""

DROPPED = 0.1
"""Share of states that are left out while learning (dropout)."""

_FROZEN = ("word_embeddings", "position_embeddings")
_LAYER = "encoder.layer"


class Reader(nn.Module):
    """all-MiniLM-L6-v2 as a cross-encoder: the mean of its states, through one linear head."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        config.update(hidden_dropout_prob=DROPPED, attention_probs_dropout_prob=0.0)
        self.bert = BertModel(BertConfig(**config), add_pooling_layer=False)
        self._before = load_file(folder / "model.safetensors")
        self.bert.load_state_dict(self._before, strict=False)
        for name in _FROZEN:
            self.bert.embeddings.get_submodule(name).requires_grad_(requires_grad=False)
        self.head = nn.Linear(int(config["hidden_size"]), 1)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(MOST_TOKENS)
        self.tokenizer.no_padding()

    def forward(self, pairs: Sequence[tuple[str, str]]) -> Tensor:
        """Log-odds for each question and text."""
        odds: Tensor = self.head(mean_states(self.bert, self.tokenizer.encode_batch(list(pairs))))[:, 0]
        return odds

    def save(self, path: Path) -> None:
        """Write what was learnt: of each matrix the first `RANK` directions, of vectors all."""
        matrices, vectors = {}, {}
        for name, weight in self.bert.state_dict().items():
            change = (weight - self._before[name]).float() if name in self._before else torch.zeros(1)
            if not change.any():
                continue
            if change.ndim == 2 and name.startswith(_LAYER):
                left, sizes, right = torch.linalg.svd(change, full_matrices=False)
                up = left[:, :RANK] * sizes[:RANK]
                matrices[name.removesuffix(".weight")] = (right[:RANK].numpy(), up.numpy())
            else:
                vectors[name] = change.numpy()
        taught_weights.write(
            matrices,
            taught={name: weight.numpy() for name, weight in self._before.items()},
            path=path,
            vectors=vectors,
            answer=(self.head.weight.detach()[0].numpy(), float(self.head.bias.detach())),
        )
