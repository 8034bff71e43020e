"""What a BERT makes of texts: the mean of its last states. Knows nothing of what is learnt from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from tokenizers import Encoding
from torch import Tensor

BATCH = 32


def mean_states(bert: Any, encoded: Sequence[Encoding]) -> Tensor:  # noqa: ANN401 - an untyped library
    """One row for each text, shape (texts, dimensions); texts of like length are computed together."""
    order = sorted(range(len(encoded)), key=lambda row: len(encoded[row].ids))
    parts = [_of_batch(bert, [encoded[row] for row in order[at : at + BATCH]]) for at in range(0, len(order), BATCH)]
    back = torch.tensor(sorted(range(len(order)), key=order.__getitem__))
    return torch.cat(parts)[back]


def _of_batch(bert: Any, batch: Sequence[Encoding]) -> Tensor:  # noqa: ANN401
    longest = max(len(each.ids) for each in batch)
    tokens, kinds, mask = (
        torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])
        for rows in zip(*((each.ids, each.type_ids, each.attention_mask) for each in batch), strict=True)
    )
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = bert(tokens, attention_mask=mask, token_type_ids=kinds).last_hidden_state.float()
    weight = mask[:, :, None].float()
    means: Tensor = (states * weight).sum(1) / weight.sum(1)
    return means
