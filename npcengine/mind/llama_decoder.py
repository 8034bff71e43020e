"""llama.cpp's low-level calls as a few typed methods; the only module that touches its library.

The high-level class of llama-cpp-python holds one sequence and re-reads a prompt whenever another
conversation came in between; here one context holds a cached sequence per conversation.
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import AdapterBroken, BackendError, BackendMissing, ModelBroken
from npcengine.models import adapters
from npcengine.models.adapters import Adapter

BATCH = 256
"""Tokens read in one call. Larger gains nothing on a CPU and delays whoever waits for the call to end."""

_log = logging.getLogger(__name__)
_NO_ROOM = 1  # llama_decode's answer when no cell of the cache is free
_ERROR_LEVEL = 4  # ggml.h: GGML_LOG_LEVEL_ERROR


class CacheFullError(Exception):
    """The cache has no room for these tokens; another sequence must give way."""


@cache
def _library() -> Any:  # noqa: ANN401 - an untyped foreign module
    """llama.cpp's functions, with its log going to ours instead of the terminal."""
    try:
        from llama_cpp import llama_cpp  # noqa: PLC0415 - heavy, and optional on the game's side

        library: Any = llama_cpp
    except ImportError as error:
        raise BackendMissing("Language models need llama-cpp-python: pip install 'npcengine[mind]'") from error

    def log(level: int, text: bytes, _data: object) -> None:
        message = text.decode("utf-8", errors="replace").strip()
        if message:
            _log.log(logging.INFO if level == _ERROR_LEVEL else logging.DEBUG, "%s", message)

    callback = library.llama_log_callback(log)
    library.llama_log_set(callback, ctypes.c_void_p(0))
    library.npcengine_log = callback  # C holds no reference to it: it must outlive every call
    library.llama_backend_init()
    return library


