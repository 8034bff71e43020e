"""A small BERT through CTranslate2: what a sentence means, and whether a text answers a question.

With `bert_weights`, the only module of the mind that touches its libraries.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import BackendError, BackendMissing, ModelBroken
from npcengine.mind import taught_weights
from npcengine.mind.bert_weights import converted, is_taught
from npcengine.mind.protocol import Embeddings
from npcengine.mind.taught_weights import ANSWERS, MEANINGS
from npcengine.models import store
from npcengine.types import LoadOptions

MOST_TOKENS = 128
"""What is longer is cut: the model was trained on sentences of that length."""

_BATCH = 16

States = NDArray[np.float32]


def load(model: str, options: LoadOptions) -> BertEmbedder:  # noqa: ARG001 - one thread is enough, but all loaders look alike
    """An embedder; a short sentence takes it a few milliseconds of one core.

    Args:
        model: A catalogue name (``"all-minilm-l6-v2"``) or a path to a folder with ``model.safetensors``,
            ``tokenizer.json`` and ``config.json``.
        options: Not needed.

    Returns:
        A `BertReader`, which judges answers too, for the model that was taught to.

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

    def open_taught(taught: Path) -> Any:  # noqa: ANN401 - an untyped library
        return ctranslate2.Encoder(str(converted(folder, taught)), device="cpu", compute_type="int8", intra_threads=1)

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        if is_taught(folder, ANSWERS):
            return BertReader(open_taught(MEANINGS), tokenizer, open_taught(ANSWERS))
        return BertEmbedder(open_taught(MEANINGS), tokenizer)
    except (RuntimeError, ValueError, KeyError, OSError, SafetensorError) as error:
        raise ModelBroken(f"{folder} holds no BERT model: {error}. Fetch it again: npcengine setup") from error


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
        means = _means(self._encoder, self._tokenizer.encode_batch(list(texts)))
        if not means:
            return np.zeros((0, getattr(self, "dimensions", 0)), dtype=np.float32)
        rows = np.stack(means)
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def close(self) -> None:
        """Frees the model; safe to call twice."""
        self._encoder = None


class BertReader(BertEmbedder):
    """An embedder that also judges answers: a second set of weights reads a question and a text together.

    A cross-encoder (Nogueira and Cho 2019, "Passage Re-ranking with BERT"): slower than comparing two meanings, since
    nothing can be read ahead of the question, and far better at telling what answers it.
    """

    def __init__(self, encoder: Any, tokenizer: Any, judging: Any) -> None:  # noqa: ANN401 - untyped libraries
        super().__init__(encoder, tokenizer)
        self._judging: Any = judging
        self._weight, self._bias = taught_weights.head(ANSWERS)

    def judge(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Log-odds that each text answers the question, in nats; three to five milliseconds for each.

        Raises:
            BackendError: The engine failed, or is closed.
        """
        means = _means(self._judging, self._tokenizer.encode_batch([(question, text) for text in texts]))
        rows = np.stack(means) if means else np.zeros((0, len(self._weight)), dtype=np.float32)
        return np.asarray(rows @ self._weight + self._bias, dtype=np.float32)

    def close(self) -> None:
        """Frees both; safe to call twice."""
        super().close()
        self._judging = None


def _means(encoder: Any, encoded: Sequence[Any]) -> list[States]:  # noqa: ANN401 - untyped libraries
    """The mean state of each text.

    Neighbours in length share a batch: a short text beside a long one costs as much as the long one.
    """
    if encoder is None:
        raise BackendError("The sentence embedder is closed.")
    order = sorted(range(len(encoded)), key=lambda row: len(encoded[row].ids))
    means: dict[int, States] = {}
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        tokens = [encoded[row].ids for row in rows]
        longest = max(map(len, tokens))
        kinds = [[*encoded[row].type_ids, *[0] * (longest - len(encoded[row].ids))] for row in rows]
        try:
            output = encoder.forward_batch(tokens, token_type_ids=kinds)
            states = np.asarray(output.last_hidden_state)
        except (RuntimeError, ValueError) as error:
            raise BackendError(f"The sentence embedder failed on {len(rows)} texts: {error}") from error
        for row, ids, state in zip(rows, tokens, states, strict=True):
            means[row] = state[: len(ids)].mean(axis=0)
    return [means[row] for row in range(len(encoded))]
