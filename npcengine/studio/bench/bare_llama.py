"""The least one can do with llama.cpp: read a prompt, then one token after the other; the limit to compare with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from npcengine.clock import Clock
from npcengine.errors import BackendError, BackendMissing

_BATCH = 256


class BareLlama:
    """A model and one context.

    Args:
        path: A GGUF file.
        cells: Tokens that the context holds.
        threads: For reading and generating.

    Raises:
        BackendMissing: llama-cpp-python is not installed.
        BackendError: The model can't be loaded.
    """

    def __init__(self, path: Path, *, cells: int, threads: int) -> None:
        try:
            from llama_cpp import llama_cpp  # noqa: PLC0415 - heavy
        except ImportError as error:
            raise BackendMissing("the bare loop needs llama-cpp-python: pip install 'npcengine[mind]'") from error
        self._library: Any = llama_cpp
        self._library.llama_backend_init()
        self._model = self._library.llama_model_load_from_file(
            str(path).encode(), self._library.llama_model_default_params()
        )
        parameters = self._library.llama_context_default_params()
        parameters.n_ctx = cells
        parameters.n_batch = parameters.n_ubatch = _BATCH
        parameters.n_threads = parameters.n_threads_batch = threads
        self._context = self._library.llama_init_from_model(self._model, parameters)
        if not self._context:
            raise BackendError(f"{path.name} can't be loaded for comparison")
        self._vocabulary = self._library.llama_model_get_vocab(self._model)
        self._size: int = self._library.llama_vocab_n_tokens(self._vocabulary)

    def tokens_per_s(self, text: str, *, count: int, clock: Clock) -> float:
        """The rate at which `count` tokens are generated after `text`, reading it not counted."""
        self._library.llama_memory_clear(self._library.llama_get_memory(self._context), 1)
        tokens = self._tokenize(text)
        for start in range(0, len(tokens), _BATCH):
            self._decode(tokens[start : start + _BATCH])
        token = self._best()
        began_s = clock.now()
        for _ in range(count):
            self._decode([token])
            token = self._best()
        return count / (clock.now() - began_s)

    def close(self) -> None:
        """Frees everything."""
        self._library.llama_free(self._context)
        self._library.llama_model_free(self._model)

    def _tokenize(self, text: str) -> list[int]:
        data = text.encode()
        room = len(data) + 8
        tokens = (self._library.llama_token * room)()
        count = self._library.llama_tokenize(self._vocabulary, data, len(data), tokens, room, 1, 0)
        return list(tokens[:count])

    def _decode(self, tokens: list[int]) -> None:
        array = (self._library.llama_token * len(tokens))(*tokens)
        if self._library.llama_decode(self._context, self._library.llama_batch_get_one(array, len(tokens))):
            raise BackendError("llama.cpp failed in the bare loop")

    def _best(self) -> int:
        row = self._library.llama_get_logits_ith(self._context, -1)
        return int(np.argmax(np.ctypeslib.as_array(row, shape=(self._size,))))