class Decoder:
    """A loaded model and one context whose cache all sequences share.

    Attributes:
        vocabulary: How many tokens the model knows.
        threads: CPU threads that it was loaded with.
    """

    def __init__(self, path: Path, *, cells: int, sequences: int, threads: int) -> None:
        """Load a model.

        Args:
            path: A GGUF file.
            cells: Tokens that all sequences together can hold.
            sequences: How many can be cached at once.
            threads: CPU threads for reading and generating.

        Raises:
            ModelBroken: The file can't be read as a language model.
            BackendMissing: llama-cpp-python is not installed.
            BackendError: There is not enough memory for the cache.
        """
        self._library = _library()
        self.threads = threads
        self._context: Any = None
        self._batch: Any = None
        self._adapters: dict[Path, Any] = {}
        self._adapter: Adapter | None = None
        self._model = self._library.llama_model_load_from_file(
            str(path).encode(), self._library.llama_model_default_params()
        )
        if not self._model:
            raise ModelBroken(
                f"{path} is no language model that llama.cpp can read: damaged, or not a GGUF file. "
                "Fetch it again, or choose another from  npcengine setup --list"
            )
        self._vocabulary = self._library.llama_model_get_vocab(self._model)
        self.vocabulary: int = self._library.llama_vocab_n_tokens(self._vocabulary)
        self._context = self._library.llama_init_from_model(self._model, self._parameters(cells, sequences, threads))
        if not self._context:
            self.close()
            raise BackendError(f"No memory for a cache of {cells} tokens with {path.name}. Ask for a smaller context.")
        self._memory = self._library.llama_get_memory(self._context)
        self._batch = self._library.llama_batch_init(BATCH, 0, 1)

    def _parameters(self, cells: int, sequences: int, threads: int) -> Any:  # noqa: ANN401
        parameters = self._library.llama_context_default_params()
        parameters.n_ctx = cells
        parameters.n_batch = parameters.n_ubatch = BATCH
        parameters.n_seq_max = sequences
        parameters.n_threads = parameters.n_threads_batch = threads
        # One row of scores a sequence instead of one a token: Gemma's 262,144 tokens make that 1 MB each.
        parameters.n_outputs_max = sequences
        parameters.kv_unified = True  # a short conversation leaves its room to a long one
        parameters.swa_full = True  # a sliding window that forgot its start could not be cut back to a prefix
        return parameters

    def metadata(self, key: str) -> str:
        """A value of the file's header as text, empty when it is not there."""
        buffer = ctypes.create_string_buffer(16_384)
        length = self._library.llama_model_meta_val_str(self._model, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", errors="replace") if length >= 0 else ""

    def load_adapter(self, path: Path) -> None:
        """Read an adapter of this model's; at once when it was read before.

        Raises:
            AdapterBroken: It is missing, no adapter, damaged, or was made for another model.
        """
        if path in self._adapters:
            return
        adapters.check(path)
        handle = self._library.llama_adapter_lora_init(self._model, str(path).encode())
        if not handle:
            raise AdapterBroken(
                f"The adapter {path} can't be used with this language model: it was made for another, or is damaged. "
                "Give one made for this model."
            )
        self._adapters[path] = handle

    def adapter_metadata(self, path: Path, key: str) -> str:
        """A value of a loaded adapter's header as text, empty when it is not there."""
        buffer = ctypes.create_string_buffer(1024)
        handle = self._adapters[path]
        length = self._library.llama_adapter_meta_val_str(handle, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", errors="replace") if length >= 0 else ""

    def use_adapter(self, adapter: Adapter | None) -> None:
        """What is decoded from now on goes through this adapter, which is loaded, or through none.

        Raises:
            BackendError: The engine failed.
        """
        if adapter == self._adapter:
            return
        handles = [] if adapter is None else [self._adapters[adapter.path]]
        scales = [] if adapter is None else [adapter.scale]
        status = self._library.llama_set_adapters_lora(
            self._context,
            (self._library.llama_adapter_lora_p_ctypes * len(handles))(*handles) if handles else None,
            len(handles),
            (ctypes.c_float * len(scales))(*scales) if scales else None,
        )
        if status != 0:
            raise BackendError(f"llama.cpp can't change to the adapter {adapter} (status {status}).")
        self._adapter = adapter

    def tokenize(self, text: str, *, first: bool, special: bool) -> list[int]:
        """The tokens of `text`.

        Args:
            text: May be empty.
            first: The text opens a sequence: begin with the token that the model expects there, if any.
            special: Markers such as ``<|im_start|>`` become their tokens instead of their letters.
        """
        data = text.encode("utf-8", errors="replace")
        room = len(data) + 8
        tokens = (self._library.llama_token * room)()
        count = self._library.llama_tokenize(self._vocabulary, data, len(data), tokens, room, first, special)
        return list(tokens[: max(count, 0)])

    def piece(self, token: int) -> bytes:
        """The bytes that `token` stands for; markers stand for nothing."""
        buffer = ctypes.create_string_buffer(256)
        # The last two: no leading space is stripped, and markers are not spelt out.
        length = self._library.llama_token_to_piece(self._vocabulary, token, buffer, len(buffer), 0, ctypes.c_bool(0))
        return buffer.raw[: max(length, 0)]

    def pieces(self) -> list[bytes]:
        """What `piece` tells of every token, in their order; a quarter of a second for 262,144 of them."""
        to_piece, vocabulary = self._library.llama_token_to_piece, self._vocabulary
        buffer, room, markers = ctypes.create_string_buffer(256), ctypes.c_int(256), ctypes.c_bool(0)
        pieces = []
        for token in range(self.vocabulary):
            length = to_piece(vocabulary, token, buffer, room, 0, markers)
            pieces.append(ctypes.string_at(buffer, max(length, 0)))
        return pieces

    def ends(self, token: int) -> bool:
        """Whether `token` ends the text."""
        return bool(self._library.llama_vocab_is_eog(self._vocabulary, token))

    def decode(self, slot: int, tokens: Sequence[int], *, position: int, scores: bool) -> None:
        """Read at most `BATCH` tokens into a sequence.

        Args:
            slot: The sequence.
            tokens: What follows in it.
            position: How many tokens it holds already.
            scores: Whether `scores` will be asked for.

        Raises:
            CacheFullError: No room; nothing was read.
            BackendError: The engine failed.
        """
        batch = self._batch
        batch.n_tokens = len(tokens)
        for index, token in enumerate(tokens):
            batch.token[index] = token
            batch.pos[index] = position + index
            batch.n_seq_id[index] = 1
            batch.seq_id[index][0] = slot
            batch.logits[index] = scores and index == len(tokens) - 1
        status = self._library.llama_decode(self._context, batch)
        if status == _NO_ROOM:
            raise CacheFullError
        if status != 0:
            raise BackendError(f"llama.cpp failed on {len(tokens)} tokens (status {status}).")

    def scores(self) -> NDArray[np.float32]:
        """The logits of what comes after the last token read, shape (vocabulary,); valid until `decode`."""
        row = self._library.llama_get_logits_ith(self._context, -1)
        return np.ctypeslib.as_array(row, shape=(self.vocabulary,))

    def forget(self, slot: int, *, position: int) -> None:
        """Drop all of a sequence from `position` on."""
        if not self._library.llama_memory_seq_rm(self._memory, slot, position, -1):
            raise BackendError("This kind of language model can't take back what it has read. Choose another one.")

    def use_threads(self, threads: int) -> None:
        """Read and generate with so many CPU threads from now on."""
        self._library.llama_set_n_threads(self._context, threads, threads)

    def close(self) -> None:
        """Free everything; safe to call twice."""
        if self._batch is not None:
            self._library.llama_batch_free(self._batch)
        if self._context:
            self._library.llama_free(self._context)
        if self._model:
            self._library.llama_model_free(self._model)  # and its adapters
        self._adapters = {}
        self._batch = self._context = self._model = None
