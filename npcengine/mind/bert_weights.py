"""Converts a small BERT for CTranslate2, with what it was taught here in its weights; kept beside the model.

The weights become int8: a quarter of the memory, and twice the speed.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from npcengine.mind import taught_weights
from npcengine.mind.taught_weights import Weights

CONVERTED = "ctranslate2-int8"
"""The folder beside the weights that holds them as CTranslate2 reads them; what they were taught is behind its name."""


def read_weights(folder: Path) -> Weights:
    """The weights as they were published."""
    from safetensors.numpy import load_file  # noqa: PLC0415 - heavy, and the brain's alone

    return load_file(folder / "model.safetensors")


def is_taught(folder: Path, taught: Path) -> bool:
    """Whether corrections were taught on the weights in a folder; reads one matrix of them."""
    from safetensors import safe_open  # noqa: PLC0415 - see above

    with safe_open(folder / "model.safetensors", framework="numpy") as file:
        return taught_weights.fit({taught_weights.MARK: file.get_tensor(taught_weights.MARK)}, taught)


def converted(folder: Path, taught: Path) -> Path:
    """The folder with the int8 weights, made at the first call; moved in whole, so that it is never seen half done.

    Args:
        folder: Of the model.
        taught: The corrections to add.
    """
    target = folder / f"{CONVERTED}-{taught_weights.version(taught)}"
    if (target / "model.bin").is_file():
        return target
    unfinished = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=folder))
    try:
        _convert(folder, unfinished, taught)
        unfinished.chmod(0o755)  # temporary folders are private
        try:
            unfinished.rename(target)
        except OSError:  # another process was faster
            if not (target / "model.bin").is_file():
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return target


def _convert(folder: Path, target: Path, taught: Path) -> None:
    from ctranslate2.specs import common_spec, transformer_spec  # noqa: PLC0415 - heavy, and the brain's alone

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = taught_weights.corrected(read_weights(folder), taught)
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
