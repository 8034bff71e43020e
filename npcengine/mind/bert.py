"""Sentence embeddings with a small BERT through CTranslate2; the only module of the mind that touches its libraries.

The weights are converted to int8 once and kept beside the model: a third of the memory, and twice the speed.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import BackendError, BackendMissing, ModelBroken
from npcengine.mind import question_sense
from npcengine.mind.protocol import Embeddings
from npcengine.mind.question_sense import Weights
from npcengine.models import store
from npcengine.types import LoadOptions

CONVERTED = "ctranslate2-int8"
"""The folder beside the weights that holds them as CTranslate2 reads them; what they were taught is behind its name."""

MOST_TOKENS = 128
"""What is longer is cut: the model was trained on sentences of that length."""

_BATCH = 16


def load(model: str, options: LoadOptions) -> BertEmbedder:  # noqa: ARG001 - one thread is enough, but all loaders look alike
    """An embedder; a short sentence takes it a few milliseconds of one core.

    Args:
        model: A catalogue name (``"all-minilm-l6-v2"``) or a path to a folder with ``model.safetensors``,
            ``tokenizer.json`` and ``config.json``.
        options: Not needed.

    Raises:
        BackendMissing: ctranslate2, safetensors or tokenizers is not installed.
        ModelMissing: The model is not on this machine; without it knowledge is found by words alone.
        ModelBroken: It is, but can't be loaded.
    """
    try:
        import ctranslate2  # noqa: PLC0415 - heavy, and the brain's alone
        from safetensors import SafetensorError  # noqa: PLC0415
        from tokenizers import Tokenizer  # noqa: PLC0415
    except ImportError as error:
        raise BackendMissing("Understanding sentences needs faster-whisper: pip install 'npcengine[mind]'") from error
    folder = store.locate("embedding", model)
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        converted = _converted(folder)
        encoder = ctranslate2.Encoder(str(converted), device="cpu", compute_type="int8", intra_threads=1)
    except (RuntimeError, ValueError, KeyError, OSError, SafetensorError) as error:
        raise ModelBroken(f"{folder} holds no BERT model: {error}. Fetch it again: npcengine setup") from error
    return BertEmbedder(encoder, tokenizer)


class BertEmbedder:
    """The mean of a sentence's token vectors, of length 1."""

    def __init__(self, encoder: Any, tokenizer: Any) -> None:  # noqa: ANN401 - untyped libraries
        self._encoder: Any = encoder
        self._tokenizer = tokenizer
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.no_padding()
        self.dimensions = int(self.embed(["warm"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """One unit row for each text.

        Raises:
            BackendError: The engine failed, or is closed.
        """
        if self._encoder is None:
            raise BackendError("The sentence embedder is closed.")
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        # Neighbours in length share a batch: a short text beside a long one costs as much as the long one.
        order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
        rows: dict[int, NDArray[np.float32]] = {}
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            rows.update(zip(batch, self._encode([tokens[row] for row in batch]), strict=True))
        if not rows:
            return np.zeros((0, getattr(self, "dimensions", 0)), dtype=np.float32)
        return np.stack([rows[row] for row in range(len(tokens))])

    def close(self) -> None:
        """Frees the model; safe to call twice."""
        self._encoder = None

    def _encode(self, batch: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        try:
            output = self._encoder.forward_batch(batch)
            states = np.asarray(output.last_hidden_state)
        except (RuntimeError, ValueError) as error:
            raise BackendError(f"The sentence embedder failed on {len(batch)} texts: {error}") from error
        means = [state[: len(ids)].mean(axis=0) for state, ids in zip(states, batch, strict=True)]
        return [(mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32) for mean in means]


def _converted(folder: Path) -> Path:
    """The folder with the int8 weights, made at the first call; moved in whole, so that it is never seen half done."""
    target = folder / f"{CONVERTED}-{question_sense.version()}"
    if (target / "model.bin").is_file():
        return target
    unfinished = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=folder))
    try:
        _convert(folder, unfinished)
        unfinished.chmod(0o755)  # temporary folders are private
        try:
            unfinished.rename(target)
        except OSError:  # another process was faster
            if not (target / "model.bin").is_file():
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return target


def _convert(folder: Path, target: Path) -> None:
    from ctranslate2.specs import common_spec, transformer_spec  # noqa: PLC0415 - see load
    from safetensors.numpy import load_file  # noqa: PLC0415

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = question_sense.corrected(load_file(folder / "model.safetensors"))
    encoder = transformer_spec.TransformerEncoderSpec(
        config["num_hidden_layers"],
        config["num_attention_heads"],
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = weights["embeddings.word_embeddings.weight"]
    encoder.embeddings[1].weight = weights["embeddings.token_type_embeddings.weight"]
    encoder.position_encodings.encodings = weights["embeddings.position_embeddings.weight"]
    _set_norm(encoder.layernorm_embedding, weights, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layer):
        _set_layer(layer, weights, f"encoder.layer.{number}")
    spec = transformer_spec.TransformerEncoderModelSpec(encoder)
    spec.register_vocabulary(_vocabulary(folder))
    spec.config.layer_norm_epsilon = config["layer_norm_eps"]
    spec.config.unk_token = "[UNK]"  # noqa: S105 - a token of text
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(target))


def _set_layer(layer: Any, weights: Weights, name: str) -> None:  # noqa: ANN401 - an untyped library
    attention = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    fused = layer.self_attention.linear[0]
    fused.weight = np.concatenate([weights[f"{part}.weight"] for part in attention])
    fused.bias = np.concatenate([weights[f"{part}.bias"] for part in attention])
    _set_linear(layer.self_attention.linear[1], weights, f"{name}.attention.output.dense")
    _set_norm(layer.self_attention.layer_norm, weights, f"{name}.attention.output.LayerNorm")
    _set_linear(layer.ffn.linear_0, weights, f"{name}.intermediate.dense")
    _set_linear(layer.ffn.linear_1, weights, f"{name}.output.dense")
    _set_norm(layer.ffn.layer_norm, weights, f"{name}.output.LayerNorm")


def _set_linear(linear: Any, weights: Weights, name: str) -> None:  # noqa: ANN401
    linear.weight, linear.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _set_norm(norm: Any, weights: Weights, name: str) -> None:  # noqa: ANN401
    norm.gamma, norm.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _vocabulary(folder: Path) -> list[str]:
    tokens = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(tokens, key=lambda token: int(tokens[token]))
