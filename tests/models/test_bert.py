"""The sentence embedder on real weights, against a forward pass in plain numpy that shares no code with it."""

from __future__ import annotations

import json
from math import erf, sqrt
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from npcengine.clock import SystemClock
from npcengine.mind.bert import BertEmbedder, BertReader
from npcengine.mind.bert_weights import CONVERTED
from npcengine.mind.taught_weights import ANSWERS, MEANINGS, Weights, corrected, head, version
from npcengine.models import store

pytestmark = pytest.mark.models

SENTENCES = (
    "What happened to the mill?",
    "Her brother Aldo owes the bandits forty silver, and he is too proud to say it.",
    "wot wud it cost 2 fix me sord",
)

Matrix = NDArray[np.float32]


def test_it_computes_what_the_weights_say(bare_embedder: BertEmbedder) -> None:
    """Eight-bit weights and another library give the same direction as the taught ones, computed by hand."""
    folder = store.locate("embedding", "all-minilm-l6-v2")
    by_hand = np.stack([forward(folder, sentence) for sentence in SENTENCES])
    likeness = (bare_embedder.embed(SENTENCES) * by_hand).sum(axis=1)
    assert float(likeness.min()) > 0.99


def test_a_line_costs_next_to_nothing(bare_embedder: BertEmbedder) -> None:
    """A player's line takes a few milliseconds; ten times as long is allowed for a machine that is busy."""
    clock = SystemClock()
    fastest = 1.0
    for _ in range(20):
        begun_s = clock.now()
        bare_embedder.embed(["what became of the old mill by the river"])
        fastest = min(fastest, clock.now() - begun_s)
    assert fastest < 0.03


def test_the_conversion_is_kept(bare_embedder: BertEmbedder) -> None:
    """The weights are converted once, and nothing unfinished is left behind."""
    assert bare_embedder.dimensions == 384
    folder = store.locate("embedding", "all-minilm-l6-v2")
    for taught in (MEANINGS, ANSWERS):
        assert (folder / f"{CONVERTED}-{version(taught)}" / "model.bin").is_file()
    assert not list(folder.glob(f"{CONVERTED}-*.*"))


QUESTION = "Ottoline: how long have you lived in the tower?"
TEXTS = (
    "Ottoline moved into the tower when her aunt died, nineteen years ago. Nineteen winters up here.",
    "The tower was built of red stone by a duke who was afraid of wolves.",
    "Ottoline keeps three owls in the attic and lets nobody feed them.",
)


def test_it_judges_answers_as_the_weights_say(bare_embedder: BertEmbedder) -> None:
    """Read together with the question in eight bits, texts get the odds of the taught weights, computed by hand."""
    assert isinstance(bare_embedder, BertReader)
    folder = store.locate("embedding", "all-minilm-l6-v2")
    weight, bias = head(ANSWERS)
    by_hand = [float(mean_state(folder, QUESTION, text, taught=ANSWERS) @ weight + bias) for text in TEXTS]
    judged = bare_embedder.judge(QUESTION, TEXTS)
    assert judged.shape == (3,)
    np.testing.assert_allclose(judged, by_hand, atol=1.5)


def test_the_fact_that_answers_is_told_from_what_lies_beside(bare_embedder: BertEmbedder) -> None:
    """By a wide margin, and whatever else is read in the same call."""
    assert isinstance(bare_embedder, BertReader)
    answer, *others = bare_embedder.judge(QUESTION, TEXTS)
    assert answer > max(others) + 2.0
    alone = bare_embedder.judge(QUESTION, TEXTS[:1])[0]
    assert alone == pytest.approx(answer, abs=0.3)
    assert bare_embedder.judge(QUESTION, []).shape == (0,)


def forward(folder: Path, sentence: str) -> Matrix:
    """A sentence's row: of length 1."""
    mean = mean_state(folder, sentence, taught=MEANINGS)
    return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


def mean_state(folder: Path, sentence: str, beside: str | None = None, *, taught: Path) -> Matrix:
    """The mean of the last layer's states (BERT, Devlin et al. 2018), of one text or of two that are read together."""
    from safetensors.numpy import load_file  # noqa: PLC0415 - only where the model is
    from tokenizers import Tokenizer  # noqa: PLC0415

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = corrected(load_file(folder / "model.safetensors"), taught)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    encoded = tokenizer.encode(sentence) if beside is None else tokenizer.encode(sentence, beside)
    states = weights["embeddings.word_embeddings.weight"][encoded.ids]
    states = states + weights["embeddings.token_type_embeddings.weight"][encoded.type_ids]
    states = states + weights["embeddings.position_embeddings.weight"][: len(encoded.ids)]
    states = norm(states, weights, "embeddings.LayerNorm")
    for number in range(config["num_hidden_layers"]):
        states = layer(states, weights, f"encoder.layer.{number}", heads=config["num_attention_heads"])
    return np.asarray(states.mean(axis=0))


def layer(states: Matrix, weights: Weights, name: str, *, heads: int) -> Matrix:
    """Attention, then two dense layers, each added to what came in and normalised."""
    query, key, value = (
        np.stack(np.split(dense(states, weights, f"{name}.attention.self.{part}"), heads, axis=1))
        for part in ("query", "key", "value")
    )
    scores = query @ key.transpose(0, 2, 1) / sqrt(query.shape[-1])
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    attended = np.concatenate(list(shares / shares.sum(axis=-1, keepdims=True) @ value), axis=1)
    mixed = dense(attended, weights, f"{name}.attention.output.dense")
    states = norm(states + mixed, weights, f"{name}.attention.output.LayerNorm")
    inner = dense(states, weights, f"{name}.intermediate.dense")
    inner = inner * 0.5 * (1.0 + np.vectorize(erf)(inner / sqrt(2.0)))
    return norm(states + dense(inner, weights, f"{name}.output.dense"), weights, f"{name}.output.LayerNorm")


def dense(states: Matrix, weights: Weights, name: str) -> Matrix:
    """A linear layer."""
    return np.asarray(states @ weights[f"{name}.weight"].T + weights[f"{name}.bias"])


def norm(states: Matrix, weights: Weights, name: str) -> Matrix:
    """Each row with mean 0 and variance 1, scaled and shifted."""
    centred = states - states.mean(axis=1, keepdims=True)
    scaled = centred / np.sqrt(states.var(axis=1, keepdims=True) + 1e-12)
    return np.asarray(scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"])
